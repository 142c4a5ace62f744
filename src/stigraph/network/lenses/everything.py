"""Everything: every entry and every statement that joins two. Code lists are no hubs."""

from __future__ import annotations

from typing import Final

from stigraph.network.lenses.lens import Lens
from stigraph.vocab import ID

__all__ = ["LENS"]

LENS: Final = Lens(
    "オントロジーの用語とコード表のほかすべて（RDF にはコード表も）",
    "everything but the ontology's terms and, save in RDF, the code lists",
    f'?node a ?class FILTER(isIRI(?node) && STRSTARTS(STR(?node), "{ID}"))',
)
