"""From triples to a styled network: for a lens, or for the answer to a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stigraph.entries import Catalogue, Entry
from stigraph.errors import UsageError
from stigraph.network.layout import layout
from stigraph.network.lenses import Lens
from stigraph.network.model import Edge, Network, Node
from stigraph.network.style import EDGE_COLOR, color_of, size_of
from stigraph.release import Release
from stigraph.store import Answer, LocalStore, Solutions, Statements
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import STI, kind_of, shorten

__all__ = ["network_of_answer", "network_of_lens"]

_EDGE_COLUMNS = ("kind", "label", "label_ja", "label_en", "weight", "start", "end")


@dataclass(frozen=True, slots=True)
class _Link:
    """An edge before it is styled: its ends, its property, and what a query said of it."""

    source: str
    iri: str
    target: str
    said: Mapping[str, str] = field(default_factory=dict)


def network_of_lens(
    store: LocalStore, catalogue: Catalogue, release: Release, lens: Lens, lang: str
) -> Network:
    """Return the nodes of ``lens`` and every statement that joins two of them."""
    members = {
        node.value
        for (node,) in store.select(f"SELECT DISTINCT ?node WHERE {{ {lens.members} }}")
        if isinstance(node, Iri)
    }
    rows = store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isIRI(?o)) }")
    links = [
        _Link(s.value, p.value, o.value)
        for s, p, o in rows
        if isinstance(s, Iri)
        and isinstance(p, Iri)
        and isinstance(o, Iri)
        and s.value in members
        and o.value in members
    ]
    return _network(store, catalogue, release, members, links, lang)


def network_of_answer(
    store: LocalStore, catalogue: Catalogue, release: Release, answer: Answer, lang: str
) -> Network:
    """Return the network that a query describes.

    A CONSTRUCT gives an edge a triple that joins two resources. A SELECT gives an edge a row: from
    ``?source`` to ``?target``, or from its first to its second variable; ``?kind ?label ?label_ja
    ?label_en ?weight ?start ?end`` are taken as the edge's attributes.

    Raises:
        UsageError: It is an ASK query, or a row joins something other than two resources.
    """
    if isinstance(answer, Solutions):
        links = list(_rows(answer))
        nodes = {end for link in links for end in (link.source, link.target)}
    elif isinstance(answer, Statements):
        nodes, links = _triples(answer)
    else:
        raise UsageError(
            "ASK は書き出せない。CONSTRUCT か、辺を選ぶ SELECT を渡す",
            "an ASK query can't be exported; give a CONSTRUCT, or a SELECT of edges",
        )
    return _network(store, catalogue, release, nodes, links, lang)


def _triples(answer: Statements) -> tuple[set[str], list[_Link]]:
    nodes: set[str] = set()
    links: list[_Link] = []
    for subject, predicate, value in answer:
        nodes.add(str_of(subject))
        if isinstance(value, (Iri, Blank)):
            nodes.add(str_of(value))
            links.append(_Link(str_of(subject), str_of(predicate), str_of(value)))
    return nodes, links


def _rows(answer: Solutions) -> Iterator[_Link]:
    variables = answer.variables
    if len(variables) < 2:
        raise UsageError(
            "辺の両端になる二つの変数（?source と ?target）を選ぶ",
            "select two variables for the ends of an edge: ?source and ?target",
        )
    named = {"source", "target"} <= set(variables)
    ends = ("source", "target") if named else variables[:2]
    for row in answer:
        cells = dict(zip(variables, row, strict=True))
        source, target = (cells[name] for name in ends)
        if source is None or target is None:
            continue  # an OPTIONAL that found nothing is no edge
        if isinstance(source, Literal) or isinstance(target, Literal):
            raise UsageError(
                f"辺の端は IRI でなければならない：{source} → {target}",
                f"the ends of an edge must be IRIs: {source} → {target}",
            )
        said = {
            name: value.value for name in _EDGE_COLUMNS if (value := cells.get(name)) is not None
        }
        yield _Link(str_of(source), said.get("kind", ""), str_of(target), said)


def str_of(term: Term) -> str:
    """Return the IRI of a term; a blank node keeps the label that it has in its answer."""
    return term.value if isinstance(term, Iri) else str(term)


def _network(
    store: LocalStore,
    catalogue: Catalogue,
    release: Release,
    members: Iterable[str],
    links: Sequence[_Link],
    lang: str,
) -> Network:
    names = sorted(members)
    links = sorted(
        links, key=lambda link: (link.source, link.iri, link.target, *link.said.values())
    )
    kinds = {name: kind_of(name) or "" for name in names}
    places = layout(kinds, [(link.source, link.target) for link in links])
    degrees: dict[str, int] = defaultdict(int)
    for link in links:
        degrees[link.source] += 1
        degrees[link.target] += 1
    spans, evidence = _spans(store), _evidence(store)
    nodes = tuple(
        Node(
            name,
            kinds[name],
            *_labels(catalogue.entries.get(name), name, lang),
            color=color_of(kinds[name]),
            size=size_of(degrees[name]),
            x=places[name][0],
            y=places[name][1],
            start=spans.get(name, (None, None))[0],
            end=spans.get(name, (None, None))[1],
            evidence=tuple(evidence.get(name, ())),
        )
        for name in names
    )
    edges = tuple(
        _edge(f"e{number}", link, catalogue, evidence, lang)
        for number, link in enumerate(links, start=1)
    )
    return Network(nodes, edges, _about(release, lang))


def _labels(entry: Entry | None, iri: str, lang: str) -> tuple[str, str, str]:
    if entry is None:
        return (shorten(iri),) * 3
    return entry.label(lang), entry.label("ja"), entry.label("en")


def _edge(
    name: str, link: _Link, catalogue: Catalogue, evidence: Mapping[str, Sequence[str]], lang: str
) -> Edge:
    label, ja, en = _labels(catalogue.entries.get(link.iri), link.iri, lang)
    said = link.said
    return Edge(
        name,
        link.source,
        link.target,
        iri=link.iri,
        kind=link.iri.rpartition("#")[2].rpartition("/")[2],
        label=said.get("label", label),
        label_ja=said.get("label_ja", said.get("label", ja)),
        label_en=said.get("label_en", said.get("label", en)),
        color=EDGE_COLOR,
        weight=_number(said.get("weight", "1")),
        start=said.get("start"),
        end=said.get("end"),
        # A statement stands where the entry that makes it is stated.
        evidence=tuple(evidence.get(link.source, ())),
    )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(
            f"?weight は数でなければならない：{text}", f"?weight must be a number, not {text}"
        ) from None


def _spans(store: LocalStore) -> dict[str, tuple[str | None, str | None]]:
    rows = store.select(
        f"SELECT ?node ?start ?end WHERE {{ ?node <{STI.earliest}> ?start ; <{STI.latest}> ?end }}"
    )
    return {
        node.value: (str(start), str(end)) for node, start, end in rows if isinstance(node, Iri)
    }


def _evidence(store: LocalStore) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for node, source in store.select(
        f"SELECT ?node ?source WHERE {{ ?node <{STI.statedIn}> ?source }} ORDER BY ?node ?source"
    ):
        if isinstance(node, Iri) and isinstance(source, Iri):
            found[node.value].append(shorten(source.value))
    return found


def _about(release: Release, lang: str) -> dict[str, str]:
    ja = lang == "ja"
    return {
        "title": release.title_ja if ja else release.title_en,
        "version": release.version,
        "date": release.issued,
        "licence": release.licence,
        "attribution": release.attribution_ja if ja else release.attribution_en,
        "attribution_ja": release.attribution_ja,
        "attribution_en": release.attribution_en,
    }
