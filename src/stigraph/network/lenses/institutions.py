"""Institutions: who decides, publishes, issues, is part of and takes part in what."""

from __future__ import annotations

from typing import Final

from stigraph.network.lenses.lens import BODIES, Lens, is_of, of_kinds
from stigraph.vocab import STI

__all__ = ["LENS"]

_ACTS = (STI.decidedBy, STI.issuedBy, STI.participant, STI.publishedBy, STI.uses)
_DONE = "|".join(f"<{name}>" for name in _ACTS)

LENS: Final = Lens(
    "機関が何を決め、公表し、何に加わるか",
    "who decides, publishes and takes part in what",
    f"""
    {{ {of_kinds(BODIES)} }}
    UNION {{ ?node {_DONE} ?body {is_of(BODIES, "?body")} }}
    UNION {{ ?event a <{STI.PolicyEvent}> ; <{STI.decidedBy}>|<{STI.participant}> ?body ;
             <{STI.about}> ?node }}
    UNION {{ ?node a <{STI.PolicyEvent}> ; <{STI.about}> ?body
             {is_of(BODIES, "?body")} }}""",
    (*_ACTS, STI.about, STI.partOfOrganisation),
    columns=(BODIES, ("*",)),
)
