"""One finding a line: ``file:line:column: severity CODE message``."""

from __future__ import annotations

from stigraph.display import clean
from stigraph.gate.finding import Finding, Report
from stigraph.gate.reporters.view import View, first_place, named

__all__ = ["headline", "render"]


def render(report: Report, view: View) -> str:
    """Return the findings of ``report``, one a line; empty where there are none."""
    return "".join(f"{headline(found, view)}{_subject(found, view)}\n" for found in report.findings)


def headline(found: Finding, view: View) -> str:
    """Return place, severity, code and message of a finding on one line."""
    line, column = first_place(found)
    place = f"{found.file or '-'}:{line}:{column}"
    return clean(f"{place}: {found.severity} {found.code} {view.say(found.message)}")


def _subject(found: Finding, view: View) -> str:
    name = clean(named(found, view))
    return f" [{name}]" if name else ""
