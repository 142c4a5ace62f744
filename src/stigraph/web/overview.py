"""What is in a dataset, read once: the front page and the lists are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stigraph.store import Store
from stigraph.terms import Iri, Literal
from stigraph.vocab import ID, SKOS, STI

__all__ = ["Overview", "nodes_of_class", "read_overview"]

_CLASSES = f"""
SELECT ?class (COUNT(DISTINCT ?node) AS ?count) WHERE {{
  ?node a ?class
  FILTER(STRSTARTS(STR(?node), "{ID}") && !STRSTARTS(STR(?class), "{SKOS}"))
}} GROUP BY ?class ORDER BY DESC(?count) ?class
"""
_PILLARS = f"""
SELECT ?strategy ?kind ?pillar WHERE {{
  ?pillar a <{STI.Pillar}> ; <{STI.inDocument}> ?strategy ;
          <{STI.pillarKind}> ?kind ; <{STI.order}> ?order .
  ?strategy <{STI.editionYear}> ?year
}} ORDER BY DESC(?year) ?kind ?order
"""
_DEBATE = ID["pillar-kind/debate-heading"]


@dataclass(frozen=True)
class Overview:
    """What the front page tells.

    Attributes:
        classes: How many entries of each class there are, the most frequent first.
        strategy: The latest annual strategy that sets pillars; None where there is none.
        pillars: Its pillars in order, by kind; headings of a debate come last.
        fields: The priority fields.
    """

    classes: Mapping[str, int]
    strategy: str | None
    pillars: Mapping[str, tuple[str, ...]]
    fields: tuple[str, ...]


def read_overview(store: Store) -> Overview:
    """Read the overview of a project's graph."""
    pillars: dict[str, tuple[str, ...]] = {}
    latest: str | None = None
    for strategy, kind, pillar in store.select(_PILLARS):
        if not (isinstance(strategy, Iri) and isinstance(kind, Iri) and isinstance(pillar, Iri)):
            continue
        latest = latest or strategy.value
        if strategy.value == latest:
            pillars[kind.value] = (*pillars.get(kind.value, ()), pillar.value)
    return Overview(
        classes=_counts(store, _CLASSES),
        strategy=latest,
        pillars=dict(sorted(pillars.items(), key=lambda item: item[0] == _DEBATE)),
        fields=nodes_of_class(store, STI.PriorityField),
    )


def nodes_of_class(store: Store, iri: str) -> tuple[str, ...]:
    """Return the IRIs of the nodes that the data put in the class ``iri``, in order."""
    rows = store.select(f"SELECT DISTINCT ?node WHERE {{ ?node a <{iri}> }} ORDER BY ?node")
    return tuple(node.value for (node,) in rows if isinstance(node, Iri))


def _counts(store: Store, query: str) -> Mapping[str, int]:
    return {
        thing.value: int(count.value)
        for thing, count in store.select(query)
        if isinstance(thing, Iri) and isinstance(count, Literal)
    }
