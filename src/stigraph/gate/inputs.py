"""The files of a run, each read once: what is checked is what an answer is remembered by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

from stigraph.dataset import GraphNames
from stigraph.filestore.uris import Resolver, file_uri
from stigraph.gate.paths import Overlay, folder_of, name_in
from stigraph.project import Project
from stigraph.store.reading import read_bytes

__all__ = ["MARK", "Input", "Inputs", "read_inputs", "text_of"]

MARK: Final = "\N{BYTE ORDER MARK}".encode()
"""What some editors put before a text."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file: where it is, its IRI, what reports call it, its named graph, what it holds."""

    path: Path
    base: str
    name: str
    graph: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inputs:
    """All files that a run over a project depends on.

    Attributes:
        data: The entries, and files beside them that are to be checked as entries.
        ontology: The vocabulary and the code lists.
        shapes: The SHACL shapes.
        others: What else is read: rules, legal forms.
    """

    data: tuple[Input, ...]
    ontology: tuple[Input, ...]
    shapes: tuple[Input, ...]
    others: tuple[Input, ...]

    def before(self, gone: Mapping[str, Input | None]) -> Inputs:
        """Return the files as they were.

        Args:
            gone: What files of the data were, by their IRIs; None for those that weren't there.
        """
        kept = [each for each in self.data if each.base not in gone]
        old = [each for each in gone.values() if each is not None]
        data = sorted((*kept, *old), key=lambda each: each.path.parts)
        return replace(self, data=tuple(data))

    def digest(self, *besides: object) -> bytes:
        """Return a digest of all files, and of what else an answer depends on."""
        total = blake2b(repr(besides).encode("utf-8", "surrogateescape"), digest_size=32)
        for kind in (self.data, self.ontology, self.shapes, self.others):
            total.update(b"%d files\n" % len(kind))
            for each in kind:
                header = f"{each.base}\n{each.name}\n{each.graph}\n{len(each.content)}\n"
                total.update(header.encode("utf-8", "surrogateescape"))
                total.update(each.content)
        return total.digest()


def text_of(source: Input) -> tuple[bytes, str]:
    """Return what a file holds and its IRI, which is its base."""
    return source.content.removeprefix(MARK), source.base


def read_inputs(project: Project, wanted: Sequence[Path], base: Path, overlay: Overlay) -> Inputs:
    """Return the files of a run.

    Args:
        project: The project.
        wanted: Files to check besides the project's own.
        base: What names in reports are relative to.
        overlay: Files that are to be taken as given here.

    Raises:
        UnreadableError: A file can't be read.
    """
    resolver, graphs, folder = Resolver(), GraphNames(project), folder_of(base)

    def read(paths: Iterable[Path], given: Overlay) -> Iterator[Input]:
        for path in paths:
            resolved = resolver(path)
            content = given.get(Path(resolved)) if given else None
            yield Input(
                path,
                file_uri(resolved),
                name_in(resolved, folder),
                graphs(path),
                read_bytes(path) if content is None else content,
            )

    others = [*project.rule_files(), project.legal_forms_file()]
    return Inputs(
        tuple(read(_data_files(project, wanted, overlay), overlay)),
        tuple(read(project.ontology_files(), {})),
        tuple(read(project.shape_files(), {})),
        tuple(read((path for path in others if path.is_file()), {})),
    )


def _data_files(project: Project, wanted: Sequence[Path], overlay: Overlay) -> Iterator[Path]:
    own = list(project.data_files())
    yield from (path for path in own if not overlay or overlay.get(path.resolve(), b"") is not None)
    if wanted or overlay:
        inside = {path.resolve() for path in own}
        others = {path.resolve(): path for path in (*overlay, *wanted)}
        for resolved, path in others.items():
            if resolved not in inside and overlay.get(resolved, b"") is not None:
                yield path
