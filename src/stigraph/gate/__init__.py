"""The gate: whether an entry may be merged, and if not, why, where and how to mend it."""

from __future__ import annotations

from stigraph.gate.coverage import Coverage, measure_coverage
from stigraph.gate.deadline import Progress, Work, within
from stigraph.gate.finding import Finding, Message, Place, Report, Severity
from stigraph.gate.foreign import validate_data
from stigraph.gate.reporters import REPORTERS
from stigraph.gate.run import ENGINES, Selection, validate_project
from stigraph.gate.statistics import Statistics, measure_statistics

__all__ = [
    "ENGINES",
    "REPORTERS",
    "Coverage",
    "Finding",
    "Message",
    "Place",
    "Progress",
    "Report",
    "Selection",
    "Severity",
    "Statistics",
    "Work",
    "measure_coverage",
    "measure_statistics",
    "validate_data",
    "validate_project",
    "within",
]
