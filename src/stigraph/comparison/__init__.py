"""What a change of the graph means, in the terms of policy."""

from __future__ import annotations

from stigraph.comparison.compare import compare
from stigraph.comparison.model import Action, Change, Kind
from stigraph.comparison.reports import REPORTS, Comparison
from stigraph.comparison.snapshot import Snapshot
from stigraph.comparison.states import read_states

__all__ = [
    "REPORTS",
    "Action",
    "Change",
    "Comparison",
    "Kind",
    "Snapshot",
    "compare",
    "read_states",
]
