"""A selection as sheets of a workbook, before any library of spreadsheets comes in.

Entries that the network folds into edges (an allocation, an event) have rows of
their own too, without the attributes of a drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network, Node, attributes
from stigraph.network.read import spans_of
from stigraph.network.selection import Selection
from stigraph.network.writers.triples import evidence_of, triples_behind
from stigraph.terms import Iri, Literal, Term
from stigraph.values import python_value
from stigraph.vocab import DCTERMS, RDF, SCHEMES, SKOS, STI, kind_of, shorten

__all__ = ["Cell", "Sheet", "sheets_of"]

Value = str | int | float | bool | date

_FIRST: Final = ("id", "label_ja", "label_en")
_LAST: Final = tuple(name for name in NODE_ATTRIBUTES if name not in _FIRST)
_SAID: Final = frozenset(NODE_ATTRIBUTES) - {"color", "size", "x", "y"}
_CODES: Final = frozenset((*SCHEMES, "scheme"))
_ELSEWHERE: Final = frozenset({SKOS.prefLabel, STI.statedIn})  # they have columns of their own
_EXACT: Final = 10**15  # Excel keeps fifteen digits of a number
_SOURCE: Final = {
    STI.ofDocument: "document",
    STI.section: "section",
    STI.firstLine: "first_line",
    STI.lastLine: "last_line",
    STI.publisherName: "publisher",
    DCTERMS.date: "date",
    STI.dateRead: "date_read",
    STI.url: "url",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, None for an empty cell, and where a click on it leads."""

    value: Value | None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A name, the headings, and rows as wide as these."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets_of(selection: Selection) -> Iterator[Sheet]:
    """Yield what the workbook is, the kinds in alphabetical order, the edges, and the evidence."""
    network = selection.network
    kinds: dict[str, list[Node]] = defaultdict(list)
    folded = _folded(selection)
    for node in (*network.nodes, *folded):
        kinds[node.kind].append(node)
    sources = _sources(selection)
    facts = _facts(selection)
    entries = [_kind(selection, kind, kinds[kind], facts, sources) for kind in sorted(kinds)]
    edges = _edges(network, sources)
    evidence = _evidence(selection, (*network.nodes, *folded), sources)
    yield _about(network, [*entries, edges, evidence])
    yield from (*entries, edges, evidence)


def _folded(selection: Selection) -> list[Node]:
    """Return the entries that became edges, as nodes that aren't drawn: without colour."""
    drawn = {node.iri for node in selection.network.nodes}
    spans, evidence = spans_of(selection.store), evidence_of(selection)
    label = selection.catalogue.label
    return [
        Node(
            iri,
            kind_of(iri) or "",
            label(Iri(iri), selection.lang),
            label(Iri(iri), "ja"),
            label(Iri(iri), "en"),
            start=spans.get(iri, (None, None))[0],
            end=spans.get(iri, (None, None))[1],
            evidence=tuple(source.value for source in evidence.get(iri, ())),
        )
        for iri in selection.network.behind
        if iri not in drawn and kind_of(iri) not in _CODES
    ]


def _about(network: Network, sheets: Sequence[Sheet]) -> Sheet:
    said = [(Cell(name), Cell(text)) for name, text in network.attributes.items()]
    counts = [(Cell(sheet.name), Cell(len(sheet.rows))) for sheet in sheets]
    return Sheet("about", ("項目 / item", "内容 / content"), (*said, *counts))


def _kind(
    selection: Selection,
    kind: str,
    nodes: Sequence[Node],
    facts: Mapping[str, Mapping[str, Sequence[Term]]],
    sources: Mapping[str, Mapping[str, Term]],
) -> Sheet:
    columns = _columns(node_facts for node in nodes if (node_facts := facts.get(node.iri)))
    header = [*_FIRST, *(_heading(selection, *column) for column in columns), *_LAST]
    rows = []
    for node in nodes:
        said = {name: value for name, value in attributes(node) if node.color or name in _SAID}
        own = facts.get(node.iri, {})
        rows.append(
            (
                Cell(node.id, _web(node.iri)),
                Cell(node.label_ja),
                Cell(node.label_en),
                *(_fact(selection, own.get(p, ()), language) for p, language in columns),
                *(Cell(said.get(name), _where(name, node.evidence, sources)) for name in _LAST),
            )
        )
    return Sheet(kind or "other", tuple(header), tuple(rows))


def _columns(all_facts: Iterator[Mapping[str, Sequence[Term]]]) -> list[tuple[str, str | None]]:
    """Return the properties in order, one with texts once for each of their languages."""
    found: set[tuple[str, str]] = set()
    for facts in all_facts:
        for predicate, values in facts.items():
            for value in values:
                language = value.language if isinstance(value, Literal) else None
                found.add((predicate, language or ""))
    return [(p, language or None) for p, language in sorted(found) if p not in _ELSEWHERE]


def _heading(selection: Selection, predicate: str, language: str | None) -> str:
    names = dict.fromkeys(selection.catalogue.label(Iri(predicate), lang) for lang in ("ja", "en"))
    return " / ".join(names) + (f" ({language})" if language else "")


def _fact(selection: Selection, terms: Sequence[Term], language: str | None) -> Cell:
    kept = [t for t in terms if (t.language if isinstance(t, Literal) else None) == language]
    if len(kept) == 1:
        return Cell(_typed(selection, kept[0]), _web(kept[0].value))
    return Cell("; ".join(str(_shown(selection, term)) for term in kept) or None)


def _typed(selection: Selection, term: Term) -> Value:
    value = python_value(term) if isinstance(term, Literal) else None
    if isinstance(value, int) and abs(value) < _EXACT:
        return value
    return value if isinstance(value, (bool, float, date)) else _shown(selection, term)


def _shown(selection: Selection, term: Term) -> str:
    if isinstance(term, Literal):
        return term.value
    return " / ".join(dict.fromkeys(selection.catalogue.label(term, lang) for lang in ("ja", "en")))


def _edges(network: Network, sources: Mapping[str, Mapping[str, Term]]) -> Sheet:
    nodes = {node.iri: node for node in network.nodes}
    ends = ("id", "source", "source_label_ja", "source_label_en",
            "target", "target_label_ja", "target_label_en")  # fmt: skip
    rows = []
    for edge in network.edges:
        source, target, said = nodes[edge.source], nodes[edge.target], dict(attributes(edge))
        rows.append(
            (
                Cell(edge.id),
                Cell(source.id, _web(source.iri)),
                Cell(source.label_ja),
                Cell(source.label_en),
                Cell(target.id, _web(target.iri)),
                Cell(target.label_ja),
                Cell(target.label_en),
                *(Cell(said.get(n), _where(n, edge.evidence, sources)) for n in EDGE_ATTRIBUTES),
            )
        )
    return Sheet("edges", (*ends, *EDGE_ATTRIBUTES), tuple(rows))


def _evidence(
    selection: Selection, nodes: Sequence[Node], sources: Mapping[str, Mapping[str, Term]]
) -> Sheet:
    names = tuple(_SOURCE.values())
    rows = []
    for node in nodes:
        for iri in node.evidence:
            said, link = sources.get(iri, {}), _link(iri, sources)
            told = [said.get(name) for name in names]
            rows.append(
                (
                    Cell(node.id, _web(node.iri)),
                    Cell(node.label_ja),
                    Cell(node.label_en),
                    Cell(shorten(iri), link),
                    *(Cell(_typed(selection, term) if term else None) for term in told),
                )
            )
    return Sheet("evidence", (*_FIRST, "evidence", *names), tuple(rows))


def _facts(selection: Selection) -> dict[str, dict[str, list[Term]]]:
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples_behind(selection):
        if predicate.value != RDF.type:
            found[subject.value][predicate.value].append(value)
    return found


def _sources(selection: Selection) -> dict[str, dict[str, Term]]:
    """Return what is said of each passage and web source; a section in the export's language."""
    found: dict[str, dict[str, Term]] = defaultdict(dict)
    wanted = ", ".join(f"<{predicate}>" for predicate in _SOURCE)
    for source, predicate, value in selection.store.select(
        f"SELECT DISTINCT ?e ?p ?o WHERE {{ ?node <{STI.statedIn}> ?e . ?e ?p ?o "
        f"FILTER(?p IN ({wanted})) }} ORDER BY ?e ?p ?o"
    ):
        if source is None or predicate is None or value is None:
            continue
        name = _SOURCE[predicate.value]
        if name not in found[source.value] or (
            isinstance(value, Literal) and value.language == selection.lang
        ):
            found[source.value][name] = value
    return found


def _where(
    name: str, evidence: Sequence[str], sources: Mapping[str, Mapping[str, Term]]
) -> str | None:
    return _link(evidence[0], sources) if name == "evidence" and evidence else None


def _link(iri: str, sources: Mapping[str, Mapping[str, Term]]) -> str | None:
    url = sources.get(iri, {}).get("url")
    return _web(url.value if url else iri)


def _web(address: str) -> str | None:
    return address if address.startswith(("https://", "http://")) else None
