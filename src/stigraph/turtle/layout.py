"""A tree to text in the canonical form: lines, indentation, wrapping."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stigraph.turtle.tree import (
    Atom,
    Collection,
    Directive,
    Document,
    Item,
    Pair,
    Properties,
    Statement,
)

__all__ = ["WIDTH", "render"]

WIDTH: Final = 100
"""Columns that a line may have, in code points, where it can be broken."""
_STEP: Final = 4


def render(document: Document) -> str:
    """Return the text of a tree, ending with a line end unless it is empty."""
    printer = _Printer()
    printer.document(document)
    return "".join(f"{line}\n" for line in printer.lines)


class _Printer:
    """Writes line by line. ``_line`` is the one begun; a string in it may hold line ends."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line = ""

    def document(self, document: Document) -> None:
        """Write a whole file."""
        self.lines += document.header
        previous: Directive | Statement | None = None
        for block in document.blocks:
            if previous and not (isinstance(block, Directive) and isinstance(previous, Directive)):
                self.lines.append("")
            if isinstance(block, Directive):
                self._directive(block)
            else:
                self._statement(block)
            previous = block
        if document.footer and self.lines:
            self.lines.append("")
        self.lines += document.footer
        while self.lines and not self.lines[-1]:
            self.lines.pop()

    def _directive(self, directive: Directive) -> None:
        self.lines += directive.before
        name = "@base" if directive.prefix is None else f"@prefix {directive.prefix}:"
        self.lines.append(f"{name} {directive.iri} .{_after(directive.after)}")

    def _statement(self, statement: Statement) -> None:
        self.lines += statement.before
        end = "" if statement.inner else " ."
        subject, pairs = statement.subject, statement.pairs
        self._item(subject, 0, "" if pairs else end, is_first=True)
        self._pairs(pairs, _STEP, end)
        self._break()
        if statement.inner:
            self._comments(statement.inner, _STEP)
            self.lines.append(f"{' ' * _STEP}.")

    def _pairs(self, pairs: list[Pair], margin: int, end: str) -> None:
        """Write predicates at ``margin``, the first one on the line begun if there is one."""
        for pair in pairs:
            if pair.before:
                self._break()
                self._comments(pair.before, margin)
            self._word(pair.text, margin)
            self._objects(pair.objects, margin + _STEP, end if pair is pairs[-1] else " ;")
            if pair is not pairs[-1]:
                self._break()

    def _objects(self, items: list[Item], margin: int, end: str) -> None:
        """Write objects on the line begun, and on lines at ``margin`` where it is full."""
        for item in items:
            if item.before:
                self._break()
                self._comments(item.before, margin)
            tail = end if item is items[-1] else " ,"
            self._item(item, margin, tail, is_first=item is items[0])

    def _item(self, item: Item, margin: int, tail: str, *, is_first: bool) -> None:
        """Write an item on the line begun or, unless it is the first one, on a new line."""
        text, is_atom = f"{item.flat}{tail}", isinstance(item.node, Atom)
        if item.flat is not None and (self._fits(text, margin) or (is_atom and is_first)):
            self._word(item.flat, margin)
        elif item.flat is not None and not is_first and (is_atom or _fits(text, margin)):
            self._break()
            self._word(item.flat, margin)
        elif not isinstance(item.node, Atom):
            self._bracket(item.node, margin)
        self._line += f"{tail}{_after(item.after)}"
        if item.after:
            self._break()

    def _bracket(self, node: Properties | Collection, margin: int) -> None:
        """Write a bracket over several lines, its inside one step further than its line."""
        opening, closing = ("[", "]") if isinstance(node, Properties) else ("(", ")")
        self._word(opening, margin)
        indentation = len(self._line) - len(self._line.lstrip(" "))
        base = max(indentation, margin - _STEP)
        self._break()
        if isinstance(node, Properties):
            self._pairs(node.pairs, base + _STEP, "")
        else:
            self._lines_of(node.items, base + _STEP)
        self._break()
        self._comments(node.inner, base + _STEP)
        self._line = f"{' ' * base}{closing}"

    def _lines_of(self, items: list[Item], margin: int) -> None:
        for item in items:
            self._comments(item.before, margin)
            self._item(item, margin, "", is_first=True)
            self._break()

    def _fits(self, text: str, margin: int) -> bool:
        """Tell whether a text fits on the line begun, or on a new one at ``margin``."""
        column = len(self._line.rpartition("\n")[2]) + 1 if self._line else margin
        return _fits(text, column)

    def _word(self, text: str, margin: int) -> None:
        self._line = f"{self._line} {text}" if self._line else f"{' ' * margin}{text}"

    def _comments(self, comments: Iterable[str], margin: int) -> None:
        self.lines += (f"{' ' * margin}{comment}" for comment in comments)

    def _break(self) -> None:
        if self._line:
            self.lines.append(self._line)
            self._line = ""


def _fits(text: str, column: int) -> bool:
    return column + len(text.partition("\n")[0]) <= WIDTH


def _after(comment: str | None) -> str:
    return f" {comment}" if comment else ""
