"""From a sketch to a styled network: labels, colours, sizes, places, times and evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from stigraph.entries import Catalogue, Entry
from stigraph.errors import UsageError
from stigraph.network.filters import NO_FILTERS, Filters, filtered
from stigraph.network.folding import folded, weighed
from stigraph.network.lenses import Lens
from stigraph.network.model import Edge, Network, Node
from stigraph.network.place import placed
from stigraph.network.read import members_of, sketch_of_answer, sketch_of_lens
from stigraph.network.sketch import Link, Sketch
from stigraph.network.style import EDGE_COLOR, color_of, size_by_money, size_of
from stigraph.release import Release
from stigraph.store import Answer, Store
from stigraph.terms import Iri
from stigraph.vocab import SCHEMA, STI, kind_of, shorten

__all__ = ["network_of_answer", "network_of_lens"]


def network_of_lens(
    store: Store,
    catalogue: Catalogue,
    release: Release,
    lens: Lens,
    lang: str,
    filters: Filters = NO_FILTERS,
) -> Network:
    """Return what ``filters`` leave of ``lens``.

    Raises:
        UsageError: A filter names an entry that isn't there.
    """
    sketch, gone = sketch_of_lens(store, lens), frozenset[str]()
    if not filters.keep_nary:
        sketch, gone = folded(store, sketch)
    sketch = filtered(store, weighed(store, sketch), filters)
    behind = {*sketch.nodes, *(link.iri for link in sketch.links if link.iri in gone)}
    if filters == NO_FILTERS:
        behind |= members_of(store, lens)  # the concepts of code lists too
    return _network(store, catalogue, release, sketch, lens, lang, behind)


def network_of_answer(
    store: Store,
    catalogue: Catalogue,
    release: Release,
    answer: Answer,
    lang: str,
    filters: Filters = NO_FILTERS,
) -> Network:
    """Return the network that a query describes; see :func:`.read.sketch_of_answer`.

    Raises:
        UsageError: It is an ASK query, or a row joins something other than two resources.
    """
    sketch = filtered(store, sketch_of_answer(store, answer), filters)
    return _network(store, catalogue, release, sketch, None, lang, set(sketch.nodes))


def _network(
    store: Store,
    catalogue: Catalogue,
    release: Release,
    sketch: Sketch,
    lens: Lens | None,
    lang: str,
    behind: set[str],
) -> Network:
    links = sorted(sketch.links, key=Link.key)
    names = sorted(sketch.nodes)
    sizes = _sizes(store, names, links, by_money=lens is not None and lens.by_money)
    labels = {name: _labels(catalogue.entries.get(name), name, lang) for name in names}
    places = placed(store, lens, labels, sizes, [(k.source, k.target) for k in links])
    evidence = _evidence(store)
    nodes = tuple(
        Node(
            name,
            kind_of(name) or "",
            *labels[name],
            color=color_of(kind_of(name) or ""),
            size=sizes[name],
            x=places[name][0],
            y=places[name][1],
            start=sketch.spans.get(name, (None, None))[0],
            end=sketch.spans.get(name, (None, None))[1],
            evidence=tuple(evidence.get(name, ())),
        )
        for name in names
    )
    edges = tuple(
        _edge(f"e{number}", link, catalogue, evidence, sketch.spans, lang)
        for number, link in enumerate(links, start=1)
    )
    said = _about(release, lens, lang)
    layered = lens is not None and lens.layered
    return Network(nodes, edges, said, tuple(sorted(behind)), layered)


def _labels(entry: Entry | None, iri: str, lang: str) -> tuple[str, str, str]:
    if entry is None:
        return (shorten(iri),) * 3
    return entry.label(lang), entry.label("ja"), entry.label("en")


def _sizes(
    store: Store, names: Sequence[str], links: Sequence[Link], *, by_money: bool
) -> dict[str, float]:
    if by_money:
        amounts = _amounts(store)
        largest = max((amounts.get(name, 0.0) for name in names), default=0.0) or 1.0
        return {name: size_by_money(amounts.get(name, 0.0), largest) for name in names}
    degrees: dict[str, int] = defaultdict(int)
    for link in links:
        degrees[link.source] += 1
        degrees[link.target] += 1
    return {name: size_of(degrees[name]) for name in names}


def _amounts(store: Store) -> dict[str, float]:
    """Return the largest single amount of each thing: amounts of unlike kinds have no sum."""
    found: dict[str, float] = defaultdict(float)
    rows = store.select(
        f"SELECT ?allocation ?for ?n WHERE {{ ?allocation <{SCHEMA.value}> ?n "
        f"OPTIONAL {{ ?allocation <{STI.forInitiative}>|<{STI.forPart}> ?for }} }}"
    )
    for allocation, given, value in rows:
        for node in (allocation, given):
            if isinstance(node, Iri):
                found[node.value] = max(found[node.value], float(str(value)))
    return found


def _edge(
    name: str,
    link: Link,
    catalogue: Catalogue,
    evidence: Mapping[str, Sequence[str]],
    spans: Mapping[str, tuple[str, str]],
    lang: str,
) -> Edge:
    said = link.said
    kind = said.get("kind", link.iri)
    label, ja, en = _labels(catalogue.entries.get(link.iri), link.iri, lang)
    ja, en = (
        said.get("label_ja", said.get("label", ja)),
        said.get("label_en", said.get("label", en)),
    )
    start, end = spans.get(link.iri, (None, None)) if link.folded else (None, None)
    return Edge(
        name,
        link.source,
        link.target,
        iri=link.iri,
        kind=_local(kind),
        label=said.get("label") or ({"ja": ja, "en": en}.get(lang, label)),
        label_ja=ja,
        label_en=en,
        color=color_of(kind_of(link.iri) or "") if link.folded else EDGE_COLOR,
        weight=_number(said["weight"]) if "weight" in said else 1.0,
        start=said.get("start", start),
        end=said.get("end", end),
        evidence=tuple(sorted({e for w in link.witnesses for e in evidence.get(w, ())})),
    )


@lru_cache(1024)  # one string for all edges of a property, which are most of a large network
def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(
            f"?weight は数でなければならない：{text}", f"?weight must be a number, not {text}"
        ) from None


def _evidence(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for node, source in store.select(
        f"SELECT ?node ?source WHERE {{ ?node <{STI.statedIn}> ?source }} ORDER BY ?node ?source"
    ):
        if isinstance(node, Iri) and isinstance(source, Iri):
            found[node.value].append(source.value)
    return found


def _about(release: Release, lens: Lens | None, lang: str) -> dict[str, str]:
    ja = lang == "ja"
    shown = {"view": lens.ja if ja else lens.en} if lens else {}
    if lens and lens.by_money:
        shown["weight"] = "JPY"
    return {
        "title": release.title_ja if ja else release.title_en,
        **shown,
        "version": release.version,
        "date": release.issued,
        "licence": release.licence,
        "attribution": release.attribution_ja if ja else release.attribution_en,
        "attribution_ja": release.attribution_ja,
        "attribution_en": release.attribution_en,
    }
