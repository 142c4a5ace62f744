"""Terms as N-Triples and as Turtle spell them (RDF 1.1 N-Triples, section 2; Turtle, section 2)."""

from __future__ import annotations

import re
from typing import Final

from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import RDF, XSD

__all__ = ["in_ntriples", "in_turtle"]

_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_PLAIN = re.compile(r"[A-Za-z][\w-]*:[A-Za-z0-9_][A-Za-z0-9_-]*", re.ASCII)
_INTEGER = re.compile(r"[+-]?[0-9]+")


def in_ntriples(term: Term) -> str:
    """Return ``term`` in N-Triples."""
    match term:
        case Iri(value):
            return f"<{value}>"
        case Blank(value):
            return f"_:{value}"
        case Literal(value, RDF.langString, language):
            return f"{_quoted(value)}@{language}"
        case Literal(value, datatype, _):
            return _quoted(value) + ("" if datatype == XSD.string else f"^^<{datatype}>")


def in_turtle(term: Term) -> str:
    """Return ``term`` in Turtle: with a prefix where it has one, whole numbers bare."""
    match term:
        case Iri():
            short = str(term)
            return short if _PLAIN.fullmatch(short) and short != term.value else f"<{term.value}>"
        case Literal(value, XSD.integer, _) if _INTEGER.fullmatch(value):
            return value
        case Literal(value, datatype, None) if datatype != XSD.string:
            return f"{_quoted(value)}^^{in_turtle(Iri(datatype))}"
    return in_ntriples(term)


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
