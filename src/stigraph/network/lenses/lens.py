"""What a lens is: which entries it shows, which statements join them, and how they are placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stigraph.vocab import ID, STI

__all__ = ["BODIES", "DERIVED", "INITIATIVES", "Lens", "Shortcut", "is_of", "of_kinds"]

DERIVED: Final = (STI.earliest, STI.latest, STI.knownFrom)
"""Properties that are computed when the graph is loaded; exports hold what the files state."""

INITIATIVES: Final = ("programme", "fund", "hub", "platform", "initiative")
"""Kinds of initiatives: what is run and paid for."""

BODIES: Final = ("organisation", "post")
"""Kinds of those who act."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A link that entries outside the lens make between two of its nodes.

    ``pattern`` binds ``?source``, ``?target`` and the entry in between, ``?through``; the link's
    weight is how many there are, its evidence is theirs.
    """

    pattern: str
    iri: str
    kind: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Lens:
    """A part of the graph that is looked at, or taken away, as a network.

    Attributes:
        ja: What it is for, in Japanese.
        en: The same in English.
        nodes: The graph pattern that ``?node`` fits. Entries that fold into edges are among them.
        properties: The properties whose statements are edges; empty for all.
        shortcuts: Links through entries that the lens doesn't show.
        columns: Kinds from left to right; empty where edges alone place the nodes.
        timeline: Nodes stand in the column of the document that they belong to, by date.
        by_money: Nodes are as large as the largest single amount given to them.
    """

    ja: str
    en: str
    nodes: str
    properties: tuple[str, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    timeline: bool = False
    by_money: bool = False

    @property
    def layered(self) -> bool:
        """Whether nodes stand in columns."""
        return bool(self.columns) or self.timeline


def of_kinds(kinds: Sequence[str], variable: str = "?node") -> str:
    """Return the pattern that entries of ``kinds`` fit."""
    return f"{variable} a ?class {is_of(kinds, variable)}"


def is_of(kinds: Sequence[str], variable: str) -> str:
    """Return the filter that lets entries of ``kinds`` through."""
    return f'FILTER(REGEX(STR({variable}), "^{ID}({"|".join(kinds)})/"))'
