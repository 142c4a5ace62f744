"""What things are called in either state, and how values are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stigraph.comparison.snapshot import Node, Snapshot
from stigraph.entries import Catalogue, Entry
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import RDF, SCHEMA, STI, shorten

__all__ = ["Names", "whole_number"]

_ABBREVIATION: Final = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z0-9][A-Za-z0-9-]{1,11}")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,30}")
_DEPTH: Final = 3
_QUOTES: Final = {"ja": "「{}」", "en": "“{}”"}


def whole_number(value: Term | None) -> int | None:
    """Return a value as a whole number, None if it isn't one."""
    is_whole = isinstance(value, Literal) and _WHOLE.fullmatch(value.value)
    return int(value.value) if value is not None and is_whole else None


@dataclass(frozen=True)
class Names:
    """Looks names up where they are known, the later state first.

    Attributes:
        before: The earlier state.
        after: The later state.
        context: The names of the graph around, for states that are parts of one.
        lang: The reader's language.
        show: Makes a text from the data safe for where it is to stand.
    """

    before: Snapshot
    after: Snapshot
    context: Catalogue | None
    lang: str
    show: Callable[[str], str]

    def entry(self, iri: str) -> Entry | None:
        """Return the names of a node."""
        sources = (self.after.catalogue, self.before.catalogue, self.context)
        found = (source.entries[iri] for source in sources if source and iri in source.entries)
        named = [entry for entry in found if entry.labels]
        return named[0] if named else None

    def label(self, iri: str) -> str:
        """Return what the reader calls a node, as it is."""
        entry = self.entry(iri)
        return entry.label(self.lang) if entry else shorten(iri)

    def both(self, iri: str) -> dict[str, str]:
        """Return what readers of either language call a node."""
        entry = self.entry(iri)
        names = {"ja": shorten(iri), "en": shorten(iri)}
        return {lang: entry.label(lang) for lang in names} if entry else names

    def short(self, iri: str) -> str:
        """Return the abbreviation that a node is known by in English, else its label."""
        entry = self.entry(iri)
        known = entry.others if entry and self.lang == "en" else ()
        abbreviations = [name for name in known if _ABBREVIATION.fullmatch(name)]
        return self.show(min(abbreviations, key=len, default=self.label(iri)))

    def node(self, iri: str, *, earlier: bool = False) -> Node | None:
        """Return what is said of a node: in the later state unless it is gone or asked for."""
        left, right = self.before.nodes.get(iri), self.after.nodes.get(iri)
        return (left or right) if earlier else (right or left)

    def quoted(self, text: str) -> str:
        """Return a text of the data in quotation marks."""
        return _QUOTES[self.lang].format(self.show(text))

    def value(self, term: Term | None, holder: Node | None = None) -> str:
        """Return a value as text: with its currency or unit where its holder gives one."""
        match term:
            case Iri(iri):
                return self.quoted(self.label(iri))
            case Blank(name):
                return self.show(self._inside(f"_:{name}", _DEPTH))
            case Literal(value, _, language) if language:
                return self.quoted(value)
        number = whole_number(term)
        text = f"{number:,}" if number is not None else (term.value if term else "")
        unit = holder and (holder.text(SCHEMA.currency) or self._unit(holder))
        is_bare = number is not None or (isinstance(term, Literal) and not term.value.strip())
        shown = self.show(text) if is_bare or _is_plain(text) else self.quoted(text)
        return f"{shown} {self.show(unit)}" if unit else shown

    def _unit(self, holder: Node) -> str | None:
        unit = holder.iri(STI.targetUnit) or holder.iri(STI.countUnit)
        return self.label(unit) if unit else None

    def _inside(self, name: str, depth: int) -> str:
        """Return what is said of a blank node, in brackets as in Turtle."""
        node = self.node(name)
        if node is None or depth == 0:
            return "[ … ]" if node else "[]"
        facts = sorted(node.facts, key=repr)
        return f"[ {' ; '.join(self._fact(p, v, depth) for p, v in facts)} ]"

    def _fact(self, predicate: str, value: Term, depth: int) -> str:
        name = "a" if predicate == RDF.type else self.label(predicate)
        match value:
            case Blank(inner):
                return f"{name} {self._inside(f'_:{inner}', depth - 1)}"
            case Iri(iri):
                return f"{name} {self.label(iri)}"
        return f"{name} {value.value}"


def _is_plain(text: str) -> bool:
    """Tell whether a text needs no quotation marks: a number, a date, a code."""
    return re.fullmatch(r"[0-9A-Za-z:.+-]{1,40}", text) is not None
