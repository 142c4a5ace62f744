"""Programmes: programmes, funds and hubs with their pillars, fields and bodies."""

from __future__ import annotations

from typing import Final

from stigraph.network.lenses.lens import BODIES, INITIATIVES, Lens, Shortcut, is_of, of_kinds
from stigraph.vocab import STI

__all__ = ["LENS", "THROUGH_MEASURES"]

THROUGH_MEASURES: Final = Shortcut(
    f"?through a <{STI.Measure}> ; <{STI.uses}> ?source ; <{STI.inField}> ?target .",
    STI.uses,
    "usedInField",
    "分野の施策が用いる",
    "used by measures of the field",
)
"""From an initiative to the fields of the measures that use it."""

_EVENT = f"<{STI.about}> ?thing ; <{STI.decidedBy}>|<{STI.participant}>"
_THING = is_of(INITIATIVES, "?thing")

LENS: Final = Lens(
    "制度・基金・拠点と、その柱・分野・機関",
    "programmes, funds and hubs with their pillars, fields and bodies",
    f"""
    {{ {of_kinds((*INITIATIVES, "initiative-part", "field"))} }}
    UNION {{ ?thing <{STI.underPillar}> ?node {_THING} }}
    UNION {{ ?node {_EVENT} ?body {_THING} }}
    UNION {{ ?event {_EVENT} ?node {_THING} }}""",
    (
        STI.about,
        STI.decidedBy,
        STI.fundedBy,
        STI.inField,
        STI.partOfInitiative,
        STI.participant,
        STI.underPillar,
    ),
    (THROUGH_MEASURES,),
    columns=(("pillar", *BODIES), INITIATIVES, ("initiative-part", "field", "event")),
)
