"""JSON-LD 1.1 with a compact context, one object an entry.

A property is called by its local name and coerced in the context (JSON-LD 1.1,
section 4.2): texts in languages become ``{"ja": …, "en": …}``, links and dates
plain strings, whole numbers and truth values JSON's own. Where a property has
values of several sorts, each value says its own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stigraph.network.selection import Selection
from stigraph.network.writers.triples import Triple, by_subject, prefixes_of, triples_of
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import PREFIXES, RDF, XSD

__all__ = ["write"]

_LARGEST = 2**53  # what every reader of JSON keeps exactly (RFC 8259, section 6)


@dataclass(frozen=True, slots=True)
class _Property:
    """A property in the context: its name there, and the one sort that its values have."""

    name: str
    iri: str
    sort: str

    def definition(self) -> object:
        """Return the term's definition in the context."""
        short = str(Iri(self.iri))
        if self.sort == "language":
            return {"@id": short, "@container": "@language"}
        if self.sort in ("mixed", XSD.string):
            return short
        return {"@id": short, "@type": "@id" if self.sort == "@id" else str(Iri(self.sort))}


def write(selection: Selection, form: str) -> Iterator[str]:
    """Yield the triples behind the selection, an object a line.

    Raises:
        UsageError: The answer has no triples.
    """
    triples = list(triples_of(selection, form))
    properties = _properties(triples)
    context: dict[str, object] = {"id": "@id", "type": "@type", **prefixes_of(triples)}
    context |= {p.name: p.definition() for p in sorted(properties.values(), key=lambda p: p.name)}
    yield f'{{\n"@context": {_json(context)},\n"@graph": ['
    separator = "\n"
    for subject, own in by_subject(triples):
        yield f"{separator}{_json(_node(subject, own, properties))}"
        separator = ",\n"
    yield "\n]\n}\n"


def _properties(triples: Sequence[Triple]) -> dict[str, _Property]:
    sorts: dict[str, set[str]] = defaultdict(set)
    for _, predicate, value in triples:
        if predicate.value != RDF.type or not isinstance(value, Iri):
            sorts[predicate.value].add(_sort(value))
    taken: dict[str, str] = {}
    for iri in sorted(sorts):
        taken.setdefault(_local(iri), iri)
    found = {}
    for iri, kinds in sorts.items():
        local = _local(iri)
        free = taken[local] == iri and local not in PREFIXES and local not in ("id", "type", "")
        name = local if free else str(Iri(iri))
        found[iri] = _Property(name, iri, kinds.pop() if len(kinds) == 1 else "mixed")
    return found


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _sort(value: Term) -> str:
    if not isinstance(value, Literal):
        return "@id"
    return "language" if value.language else value.datatype


def _node(
    subject: Iri | Blank, own: Sequence[Triple], properties: Mapping[str, _Property]
) -> dict[str, object]:
    node: dict[str, Any] = {"id": str(subject)}
    values: dict[str, list[Term]] = defaultdict(list)
    for _, predicate, value in own:
        values[predicate.value].append(value)
    classes = [str(term) for term in values.get(RDF.type, []) if isinstance(term, Iri)]
    if classes:
        node["type"] = _one_or_all(classes)
    for iri, terms in values.items():
        if iri in properties:
            kept = [t for t in terms if iri != RDF.type or not isinstance(t, Iri)]
            if kept:
                node[properties[iri].name] = _values(properties[iri].sort, kept)
    return node


def _values(sort: str, terms: Sequence[Term]) -> object:
    if sort == "language":
        by_language: dict[str, list[object]] = defaultdict(list)
        for term in terms:
            if isinstance(term, Literal) and term.language:
                by_language[term.language].append(term.value)
        return {language: _one_or_all(texts) for language, texts in sorted(by_language.items())}
    return _one_or_all([_value(sort, term) for term in terms])


def _value(sort: str, term: Term) -> object:
    if not isinstance(term, Literal):
        return str(term) if sort == "@id" else {"id": str(term)}
    if sort != "mixed":
        return _native(term)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return {"@value": term.value}
    return {"@value": term.value, "@type": str(Iri(term.datatype))}


def _native(term: Literal) -> object:
    """Return JSON's own value where it gives the same literal again, else the text."""
    if term.datatype == XSD.boolean:
        return {"true": True, "false": False}.get(term.value, term.value)
    if term.datatype == XSD.integer and len(term.value) < 18:
        number = int(term.value)
        if str(number) == term.value and abs(number) < _LARGEST:
            return number
    return term.value


def _one_or_all(values: list[Any]) -> object:
    return values[0] if len(values) == 1 else values


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
