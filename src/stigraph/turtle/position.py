"""Where a term stands: offsets into a text, and the lines and columns that people use.

Everything counts code points. Lines end at LF, CRLF or CR.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import pyoxigraph as ox

from stigraph.oxigraph import to_oxigraph
from stigraph.terms import Term

__all__ = ["Lines", "LocatedTerm", "LocatedTriple", "Span", "line_starts"]

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: 1-based lines and columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def line_starts(text: str) -> list[int]:
    """Return the offset at which each line begins."""
    if "\r" in text:
        return [0, *(match.end() for match in _LINE_END.finditer(text))]
    # The same for the line ends that nearly all files have, in a fifth of the time.
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


class Lines:
    """The lines of one text: turns offsets into lines and columns.

    Args:
        text: The text that the offsets count in, line ends as they are in the file.
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []  # found when first asked for: most readers never ask

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column, both 1-based, of the code point at ``offset``."""
        if not self._starts:
            self._starts = line_starts(self._text)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the stretch between two offsets, the second exclusive."""
        return Span(*self.place(start), *self.place(end))

    def text(self, start: int, end: int) -> str:
        """Return what is written between two offsets, the second exclusive."""
        return self._text[start:end]


class LocatedTerm(NamedTuple):
    """A term at the place where a file writes it.

    A named tuple, as a file of a million triples makes three million of them
    and a frozen dataclass costs three times as much.

    Attributes:
        term: The term.
        start: Offset of its first code point.
        end: Offset after its last one. A literal's language tag or datatype
            belongs to it, a bracket reaches to its closing one.
        written: False for what a collection implies without writing it
            (rdf:first, rdf:rest, its cells, its rdf:nil). Such a term stands
            where its item stands, rdf:nil at the closing bracket.
        lines: The lines of the file.
    """

    term: Term
    start: int
    end: int
    written: bool
    lines: Lines

    @property
    def span(self) -> Span:
        """Where the term stands, in lines and columns."""
        return self.lines.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The term as written."""
        return self.lines.text(self.start, self.end)

    def __repr__(self) -> str:
        span = self.span
        return f"<{self.term} at {span.line}:{span.column}-{span.end_line}:{span.end_column}>"


class LocatedTriple(NamedTuple):
    """A triple whose three terms know where they stand."""

    subject: LocatedTerm
    predicate: LocatedTerm
    object: LocatedTerm

    def to_oxigraph(self) -> ox.Triple:
        """Return the same triple as the store has it."""
        terms = (to_oxigraph(term.term) for term in self)
        return ox.Triple(*terms)  # type: ignore[arg-type]
