"""From a finding's terms to their place in the file (where the author must look)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import pyoxigraph as ox

from stigraph.oxigraph import from_oxigraph
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.turtle.position import LocatedTerm, LocatedTriple, Span
from stigraph.turtle.reader import read
from stigraph.vocab import RDF, XSD

__all__ = ["AnyTerm", "SourceMap", "locate"]

AnyTerm = Term | ox.NamedNode | ox.BlankNode | ox.Literal
"""A term of a file or of the store."""

_Place = TypeVar("_Place")
_Key = str | tuple[str, str, str | None]


class SourceMap:
    """The places of all triples of one file, built once and asked often.

    Literals are found whatever the case of their language tag, and numbers by
    their value where their lexical form isn't found: stores change both.

    Args:
        triples: What :func:`~stigraph.turtle.read` yields.
    """

    __slots__ = ("_by_subject", "_mentions", "_triples")

    def __init__(self, triples: Iterable[LocatedTriple]) -> None:
        self._triples = list(triples)
        self._mentions: dict[_Key, list[LocatedTerm]] = {}  # built when first asked for
        self._by_subject: dict[_Key, dict[_Key, list[LocatedTriple]]] = {}
        for triple in self._triples:
            of_subject = self._by_subject.setdefault(_key(triple.subject.term), {})
            of_subject.setdefault(_key(triple.predicate.term), []).append(triple)

    @classmethod
    def of(cls, text: str, base: str | None = None) -> SourceMap:
        """Return the map of a Turtle text.

        Raises:
            TurtleSyntaxError: The text isn't Turtle 1.1.
        """
        return cls(read(text, base))

    def __iter__(self) -> Iterator[LocatedTriple]:
        return iter(self._triples)

    def __len__(self) -> int:
        return len(self._triples)

    def triples(
        self, subject: AnyTerm, predicate: AnyTerm | None = None, value: AnyTerm | None = None
    ) -> Sequence[LocatedTriple]:
        """Return every triple of a subject, predicate and object in the order of the file.

        A triple that is written twice is there twice: the second is the duplicate.
        """
        of_subject = self._by_subject.get(_key(subject), {})
        if predicate is None:
            found = sorted(
                (triple for triples in of_subject.values() for triple in triples),
                key=lambda triple: triple.object.start,
            )
        else:
            found = of_subject.get(_key(predicate), [])
        return found if value is None else _with_object(found, value)

    def subjects(self, subject: AnyTerm) -> Sequence[LocatedTerm]:
        """Return every place where a term begins statements, in the order of the file."""
        places = {triple.subject.start: triple.subject for triple in self.triples(subject)}
        return [places[start] for start in sorted(places)]

    def mentions(self, term: AnyTerm) -> Sequence[LocatedTerm]:
        """Return every place where a term stands in any role, in the order of the file."""
        if not self._mentions:
            places = {term.start: term for triple in self for term in triple if term.written}
            for start in sorted(places):
                self._mentions.setdefault(_key(places[start].term), []).append(places[start])
        return self._mentions.get(_key(term), [])

    def spelt(self, value: str) -> Sequence[LocatedTerm]:
        """Return every place of a literal with this lexical form, in the order of the file."""
        return [
            triple.object
            for triple in self
            if isinstance(triple.object.term, Literal) and triple.object.term.value == value
        ]

    def locate(
        self,
        subject: AnyTerm,
        predicate: AnyTerm | None = None,
        value: AnyTerm | None = None,
        *,
        occurrence: int = 1,
    ) -> Span | None:
        """Return where a finding about a triple, or what is missing from it, stands.

        Args:
            subject: The focus node.
            predicate: The path, if it is a single predicate.
            value: The value that is wrong, None for one that is missing.
            occurrence: Which one of several, from 1: the second is the
                duplicate. With fewer, the last.

        Returns:
            The place of the object; without an object that is there, that of
            the predicate; without such a predicate, that of the subject, or
            of its first mention. None if the file doesn't mention it.
        """
        if predicate is not None:
            triples = self.triples(subject, predicate)
            if triples:
                found = _with_object(triples, value) if value is not None else ()
                place = _pick(found, occurrence).object if found else None
                return (place or _pick(triples, occurrence).predicate).span
        places = self.subjects(subject) or self.mentions(subject)
        return _pick(places, occurrence).span if places else None


def locate(
    text: str, subject: AnyTerm, predicate: AnyTerm | None = None, value: AnyTerm | None = None
) -> Span | None:
    """Return where a finding stands in a text: see :meth:`SourceMap.locate`.

    Raises:
        TurtleSyntaxError: The text isn't Turtle 1.1.
    """
    return SourceMap.of(text).locate(subject, predicate, value)


def _pick(places: Sequence[_Place], occurrence: int) -> _Place:
    return places[min(occurrence, len(places)) - 1]


def _with_object(triples: Sequence[LocatedTriple], value: AnyTerm) -> Sequence[LocatedTriple]:
    key = _key(value)
    found = [triple for triple in triples if _key(triple.object.term) == key]
    if found:
        return found
    number = _number(key)
    if number is None:
        return []
    return [triple for triple in triples if _number(_key(triple.object.term)) == number]


def _key(term: AnyTerm) -> _Key:
    """Return what two terms share exactly if the store takes them for the same."""
    if not isinstance(term, Iri | Blank | Literal):
        term = from_oxigraph(term)
    if isinstance(term, Iri):
        return term.value
    if isinstance(term, Blank):
        return f"_:{term.value}"
    return term.value, term.datatype, term.language and term.language.lower()


def _number(key: _Key) -> Decimal | None:
    if isinstance(key, str) or key[1] in {XSD.string, RDF.langString}:
        return None
    try:
        return Decimal(key[0])
    except InvalidOperation:
        return None
