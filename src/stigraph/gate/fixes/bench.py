"""What a fix is made from: the texts of the files, and what the project knows.

All of it is read when it is first asked for: where nothing is found, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from stigraph.dataset import read_turtle
from stigraph.errors import TurtleSyntaxError
from stigraph.gate.finding import Edit, Place
from stigraph.gate.paths import Overlay
from stigraph.gate.vocabulary import Vocabulary
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.terms import Iri
from stigraph.turtle import SourceMap
from stigraph.turtle.position import Lines, line_starts
from stigraph.vocab import RDF, SH, SKOS

__all__ = ["Bench", "Expected", "Source"]

_PREFIX: Final = re.compile(
    r"^[ \t]*(?:@prefix|PREFIX)[ \t]+(?P<name>[^\s:]*):[ \t]*<(?P<iri>[^>\n]*)>[ \t]*\.?",
    re.M | re.I,
)


@dataclass(frozen=True)
class Source:
    """A text file of the report, by its name there."""

    name: str
    path: Path
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> Lines:
        """The lines, to turn offsets into places."""
        return Lines(self.text)

    @cached_property
    def map(self) -> SourceMap | None:
        """The places of the triples; None where the text isn't Turtle."""
        try:
            return SourceMap.of(self.text, self.path.resolve().as_uri())
        except TurtleSyntaxError:
            return None

    @cached_property
    def prefixes(self) -> dict[str, re.Match[str]]:
        """The declaration of each prefix."""
        return {match["name"]: match for match in _PREFIX.finditer(self.text)}

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place given by line and column, both from 1."""
        starts = line_starts(self.text)
        return starts[min(line, len(starts)) - 1] + column - 1

    def place(self, start: int, end: int) -> Place:
        """Return the place between two offsets."""
        span = self.lines.span(start, end)
        return Place(span.line, span.column, span.end_line, span.end_column)

    def edit(self, start: int, end: int, text: str) -> Edit:
        """Return the edit that puts ``text`` between two offsets."""
        return Edit(self.name, self.place(start, end), text)

    def written(self, place: Place) -> str:
        """Return what stands at a place."""
        start = self.offset(place.line, place.column)
        return self.text[start : self.offset(place.end_line, place.end_column)]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a property shape asks of its values."""

    datatypes: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()


_PARTS: Final = f"(<{SH['or']}>|<{SH.xone}>|<{SH['and']}>|<{SH.node}>|<{RDF.first}>|<{RDF.rest}>)*"
_ASKED: Final = (
    f"{_PARTS}/<{SH.datatype}>",
    f"({_PARTS}|<{SH.qualifiedValueShape}>)/<{SH.languageIn}>/<{RDF.rest}>*/<{RDF.first}>",
    f"{_PARTS}/<{SH['class']}>",
)


class Bench:
    """Reads what fixes are made from.

    Args:
        project: The project.
        here: What names in the report are relative to.
        overlay: Files that are to be taken as given here.
    """

    def __init__(self, project: Project, here: Path, overlay: Overlay | None = None) -> None:
        self.project = project
        self.here = here
        self.overlay = overlay or {}
        self._sources: dict[str, Source | None] = {}
        self._expected: dict[str, Expected] = {}

    def content(self, path: Path) -> bytes | None:
        """Return the content of a file, None where there is none."""
        resolved = path.resolve()
        if resolved in self.overlay:
            return self.overlay[resolved]
        try:
            return path.read_bytes()
        except OSError:
            return None

    def source(self, name: str | None) -> Source | None:
        """Return a file by its name in the report, None where it can't be read as text."""
        if name is None:
            return None
        if name not in self._sources:
            path = self.here / name
            content = self.content(path)
            try:
                text = content.decode("utf-8") if content is not None else None
            except UnicodeDecodeError:
                text = None
            self._sources[name] = Source(name, path, text) if text is not None else None
        return self._sources[name]

    @cached_property
    def _store(self) -> LocalStore:
        """The files of the project that parse."""
        store = LocalStore()
        for path in self._files():
            content = self.content(path)
            try:
                quads = tuple(read_turtle(path, path.resolve().as_uri(), content))
            except TurtleSyntaxError:
                continue
            store.extend(quads)
        return store

    def _files(self) -> Iterator[Path]:
        files = [*self.project.ontology_files(), *self.project.data_files()]
        added = (path for path in self.overlay if path.is_relative_to(self.project.data.resolve()))
        paths = dict.fromkeys(path.resolve() for path in (*files, *added))
        yield from (path for path in paths if self.overlay.get(path, b"") is not None)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the ontology declares."""
        return Vocabulary.of(self._store)

    @cached_property
    def entries(self) -> frozenset[str]:
        """The IRIs of everything that has a class."""
        rows = self._store.select("SELECT DISTINCT ?s WHERE { ?s a ?class }")
        return frozenset(s.value for (s,) in rows if isinstance(s, Iri))

    def labelled(self, label: str) -> list[str]:
        """Return the entries that have a Japanese label."""
        rows = self._store.select(f"SELECT ?s ?l WHERE {{ ?s <{SKOS.prefLabel}> ?l }}")
        return sorted(
            s.value for s, each in rows if isinstance(s, Iri) and each and each.value == label
        )

    @cached_property
    def _shape_store(self) -> LocalStore:
        store = LocalStore()
        for path in self.project.shape_files():
            store.extend(read_turtle(path, path.resolve().as_uri(), self.content(path)))
        return store

    def expected(self, shape: str | None) -> Expected:
        """Return what a shape asks of values; nothing where it has no name."""
        if shape is None or shape.startswith("_:"):
            return Expected()
        if shape not in self._expected:
            self._expected[shape] = Expected(*(self._asked(shape, path) for path in _ASKED))
        return self._expected[shape]

    def _asked(self, shape: str, path: str) -> frozenset[str]:
        rows = self._shape_store.select(f"SELECT DISTINCT ?v WHERE {{ <{shape}> {path} ?v }}")
        return frozenset(value.value for (value,) in rows if value is not None)
