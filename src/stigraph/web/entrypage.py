"""An entry as a page: its names, its facts, where they are stated, and what points at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stigraph.api import Graph
from stigraph.entries import Entry, Fact, facts_of
from stigraph.questions import in_language
from stigraph.sources import Source, sources_of, stated_by
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCTERMS, RDF, RDFS, SCHEMA, SKOS, STI, shorten
from stigraph.web.show import Shower, Shown
from stigraph.web.texts import say

__all__ = ["EntryPage", "Group", "read_entry"]

MOST_LINKS: Final = 200
"""Entries that one group lists."""

# Shown in a place of their own, or computed for comparisons.
_ELSEWHERE: Final = frozenset(
    {
        RDF.type,
        RDFS.label,
        SKOS.prefLabel,
        SKOS.altLabel,
        DCTERMS.description,
        SKOS.definition,
        STI.statedIn,
        STI.phrase,
        STI.translationStatus,
        STI.earliest,
        STI.latest,
        STI.knownFrom,
    }
)
# What tells an entry from others of its kind in a list.
_TELLING: Final = (RDF.type, SCHEMA.value, STI.countValue, STI.targetValue, DCTERMS.date)


@dataclass(frozen=True, slots=True)
class Group:
    """What one property says: the property, its values, and how many more there are."""

    name: Shown
    values: Sequence[Shown]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A source as a page shows it: a passage of a document, or a page on the web."""

    source: Source
    name: Shown
    document: Shown | None
    section: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """What the page of an entry shows."""

    iri: str
    name: str
    title: Shown
    translation: Shown | None
    translation_status: Group | None
    others: Sequence[str]
    classes: Sequence[tuple[str, Shown]]
    descriptions: Sequence[Shown]
    facts: Sequence[Group]
    places: Sequence[Place]
    phrases: Sequence[str]
    stated: Sequence[Shown]
    stated_more: int
    inward: Sequence[Group]


def read_entry(graph: Graph, iri: str, shower: Shower, other: str) -> EntryPage | None:
    """Return what the page of ``iri`` shows, None where the graph says nothing of it.

    Args:
        graph: The graph.
        iri: The entry; it must be an IRI as it stands.
        shower: What shows terms in the language of the page.
        other: The other language, in which the name is given too.
    """
    facts = facts_of(graph.store, iri)
    outward = [fact for fact in facts if not fact.inverse]
    if not outward:
        return None
    said = _by_property(outward)
    entry = graph.catalogue.entries.get(iri) or Entry(iri, {})
    stated = stated_by(graph.store, iri)
    return EntryPage(
        iri=iri,
        name=shorten(iri),
        title=shower.name(iri),
        translation=_translation(entry, shower.lang, other),
        translation_status=_group(STI.translationStatus, said, shower)
        if STI.translationStatus in said
        else None,
        others=entry.others,
        classes=[(shorten(t.value), shower.name(t.value)) for t in said.get(RDF.type, ())],
        descriptions=[
            shower.term(term)
            for each in (DCTERMS.description, SKOS.definition)
            for term in in_language(tuple(said.get(each, ())), shower.lang)
        ],
        facts=[_group(each, said, shower) for each in said if each not in _ELSEWHERE],
        places=[_place(source, shower) for source in sources_of(graph.store, iri)],
        phrases=[term.value for term in said.get(STI.phrase, ())],
        stated=[shower.entry(each) for each in stated[:MOST_LINKS]],
        stated_more=max(0, len(stated) - MOST_LINKS),
        inward=_inward(graph, iri, [fact for fact in facts if fact.inverse], shower),
    )


def _by_property(facts: Iterable[Fact]) -> Mapping[str, list[Term]]:
    said: dict[str, list[Term]] = {}
    for fact in facts:
        said.setdefault(fact.predicate, []).append(fact.value)
    return said


def _translation(entry: Entry, lang: str, other: str) -> Shown | None:
    if lang in entry.labels and other in entry.labels:
        return Shown(entry.labels[other], other)
    return None


def _group(predicate: str, said: Mapping[str, list[Term]], shower: Shower) -> Group:
    yen = predicate == SCHEMA.value and Literal("JPY") in said.get(SCHEMA.currency, ())
    terms = in_language(tuple(said[predicate]), shower.lang)
    shown = [shower.term(term, yen=yen) for term in terms[:MOST_LINKS]]
    return Group(shower.name(predicate), shown, max(0, len(terms) - MOST_LINKS))


def _inward(graph: Graph, iri: str, facts: Sequence[Fact], shower: Shower) -> list[Group]:
    """Return what points at the entry, by property, each with what tells it from the others."""
    telling = _telling(graph, iri)
    groups = []
    for predicate, terms in _by_property(facts).items():
        nodes = [term.value for term in terms if isinstance(term, Iri)]
        shown = [_told(node, telling.get(node, ()), shower) for node in nodes[:MOST_LINKS]]
        if shown:
            groups.append(Group(shower.name(predicate), shown, max(0, len(nodes) - MOST_LINKS)))
    return groups


def _told(node: str, values: Sequence[tuple[str, Term]], shower: Shower) -> Shown:
    parts = [shower.term(term, yen=predicate == SCHEMA.value).text for predicate, term in values]
    return replace(shower.entry(node), note=say(shower.lang, "comma").join(parts))


def _telling(graph: Graph, iri: str) -> Mapping[str, list[tuple[str, Term]]]:
    properties = " ".join(f"<{each}>" for each in _TELLING)
    rows = graph.store.select(
        f"SELECT DISTINCT ?node ?property ?value WHERE {{ ?node ?any <{iri}> ; ?property ?value "
        f"VALUES ?property {{ {properties} }} }} ORDER BY ?node ?value"
    )
    found: dict[str, list[tuple[str, Term]]] = {}
    for node, predicate, value in rows:
        if isinstance(node, Iri) and isinstance(predicate, Iri) and value is not None:
            found.setdefault(node.value, []).append((predicate.value, value))
    for told in found.values():
        told.sort(key=lambda item: _TELLING.index(item[0]))
    return found


def _place(source: Source, shower: Shower) -> Place:
    sections = source.section
    return Place(
        source=source,
        name=shower.entry(source.iri),
        document=shower.entry(source.document) if source.document else None,
        section=sections.get(shower.lang) or next(iter(sections.values()), ""),
    )
