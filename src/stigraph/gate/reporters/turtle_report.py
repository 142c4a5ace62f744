"""The standard validation report (SHACL, section 3.6) in Turtle: SHACL results alone."""

from __future__ import annotations

from stigraph.gate.finding import Report
from stigraph.shacl import report_turtle

__all__ = ["render"]


def render(report: Report, lang: str) -> str:  # noqa: ARG001 - messages are in every language
    """Return the SHACL results of ``report`` as a ``sh:ValidationReport``."""
    return report_turtle(report.results)
