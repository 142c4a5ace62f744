"""One finding a line: ``file:line:column: severity CODE message``."""

from __future__ import annotations

from stigraph.gate.finding import Finding, Report
from stigraph.vocab import shorten

__all__ = ["render"]


def render(report: Report, lang: str) -> str:
    """Return the findings of ``report``, one a line; empty where there are none."""
    return "".join(f"{_line(found, lang)}\n" for found in report.findings)


def _line(found: Finding, lang: str) -> str:
    place = f"{found.place.line}:{found.place.column}" if found.place else "1:1"
    subject = f" [{shorten(found.focus)}]" if found.focus else ""
    return (
        f"{found.file or '-'}:{place}: {found.severity} {found.code} "
        f"{found.message.text(lang)}{subject}"
    )
