"""The standard validation report (SHACL, section 3.6) in Turtle: SHACL results alone."""

from __future__ import annotations

from stigraph.gate.finding import Report
from stigraph.gate.reporters.view import View
from stigraph.shacl import report_turtle

__all__ = ["render"]


def render(report: Report, view: View) -> str:
    """Return the SHACL results of ``report`` as a ``sh:ValidationReport``, in every language."""
    del view
    return report_turtle(report.results)
