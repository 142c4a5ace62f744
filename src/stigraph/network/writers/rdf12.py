"""RDF 1.2 Turtle: every statement of an entry, annotated with what states it.

A statement that stands in a passage or on a web page carries
``{| sti:statedIn … |}``: a reifier of the triple (RDF 1.2 Turtle, section 2.12)
that points at its evidence. Readers of RDF 1.1 take the plain Turtle instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from stigraph.network.selection import Selection
from stigraph.network.writers.rdf import comments
from stigraph.network.writers.spelling import in_turtle
from stigraph.network.writers.triples import (
    Triple,
    by_subject,
    evidence_of,
    prefixes_of,
    triples_of,
)
from stigraph.terms import Iri
from stigraph.vocab import RDF, STI

__all__ = ["write"]

_EVIDENCE: Final = frozenset({STI.statedIn, STI.phrase})
"""Statements about the evidence, which have none of their own."""


def write(selection: Selection, form: str) -> Iterator[str]:
    """Yield the triples behind the selection with their evidence.

    Raises:
        UsageError: The answer has no triples.
    """
    triples = list(triples_of(selection, form))
    evidence = evidence_of(selection)
    marks = (
        (Iri(STI.statedIn), Iri(STI.statedIn), source) for e in evidence.values() for source in e
    )
    yield 'VERSION "1.2"\n'
    yield from comments(selection.release)
    for prefix, namespace in prefixes_of([*triples, *marks]).items():
        yield f"PREFIX {prefix}: <{namespace}>\n"
    for subject, own in by_subject(triples):
        sources = evidence.get(subject.value, []) if isinstance(subject, Iri) else []
        yield f"\n{in_turtle(subject)}\n"
        yield from _statements(own, _annotation(sources))


def _annotation(sources: Sequence[Iri]) -> str:
    if not sources:
        return ""
    listed = " , ".join(map(in_turtle, sources))
    return f" {{| {in_turtle(Iri(STI.statedIn))} {listed} |}}"


def _statements(own: Sequence[Triple], annotation: str) -> Iterator[str]:
    groups = [(p, [o for _, _, o in g]) for p, g in groupby(own, key=lambda triple: triple[1])]
    for place, (predicate, values) in enumerate(groups, start=1):
        name = "a" if predicate.value == RDF.type else in_turtle(predicate)
        mark = "" if predicate.value in _EVIDENCE else annotation
        listed = " ,\n        ".join(f"{in_turtle(value)}{mark}" for value in values)
        yield f"    {name} {listed} {'.' if place == len(groups) else ';'}\n"
