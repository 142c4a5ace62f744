"""Lenses: the parts of the graph that are looked at or taken away as a network.

A lens says which entries belong to it; its edges are the statements that join
two of them. A new lens is a file here and a line of the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from stigraph.errors import UsageError
from stigraph.network.lenses import (
    everything,
    evolution,
    institutions,
    money,
    programmes,
    strategy,
)
from stigraph.network.lenses.lens import DERIVED, Lens, Shortcut

__all__ = ["DERIVED", "LENSES", "Lens", "Shortcut", "lens"]

LENSES: Final[Mapping[str, Lens]] = {
    "strategy": strategy.LENS,
    "programmes": programmes.LENS,
    "money": money.LENS,
    "institutions": institutions.LENS,
    "evolution": evolution.LENS,
    "everything": everything.LENS,
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
    near = get_close_matches(name.casefold(), LENSES, n=3, cutoff=0.4) or list(LENSES)
    raise UsageError(
        f"「{name}」というレンズはない。近いもの：{'、'.join(near)}",
        f"there is no lens “{name}”; nearest: {', '.join(near)}",
    )
