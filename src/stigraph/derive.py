"""Computed at load, never written into a file: bounds of dates, and when a fact was known.

``sti:earliest`` and ``sti:latest`` are the first and last day that the date,
fiscal years or interval of a node may mean; what only began has no latest day, and
what only ended no earliest. ``sti:knownFrom`` is the first day on which one of its
sources existed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import cast

import pyoxigraph as ox

from stigraph.dates import Bounds, bounds
from stigraph.store.exact import RawTerm
from stigraph.terms import Literal
from stigraph.vocab import DCTERMS, ORG, RDF, RDFS, STI, XSD

__all__ = ["BOUNDS_FROM", "KNOWN_FROM", "derived"]

Row = Sequence[RawTerm | None]

_EARLIEST = ox.NamedNode(STI.earliest)
_LATEST = ox.NamedNode(STI.latest)
_KNOWN = ox.NamedNode(STI.knownFrom)
_DATE = ox.NamedNode(XSD.date)

_DATED = f"SELECT ?node ?value WHERE {{ ?node <{DCTERMS.date}>|<{STI.targetDate}> ?value }}"
_HELD = f"""
SELECT ?node ?from ?until WHERE {{
  {{ ?node <{STI.heldFrom}> ?from OPTIONAL {{ ?node <{STI.heldUntil}> ?until }} }}
  UNION {{ ?node <{STI.heldUntil}> ?until
           FILTER NOT EXISTS {{ ?node <{STI.heldFrom}> ?start }} }}
}}
"""
_SPANS = f"""
SELECT ?node ?first ?last WHERE {{
  {{ ?node <{STI.firstFiscalYear}>/<{STI.startDate}> ?first .
     ?node <{STI.lastFiscalYear}>/<{STI.endDate}> ?last }}
  UNION {{ ?node <{STI.startDate}> ?first ; <{STI.endDate}> ?last }}
  UNION {{ ?node <{STI.firstYear}> ?first ; <{STI.lastYear}> ?last }}
  UNION {{ ?node <{STI.targetPeriod}> ?period .
           ?period <{STI.firstYear}> ?first ; <{STI.lastYear}> ?last }}
}}
"""
_SOURCES = f"""
SELECT ?node ?source WHERE {{
  ?node <{STI.statedIn}> ?evidence .
  OPTIONAL {{ ?evidence <{STI.ofDocument}> ?document }}
  BIND(COALESCE(?document, ?evidence) AS ?source)
}}
"""
_PASSAGES = f"SELECT ?node ?source WHERE {{ ?node <{STI.ofDocument}> ?source }}"
# Who states a fact about a thing names the thing, too.
_NAMED = (
    STI.about,
    STI.actor,
    STI.applicant,
    STI.countOf,
    STI.forInitiative,
    STI.forPart,
    STI.nameOf,
    STI.ofIndicator,
    STI.partOfInitiative,
    STI.partOfPart,
    STI.participationIn,
    STI.periodOf,
    STI.recipient,
    STI.refArea,
    STI.resultOf,
    STI.selected,
    STI.toCall,
    ORG.member,
    ORG.organization,
)
_NAMING = f"""
SELECT ?fact ?thing WHERE {{
  VALUES ?link {{ {" ".join(f"<{link}>" for link in _NAMED)} }}
  ?fact ?link ?thing ; <{STI.statedIn}> ?source .
  ?thing <{STI.statedIn}> ?other .
  FILTER NOT EXISTS {{ ?thing a <{STI.MeasureAlignment}> }}
}}
"""
_COMPARISONS = f"SELECT ?node WHERE {{ ?node a <{STI.MeasureAlignment}> }}"
# A document whose text bears no date is dated by the decision of the strategy it sums up.
_SOURCE_DATES = f"""
SELECT ?source ?date WHERE {{
  {{ ?source a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* <{STI.Document}> ;
             <{DCTERMS.date}> ?date }}
  UNION {{ ?source <{STI.overviewOf}> ?strategy . ?event <{STI.about}> ?strategy ;
           <{STI.eventKind}> <https://w3id.org/stigraph/id/event-kind/cabinet-decision> ;
           <{DCTERMS.date}> ?date }}
  UNION {{ ?source a <{STI.WebSource}> ; <{DCTERMS.date}> ?date }}
  UNION {{ ?source a <{STI.WebSource}> ; <{STI.dateRead}> ?date
           FILTER NOT EXISTS {{ ?source <{DCTERMS.date}> ?stated }} }}
}}
"""


BOUNDS_FROM = frozenset(
    {
        DCTERMS.date,
        STI.targetDate,
        STI.heldFrom,
        STI.heldUntil,
        STI.firstFiscalYear,
        STI.lastFiscalYear,
        STI.startDate,
        STI.endDate,
        STI.firstYear,
        STI.lastYear,
        STI.targetPeriod,
    }
)
"""Predicates that ``sti:earliest`` and ``sti:latest`` are derived from."""

KNOWN_FROM = frozenset(
    {
        *_NAMED,
        DCTERMS.date,
        RDF.type,
        RDFS.subClassOf,
        STI.dateRead,
        STI.eventKind,
        STI.ofDocument,
        STI.overviewOf,
        STI.statedIn,
    }
)
"""Predicates that ``sti:knownFrom`` is derived from."""


def derived(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield the derived triples for the default graph of ``store``, as quads of it."""
    yield from _bounds(store)
    yield from _known(store)


def _rows(store: ox.Store, query: str) -> Iterator[Row]:
    """Yield the rows of a query of ours, as Oxigraph's terms: there are thousands."""
    return cast("Iterator[Row]", iter(store.query(query)))  # type: ignore[arg-type]


def _span(value: RawTerm | None) -> Bounds | None:
    """Return the bounds of a date, None for anything else."""
    if not isinstance(value, ox.Literal):
        return None
    return _span_of(value.value, value.datatype.value)


@lru_cache(maxsize=8192)
def _span_of(lexical: str, datatype: str) -> Bounds | None:
    return bounds(Literal(lexical, datatype))


def _bounds(store: ox.Store) -> Iterator[ox.Quad]:
    spans: dict[RawTerm, list[Bounds]] = defaultdict(list)
    for node, value in _rows(store, _DATED):
        found = _span(value)
        if node is not None and found:
            spans[node].append(found)
    for node, first, last in _rows(store, _SPANS):
        start, end = _span(first), _span(last)
        if node is not None and start and end:
            spans[node].append(Bounds(start.earliest, end.latest))
    for node, found_spans in spans.items():
        yield _day(node, _EARLIEST, min(span.earliest for span in found_spans))
        yield _day(node, _LATEST, max(span.latest for span in found_spans))
    yield from _held(store, spans)


def _held(store: ox.Store, dated: Mapping[RawTerm, list[Bounds]]) -> Iterator[ox.Quad]:
    """Yield the bounds of what held from or until a day; a date of its own goes before them."""
    for node, start, end in _rows(store, _HELD):
        if node is None or node in dated:
            continue
        first, last = _span(start), _span(end)
        if first:
            yield _day(node, _EARLIEST, first.earliest)
        if last:
            yield _day(node, _LATEST, last.latest)


def _known(store: ox.Store) -> Iterator[ox.Quad]:
    dates: dict[RawTerm, date] = {}
    for source, value in _rows(store, _SOURCE_DATES):
        found = _span(value)
        if source is not None and found:
            dates[source] = min(found.latest, dates.get(source, date.max))
    known: dict[RawTerm, set[date]] = defaultdict(set)
    for source, day in dates.items():
        known[source].add(day)
    for query in (_SOURCES, _PASSAGES):
        for node, source in _rows(store, query):
            if node is not None and source is not None and source in dates:
                known[node].add(dates[source])
    # A comparison needs both of its documents; any other fact one of its sources.
    comparisons = {node for (node,) in _rows(store, _COMPARISONS)}
    first = {node: max(days) if node in comparisons else min(days) for node, days in known.items()}
    naming = [
        (fact, thing)
        for fact, thing in _rows(store, _NAMING)
        if fact is not None and thing is not None and fact in first
    ]
    for node, day in _named(first, naming).items():
        yield _day(node, _KNOWN, day)


def _named(
    first: Mapping[RawTerm, date], naming: Sequence[tuple[RawTerm, RawTerm]]
) -> dict[RawTerm, date]:
    """Return since when each node is known, given that a fact names what it is about."""
    known = dict(first)
    changed = True
    while changed:
        changed = False
        for fact, thing in naming:
            day = known[fact]
            if day < known.get(thing, date.max):
                known[thing] = day
                changed = True
    return known


def _day(node: RawTerm, predicate: ox.NamedNode, value: date) -> ox.Quad:
    return ox.Quad(node, predicate, _literal(value))  # type: ignore[arg-type]


@lru_cache(maxsize=8192)
def _literal(value: date) -> ox.Literal:
    return ox.Literal(value.isoformat(), datatype=_DATE)
