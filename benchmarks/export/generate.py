"""A seeded graph of any size, shaped like the repository's own: the same seed, the same triples."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from stigraph.store import LocalStore
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCTERMS, GRAPH, ID, RDF, SKOS, STI, XSD

__all__ = ["PER_ENTRY", "SEED", "store_of", "triples"]

SEED: Final = 20_250_606
PER_ENTRY: Final = 10
"""Triples that an entry has: six of its own and four links."""

_KINDS: Final = (
    ("measure", STI.Measure),
    ("programme", STI.Programme),
    ("goal", STI.Goal),
    ("field", STI.PriorityField),
    ("organisation", STI.PublicBody),
    ("pillar", STI.Pillar),
)
_LINKS: Final = (STI.inField, STI.underPillar, STI.uses, STI.pursuesGoal, STI.inDocument)
_JA: Final = (
    "科学技術政策戦略研究開発人材育成基盤量子半導体宇宙健康医療材料融合社会実装産業支援制度"
)
_EN: Final = ("research", "quantum", "policy", "funding", "talent", "R&D", "space", "health <new>")

Triple = tuple[Iri, Iri, Term]


def triples(count: int, seed: int = SEED) -> Iterator[Triple]:
    """Yield ``count`` triples, or up to nine fewer so that every entry is whole."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    entries = [
        (Iri(f"{ID}{kind}/n{number}"), Iri(of_class))
        for number in range(count // PER_ENTRY)
        for kind, of_class in (_KINDS[number % len(_KINDS)],)
    ]
    for number, (entry, of_class) in enumerate(entries):
        yield entry, Iri(RDF.type), of_class
        yield entry, Iri(SKOS.prefLabel), Literal.tagged(f"{_japanese(dice)}{number}", "ja")
        yield entry, Iri(SKOS.prefLabel), Literal.tagged(f"{_english(dice)} {number}", "en")
        yield entry, Iri(DCTERMS.date), Literal(f"20{dice.randint(10, 29)}-04-01", XSD.date)
        yield entry, Iri(STI.phrase), Literal(_japanese(dice))
        yield entry, Iri(STI.order), Literal(str(number), XSD.integer)
        for link in dice.sample(_LINKS, 4):
            yield entry, Iri(link), dice.choice(entries)[0]


def store_of(count: int) -> LocalStore:
    """Return a store with ``count`` triples."""
    store = LocalStore()
    store.add_graph(GRAPH["generated"], triples(count))
    return store


def _japanese(dice: random.Random) -> str:
    return "".join(dice.choices(_JA, k=dice.randint(6, 20)))


def _english(dice: random.Random) -> str:
    return " ".join(dice.choices(_EN, k=dice.randint(2, 6)))
