"""A Turtle file as its author sees it: the place of every term, and its canonical form."""

from __future__ import annotations

from stigraph.lazy import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.oxigraph import from_oxigraph as from_oxigraph
    from stigraph.terms import Blank as Blank
    from stigraph.terms import Iri as Iri
    from stigraph.terms import Literal as Literal
    from stigraph.terms import Subject as Subject
    from stigraph.terms import Term as Term
    from stigraph.turtle.formatter import UnfaithfulError as UnfaithfulError
    from stigraph.turtle.formatter import format_text as format_text
    from stigraph.turtle.formatter import is_formatted as is_formatted
    from stigraph.turtle.formatter import reads_alike as reads_alike
    from stigraph.turtle.locate import SourceMap as SourceMap
    from stigraph.turtle.position import LocatedTerm as LocatedTerm
    from stigraph.turtle.position import LocatedTriple as LocatedTriple
    from stigraph.turtle.position import Span as Span
    from stigraph.turtle.reader import MAX_DEPTH as MAX_DEPTH
    from stigraph.turtle.reader import read as read

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
    "read",
    "reads_alike",
]

__getattr__ = lazily(
    __name__,
    {
        "MAX_DEPTH": "stigraph.turtle.reader",
        "Blank": "stigraph.terms",
        "Iri": "stigraph.terms",
        "Literal": "stigraph.terms",
        "LocatedTerm": "stigraph.turtle.position",
        "LocatedTriple": "stigraph.turtle.position",
        "SourceMap": "stigraph.turtle.locate",
        "Span": "stigraph.turtle.position",
        "Subject": "stigraph.terms",
        "Term": "stigraph.terms",
        "UnfaithfulError": "stigraph.turtle.formatter",
        "format_text": "stigraph.turtle.formatter",
        "from_oxigraph": "stigraph.oxigraph",
        "is_formatted": "stigraph.turtle.formatter",
        "read": "stigraph.turtle.reader",
        "reads_alike": "stigraph.turtle.formatter",
    },
)
