"""Where an entry is stated: passages with their lines, web sources with their pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from stigraph.store import Store
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCTERMS, STI

__all__ = ["Source", "sources_of", "stated_by"]


@dataclass(frozen=True, slots=True)
class Source:
    """A passage (``document``, ``section``, lines) or a web source (``url`` and what goes with it).

    Lines are 1-based; ``section`` maps a language to the name of the section.
    """

    iri: str
    document: str | None
    section: Mapping[str, str]
    first_line: int | None
    last_line: int | None
    url: str | None
    publisher: str | None
    title: str | None
    date: str | None
    read: str | None


def sources_of(store: Store, iri: str) -> list[Source]:
    """Return the passages and web sources that state ``iri``, in the order of their place."""
    facts: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    rows = store.select(f"SELECT ?e ?p ?o WHERE {{ <{iri}> <{STI.statedIn}> ?e . ?e ?p ?o }}")
    for source, predicate, value in rows:
        if isinstance(source, Iri) and isinstance(predicate, Iri) and value is not None:
            facts[source.value][predicate.value].append(value)
    found = [_source(name, said) for name, said in facts.items()]
    return sorted(found, key=lambda s: (s.document or "~", s.first_line or 0, s.iri))


def _source(iri: str, said: Mapping[str, list[Term]]) -> Source:
    def text(predicate: str) -> str | None:
        values = said.get(predicate)
        return values[0].value if values else None

    def line(predicate: str) -> int | None:
        value = text(predicate)
        return int(value) if value is not None and value.isdigit() else None

    return Source(
        iri=iri,
        document=text(STI.ofDocument),
        section={
            term.language: term.value
            for term in said.get(STI.section, [])
            if isinstance(term, Literal) and term.language
        },
        first_line=line(STI.firstLine),
        last_line=line(STI.lastLine),
        url=text(STI.url),
        publisher=text(STI.publisherName),
        title=text(DCTERMS["title"]),
        date=text(DCTERMS.date),
        read=text(STI.dateRead),
    )


def stated_by(store: Store, iri: str) -> list[str]:
    """Return the entries that the passage or web source ``iri`` states."""
    rows = store.select(f"SELECT ?node WHERE {{ ?node <{STI.statedIn}> <{iri}> }} ORDER BY ?node")
    return [node.value for (node,) in rows if isinstance(node, Iri)]
