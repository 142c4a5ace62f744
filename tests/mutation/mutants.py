"""Mutants: one triple of one file, spoilt in one way.

(a) a misspelt predicate; (b) another datatype or language tag, each that ``_TYPES`` lists;
(c) an object of ours that nothing describes; (d) a required triple dropped; (e) another class of
the data, eight chosen at random for each node; (f) another digit, at each place of each number,
date, fiscal year and phrase of a node with phrases. What is chosen at random follows from the
seed and the triple alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from random import Random
from typing import Final

from tests.mutation.corpus import Corpus, Triple
from tests.mutation.required import required

from stigraph.gate.files import SourceFile
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import BASE, RDF, STI, XSD, kind_of, shorten

__all__ = ["KINDS", "Kind", "Mutant", "mutants", "sample"]


class Kind(StrEnum):
    """The ways to spoil a triple."""

    PREDICATE = "a"
    DATATYPE = "b"
    OBJECT = "c"
    DROPPED = "d"
    CLASS = "e"
    DIGIT = "f"


KINDS: Final = {
    Kind.PREDICATE: "predicate misspelt",
    Kind.DATATYPE: "datatype or language changed",
    Kind.OBJECT: "object points at nothing",
    Kind.DROPPED: "required triple dropped",
    Kind.CLASS: "class swapped",
    Kind.DIGIT: "digit of a quoted figure changed",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file in which ``new`` stands instead of ``old``; ``cls`` is the class of the subject."""

    kind: Kind
    cls: str
    source: SourceFile
    old: Triple
    new: Triple | None

    def __str__(self) -> str:
        after = " ".join(map(_shown, self.new)) if self.new else "-"
        return f"{self.source.name}: {' '.join(map(_shown, self.old))} → {after}"

    @property
    def triples(self) -> tuple[Triple, ...]:
        """What the file says now."""
        spoilt = (self.new if triple == self.old else triple for triple in self.source.triples)
        return tuple(triple for triple in spoilt if triple is not None)


def _shown(term: Term) -> str:
    match term:
        case Literal(value, _, str() as language):
            return f'"{value}"@{language}'
        case Literal(value, datatype, _):
            return f'"{value}"^^{shorten(datatype)}'
    return str(term)


_CHANGED: Final = {
    "ja": (("en", None), (None, XSD.string)),
    "en": (("ja", None), (None, XSD.string)),
}
_TYPES: Final = {
    XSD.string: (XSD.anyURI, XSD.integer),
    XSD.anyURI: (XSD.string, XSD.integer),
    XSD.integer: (XSD.decimal, XSD.string),
    XSD.decimal: (XSD.integer, XSD.string),
    XSD.boolean: (XSD.string, XSD.integer),
    XSD.date: (XSD.gYearMonth, XSD.string),
    XSD.gYearMonth: (XSD.gYear, XSD.date, XSD.string),
    XSD.gYear: (XSD.integer, XSD.date, XSD.string),
}
"""The datatypes that each datatype is mistaken for; plain strings are given languages too."""

_DIGITS: Final = ("0123456789", "０１２３４５６７８９")
_CLASSES: Final = 8
"""So many other classes each node is given: all of them would take hours."""
_UNQUOTED: Final = frozenset({STI.order})
"""Numbers of our own that no text bears."""

Spoil = Callable[[Corpus, SourceFile, Triple, Random], Iterator[Triple | None]]


def _misspell(corpus: Corpus, _source: SourceFile, triple: Triple, rng: Random) -> Iterator[Triple]:
    subject, predicate, value = triple
    yield subject, Iri(_misspelt(predicate.value, rng, corpus)), value


def _retype(_c: Corpus, _s: SourceFile, triple: Triple, _rng: Random) -> Iterator[Triple]:
    subject, predicate, value = triple
    match value:
        case Literal(text, _, str() as language):
            yield subject, predicate, Literal.tagged(text, "en" if language == "ja" else "ja")
            yield subject, predicate, Literal(text)
        case Literal(text, datatype, _):
            if datatype == XSD.string:
                yield subject, predicate, Literal.tagged(text, "ja")
                yield subject, predicate, Literal.tagged(text, "en")
            for other in _TYPES[datatype]:
                yield subject, predicate, Literal(text, other)


def _dangle(corpus: Corpus, _source: SourceFile, triple: Triple, rng: Random) -> Iterator[Triple]:
    subject, predicate, value = triple
    if isinstance(value, Iri) and value.value.startswith(BASE):
        yield subject, predicate, Iri(_misspelt(value.value, rng, corpus))


def _reclass(corpus: Corpus, _source: SourceFile, triple: Triple, rng: Random) -> Iterator[Triple]:
    subject, predicate, value = triple
    if predicate.value == RDF.type:
        others = [cls for cls in corpus.classes if cls != value.value]
        for cls in sorted(rng.sample(others, min(len(others), _CLASSES))):
            yield subject, predicate, Iri(cls)


def _redigit(corpus: Corpus, _source: SourceFile, triple: Triple, rng: Random) -> Iterator[Triple]:
    subject, predicate, value = triple
    said = corpus.described[subject.value]
    if predicate.value in _UNQUOTED or all(p.value != STI.phrase for _, p, _ in said):
        return
    match value:
        case Literal(text, datatype, None) if predicate.value == STI.phrase or datatype not in (
            XSD.string,
            XSD.anyURI,
        ):
            for other in _other_digits(text, rng):
                yield subject, predicate, Literal(other, datatype)
        case Iri(iri) if kind_of(iri) == "fiscal-year":
            head, slash, year = iri.rpartition("/")
            for other in _other_digits(year, rng):
                yield subject, predicate, Iri(f"{head}{slash}{other}")


_SPOILS: Final[dict[Kind, Spoil]] = {
    Kind.PREDICATE: _misspell,
    Kind.DATATYPE: _retype,
    Kind.OBJECT: _dangle,
    Kind.CLASS: _reclass,
    Kind.DIGIT: _redigit,
}


def _misspelt(iri: str, rng: Random, corpus: Corpus) -> str:
    """Return ``iri`` with a letter of its last part dropped, doubled or swapped with the next."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    head, name = iri[:cut], iri[cut:]
    place = rng.randrange(len(name))
    before, here, after = name[:place], name[place], name[place + 1 :]
    slips = [before + after, before + here + here + after]
    if after and after[0] != here:
        slips.append(before + after[0] + here + after[1:])
    slips = [slip for slip in slips if slip and head + slip not in corpus.described]
    return head + rng.choice(slips) if slips else _misspelt(iri, rng, corpus)


def _other_digits(text: str, rng: Random) -> Iterator[str]:
    for place, character in enumerate(text):
        for digits in _DIGITS:
            if character in digits:
                other = rng.choice(digits.replace(character, ""))
                yield text[:place] + other + text[place + 1 :]


def mutants(corpus: Corpus, seed: int, kinds: Iterable[Kind] = Kind) -> Iterator[Mutant]:
    """Yield every mutant of the data."""
    for kind in kinds:
        found = (
            ((source, triple, None) for source, triple in required(corpus))
            if kind is Kind.DROPPED
            else _spoilt(corpus, kind, seed)
        )
        for source, old, new in found:
            yield Mutant(kind, _class_of(corpus, old), source, old, new)


Change = tuple[SourceFile, Triple, Triple | None]


def _spoilt(corpus: Corpus, kind: Kind, seed: int) -> Iterator[Change]:
    for source in corpus.data:
        for triple in dict.fromkeys(source.triples):
            rng = Random(f"{seed} {kind} {triple}")  # noqa: S311 (no secret: the same mutants every time)
            for new in _SPOILS[kind](corpus, source, triple, rng):
                yield source, triple, new


def _class_of(corpus: Corpus, triple: Triple) -> str:
    return shorten(min(corpus.classes_of(triple[0].value)))


def sample(found: Iterable[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return ``size`` of the mutants, as many of each kind as of any other where there are.

    Each mutant has a place of its own in the draw: a new entry in the data changes few of them.
    """
    by_kind: dict[Kind, list[Mutant]] = {}
    for mutant in sorted(found, key=lambda mutant: _lot(mutant, seed)):
        by_kind.setdefault(mutant.kind, []).append(mutant)
    chosen: list[Mutant] = []
    for number, of_kind in enumerate(sorted(by_kind.values(), key=len)):
        share = (size - len(chosen)) // (len(by_kind) - number)
        chosen += of_kind[:share]
    return chosen


def _lot(mutant: Mutant, seed: int) -> bytes:
    return sha256(repr((seed, mutant.kind, mutant.old, mutant.new)).encode()).digest()
