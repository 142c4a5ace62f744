"""The report for machines: one JSON object, ``"version": 1``."""

from __future__ import annotations

import json

from stigraph.gate.finding import Edit, Finding, Fix, Message, Place, Report
from stigraph.gate.reporters.view import View

__all__ = ["as_json", "render"]


def render(report: Report, view: View) -> str:
    """Return ``report`` as JSON; messages are in both languages whatever the reader's is."""
    del view
    document = {
        "version": 1,
        "conforms": report.conforms,
        "checked": report.checked,
        "findings": [as_json(found) for found in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_json(found: Finding) -> dict[str, object]:
    """Return a finding as a JSON object."""
    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": found.file,
        **_span(found.place),
        "focus": found.focus,
        "path": found.path,
        "value": found.value.value if found.value else None,
        "component": found.component,
        "source_shape": found.source_shape,
        "message": _message(found.message),
        "fix": _fix(found.fix) if found.fix else None,
    }


def _span(place: Place | None) -> dict[str, int | None]:
    return {
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
    }


def _message(message: Message) -> dict[str, str]:
    return {"ja": message.ja, "en": message.en}


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "message": _message(fix.message),
        "safe": fix.safe,
        "edits": [_edit(edit) for edit in fix.edits],
        "moves": [{"file": move.file, "target": move.target} for move in fix.moves],
    }


def _edit(edit: Edit) -> dict[str, object]:
    return {"file": edit.file, **_span(edit.place), "text": edit.text}
