"""One entry with everything that is known of it: names, facts, and where they are stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from stigraph.entries import Catalogue, Entry, Fact, facts_of
from stigraph.sources import Source, sources_of
from stigraph.store import Store
from stigraph.terms import Iri, Literal, Term
from stigraph.values import Value, python_value
from stigraph.vocab import STI, expand, shorten

__all__ = ["Record", "record_of"]


@dataclass(frozen=True, slots=True)
class Record:
    """An entry.

    ``facts`` are its triples, then those that point at it; ``evidence`` holds the passages and web
    sources that state it, in the order of their place.
    """

    entry: Entry
    facts: tuple[Fact, ...] = field(repr=False)
    evidence: tuple[Source, ...] = field(repr=False)
    catalogue: Catalogue = field(repr=False, compare=False)

    @property
    def iri(self) -> str:
        """The IRI."""
        return self.entry.iri

    @property
    def id(self) -> str:
        """The short id, such as ``programme:sbir``."""
        return shorten(self.entry.iri)

    @property
    def kind(self) -> str | None:
        """The kind in the IRI, None for terms of the ontology."""
        return self.entry.kind

    @property
    def labels(self) -> Mapping[str, str]:
        """The preferred labels by language."""
        return self.entry.labels

    @property
    def other_names(self) -> tuple[str, ...]:
        """Abbreviations and other names."""
        return self.entry.others

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words of the sources that bear the facts."""
        return tuple(str(value) for value in self.values(STI.phrase))

    def label(self, lang: str = "en") -> str:
        """Return the label in ``lang``, else in another language, else the id."""
        return self.entry.label(lang)

    def values(self, predicate: str) -> list[Value]:
        """Return what the entry states for ``predicate`` (an IRI or ``sti:inField``), in Python."""
        wanted = expand(predicate)
        return [
            python_value(fact.value)
            for fact in self.facts
            if fact.predicate == wanted and not fact.inverse
        ]

    def _repr_html_(self) -> str:
        """Return the entry as notebooks show it."""
        title = " / ".join(dict.fromkeys([self.label("ja"), self.label("en")]))
        rows = "".join(
            f"<tr><th>{escape(self._named(Iri(fact.predicate)))}{' ←' if fact.inverse else ''}</th>"
            f"<td>{escape(self._named(fact.value))}</td></tr>"
            for fact in self.facts
        )
        return f"<h4>{escape(title)}</h4><p><code>{escape(self.id)}</code></p><table>{rows}</table>"

    def _named(self, term: Term) -> str:
        if isinstance(term, Literal):
            return term.value
        return " / ".join(dict.fromkeys(self.catalogue.label(term, lang) for lang in ("ja", "en")))


def record_of(store: Store, catalogue: Catalogue, entry: Entry) -> Record:
    """Return what ``store`` holds of ``entry``."""
    return Record(
        entry, tuple(facts_of(store, entry.iri)), tuple(sources_of(store, entry.iri)), catalogue
    )
