"""How nodes and edges look: a colour for each family of kinds, a size by degree.

The colours are those of Okabe and Ito (2008), "Color Universal Design", chosen
to be told apart by people with any common form of colour vision.
"""

from __future__ import annotations

import math
from typing import Final

from stigraph.vocab import SCHEMES

__all__ = ["EDGE_COLOR", "color_of", "size_of"]

_BLUE, _SKY, _GREEN, _YELLOW = "#0072b2", "#56b4e9", "#009e73", "#f0e442"
_ORANGE, _VERMILION, _PURPLE, _GREY = "#e69f00", "#d55e00", "#cc79a7", "#999999"
_LIGHT = "#cccccc"

EDGE_COLOR: Final = "#bbbbbb"

_COLORS: Final = {
    # documents and law
    **dict.fromkeys(("basic-plan", "annual-strategy", "field-strategy", "document", "law"), _BLUE),
    # what a strategy is built of
    **dict.fromkeys(("pillar", "field", "measure-group"), _SKY),
    # what is done
    **dict.fromkeys(("measure", "progress", "alignment"), _GREEN),
    # what is wanted and how things stand
    **dict.fromkeys(("goal", "target", "indicator", "assessment"), _YELLOW),
    # what is run and paid for
    **dict.fromkeys(("programme", "fund", "hub", "platform", "initiative"), _VERMILION),
    **dict.fromkeys(("initiative-part", "allocation", "count", "system", "facility"), _ORANGE),
    # who
    **dict.fromkeys(("organisation", "post"), _PURPLE),
    # when, and where it is stated
    **dict.fromkeys(("event", "fiscal-year", "interval", "passage", "source"), _GREY),
    **dict.fromkeys((*SCHEMES, "scheme"), _LIGHT),
}


def color_of(kind: str) -> str:
    """Return the colour of a kind as ``#rrggbb``."""
    return _COLORS.get(kind, _GREY)


def size_of(degree: int) -> float:
    """Return a node's diameter: its area grows with the number of its edges."""
    return round(10 + 4 * math.sqrt(degree), 1)
