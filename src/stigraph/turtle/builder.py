"""The tree of a Turtle text that has been read already, so that nothing in it is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from stigraph.terms import Iri, Term
from stigraph.turtle.scanner import scan
from stigraph.turtle.spelling import spell, spell_predicate
from stigraph.turtle.tree import (
    Atom,
    Block,
    Collection,
    Directive,
    Document,
    Item,
    Pair,
    Properties,
    Statement,
    arranged,
)

__all__ = ["build"]

_LINE_END: Final = re.compile(r"\r\n?|\n")


def build(text: str, terms: Mapping[int, Term]) -> Document:
    """Return the tree of a text.

    Args:
        text: A text that is Turtle 1.1.
        terms: The terms written in it by the offset where they start.
    """
    return _Builder(text, terms).document()


class _Builder:
    """Goes through the tokens once; comments wait in ``_pending`` for what comes next."""

    def __init__(self, text: str, terms: Mapping[int, Term]) -> None:
        self._terms = terms
        self._pairs = list(scan(text))
        self._index = -1
        self._start = self._end = 0
        self._word = ""
        self._pending: list[str] = []
        self._target: Item | Directive | None = None  # whose line it is
        self._advance()

    def document(self) -> Document:
        """Return the whole tree."""
        blocks: list[Block] = []
        while self._word:
            is_directive = self._word.startswith("@") or self._word.lower() in {"prefix", "base"}
            blocks.append(self._directive() if is_directive else self._statement())
        header: list[str] = []
        if blocks and isinstance(blocks[0], Directive):
            header, blocks[0].before = blocks[0].before, []
        for block in blocks[1:]:
            if isinstance(block, Directive):
                block.before = [comment for comment in block.before if comment]
        return Document(header, blocks, self._take_paragraphs())

    def _advance(self) -> None:
        """Go to the next token, and find out whose the comments before it are."""
        self._index += 1
        gap, self._word = self._pairs[self._index]
        self._start = self._end + len(gap)
        self._end = self._start + len(self._word)
        same_line, *lines = (line.strip(" \t") for line in _LINE_END.split(gap))
        if same_line:
            target = self._target
            if target is None or target.after is not None or any(self._pending):
                self._pending.append(same_line)
            else:
                target.after = same_line
        # The last line is the one of the token: empty unless the text ends there.
        self._pending += lines if not self._word else lines[:-1]

    def _take(self) -> list[str]:
        """Return the comments that wait."""
        comments = [comment for comment in self._pending if comment]
        self._pending = []
        return comments

    def _take_paragraphs(self) -> list[str]:
        """Return the comments that wait, with an empty line where there were any."""
        lines: list[str] = []
        for line in self._pending:
            if line or (lines and lines[-1]):
                lines.append(line)
        self._pending = []
        return lines

    def _directive(self) -> Directive:
        before = self._take_paragraphs()
        self._target = None
        keyword = self._word.lower()
        prefix = None
        self._advance()
        if keyword.endswith("prefix"):
            prefix = self._word[:-1]
            self._advance()
        directive = Directive(prefix, self._word, before)
        if keyword.startswith("@"):
            self._advance()
        before += self._take()
        self._target = directive
        self._advance()
        return directive

    def _statement(self) -> Statement:
        before = self._take_paragraphs()
        subject = self._item()
        pairs = self._pairs_until(".")
        inner = self._take()
        self._advance()
        return Statement(subject, pairs, before, inner)

    def _pairs_until(self, closing: str) -> list[Pair]:
        pairs: list[Pair] = []
        while self._word != closing:
            if self._word == ";":
                self._advance()
            else:
                pairs.append(self._pair())
        return arranged(pairs)

    def _pair(self) -> Pair:
        iri = self._terms[self._start]
        if not isinstance(iri, Iri):
            raise TypeError("a predicate that isn't an IRI: the text hasn't been read")
        pair = Pair(spell_predicate(iri, self._word), iri.value, self._take())
        self._target = None
        self._advance()
        pair.objects.append(self._item())
        while self._word == ",":
            self._advance()
            pair.objects.append(self._item())
        return pair

    def _item(self) -> Item:
        before = self._take()
        item = self._bracket() if self._word in {"[", "("} else self._atom()
        item.before[:0] = before
        item.flatten()
        self._target = item
        self._advance()
        return item

    def _bracket(self) -> Item:
        """Return the item of a bracket, at whose closing one the builder stops."""
        is_collection = self._word == "("
        self._target = None
        self._advance()
        if not is_collection:
            return Item(Properties(self._pairs_until("]"), self._take()))
        items: list[Item] = []
        while self._word != ")":
            items.append(self._item())
        return Item(Collection(items, self._take()))

    def _atom(self) -> Item:
        """Return the item of a term, at whose last token the builder stops."""
        term, written, suffix = self._terms[self._start], self._word, ""
        self._target = None
        following = self._pairs[self._index + 1][1]
        if written.startswith(('"', "'")) and following.startswith(("^^", "@")):
            self._advance()
            suffix = self._word
            if suffix == "^^":
                self._advance()
                suffix += self._word
        # Comments between a string and its datatype go above both.
        return Item(Atom(spell(term, written, suffix), term), self._take())
