"""Folding: an entry that only joins others becomes edges between them, with its attributes.

Measure alignments, events and allocations are entries of their own, so that each has its source
and its time. In a network they are drawn as edges. Nothing is lost by that: an entry stays a node
if it lacks one of its ends, if another node of the lens refers to it, or if it refers to something
that no edge would show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stigraph.network.sketch import Link, Sketch
from stigraph.store import Store
from stigraph.terms import Iri
from stigraph.vocab import SCHEMA, STI, kind_of

__all__ = ["FOLDS", "Fold", "folded", "weighed"]


@dataclass(frozen=True, slots=True)
class Fold:
    """How entries of a kind become edges.

    ``sources`` and ``targets`` are properties: the first ones that have values name the ends.
    ``kind`` is the property whose value is the edge's kind, ``weight`` the one of its weight.
    ``covered`` are properties that the edge's start and end tell as well.
    """

    sources: tuple[tuple[str, ...], ...]
    targets: tuple[tuple[str, ...], ...]
    kind: str
    weight: str | None = None
    covered: tuple[str, ...] = ()


FOLDS: Final[Mapping[str, Fold]] = {
    "alignment": Fold(((STI.fromMeasure,),), ((STI.toMeasure,),), STI.alignmentType),
    "allocation": Fold(
        ((STI.firstFiscalYear,),),
        ((STI.forPart,), (STI.forInitiative,)),
        STI.amountKind,
        SCHEMA.value,
        (STI.lastFiscalYear, STI.forInitiative),
    ),
    "event": Fold(((STI.decidedBy, STI.participant),), ((STI.about,),), STI.eventKind),
}
"""What folds, by kind."""

_EVIDENCE = STI.statedIn


def folded(store: Store, sketch: Sketch) -> tuple[Sketch, frozenset[str]]:
    """Return ``sketch`` with what can be folded as edges, and the entries that were folded."""
    outward: dict[str, list[Link]] = defaultdict(list)
    referred = set()
    for link in sketch.links:
        outward[link.source].append(link)
        referred.add(link.target)
    edges: list[Link] = []
    gone: set[str] = set()
    for node in sorted(sketch.nodes - referred):
        fold = FOLDS.get(kind_of(node) or "")
        ends = _ends(fold, outward[node]) if fold else None
        if fold and ends:
            edges += _edges(store, node, fold, ends)
            gone.add(node)
    links = [link for link in sketch.links if link.source not in gone]
    return Sketch(sketch.nodes - gone, (*links, *edges), sketch.spans), frozenset(gone)


def _ends(fold: Fold, links: Sequence[Link]) -> tuple[list[str], list[str]] | None:
    used = {_EVIDENCE, *fold.covered}
    ends: list[list[str]] = []
    for choices in (fold.sources, fold.targets):
        for properties in choices:
            found = [link.target for link in links if link.iri in properties]
            used.update(properties if found else ())
            if found:
                ends.append(found)
                break
        else:
            return None
    return (ends[0], ends[1]) if all(link.iri in used for link in links) else None


def _edges(
    store: Store, node: str, fold: Fold, ends: tuple[list[str], list[str]]
) -> Iterator[Link]:
    said = _said(store, node, fold)
    for source in sorted(set(ends[0])):
        for target in sorted(set(ends[1])):
            yield Link(source, node, target, said, (node,), folded=True)


def _said(store: Store, node: str, fold: Fold) -> dict[str, str]:
    said = {}
    for (kind,) in store.select(f"SELECT ?kind WHERE {{ <{node}> <{fold.kind}> ?kind }}"):
        if isinstance(kind, Iri):
            said["kind"] = kind.value
    if fold.weight:
        for (weight,) in store.select(f"SELECT ?n WHERE {{ <{node}> <{fold.weight}> ?n }}"):
            said["weight"] = str(weight)
    return said


def weighed(store: Store, sketch: Sketch) -> Sketch:
    """Return ``sketch`` with the amounts of allocations that stayed nodes on their own links."""
    amounts = {
        node.value: str(value)
        for node, value in store.select(f"SELECT ?s ?n WHERE {{ ?s <{SCHEMA.value}> ?n }}")
        if isinstance(node, Iri)
    }
    given = (STI.forInitiative, STI.forPart)
    links = (
        Link(link.source, link.iri, link.target, {"weight": amounts[link.source]}, link.witnesses)
        if link.iri in given and link.source in amounts
        else link
        for link in sketch.links
    )
    return Sketch(sketch.nodes, tuple(links), sketch.spans)
