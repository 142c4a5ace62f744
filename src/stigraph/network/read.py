"""From triples to a sketch: for a lens, or for the answer to a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from stigraph.errors import UsageError
from stigraph.network.lenses import Lens, Shortcut
from stigraph.network.sketch import Link, Sketch
from stigraph.store import Answer, Solutions, Statements, Store
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import SCHEMES, STI, kind_of

__all__ = ["members_of", "sketch_of_answer", "sketch_of_lens", "spans_of"]

_CODES = frozenset((*SCHEMES, "scheme"))
_EDGE_COLUMNS = ("kind", "label", "label_ja", "label_en", "weight", "start", "end")


def members_of(store: Store, lens: Lens) -> frozenset[str]:
    """Return the IRIs of everything that belongs to ``lens``, concepts of code lists too."""
    rows = store.select(f"SELECT DISTINCT ?node WHERE {{ {lens.nodes} }}")
    return frozenset(node.value for (node,) in rows if isinstance(node, Iri))


def sketch_of_lens(store: Store, lens: Lens) -> Sketch:
    """Return the nodes of ``lens`` and its statements that join two of them.

    Concepts of code lists are no nodes: nearly everything points at some of them.
    """
    nodes = frozenset(iri for iri in members_of(store, lens) if kind_of(iri) not in _CODES)
    links = [*_statements(store, lens, nodes)]
    for shortcut in lens.shortcuts:
        links += _through(store, shortcut, nodes)
    return Sketch(nodes, tuple(links), spans_of(store))


def _statements(store: Store, lens: Lens, nodes: frozenset[str]) -> Iterator[Link]:
    taken = f"VALUES ?p {{ {' '.join(f'<{p}>' for p in lens.properties)} }}"
    pattern = f"{taken if lens.properties else ''} ?s ?p ?o FILTER(isIRI(?o))"
    # One string for a node, however many links it has: they are most of a large network.
    own = {node: (node,) for node in nodes}
    properties: dict[str, str] = {}
    for s, p, o in store.select(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}"):
        if s is None or p is None or o is None:
            continue
        source, target = own.get(s.value), own.get(o.value)
        if source and target:
            # A statement stands where the entry that makes it is stated.
            iri = properties.setdefault(p.value, p.value)
            yield Link(source[0], iri, target[0], witnesses=source)


def _through(store: Store, shortcut: Shortcut, nodes: frozenset[str]) -> Iterator[Link]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    query = f"SELECT DISTINCT ?source ?target ?through WHERE {{ {shortcut.pattern} }}"
    for source, target, through in store.select(query):
        if source is None or target is None or through is None:
            continue
        if nodes.issuperset((source.value, target.value)):
            found[source.value, target.value].add(through.value)
    labels = {"label_ja": shortcut.ja, "label_en": shortcut.en}
    for (start, end), between in found.items():
        said = {"kind": shortcut.kind, **labels, "weight": str(len(between))}
        yield Link(start, shortcut.iri, end, said, tuple(sorted(between)))


def spans_of(store: Store) -> dict[str, tuple[str, str]]:
    """Return the first and the last day that the date of each dated entry may mean."""
    rows = store.select(
        f"SELECT ?node ?start ?end WHERE {{ ?node <{STI.earliest}> ?start ; <{STI.latest}> ?end }}"
    )
    days: dict[str, str] = {}  # there are few, and each is the day of many entries
    return {
        node.value: (days.setdefault(str(start), str(start)), days.setdefault(str(end), str(end)))
        for node, start, end in rows
        if isinstance(node, Iri)
    }


def sketch_of_answer(store: Store, answer: Answer) -> Sketch:
    """Return the network that a query describes.

    A CONSTRUCT gives an edge a triple that joins two resources. A SELECT gives an edge a row: from
    ``?source`` to ``?target``, or from its first to its second variable; ``?kind ?label ?label_ja
    ?label_en ?weight ?start ?end`` are taken as the edge's attributes.

    Raises:
        UsageError: It is an ASK query, or a row joins something other than two resources.
    """
    if isinstance(answer, Solutions):
        links = tuple(_rows(answer))
        nodes = {end for link in links for end in (link.source, link.target)}
    elif isinstance(answer, Statements):
        nodes, links = _triples(answer)
    else:
        raise UsageError(
            "ASK は書き出せない。CONSTRUCT か、辺を選ぶ SELECT を渡す",
            "an ASK query can't be exported; give a CONSTRUCT, or a SELECT of edges",
        )
    return Sketch(frozenset(nodes), links, spans_of(store))


def _triples(answer: Statements) -> tuple[set[str], tuple[Link, ...]]:
    nodes: set[str] = set()
    links: list[Link] = []
    for subject, predicate, value in answer:
        source = _name(subject)
        nodes.add(source)
        if isinstance(value, (Iri, Blank)):
            nodes.add(_name(value))
            links.append(Link(source, _name(predicate), _name(value), witnesses=(source,)))
    return nodes, tuple(links)


def _rows(answer: Solutions) -> Iterator[Link]:
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
        start, iri = _name(source), said.get("kind", "")
        yield Link(start, iri, _name(target), said, (start,))


def _name(term: Term) -> str:
    """Return the IRI of a term; a blank node keeps the label that it has in its answer."""
    return term.value if isinstance(term, Iri) else str(term)
