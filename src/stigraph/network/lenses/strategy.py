"""Strategy: documents, the pillars they set up, the measures under these, and their fields."""

from __future__ import annotations

from typing import Final

from stigraph.network.lenses.lens import Lens, of_kinds
from stigraph.vocab import STI

__all__ = ["LENS", "SETS_OUT"]

SETS_OUT: Final = f"""
    {{ {of_kinds(("basic-plan", "annual-strategy", "pillar", "measure"))} }}
    UNION {{ ?measure a <{STI.Measure}> ; <{STI.inDocument}> ?node }}"""
"""Plans and strategies, pillars, measures, and the papers that state measures."""

LENS: Final = Lens(
    "文書 → 柱 → 施策 → 分野",
    "documents → pillars → measures → fields",
    f"{SETS_OUT} UNION {{ {of_kinds(('field',))} }}",
    (
        STI.answersDebateOn,
        STI.completesPlan,
        STI.continues,
        STI.directsTowards,
        STI.implementsPlan,
        STI.inDocument,
        STI.inField,
        STI.overviewOf,
        STI.underPillar,
    ),
    columns=(
        ("basic-plan", "annual-strategy", "document"),
        ("pillar",),
        ("measure",),
        ("field",),
    ),
)
