"""From files to a store: one named graph a file, the union, and the derived graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from stigraph.derive import derived
from stigraph.errors import TurtleSyntaxError, UnreadableError
from stigraph.filestore.uris import file_uris
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.store.reading import read_bytes
from stigraph.vocab import DERIVED_GRAPH, GRAPH

__all__ = [
    "FOREIGN_SUFFIXES",
    "GraphNames",
    "graph_name",
    "load_folder",
    "load_project",
    "parse_turtle",
    "read_folder",
    "read_turtle",
]

FOREIGN_SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}
"""The files of anybody's data that are read, by their names' ends."""


class GraphNames:
    """Gives the IRIs of the named graphs that hold a project's files.

    Args:
        project: The project.
    """

    def __init__(self, project: Project) -> None:
        self._folders = [f"{folder.as_posix()}/" for folder in (project.data, project.ontology)]

    def __call__(self, path: Path) -> str:
        """Return the IRI of the graph of the file ``path``."""
        whole = path.as_posix()
        for inside in self._folders:
            if whole.startswith(inside):
                return GRAPH[whole.removeprefix(inside).removesuffix(path.suffix)]
        return path.resolve().as_uri()


def graph_name(project: Project, path: Path) -> str:
    """Return the IRI of the named graph that holds the project's file ``path``."""
    return GraphNames(project)(path)


def read_turtle(path: Path, graph: str, content: bytes | None = None) -> Iterator[ox.Quad]:
    """Yield the triples of a Turtle file as quads of ``graph``.

    Raises:
        TurtleSyntaxError: The file isn't Turtle; the place is in the error.
        UnreadableError: The file can't be read.
    """
    data = read_bytes(path) if content is None else content
    yield from _parse(path, data, ox.RdfFormat.TURTLE, ox.NamedNode(graph))


def parse_turtle(path: Path, content: bytes, base: str | None = None) -> list[ox.Quad]:
    """Return the triples of a Turtle file's content as quads of the default graph.

    Args:
        path: The file.
        content: What it holds.
        base: The file's IRI, where it is known.

    Raises:
        TurtleSyntaxError: It isn't Turtle; the place is in the error.
    """
    return list(_parse(path, content, ox.RdfFormat.TURTLE, None, base))


def _parse(
    path: Path,
    data: bytes,
    form: ox.RdfFormat,
    graph: ox.NamedNode | None,
    base: str | None = None,
) -> Iterator[ox.Quad]:
    base = base or path.resolve().as_uri()
    with _explained(path):
        quads = ox.parse(data, format=form, base_iri=base, rename_blank_nodes=True)
        if graph is None:
            yield from quads
            return
        for subject, predicate, value, _ in quads:
            yield ox.Quad(subject, predicate, value, graph)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what Oxigraph says of the file at ``path`` into an error of ours."""
    try:
        yield
    except SyntaxError as error:
        place = f"{path}:{error.lineno}:{error.offset}"
        raise TurtleSyntaxError(
            f"{place}: 構文エラー：{error.msg}",
            f"{place}: syntax error: {error.msg}",
            line=error.lineno,
            column=error.offset,
        ) from error
    except ValueError as error:  # not UTF-8
        raise TurtleSyntaxError(
            f"{path}: UTF-8 として読めない：{error}",
            f"{path}: not UTF-8: {error}",
            line=1,
            column=1,
        ) from error


def load_project(project: Project) -> LocalStore:
    """Return a store with the project's vocabulary, code lists, entries and derived graph."""
    store = LocalStore()
    graphs = GraphNames(project)
    for path, uri in file_uris([*project.ontology_files(), *project.data_files()]):
        with _explained(path):
            store.load_graph(graphs(path), read_bytes(path), uri)
    store.unite()
    add_derived(store)
    return store


def add_derived(store: LocalStore, *, named: bool = True) -> None:
    """Compute bounds and knowledge dates and add them to the union.

    Args:
        store: The store.
        named: Whether to add them as the derived graph, too.
    """
    quads = list(derived(store.raw))
    if named:
        store.extend_graphs([(DERIVED_GRAPH, quads)])
    else:
        store.raw.extend(quads)


def load_folder(folder: Path) -> LocalStore:
    """Return a store with what :func:`read_folder` yields."""
    store = LocalStore()
    store.extend(read_folder(folder))
    return store


def read_folder(folder: Path) -> Iterator[ox.Quad]:
    """Yield the quads of anybody's ``*.ttl``, ``*.trig`` and ``*.nq`` files below ``folder``.

    A Turtle file is a named graph with its file's IRI; TriG and N-Quads keep theirs.

    Raises:
        UnreadableError: The folder is missing or can't be read.
        TurtleSyntaxError: A file doesn't parse.
    """
    if not folder.is_dir():
        raise UnreadableError(
            f"{folder} というフォルダーがない。--data にはフォルダーを渡す",
            f"{folder} is not a folder; give --data a folder of *.ttl, *.trig or *.nq files",
        )
    for path in sorted(
        p for p in folder.rglob("*") if p.suffix in FOREIGN_SUFFIXES and p.is_file()
    ):
        form = FOREIGN_SUFFIXES[path.suffix]
        graph = ox.NamedNode(path.resolve().as_uri()) if path.suffix == ".ttl" else None
        yield from _parse(path, read_bytes(path), form, graph)


def digest(files: Iterable[Path]) -> str:
    """Return the SHA-256 over names and contents of ``files``, in hex."""
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode())
        total.update(hashlib.sha256(read_bytes(path)).digest())
    return total.hexdigest()
