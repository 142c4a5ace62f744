"""A Turtle file as it is written: statements, brackets and comments, but no layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stigraph.terms import Iri, Literal, Term
from stigraph.turtle.order import predicate_rank

__all__ = [
    "Atom",
    "Block",
    "Collection",
    "Directive",
    "Document",
    "Item",
    "Pair",
    "Properties",
    "Statement",
    "arranged",
    "language_rank",
]

_LANGUAGES: Final = {"ja": 0, "en": 1}
_WIDEST: Final = 100  # longer than a line: never written flat


@dataclass(slots=True)
class Atom:
    """A term that is written as one word, in its canonical spelling."""

    text: str
    term: Term


@dataclass(slots=True)
class Item:
    """A subject, an object or an item of a collection, with its comments.

    Attributes:
        node: What it is.
        before: Comments on lines of their own above it.
        after: The comment at the end of its line.
        flat: The item on one line, None if it needs several.
    """

    node: Atom | Properties | Collection
    before: list[str] = field(default_factory=list)
    after: str | None = None
    flat: str | None = None

    def flatten(self) -> None:
        """Find :attr:`flat` from the node, whose own items have theirs."""
        text = self.node.text if isinstance(self.node, Atom) else self.node.flat()
        self.flat = text


@dataclass(slots=True)
class Pair:
    """A predicate and its objects."""

    text: str
    iri: str
    before: list[str]
    objects: list[Item] = field(default_factory=list)

    def flat(self) -> str | None:
        """Return the pair on one line, None if it needs several."""
        objects = _flat_items(self.objects)
        return None if objects is None or self.before else f"{self.text} {' , '.join(objects)}"

    def arrange(self) -> None:
        """Put IRIs in the order of their text, texts in Japanese before those in English."""
        terms = [item.node.term if isinstance(item.node, Atom) else None for item in self.objects]
        if all(isinstance(term, Iri) for term in terms):
            self.objects.sort(key=lambda item: item.flat or "")
        elif all(isinstance(term, Literal) and term.language for term in terms):
            self.objects.sort(key=_language_rank)


@dataclass(slots=True)
class Properties:
    """A blank node property list. ``inner`` are the comments before its closing bracket."""

    pairs: list[Pair]
    inner: list[str]

    def flat(self) -> str | None:
        """Return it on one line if it has at most one property and no comment, else None."""
        if self.inner or len(self.pairs) > 1:
            return None
        if not self.pairs:
            return "[]"
        pair = self.pairs[0].flat()
        return None if pair is None or len(pair) > _WIDEST else f"[ {pair} ]"


@dataclass(slots=True)
class Collection:
    """A collection. ``inner`` are the comments before its closing bracket."""

    items: list[Item]
    inner: list[str]

    def flat(self) -> str | None:
        """Return it on one line if it has no comment and isn't long, else None."""
        items = _flat_items(self.items)
        if items is None or self.inner:
            return None
        text = f"( {' '.join(items)} )" if items else "()"
        return text if len(text) <= _WIDEST else None


@dataclass(slots=True)
class Directive:
    """A declaration of a prefix, or of the base where ``prefix`` is None."""

    prefix: str | None
    iri: str
    before: list[str]
    after: str | None = None


@dataclass(slots=True)
class Statement:
    """A subject and its properties. ``inner`` are the comments before its dot."""

    subject: Item
    pairs: list[Pair]
    before: list[str]
    inner: list[str]


Block = Directive | Statement


@dataclass(slots=True)
class Document:
    """A file. In ``header``, ``footer`` and before statements, ``""`` is an empty line."""

    header: list[str]
    blocks: list[Block]
    footer: list[str]


def arranged(pairs: list[Pair]) -> list[Pair]:
    """Return the pairs of one subject in canonical order, those of one predicate as one."""
    merged: dict[str, Pair] = {}
    for pair in pairs:
        first = merged.setdefault(pair.iri, pair)
        if first is not pair:
            pair.objects[0].before[:0] = pair.before
            first.objects += pair.objects
    for pair in merged.values():
        pair.arrange()
    return sorted(merged.values(), key=lambda pair: (predicate_rank(pair.iri), pair.text))


def _flat_items(items: list[Item]) -> list[str] | None:
    texts = list(_flat_texts(items))
    return texts if len(texts) == len(items) else None


def _flat_texts(items: list[Item]) -> Iterator[str]:
    """Yield the items on one line; those with comments or several lines have no such text."""
    for item in items:
        if item.flat is not None and "\n" not in item.flat and not item.before and not item.after:
            yield item.flat


def language_rank(tag: str) -> int:
    """Return the place of a language among the texts of one predicate."""
    return _LANGUAGES.get(tag.lower(), len(_LANGUAGES))


def _language_rank(item: Item) -> int:
    term = item.node.term if isinstance(item.node, Atom) else None
    language = term.language if isinstance(term, Literal) else None
    return language_rank(language or "")
