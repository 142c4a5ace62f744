"""Literals that Oxigraph would rewrite, kept as their author wrote them.

Oxigraph stores numbers, dates and booleans by value: ``"01"^^xsd:integer``
becomes ``"1"^^xsd:integer`` and ``"5"^^xsd:byte`` becomes ``"5"^^xsd:integer``.
SHACL compares terms, not values (RDF 1.1 Concepts, section 3.3), so such a
literal is stored under a datatype of our own, ``SEALED`` + its datatype, which
Oxigraph leaves alone. Literals that come back unchanged are stored as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from stigraph.oxigraph import to_oxigraph
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import RDF, XSD

__all__ = [
    "SEALED",
    "RawTerm",
    "plain_term",
    "seal",
    "sealed_quads",
    "sealed_term",
    "unseal",
]

RawTerm = ox.NamedNode | ox.BlankNode | ox.Literal
"""A term as Oxigraph holds it."""

SEALED: Final = "urn:x-stigraph:exact:"
"""What stands before the datatype of a literal that Oxigraph would rewrite."""

_UNTOUCHED: Final = frozenset({XSD.string, RDF.langString, XSD.anyURI})
_NARROWED: Final = frozenset(
    XSD[name]
    for name in (
        "byte",
        "short",
        "int",
        "long",
        "unsignedByte",
        "unsignedShort",
        "unsignedInt",
        "unsignedLong",
        "positiveInteger",
        "negativeInteger",
        "nonPositiveInteger",
        "nonNegativeInteger",
        "dateTimeStamp",
    )
)
_CANONICAL: Final = {
    XSD.integer: re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z", re.ASCII),
    XSD.decimal: re.compile(r"-?[1-9][0-9]{0,14}(?:\.[0-9]{0,14}[1-9])?\Z", re.ASCII),
    XSD.boolean: re.compile(r"(?:true|false)\Z"),
    XSD.date: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}Z?\Z", re.ASCII),
    XSD.gYear: re.compile(r"[0-9]{4}Z?\Z", re.ASCII),
    XSD.gYearMonth: re.compile(r"[0-9]{4}-[0-9]{2}Z?\Z", re.ASCII),
    XSD.dateTime: re.compile(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}Z?\Z", re.ASCII
    ),
}
"""Forms that are surely kept; others are tried out."""

_P: Final = ox.NamedNode("urn:p")


@lru_cache(maxsize=65536)
def _rewritten(value: str, datatype: str) -> bool:
    literal = ox.Literal(value, datatype=ox.NamedNode(datatype))
    scratch = ox.Store()
    scratch.add(ox.Quad(_P, _P, literal))
    return bool(next(iter(scratch)).object != literal)


def is_rewritten(value: str, datatype: str) -> bool:
    """Return whether Oxigraph would give back another literal than the one it was given."""
    if datatype in _UNTOUCHED:
        return False
    if datatype in _NARROWED:
        return True
    if not datatype.startswith(XSD):
        return False
    canonical = _CANONICAL.get(datatype)
    if canonical is not None and canonical.match(value):
        return False
    return _rewritten(value, datatype)


def seal(literal: ox.Literal) -> ox.Literal:
    """Return ``literal`` in the form in which the store keeps it."""
    datatype = literal.datatype.value
    if datatype not in _UNTOUCHED and is_rewritten(literal.value, datatype):
        return ox.Literal(literal.value, datatype=ox.NamedNode(SEALED + datatype))
    return literal


def sealed_quads(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield ``quads`` with their literals sealed, in the default graph."""
    string, lang_string = XSD.string, RDF.langString
    literal_type = ox.Literal
    for quad in quads:
        value = quad.object
        if type(value) is literal_type:
            datatype = value.datatype.value
            if datatype not in (string, lang_string) and is_rewritten(value.value, datatype):
                value = ox.Literal(value.value, datatype=ox.NamedNode(SEALED + datatype))
                yield ox.Quad(quad.subject, quad.predicate, value)
                continue
        yield quad


def sealed_term(term: Term) -> RawTerm:
    """Return ``term`` as the store holds it."""
    raw = to_oxigraph(term)
    return seal(raw) if isinstance(raw, ox.Literal) and raw.language is None else raw


def plain_term(value: object) -> Term:
    """Return a term of the store as its author wrote it."""
    if isinstance(value, ox.NamedNode):
        return Iri(value.value)
    if isinstance(value, ox.Literal):
        return Literal(value.value, value.datatype.value.removeprefix(SEALED), value.language)
    if isinstance(value, ox.BlankNode):
        return Blank(value.value)
    return Literal(str(value))  # a triple term: shown as text


def unseal(value: RawTerm) -> RawTerm:
    """Return a literal of the store with its own datatype, other terms as they are."""
    if isinstance(value, ox.Literal) and value.datatype.value.startswith(SEALED):
        return ox.Literal(
            value.value, datatype=ox.NamedNode(value.datatype.value.removeprefix(SEALED))
        )
    return value
