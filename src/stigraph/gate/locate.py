"""Where a finding stands: the file of its focus node, and the term in it.

Something missing stands at the subject, a wrong term at that term, a duplicate at the second
occurrence, a wrong value at the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from stigraph.dataset import read_bytes
from stigraph.gate.files import SourceFile
from stigraph.gate.finding import Finding, Place
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.turtle import LocatedTerm, LocatedTriple, Span, read
from stigraph.turtle.locate import SourceMap
from stigraph.vocab import SH

__all__ = ["Locator", "locate_in_texts"]

_MISSING = frozenset({SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent})
_DUPLICATES = frozenset({SH.MaxCountConstraintComponent, SH.UniqueLangConstraintComponent})


class Locator:
    """Finds the file of a focus node, and a finding's term in it."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self._homes: dict[str, SourceFile] = {}
        self._by_name = {source.name: source for source in files}
        self._maps: dict[str, SourceMap] = {}
        for source in files:
            for subject, _, _ in source.triples:
                self._homes.setdefault(subject.value, source)

    def all(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield ``findings`` with file and place filled in where they can be found."""
        for found in findings:
            yield self._located(found)

    def _located(self, found: Finding) -> Finding:
        source = self._by_name.get(found.file or "") or self._homes.get(found.focus or "")
        if source is None or found.place is not None:
            return found
        return replace(found, file=source.name, place=_place(self._map(source), found))

    def _map(self, source: SourceFile) -> SourceMap:
        if source.name not in self._maps:
            self._maps[source.name] = SourceMap.of(source.text, source.path.resolve().as_uri())
        return self._maps[source.name]


def locate_in_texts(findings: Iterable[Finding], texts: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield ``findings`` with their places in ``texts`` (report name → file).

    The files are read only where there is something to locate. Blank nodes are named
    ``f<number of the file>_<label>``, as the engine was given them.
    """
    listed = list(findings)
    if not listed:
        return
    wanted = {_node(found.focus) for found in listed if found.focus}
    maps = {
        name: SourceMap(_about(wanted, _read(path, number)))
        for number, (name, path) in enumerate(texts.items())
    }
    for found in listed:
        yield _in_maps(found, maps)


def _in_maps(found: Finding, maps: Mapping[str, SourceMap]) -> Finding:
    names = [found.file] if found.file in maps else list(maps)
    focus = _node(found.focus) if found.focus else None
    for name in names:
        if name is not None and focus is not None and maps[name].subjects(focus):
            return replace(found, file=name, place=_place(maps[name], found))
    for name in names:
        if name is not None and focus is not None and maps[name].mentions(focus):
            return replace(found, file=name, place=_place(maps[name], found))
    return found


def _read(path: Path, number: int) -> Iterator[LocatedTriple]:
    return _named(read(read_bytes(path).decode(), path.resolve().as_uri()), number)


def _about(nodes: Set[Term], triples: Iterable[LocatedTriple]) -> Iterator[LocatedTriple]:
    """Yield the triples that begin or end with one of ``nodes``: a few of a large file."""
    for triple in triples:
        if triple.subject.term in nodes or triple.object.term in nodes:
            yield triple


def _named(triples: Iterable[LocatedTriple], number: int) -> Iterator[LocatedTriple]:
    for triple in triples:
        yield LocatedTriple(*(_renamed(term, number) for term in triple))


def _renamed(term: LocatedTerm, number: int) -> LocatedTerm:
    if isinstance(term.term, Blank):
        return term._replace(term=Blank(f"f{number}_{term.term.value}"))
    return term


def _node(name: str) -> Iri | Blank:
    return Blank(name[2:]) if name.startswith("_:") else Iri(name)


def _place(places: SourceMap, found: Finding) -> Place | None:
    span = _span(places, found)
    return Place(span.line, span.column, span.end_line, span.end_column) if span else None


def _span(places: SourceMap, found: Finding) -> Span | None:
    if found.focus is None:
        return None
    focus = _node(found.focus)
    if found.path is None or found.component in _MISSING:
        return places.locate(focus)
    path = Iri(found.path)
    if not places.triples(focus, path):
        return places.locate(focus)
    if found.component == SH.ClosedConstraintComponent or found.value == path:
        return places.locate(focus, path)  # the predicate itself is what is wrong
    if isinstance(found.value, Blank):
        return _blank_span(places, focus, path, found.value)
    second = _second(places, focus, path, found) if found.component in _DUPLICATES else None
    return second.span if second else places.locate(focus, path, found.value)


def _blank_span(places: SourceMap, focus: Term, path: Iri, value: Blank) -> Span | None:
    values = [t.object for t in places.triples(focus, path) if isinstance(t.object.term, Blank)]
    # Where the label is the store's and not the file's, the first blank node stands for it.
    return next((v.span for v in (*(v for v in values if v.term == value), *values)), None)


def _second(places: SourceMap, focus: Term, path: Iri, found: Finding) -> LocatedTerm | None:
    values = [triple.object for triple in places.triples(focus, path)]
    if found.component == SH.UniqueLangConstraintComponent:
        seen: set[str | None] = set()
        for value in values:
            tag = value.term.language if isinstance(value.term, Literal) else None
            if tag in seen:
                return value
            seen.add(tag)
    return values[1] if len(values) > 1 else None
