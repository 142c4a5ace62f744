"""Evolution: strategies, pillars and measures over the years, and what became of each."""

from __future__ import annotations

from typing import Final

from stigraph.network.lenses.lens import Lens, of_kinds
from stigraph.network.lenses.strategy import SETS_OUT
from stigraph.vocab import STI

__all__ = ["LENS"]

LENS: Final = Lens(
    "年ごとの戦略・柱・施策と、その引き継ぎや書き換え",
    "strategies, pillars and measures over the years, and how they were carried on",
    f"{SETS_OUT} UNION {{ {of_kinds(('alignment',))} }}",
    (
        STI.answersDebateOn,
        STI.completesPlan,
        STI.continues,
        STI.directsTowards,
        STI.fromMeasure,
        STI.implementsPlan,
        STI.inDocument,
        STI.overviewOf,
        STI.toMeasure,
    ),
    timeline=True,
)
