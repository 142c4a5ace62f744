"""Web sources: one a URL, from the registry beside the mappings or from the row itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from stigraph.tables.converters import CONVERTERS, Value
from stigraph.tables.mapping import Mapping
from stigraph.tables.refusal import ConversionError
from stigraph.tables.sheet import Row, read_side_table
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCTERMS, PREFIXES, RDF, SKOS, STI, XSD

__all__ = ["REGISTRY_COLUMNS", "Source", "Sources"]

REGISTRY_COLUMNS: Final = (
    "url",
    "id",
    "label_ja",
    "label_en",
    "title",
    "publisher",
    "date",
    "basis",
    "kind",
)
"""The columns of a registry of sources."""

_KINDS: Final = {"official_or_official_copy": "official", "press_or_other": "press"}
_SLUG: Final = re.compile(r"[^a-z0-9]+")
_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")

Entry = tuple[Iri, Term, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A web source and its statements (predicate, value, column); none where it exists."""

    iri: Iri
    statements: tuple[Entry, ...]


class Sources:
    """Finds or makes the source of a URL.

    Args:
        mapping: Names the registry and the columns that describe a source.
        existing: URL → IRI of the web sources in the graph.
    """

    def __init__(self, mapping: Mapping, existing: ReadOnly[str, str]) -> None:
        self._columns = mapping.source
        self._existing = existing
        registry = mapping.source.registry
        lines = read_side_table(mapping.folder / registry, REGISTRY_COLUMNS[:2]) if registry else []
        self._registry = {line["url"]: line for line in lines}

    def of(self, url: str, row: Row, column: str) -> Source:
        """Return the source with the address ``url`` that ``column`` of ``row`` names.

        Raises:
            ConversionError: It is no web address, or its date is none.
        """
        address = CONVERTERS["uri"](url, "")
        described = self._described(url, row, column == self._columns.url)
        known = self._existing.get(url)
        name = described.get("id") or f"source:{_slug(url)}"
        iri = Iri(known or f"{PREFIXES['source']}{name.removeprefix('source:')}")
        return Source(iri, tuple(self._statements(iri, address, described, url, column)))

    def _described(self, url: str, row: Row, is_own: bool) -> dict[str, str]:
        """Return what is known of a page: the registry before the row."""
        columns = self._columns
        own = {
            "title": row.cells.get(columns.title, ""),
            "publisher": row.cells.get(columns.publisher, ""),
            "date": row.cells.get(columns.date, ""),
            "basis": row.cells.get(columns.basis, ""),
            "kind": row.cells.get(columns.kind, ""),
        }
        if columns.title and not columns.publisher:
            title, separator, publisher = own["title"].rpartition(" / ")
            if separator:
                own |= {"title": title.strip(), "publisher": publisher.strip()}
        filed = {k: v for k, v in self._registry.get(url, {}).items() if v}
        return {**({k: v for k, v in own.items() if v} if is_own else {}), **filed}

    def _statements(
        self, iri: Iri, address: Value, known: dict[str, str], url: str, column: str
    ) -> Iterable[Entry]:
        if iri.value in self._existing.values():
            return
        columns = self._columns
        host = urlsplit(url).hostname or url
        publisher = known.get("publisher") or host
        kind = known.get("kind", "press")
        yield Iri(RDF.type), Iri(STI.WebSource), ""
        yield (
            Iri(SKOS.prefLabel),
            Literal.tagged(known.get("label_ja") or _ja(known, url), "ja"),
            "",
        )
        yield (
            Iri(SKOS.prefLabel),
            Literal.tagged(known.get("label_en") or _en(known, url), "en"),
            "",
        )
        if known.get("title"):
            yield Iri(DCTERMS["title"]), Literal(known["title"]), columns.title
        yield Iri(STI.url), _term(address), column
        yield Iri(STI.publisherName), Literal(publisher), columns.publisher
        if known.get("date"):
            date = _term(CONVERTERS["date"](known["date"], ""))
            yield Iri(DCTERMS.date), date, columns.date
            basis = known.get("basis") or "unknown"
            yield Iri(STI.dateBasis), Iri(f"{PREFIXES['date-basis']}{basis}"), columns.basis
        read = Literal(columns.read, XSD.date if len(columns.read) == 10 else XSD.gYearMonth)
        yield Iri(STI.dateRead), read, ""
        name = _KINDS.get(kind, kind)
        yield Iri(STI.sourceKind), Iri(f"{PREFIXES['source-kind']}{name}"), columns.kind


def _term(value: Value) -> Term:
    if isinstance(value, str):
        raise ConversionError(f"「{value}」", f"“{value}”")
    return value


def _slug(url: str) -> str:
    """Return a slug for a page: its host and a digest of its address."""
    host = _SLUG.sub("-", (urlsplit(url).hostname or "").removeprefix("www.").lower()).strip("-")
    return f"{host}-{_digest(url)}"


def _ja(known: ReadOnly[str, str], url: str) -> str:
    publisher = known.get("publisher") or urlsplit(url).hostname or url
    what = f"「{known['title']}」" if known.get("title") else f"（{_tail(url)}）"
    return f"{publisher}のページ{what}"


def _en(known: ReadOnly[str, str], url: str) -> str:
    title = known.get("title", "")
    what = f": {title}" if title and not _JAPANESE.search(title) else f" ({_tail(url)})"
    date = f", {known['date']}" if known.get("date") else ""
    return f"Page of {urlsplit(url).hostname or url}{date}{what}"


def _tail(url: str) -> str:
    """Return the last part of an address if it is short and in Latin letters, else its digest."""
    parts = urlsplit(url)
    last = unquote(f"{parts.path}?{parts.query}".strip("/?").split("/")[-1])
    usable = last and len(last) <= 40 and not _JAPANESE.search(last) and last.isprintable()
    return last if usable else _digest(url)


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:6]
