"""Where a finding stands: the file of its focus node, and the term in it.

Something missing stands at the subject, a wrong term at that term, a duplicate at the second
occurrence, a wrong value at the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from stigraph import terms
from stigraph.gate.files import SourceFile
from stigraph.gate.finding import Finding, Place
from stigraph.terms import Term
from stigraph.turtle import Blank, Iri, Literal, LocatedTerm, Span
from stigraph.turtle import Term as LocatedRdfTerm
from stigraph.turtle.locate import SourceMap
from stigraph.vocab import SH

__all__ = ["Locator"]

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
        span = self._span(self._map(source), found)
        place = Place(span.line, span.column, span.end_line, span.end_column) if span else None
        return replace(found, file=source.name, place=place)

    def _map(self, source: SourceFile) -> SourceMap:
        if source.name not in self._maps:
            self._maps[source.name] = SourceMap.of(source.text, source.path.resolve().as_uri())
        return self._maps[source.name]

    @staticmethod
    def _span(places: SourceMap, found: Finding) -> Span | None:
        if found.focus is None:
            return None
        focus = Iri(found.focus)
        if found.path is None or found.component in _MISSING:
            return places.locate(focus)
        path = Iri(found.path)
        if not places.triples(focus, path):
            return places.locate(focus)
        if found.component == SH.ClosedConstraintComponent or found.value == terms.Iri(found.path):
            return places.locate(focus, path)  # the predicate itself is what is wrong
        return _value_span(places, focus, path, found)


def _value_span(places: SourceMap, focus: Iri, path: Iri, found: Finding) -> Span | None:
    if isinstance(found.value, terms.Blank):  # its label is the store's, not the file's
        return _first_blank(places, focus, path)
    second = _second(places, focus, path, found) if found.component in _DUPLICATES else None
    return second.span if second else places.locate(focus, path, _as_located(found.value))


def _first_blank(places: SourceMap, focus: Iri, path: Iri) -> Span | None:
    values = (triple.object for triple in places.triples(focus, path))
    return next((v.span for v in values if isinstance(v.term, Blank)), None)


def _second(places: SourceMap, focus: Iri, path: Iri, found: Finding) -> LocatedTerm | None:
    values = [triple.object for triple in places.triples(focus, path)]
    if found.component == SH.UniqueLangConstraintComponent:
        seen: set[str | None] = set()
        for value in values:
            tag = value.term.language if isinstance(value.term, Literal) else None
            if tag in seen:
                return value
            seen.add(tag)
    return values[1] if len(values) > 1 else None


def _as_located(term: Term | None) -> LocatedRdfTerm | None:
    match term:
        case terms.Iri(value):
            return Iri(value)
        case terms.Literal(value, datatype, language):
            return Literal(value, datatype, language)
        case terms.Blank(value):
            return Blank(value)
    return None
