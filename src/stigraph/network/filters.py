"""Filters: a smaller part of a network, by kind, pillar, field, document, date or neighbourhood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from stigraph.dates import Bounds
from stigraph.entries import Entry
from stigraph.errors import UsageError
from stigraph.network.sketch import Link, Sketch
from stigraph.store import Store
from stigraph.terms import Iri
from stigraph.vocab import STI, kind_of, shorten

__all__ = ["NO_FILTERS", "Filters", "filtered"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to leave out. Each filter that is given narrows what the one before it left.

    Attributes:
        kinds: Only nodes of these kinds.
        pillars: Only what is under one of these pillars, and what is joined to that.
        fields: The same for fields.
        documents: The same for the documents that state it.
        date: Only what may hold on a day of this span; what has no date stays.
        entry: Only this entry and what is at most ``depth`` edges away, in either direction.
        depth: See ``entry``.
        largest_component: Only the largest part that hangs together.
        keep_nary: Alignments, events and allocations stay nodes.
        project: Only nodes of this kind, joined where they share a neighbour; the weight is how
            many they share.
    """

    kinds: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    date: Bounds | None = None
    entry: Entry | None = None
    depth: int = 1
    largest_component: bool = False
    keep_nary: bool = False
    project: str | None = None


NO_FILTERS: Final = Filters()
"""Everything is let through, and what can be folded is."""

_ABOUT = {
    "pillars": f"<{STI.underPillar}>",
    "fields": f"<{STI.inField}>",
    "documents": f"<{STI.inDocument}>|<{STI.statedIn}>/<{STI.ofDocument}>",
}
_OWN = {
    "pillars": ("pillar",),
    "fields": ("field",),
    "documents": ("annual-strategy", "basic-plan", "document"),
}


def filtered(store: Store, sketch: Sketch, filters: Filters) -> Sketch:
    """Return the part of ``sketch`` that ``filters`` let through.

    Raises:
        UsageError: The entry isn't in the network.
    """
    for name, path in _ABOUT.items():
        wanted: tuple[str, ...] = getattr(filters, name)
        if wanted:
            sketch = _about(store, sketch, path, _OWN[name], frozenset(wanted))
    if filters.date:
        sketch = _at(sketch, filters.date)
    if filters.project:
        sketch = _projected(sketch, filters.project)
    if filters.kinds:
        sketch = sketch.only(frozenset(n for n in sketch.nodes if kind_of(n) in filters.kinds))
    if filters.entry:
        sketch = _around(sketch, filters.entry, filters.depth)
    if filters.largest_component:
        sketch = sketch.only(
            max(_components(sketch), key=lambda c: (len(c), min(c)), default=frozenset())
        )
    return sketch


def _about(
    store: Store, sketch: Sketch, path: str, own: tuple[str, ...], wanted: frozenset[str]
) -> Sketch:
    """Keep what is said to be under ``wanted``, and what is joined to that but under nothing."""
    said: dict[str, set[str]] = defaultdict(set)
    for node, value in store.select(f"SELECT DISTINCT ?s ?o WHERE {{ ?s {path} ?o }}"):
        if isinstance(node, Iri) and isinstance(value, Iri):
            said[node.value].add(value.value)
    core = {n for n in sketch.nodes if n in wanted or not wanted.isdisjoint(said.get(n, ()))}
    neutral = {n for n in sketch.nodes if n not in said and kind_of(n) not in own}
    near = {b for a, b in _both_ways(sketch.links) if a in core and b in neutral}
    kept = core | near
    # An edge between two nodes that are only near would say nothing of what was asked for.
    links = (k for k in sketch.links if k.source in core or k.target in core)
    return Sketch(sketch.nodes, tuple(links), sketch.spans).only(frozenset(kept))


def _at(sketch: Sketch, date: Bounds) -> Sketch:
    first, last = date.earliest.isoformat(), date.latest.isoformat()

    def holds(start: str | None, end: str | None) -> bool:
        return (start is None or start[:10] <= last) and (end is None or end[:10] >= first)

    def link_holds(link: Link) -> bool:
        start, end = sketch.spans.get(link.iri, (None, None)) if link.folded else (None, None)
        return holds(link.said.get("start", start), link.said.get("end", end))

    nodes = frozenset(n for n in sketch.nodes if holds(*sketch.spans.get(n, (None, None))))
    links = tuple(link for link in sketch.links if link_holds(link))
    return Sketch(sketch.nodes, links, sketch.spans).only(nodes)


def _projected(sketch: Sketch, kind: str) -> Sketch:
    """Join the nodes of ``kind`` that share neighbours of another kind; keep their own links."""
    nodes = frozenset(n for n in sketch.nodes if kind_of(n) == kind)
    shared: dict[str, set[str]] = defaultdict(set)
    witnesses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in sketch.links:
        for end, other in ((link.source, link.target), (link.target, link.source)):
            if end in nodes and other not in nodes:
                shared[other].add(end)
                witnesses[end, other].update(link.witnesses)
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for middle in sorted(shared):
        ends = sorted(shared[middle])
        for number, a in enumerate(ends):
            for b in ends[number + 1 :]:
                pairs[a, b].append(middle)
    said = {"kind": "shares", "label_ja": "共有する相手の数", "label_en": "neighbours shared"}
    links = tuple(
        Link(
            a,
            "",
            b,
            {**said, "weight": str(len(between))},
            tuple(sorted({w for m in between for e in (a, b) for w in witnesses[e, m]})),
        )
        for (a, b), between in sorted(pairs.items())
    )
    own = sketch.only(nodes)
    return Sketch(nodes, (*own.links, *links), sketch.spans)


def _around(sketch: Sketch, entry: Entry, depth: int) -> Sketch:
    if entry.iri not in sketch.nodes:
        name = shorten(entry.iri)
        raise UsageError(
            f"{name}（{entry.label('ja')}）はこのネットワークにない。"
            "everything で試すか、絞り込みを緩める",
            f"{name} ({entry.label('en')}) isn't in this network; try everything, or filter less",
        )
    near = _neighbours(sketch.links)
    reached = {entry.iri}
    edge = reached
    for _ in range(depth):
        edge = {other for node in edge for other in near.get(node, ())} - reached
        reached |= edge
    return sketch.only(frozenset(reached))


def _components(sketch: Sketch) -> Iterable[frozenset[str]]:
    near = _neighbours(sketch.links)
    left = set(sketch.nodes)
    for start in sorted(sketch.nodes):
        if start not in left:
            continue
        found, waiting = {start}, [start]
        while waiting:
            new = near.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        left -= found
        yield frozenset(found)


def _neighbours(links: Iterable[Link]) -> Mapping[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in _both_ways(links):
        near[a].add(b)
    return near


def _both_ways(links: Iterable[Link]) -> Iterable[tuple[str, str]]:
    for link in links:
        yield link.source, link.target
        yield link.target, link.source
