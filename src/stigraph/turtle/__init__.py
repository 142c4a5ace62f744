"""A Turtle file as its author sees it: the place of every term, and its canonical form."""

from __future__ import annotations

from stigraph.oxigraph import from_oxigraph
from stigraph.terms import Blank, Iri, Literal, Subject, Term
from stigraph.turtle.formatter import UnfaithfulError, format_text, is_formatted
from stigraph.turtle.locate import SourceMap, locate
from stigraph.turtle.position import LocatedTerm, LocatedTriple, Span
from stigraph.turtle.reader import MAX_DEPTH, read

__all__ = [
    "MAX_DEPTH",
    "Blank",
    "Iri",
    "Literal",
    "LocatedTerm",
    "LocatedTriple",
    "SourceMap",
    "Span",
    "Subject",
    "Term",
    "UnfaithfulError",
    "format_text",
    "from_oxigraph",
    "is_formatted",
    "locate",
    "read",
]
