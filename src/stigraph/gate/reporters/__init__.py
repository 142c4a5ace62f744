"""Reporters: one file a format; each turns a report into text.

A module has one function, ``render(report, view)``. It is imported when its format is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.finding import Report
    from stigraph.gate.reporters.view import View

__all__ = ["REPORTERS", "render"]

REPORTERS: Final[dict[str, str]] = {
    "full": "stigraph.gate.reporters.full",
    "concise": "stigraph.gate.reporters.concise",
    "json": "stigraph.gate.reporters.json_report",
    "jsonl": "stigraph.gate.reporters.jsonl",
    "github": "stigraph.gate.reporters.github",
    "sarif": "stigraph.gate.reporters.sarif",
    "junit": "stigraph.gate.reporters.junit",
    "markdown": "stigraph.gate.reporters.markdown",
    "turtle": "stigraph.gate.reporters.turtle_report",
}
"""Format → the module that writes it; the first is the default."""


def render(form: str, report: Report, view: View) -> str:
    """Return ``report`` in the format ``form``, one of :data:`REPORTERS`."""
    text: str = import_module(REPORTERS[form]).render(report, view)
    return text
