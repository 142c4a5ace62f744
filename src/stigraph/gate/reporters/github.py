"""Workflow commands of GitHub Actions: each finding as an annotation of its line.

GitHub shows ten annotations of a kind (error, warning, notice) for a step and drops the rest
without a word, so what stands on changed lines comes first and the last one counts what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from stigraph.gate.finding import Finding, Report, Severity
from stigraph.gate.reporters.view import View, first_place, named, page_url

__all__ = ["LIMIT", "render"]

LIMIT: Final = 10
"""How many annotations of a kind GitHub shows for a step."""

_KINDS: Final = {
    Severity.VIOLATION: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def render(report: Report, view: View) -> str:
    """Return the annotations that GitHub shows, and a count of all findings at the end."""
    if not report.findings:
        return ""
    shown = list(_shown(sorted(report.findings, key=lambda found: _rank(found, view))))
    lines = [*(_annotation(found, view) for found in shown), _count(report, len(shown), view)]
    return "".join(f"{line}\n" for line in lines)


def _rank(found: Finding, view: View) -> tuple[bool, int]:
    changed = (view.changed or {}).get(found.file or "", frozenset())
    first = first_place(found)[0]
    last = found.place.end_line if found.place else first
    touched = any(line in changed for line in range(first, last + 1))
    return not touched, list(_KINDS).index(found.severity)


def _shown(findings: Iterable[Finding]) -> Iterator[Finding]:
    # The count at the end is a notice itself.
    left = Counter({"error": LIMIT, "warning": LIMIT, "notice": LIMIT - 1})
    for found in findings:
        if left[_KINDS[found.severity]] > 0:
            left[_KINDS[found.severity]] -= 1
            yield found


def _annotation(found: Finding, view: View) -> str:
    name = named(found, view)
    message = f"{view.say(found.message)}{f' [{name}]' if name else ''}\n{page_url(found.code)}"
    properties = {**_place(found), "title": f"stigraph {found.code}"}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_KINDS[found.severity]} {listed}::{_data(message)}"


def _place(found: Finding) -> dict[str, str]:
    if found.file is None:
        return {}
    if found.place is None:
        return {"file": found.file, "line": "1"}
    place = found.place
    lines = {"file": found.file, "line": str(place.line), "endLine": str(place.end_line)}
    if place.line != place.end_line:  # GitHub refuses columns of several lines
        return lines
    return {**lines, "col": str(place.column), "endColumn": str(place.end_column)}


def _count(report: Report, shown: int, view: View) -> str:
    counted = Counter(found.severity for found in report.findings)
    hidden = len(report.findings) - shown
    listed = ", ".join(f"{counted[severity]} {severity}" for severity in _KINDS)
    text = view.pick(
        f"全部で{len(report.findings)}件（{listed}）",
        f"{len(report.findings)} in all ({listed})",
    )
    if hidden:
        text += view.pick(f"。うち{hidden}件はここに示していない", f"; {hidden} are not shown here")
    return f"::notice title=stigraph validate::{_data(text)}"


def _data(text: str) -> str:
    """Return ``text`` escaped as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return ``text`` escaped as the value of a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
