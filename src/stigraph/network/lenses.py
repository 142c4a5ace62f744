"""Lenses: the parts of the graph that are looked at or taken away as a network.

A lens says which nodes belong to it; its edges are the statements that join two
of them. A new lens is a new line of the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from stigraph.errors import UsageError
from stigraph.vocab import ID, STI

__all__ = ["DERIVED", "LENSES", "Lens", "lens"]

DERIVED: Final = (STI.earliest, STI.latest, STI.knownFrom)
"""Properties that are computed when the graph is loaded; exports hold what the files state."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A part of the graph: what it is for, and the graph pattern that ``?node`` fits."""

    ja: str
    en: str
    members: str


LENSES: Final[Mapping[str, Lens]] = {
    "everything": Lens(
        "オントロジーの用語のほかすべて",
        "everything but the terms of the ontology",
        f'?node a ?class FILTER(isIRI(?node) && STRSTARTS(STR(?node), "{ID}"))',
    ),
}
"""The lenses by name."""


def lens(name: str) -> Lens:
    """Return the lens ``name``.

    Raises:
        UsageError: There is none; the message has the nearest names, or all.
    """
    found = LENSES.get(name)
    if found is not None:
        return found
    near = get_close_matches(name, LENSES, n=3, cutoff=0.4) or list(LENSES)
    raise UsageError(
        f"「{name}」というレンズはない。近いもの：{'、'.join(near)}",
        f"there is no lens “{name}”; nearest: {', '.join(near)}",
    )
