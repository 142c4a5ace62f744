"""The triples of a statement, and the brackets open in it (W3C Turtle 1.1 §2.7, §2.8, §7.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stigraph.terms import Blank, Iri, Term
from stigraph.turtle.expectations import State
from stigraph.turtle.position import Lines, LocatedTerm, LocatedTriple
from stigraph.vocab import RDF

__all__ = ["Brackets", "FreshLabels"]

_FIRST: Final = Iri(RDF.first)
_REST: Final = Iri(RDF.rest)
_NIL: Final = Iri(RDF.nil)
_OPEN: Final = -1  # the end of a term whose bracket isn't closed yet


class FreshLabels:
    """Labels for the blank nodes of brackets: none that the text uses."""

    __slots__ = ("_count", "_stem")

    def __init__(self, text: str) -> None:
        self._count = 0
        self._stem = "genid"
        taken = re.findall("_:genid(x*)", text)
        if taken:
            self._stem += "x" * (len(max(taken, key=len)) + 1)

    def next(self) -> Blank:
        """Return a blank node that no other bracket has."""
        self._count += 1
        return Blank(f"{self._stem}{self._count}")


@dataclass(slots=True)
class _Bracket:
    """An open bracket, and the triple that the reader goes back to when it closes."""

    is_list: bool
    start: int
    state: int
    subject: LocatedTerm
    predicate: LocatedTerm
    node: LocatedTerm | None = None  # what it stands for; None after `(`, which may be `()`
    cell: LocatedTerm | None = None  # the cell of the last item


class Brackets:
    """Collects the triples of one statement after the other.

    Args:
        text: The whole text.
        lines: Its lines.

    Attributes:
        triples: Those of the statement so far. A bracket in them has no end
            before :meth:`finish`.
    """

    __slots__ = ("_ends", "_labels", "_lines", "_stack", "triples")

    def __init__(self, text: str, lines: Lines) -> None:
        self.triples: list[LocatedTriple] = []
        self._lines = lines
        self._labels = FreshLabels(text)
        self._stack: list[_Bracket] = []
        self._ends: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._stack)

    @property
    def in_list(self) -> bool:
        """Whether the innermost bracket is a collection."""
        return bool(self._stack) and self._stack[-1].is_list

    @property
    def innermost(self) -> tuple[str, int]:
        """The innermost bracket and its offset."""
        bracket = self._stack[-1]
        return "(" if bracket.is_list else "[", bracket.start

    def open(
        self, start: int, state: int, subject: LocatedTerm, predicate: LocatedTerm, *, is_list: bool
    ) -> LocatedTerm | None:
        """Open a bracket and return its node; that of a collection isn't known yet."""
        self._stack.append(_Bracket(is_list, start, state, subject, predicate))
        return None if is_list else self._put(self._labels.next(), _OPEN)

    def begin_list(self) -> None:
        """The collection just opened isn't empty: put its first cell where it stands."""
        self._put(self._labels.next(), _OPEN)

    def append(self, item: LocatedTerm) -> None:
        """Add an item to the innermost collection."""
        self._append(self._stack[-1], item)

    def replace_last(self, term: Term, end: int) -> None:
        """Give the last object another term and end: its datatype or language stands apart."""
        last = self.triples[-1].object
        # Of an item, what its cell implies reaches as far: that is in the last two triples.
        for index in range(max(0, len(self.triples) - 2), len(self.triples)):
            self.triples[index] = LocatedTriple(
                *(
                    place._replace(end=end) if place.start == last.start else place
                    for place in self.triples[index]
                )
            )
        subject, predicate, last = self.triples[-1]
        self.triples[-1] = LocatedTriple(subject, predicate, last._replace(term=term))
        if self.in_list:
            self._stack[-1].cell = subject

    def close(self, start: int, end: int) -> tuple[int, LocatedTerm, LocatedTerm]:
        """Close the innermost bracket.

        Args:
            start: The offset of the closing bracket.
            end: The offset after it.

        Returns:
            The state, subject and predicate that stood when it opened; where
            it opens a statement, the subject is what it stands for.
        """
        bracket = self._stack[-1]
        if bracket.is_list and bracket.cell is None:
            self._put(_NIL, end)
        elif bracket.is_list and bracket.cell is not None:
            nil = LocatedTerm(_NIL, start, end, False, self._lines)
            rest = LocatedTerm(_REST, start, end, False, self._lines)
            self.triples.append(LocatedTriple(bracket.cell, rest, nil))
        self._ends[bracket.start] = end
        self._stack.pop()
        is_subject = bracket.state == State.STATEMENT and bracket.node is not None
        subject = bracket.node if is_subject and bracket.node else bracket.subject
        return bracket.state, subject, bracket.predicate

    def finish(self) -> list[LocatedTriple]:
        """Return the triples of a whole statement, and begin the next one."""
        triples, self.triples = self.triples, []
        if not self._ends:
            return triples
        ends, self._ends = self._ends, {}

        def closed(term: LocatedTerm) -> LocatedTerm:
            return term._replace(end=ends[term.start]) if term.end == _OPEN else term

        return [
            LocatedTriple(closed(subject), closed(predicate), closed(value))
            for subject, predicate, value in triples
        ]

    def _put(self, term: Term, end: int) -> LocatedTerm:
        """Put what the innermost bracket stands for where that bracket stands."""
        bracket = self._stack[-1]
        node = bracket.node = LocatedTerm(term, bracket.start, end, True, self._lines)
        if bracket.state == State.OBJECT:
            self.triples.append(LocatedTriple(bracket.subject, bracket.predicate, node))
        elif bracket.state == State.ITEM:
            self._append(self._stack[-2], node)
        return node

    def _append(self, bracket: _Bracket, item: LocatedTerm) -> None:
        """Add an item to a collection: the cell stands where its item stands."""
        cell = bracket.node  # that of the first item: `begin_list` made it
        if cell is None or bracket.cell is not None:
            cell = self._implied(self._labels.next(), item)
        if bracket.cell is not None:
            rest = self._implied(_REST, item)
            self.triples.append(LocatedTriple(bracket.cell, rest, cell))
        self.triples.append(LocatedTriple(cell, self._implied(_FIRST, item), item))
        bracket.cell = cell

    def _implied(self, term: Term, item: LocatedTerm) -> LocatedTerm:
        return LocatedTerm(term, item.start, item.end, False, self._lines)
