"""The canonical form of a Turtle file.

Prefixes sorted by name, one empty line between subjects, which keep the order
of the file; ``a`` first and the predicates in the order of
:mod:`stigraph.turtle.order`; objects on one line as far as 100 columns reach;
comments with what they stand at. Any Turtle 1.1 can be put into it.
"""

from __future__ import annotations

from typing import Final

from stigraph.errors import StigraphError
from stigraph.turtle.builder import build
from stigraph.turtle.canonical import surely_formatted
from stigraph.turtle.layout import render
from stigraph.turtle.prologue import tidy
from stigraph.turtle.reader import read
from stigraph.turtle.verify import comments, same_reading, same_triples

__all__ = ["UnfaithfulError", "format_text", "is_formatted", "reads_alike"]

# Relative IRIs are written as they are; to compare them, any base will do.
_BASE: Final = "https://example.invalid/base/"


class UnfaithfulError(StigraphError):
    """The formatter would have changed what a file says: a fault of its own, not of the file."""

    def __init__(self) -> None:
        super().__init__(
            "整えると内容が変わってしまうので、そのままにした。ファイルとともに報告してほしい",
            "left as it is: formatting would change what it says; please report it with the file",
        )


def format_text(text: str) -> str:
    """Return a Turtle text in canonical form.

    No triple, lexical form or comment changes (white space at the end of a
    comment aside). The result ends its lines with LF and has no byte order
    mark; formatting it again changes nothing.

    Args:
        text: Any Turtle 1.1, with a byte order mark or without.

    Raises:
        TurtleSyntaxError: It isn't Turtle 1.1.
        UnfaithfulError: The result wouldn't say the same.
    """
    text = text.removeprefix("\ufeff")
    triples = list(read(text, _BASE))
    terms = {term.start: term.term for triple in triples for term in triple if term.written}
    formatted = render(tidy(build(text, terms)))
    if formatted == text:
        return text
    if not same_triples(triples, list(read(formatted, _BASE))):
        raise UnfaithfulError
    if comments(text) != comments(formatted):
        raise UnfaithfulError
    return formatted


def is_formatted(text: str) -> bool:
    """Tell whether a text is in canonical form.

    Raises:
        TurtleSyntaxError: It isn't Turtle 1.1.
    """
    return surely_formatted(text) or format_text(text) == text


def reads_alike(before: bytes, after: bytes) -> bool:
    """Tell whether the store's own reader, too, finds the same triples before and after."""
    return same_reading(before, after, _BASE)
