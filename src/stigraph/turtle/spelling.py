"""The canonical spelling of a term: the same term, in the form that the project writes."""

from __future__ import annotations

import re
from typing import Final

from stigraph.terms import Iri, Literal, Term
from stigraph.turtle.words import split_string
from stigraph.vocab import RDF, XSD

__all__ = ["spell", "spell_predicate"]

_SHORTHANDS: Final = {
    XSD.boolean: re.compile("true|false"),
    XSD.integer: re.compile("[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+"),
}


def spell(term: Term, written: str, suffix: str = "") -> str:
    """Return the canonical spelling of a term.

    Numbers and truth values with a shorthand stand bare, strings in double
    quotes where none needs escaping, xsd:string isn't written. Escapes stay as
    they are written: they show what can't be seen otherwise.

    Args:
        term: The term.
        written: Its token; that of a literal may have its language.
        suffix: The language tag or ``^^`` and datatype that follow apart.
    """
    if not isinstance(term, Literal):
        return written
    shorthand = _SHORTHANDS.get(term.datatype)
    if shorthand and shorthand.fullmatch(term.value):
        return term.value
    width, end = split_string(written)
    quote, body = written[0], written[width:end].replace("\r", "\\r")
    if quote == "'" and '"' not in body:
        quote = '"'
    if term.datatype == XSD.string:
        suffix = ""
    return f"{quote * width}{body}{quote * width}{written[end + width :]}{suffix}"


def spell_predicate(iri: Iri, written: str) -> str:
    """Return the canonical spelling of a predicate: ``a`` for rdf:type."""
    return "a" if iri.value == RDF.type else written
