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

from stigraph.dates import Bounds, bounds
from stigraph.store import LocalStore
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCTERMS, ORG, STI, XSD

__all__ = ["derived"]

Triple = tuple[Term, Term, Term]

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


def derived(store: LocalStore) -> Iterator[Triple]:
    """Yield the derived triples for what ``store`` holds."""
    yield from _bounds(store)
    yield from _known(store)


def _bounds(store: LocalStore) -> Iterator[Triple]:
    spans: dict[Term, list[Bounds]] = defaultdict(list)
    for node, value in store.select(_DATED):
        found = bounds(value) if isinstance(value, Literal) else None
        if node is not None and found:
            spans[node].append(found)
    for node, first, last in store.select(_SPANS):
        start = bounds(first) if isinstance(first, Literal) else None
        end = bounds(last) if isinstance(last, Literal) else None
        if node is not None and start and end:
            spans[node].append(Bounds(start.earliest, end.latest))
    for node, found_spans in spans.items():
        yield node, Iri(STI.earliest), _day(min(span.earliest for span in found_spans))
        yield node, Iri(STI.latest), _day(max(span.latest for span in found_spans))
    yield from _held(store, spans)


def _held(store: LocalStore, dated: Mapping[Term, list[Bounds]]) -> Iterator[Triple]:
    """Yield the bounds of what held from or until a day; a date of its own goes before them."""
    for node, start, end in store.select(_HELD):
        if node is None or node in dated:
            continue
        first = bounds(start) if isinstance(start, Literal) else None
        last = bounds(end) if isinstance(end, Literal) else None
        if first:
            yield node, Iri(STI.earliest), _day(first.earliest)
        if last:
            yield node, Iri(STI.latest), _day(last.latest)


def _known(store: LocalStore) -> Iterator[Triple]:
    dates: dict[Term, date] = {}
    for source, value in store.select(_SOURCE_DATES):
        found = bounds(value) if isinstance(value, Literal) else None
        if source is not None and found:
            dates[source] = min(found.latest, dates.get(source, date.max))
    known: dict[Term, set[date]] = defaultdict(set)
    for source, day in dates.items():
        known[source].add(day)
    for query in (_SOURCES, _PASSAGES):
        for node, source in store.select(query):
            if node is not None and source is not None and source in dates:
                known[node].add(dates[source])
    # A comparison needs both of its documents; any other fact one of its sources.
    comparisons = {node for (node,) in store.select(_COMPARISONS)}
    first = {node: max(days) if node in comparisons else min(days) for node, days in known.items()}
    naming = [(fact, thing) for fact, thing in store.select(_NAMING) if fact in first]
    for node, day in _named(first, naming).items():
        yield node, Iri(STI.knownFrom), _day(day)


def _named(first: dict[Term, date], naming: Sequence[tuple[Term | None, ...]]) -> dict[Term, date]:
    """Return since when each node is known, given that a fact names what it is about."""
    known = dict(first)
    changed = True
    while changed:
        changed = False
        for fact, thing in naming:
            if fact is not None and thing is not None and known[fact] < known.get(thing, date.max):
                known[thing] = known[fact]
                changed = True
    return known


def _day(value: date) -> Literal:
    return Literal(value.isoformat(), XSD.date)
