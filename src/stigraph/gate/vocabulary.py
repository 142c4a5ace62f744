"""The terms that data may use: what the ontology declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from stigraph.store import LocalStore
from stigraph.terms import Iri, Literal
from stigraph.vocab import DCTERMS, OWL, RDF, RDFS, STI

__all__ = ["DECLARED_BY", "Vocabulary"]

_DECLARED = f"""
SELECT ?term ?kind WHERE {{
  ?term a ?class .
  FILTER(?class IN (<{OWL.Class}>, <{OWL.ObjectProperty}>, <{OWL.DatatypeProperty}>,
                    <{OWL.AnnotationProperty}>, <{OWL.NamedIndividual}>, <{RDF.Property}>,
                    <{RDFS.Class}>))
  OPTIONAL {{ ?term <{STI.kind}> ?kind }}
}}
"""
DECLARED_BY = frozenset({OWL.deprecated, DCTERMS.isReplacedBy, STI.kind})
"""Predicates by which an entry, too, tells what terms there are."""


@dataclass(frozen=True)
class Vocabulary:
    """What the ontology declares: terms, which kinds of id a class has, what is deprecated."""

    terms: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    deprecated: Mapping[str, str | None]

    @cached_property
    def current(self) -> frozenset[str]:
        """The terms that are declared and not deprecated."""
        return self.terms - self.deprecated.keys()

    @classmethod
    def of(cls, store: LocalStore) -> Vocabulary:
        """Read the vocabulary in ``store``."""
        terms: set[str] = set()
        kinds: dict[str, set[str]] = defaultdict(set)
        for term, kind in store.select(_DECLARED):
            if isinstance(term, Iri):
                terms.add(term.value)
                if isinstance(kind, Literal):
                    kinds[term.value].add(kind.value)
        gone: dict[str, str | None] = {}
        for term, successor in store.select(
            f"SELECT ?t ?new WHERE {{ ?t <{OWL.deprecated}> true "
            f"OPTIONAL {{ ?t <{DCTERMS.isReplacedBy}> ?new }} }}"
        ):
            if isinstance(term, Iri):
                gone[term.value] = successor.value if isinstance(successor, Iri) else None
        return cls(frozenset(terms), {c: frozenset(k) for c, k in kinds.items()}, gone)

    def allowed_classes(self, kind: str) -> list[str]:
        """Return the classes that an id of ``kind`` may have."""
        return sorted(cls for cls, kinds in self.kinds.items() if kind in kinds)
