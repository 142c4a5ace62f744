"""Money: who gives it, what it goes to and which fields that serves, by kind and year.

Who takes part in an event about a programme is no payer: those bodies are in ``institutions``.
"""

from __future__ import annotations

from typing import Final

from stigraph.network.lenses.lens import BODIES, INITIATIVES, Lens
from stigraph.network.lenses.programmes import THROUGH_MEASURES
from stigraph.vocab import STI

__all__ = ["LENS"]

_PAID = f"?allocation a <{STI.BudgetAllocation}> ; <{STI.forInitiative}> ?initiative ."

LENS: Final = Lens(
    "機関・年度 → 制度 → 分野の資金（辺の種類は金額の種類、重みは円）",
    "money from bodies and years to programmes and fields (an edge's kind is that of the amount, "
    "its weight the yen)",
    f"""
    {{ ?node a <{STI.BudgetAllocation}> }}
    UNION {{ ?allocation a <{STI.BudgetAllocation}> ;
             <{STI.forInitiative}>|<{STI.forPart}>|<{STI.firstFiscalYear}> ?node }}
    UNION {{ {_PAID} ?initiative <{STI.inField}>|<{STI.fundedBy}> ?node }}
    UNION {{ {_PAID} ?measure a <{STI.Measure}> ; <{STI.uses}> ?initiative ;
             <{STI.inField}> ?node }}""",
    (
        STI.firstFiscalYear,
        STI.forInitiative,
        STI.forPart,
        STI.fundedBy,
        STI.inField,
        STI.lastFiscalYear,
        STI.partOfAmount,
        STI.partOfInitiative,
        STI.sumOf,
    ),
    (THROUGH_MEASURES,),
    columns=(
        (*BODIES, "fiscal-year"),
        ("allocation", "initiative-part"),
        INITIATIVES,
        ("field",),
    ),
    by_money=True,
)
