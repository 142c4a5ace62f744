"""What the template loads: a project's graph or a folder of anybody's data, with its digest.

A project in a git checkout also says from which file and commit each named graph
is: ``dcterms:source`` and ``dcat:version`` of the graph's IRI, in a named graph
of its own.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from stigraph.dataset import FOREIGN_SUFFIXES, graph_name, load_project, read_folder
from stigraph.project import Project
from stigraph.store.reading import read_bytes
from stigraph.store.served import ServedStore
from stigraph.store.workers.herd import Source
from stigraph.store.workers.snapshot import Snapshot
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCAT, DCTERMS, FILES_GRAPH, PREFIXES, RDF, VOID, XSD

__all__ = ["folder_files", "load", "project_files", "source_of"]

GIT_SECONDS: Final = 20.0
_LOADER: Final = "stigraph.web.snapshot:load"

Triple = tuple[Term, Term, Term]


def source_of(project: Project | None, folder: Path | None) -> Source:
    """Return where the template finds the data: a folder, else a project."""
    if folder is not None:
        return Source(_LOADER, {"folder": str(folder)})
    return Source(_LOADER, {"project": str(project.root) if project else ""})


def load(project: str = "", folder: str = "") -> Snapshot:
    """Load a snapshot in the template's process.

    Raises:
        UnreadableError: The data can't be read.
        TurtleSyntaxError: A file doesn't parse.
    """
    if folder:
        root = Path(folder)
        store = ServedStore.of(read_folder(root))
        files = folder_files(root)
        digest, modified = _digest(root, files)
        return Snapshot(store, digest, modified, dump=store.dump_to)
    found = Project(Path(project))
    whole = load_project(found)
    digest, modified = _digest(found.root, project_files(found))
    whole.add_graph(FILES_GRAPH, list(_origins(found)))
    store = ServedStore.of(whole.named_quads())
    return Snapshot(store, digest, modified, dict(PREFIXES), store.dump_to)


def folder_files(folder: Path) -> list[Path]:
    """Return the files of a folder that are served, in order."""
    return sorted(p for p in folder.rglob("*") if p.suffix in FOREIGN_SUFFIXES and p.is_file())


def project_files(project: Project) -> list[Path]:
    """Return the files of a project that are served, in order."""
    return [*project.ontology_files(), *project.data_files()]


def _digest(root: Path, files: Iterable[Path]) -> tuple[str, float]:
    """Return the SHA-256 over places and contents of ``files``, and when the last was changed."""
    total, modified = hashlib.sha256(), 0.0
    for path in files:
        total.update(str(path.relative_to(root)).encode())
        total.update(hashlib.sha256(read_bytes(path)).digest())
        modified = max(modified, path.stat().st_mtime)
    return total.hexdigest(), modified


def _origins(project: Project) -> Iterator[Triple]:
    """Yield what is known of each named graph: its file, and the last commit that changed it."""
    commits = _commits(project)
    for path in project_files(project):
        graph = Iri(graph_name(project, path))
        file = path.relative_to(project.root).as_posix()
        yield graph, Iri(RDF.type), Iri(VOID.Dataset)
        yield graph, Iri(DCTERMS.source), Literal(file)
        if file in commits:
            commit, when = commits[file]
            yield graph, Iri(DCAT.version), Literal(commit)
            yield graph, Iri(DCTERMS.modified), Literal(when, XSD.dateTime)


def _commits(project: Project) -> dict[str, tuple[str, str]]:
    """Return the last commit of each file and its time; nothing where there is no checkout."""
    command = ["git", "-C", str(project.root), "-c", "core.quotePath=false", "log"]
    command += ["--relative", "--no-renames", "--name-only", "--format=%x00%H %cI"]
    command += ["--", "data", "ontology"]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, check=True, timeout=GIT_SECONDS, encoding="utf-8"
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return {}
    found: dict[str, tuple[str, str]] = {}
    for entry in done.stdout.split("\0")[1:]:
        head, *files = entry.strip().split("\n")
        commit, _, when = head.partition(" ")
        for file in filter(None, files):
            found.setdefault(file, (commit, when))
    return found
