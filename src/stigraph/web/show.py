"""Terms as a reader sees them: a text, the language it is in, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from stigraph.entries import Catalogue, Entry
from stigraph.questions import show_amount
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import DCTERMS, ID, RDF, SCHEMA, SKOS, XSD, shorten
from stigraph.web.texts import say

__all__ = ["Shower", "Shown", "entry_path"]

_NAMES = {
    RDF.type: "property.type",
    DCTERMS.date: "property.date",
    DCTERMS.description: "property.description",
    DCTERMS["title"]: "property.title",
    DCTERMS.license: "property.licence",
    SCHEMA.value: "property.amount",
    SCHEMA.currency: "property.currency",
    SKOS.altLabel: "property.other-names",
    SKOS.definition: "property.definition",
    SKOS.exactMatch: "property.same",
    SKOS.inScheme: "property.scheme",
    SKOS.notation: "property.notation",
    SKOS.topConceptOf: "property.top",
}
"""Properties of other vocabularies, which our ontology uses without labelling them."""


_PLAIN_DATATYPES = (XSD.string, XSD.integer, XSD.decimal, XSD.boolean)
"""Datatypes that SPARQL itself leaves out where it writes a literal."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a page.

    Attributes:
        text: What is read.
        lang: Its language where that isn't the page's; else empty.
        address: Where it leads; empty where nowhere.
        outside: Whether that is on another site.
        number: Whether it is a number, which stands right in a table.
        absent: Whether the text says that there is nothing to show.
        note: What is said after it, less loudly.
    """

    text: str
    lang: str = ""
    address: str = ""
    outside: bool = False
    number: bool = False
    absent: bool = False
    note: str = ""


def entry_path(iri: str, lang: str) -> str:
    """Return the address of the page of an entry; empty for an IRI that is none of ours."""
    local = iri[len(ID) :] if iri.startswith(ID) else ""
    return f"/{lang}/entry/{quote(local)}" if "/" in local else ""


def _datatype_note(datatype: str) -> str:
    return "" if datatype in _PLAIN_DATATYPES else f"^^{shorten(datatype)}"


class Shower:
    """Shows terms to readers of one language.

    Args:
        catalogue: The names in the graph; None where there is none, and IRIs are shown as such.
        lang: The language of the page.
    """

    def __init__(self, catalogue: Catalogue | None, lang: str) -> None:
        self._entries = catalogue.entries if catalogue else {}
        self.lang = lang

    def name(self, iri: str) -> Shown:
        """Return the label of ``iri`` without a link: of a property or a class, say."""
        if iri in _NAMES:
            return Shown(say(self.lang, _NAMES[iri]))
        entry = self._entries.get(iri)
        return Shown(*self._label(entry)) if entry else Shown(shorten(iri))

    def entry(self, iri: str) -> Shown:
        """Return the label of ``iri``, leading to its page."""
        named, address = self.name(iri), entry_path(iri, self.lang)
        if address:
            return Shown(named.text, named.lang, address)
        outside = iri if iri.startswith(("http://", "https://")) and "#" not in named.text else ""
        if not outside or iri in self._entries:
            return named
        return Shown(named.text, named.lang, outside, outside=True)

    def term(self, term: Term, *, yen: bool = False) -> Shown:
        """Return any term; ``yen`` says that a whole number is one of yen."""
        match term:
            case Iri(value):
                return self.entry(value)
            case Blank():
                return Shown(str(term))
            case Literal(value, datatype, language):
                return self._literal(value, datatype, language or "", yen=yen)

    def raw(self, term: Term | None) -> Shown:
        """Return a term as a SPARQL result has it: prefixed names, lexical forms, tags."""
        match term:
            case None:
                return Shown("")
            case Iri(value):
                address = entry_path(value, self.lang) if value in self._entries else ""
                return Shown(shorten(value), address=address)
            case Literal(value, datatype, language):
                number = datatype in (XSD.integer, XSD.decimal, XSD.double)
                note = f"@{language}" if language else _datatype_note(datatype)
                return Shown(value, self._foreign(language or ""), number=number, note=note)
        return Shown(str(term))

    def _label(self, entry: Entry) -> tuple[str, str]:
        if self.lang in entry.labels or not entry.labels:
            return entry.label(self.lang), ""
        language = next(iter(entry.labels))
        return entry.labels[language], self._foreign(language)

    def _foreign(self, language: str) -> str:
        return "" if language == self.lang else language

    def _literal(self, value: str, datatype: str, language: str, *, yen: bool) -> Shown:
        whole = value.lstrip("-").isdecimal()
        if yen and whole:
            return Shown(show_amount(int(value), self.lang), number=True)
        if datatype == XSD.anyURI and value.startswith(("http://", "https://")):
            return Shown(value, address=value, outside=True)
        if datatype == XSD.boolean:
            return Shown(say(self.lang, "yes" if value in ("true", "1") else "no"))
        number = datatype in (XSD.integer, XSD.decimal, XSD.double)
        return Shown(value, self._foreign(language), number=number)
