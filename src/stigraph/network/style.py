"""How nodes and edges look: a colour for each family of kinds, a size by degree or by money.

The colours are those of Okabe and Ito (2008), "Color Universal Design", chosen
to be told apart by people with any common form of colour vision.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stigraph.network.lenses.lens import BODIES, INITIATIVES
from stigraph.vocab import SCHEMES

__all__ = [
    "EDGE_COLOR",
    "FAMILIES",
    "Family",
    "color_of",
    "families_of",
    "size_by_money",
    "size_of",
]

EDGE_COLOR: Final = "#bbbbbb"
_LEAST: Final = 10.0
_MOST: Final = 60.0


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds that are alike and share a colour; the names are those of the legend."""

    color: str
    ja: str
    en: str
    kinds: tuple[str, ...]


FAMILIES: Final = (
    Family(
        "#0072b2",
        "計画・戦略・文書・法",
        "plans, strategies, documents, law",
        ("basic-plan", "annual-strategy", "field-strategy", "document", "law"),
    ),
    Family("#56b4e9", "柱・施策群", "pillars, groups of measures", ("pillar", "measure-group")),
    Family(
        "#009e73",
        "施策・進捗・対応",
        "measures, progress, alignments",
        ("measure", "progress", "alignment"),
    ),
    Family("#f0e442", "分野", "fields", ("field",)),
    Family(
        "#cc79a7",
        "目標・指標・評価",
        "goals, targets, indicators, assessments",
        ("goal", "target", "indicator", "assessment"),
    ),
    Family("#d55e00", "制度・基金・拠点", "programmes, funds, hubs", INITIATIVES),
    Family(
        "#e69f00",
        "資金・期・施設",
        "money, phases, facilities",
        ("initiative-part", "allocation", "count", "system", "facility"),
    ),
    Family("#333333", "機関・職", "institutions, posts", BODIES),
    Family("#999999", "出来事・時期・典拠", "events, times, evidence", ()),
    Family("#cccccc", "コード表", "code lists", (*SCHEMES, "scheme")),
)
"""In the order of the legend. The family without kinds takes what no other has."""

_OTHER: Final = next(family for family in FAMILIES if not family.kinds)
_FAMILY_OF: Final = {kind: family for family in FAMILIES for kind in family.kinds}


def color_of(kind: str) -> str:
    """Return the colour of a kind as ``#rrggbb``."""
    return _FAMILY_OF.get(kind, _OTHER).color


def families_of(kinds: Iterable[str]) -> Iterator[Family]:
    """Yield the families that ``kinds`` are of, in the order of the legend."""
    found = {_FAMILY_OF.get(kind, _OTHER).color for kind in kinds}
    yield from (family for family in FAMILIES if family.color in found)


def size_of(degree: int) -> float:
    """Return a node's diameter: its area grows with the number of its edges."""
    return round(min(_LEAST + 4 * math.sqrt(degree), _MOST), 1)


def size_by_money(amount: float, largest: float) -> float:
    """Return a node's diameter: its area grows with ``amount``; that of ``largest`` is fixed."""
    return round(_LEAST + (_MOST - _LEAST) * math.sqrt(amount / largest), 1)
