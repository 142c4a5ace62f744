"""The gate: whether an entry may be merged, and if not, why, where and how to mend it."""

from __future__ import annotations

from stigraph.lazy import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import changed_lines as changed_lines
    from stigraph.gate.coverage import Coverage as Coverage
    from stigraph.gate.coverage import measure_coverage as measure_coverage
    from stigraph.gate.deadline import Progress as Progress
    from stigraph.gate.deadline import Work as Work
    from stigraph.gate.deadline import within as within
    from stigraph.gate.finding import Edit as Edit
    from stigraph.gate.finding import Finding as Finding
    from stigraph.gate.finding import Fix as Fix
    from stigraph.gate.finding import Message as Message
    from stigraph.gate.finding import Move as Move
    from stigraph.gate.finding import Place as Place
    from stigraph.gate.finding import Report as Report
    from stigraph.gate.finding import Severity as Severity
    from stigraph.gate.foreign import validate_data as validate_data
    from stigraph.gate.reporters import REPORTERS as REPORTERS
    from stigraph.gate.reporters import render as render
    from stigraph.gate.reporters.view import View as View
    from stigraph.gate.run import validate_project as validate_project
    from stigraph.gate.selection import ENGINES as ENGINES
    from stigraph.gate.selection import Selection as Selection
    from stigraph.gate.service import validate_service as validate_service
    from stigraph.gate.statistics import Statistics as Statistics
    from stigraph.gate.statistics import measure_statistics as measure_statistics

__all__ = [
    "ENGINES",
    "REPORTERS",
    "Coverage",
    "Edit",
    "Finding",
    "Fix",
    "Message",
    "Move",
    "Place",
    "Progress",
    "Report",
    "Selection",
    "Severity",
    "Statistics",
    "View",
    "Work",
    "changed_lines",
    "measure_coverage",
    "measure_statistics",
    "render",
    "validate_data",
    "validate_project",
    "validate_service",
    "within",
]

__getattr__ = lazily(
    __name__,
    {
        "ENGINES": "stigraph.gate.selection",
        "REPORTERS": "stigraph.gate.reporters",
        "Coverage": "stigraph.gate.coverage",
        "Edit": "stigraph.gate.finding",
        "Finding": "stigraph.gate.finding",
        "Fix": "stigraph.gate.finding",
        "Message": "stigraph.gate.finding",
        "Move": "stigraph.gate.finding",
        "Place": "stigraph.gate.finding",
        "Progress": "stigraph.gate.deadline",
        "Report": "stigraph.gate.finding",
        "Selection": "stigraph.gate.selection",
        "Severity": "stigraph.gate.finding",
        "Statistics": "stigraph.gate.statistics",
        "View": "stigraph.gate.reporters.view",
        "Work": "stigraph.gate.deadline",
        "changed_lines": "stigraph.gate.changes",
        "measure_coverage": "stigraph.gate.coverage",
        "measure_statistics": "stigraph.gate.statistics",
        "render": "stigraph.gate.reporters",
        "validate_data": "stigraph.gate.foreign",
        "validate_project": "stigraph.gate.run",
        "validate_service": "stigraph.gate.service",
        "within": "stigraph.gate.deadline",
    },
)
