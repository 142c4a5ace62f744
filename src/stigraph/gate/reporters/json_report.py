"""The report for machines: one JSON object, ``"version": 1``."""

from __future__ import annotations

import json

from stigraph.gate.finding import Finding, Report

__all__ = ["render"]


def render(report: Report, lang: str) -> str:  # noqa: ARG001 - both languages are in the report
    """Return ``report`` as JSON; messages are in both languages whatever ``lang`` is."""
    document = {
        "version": 1,
        "conforms": report.conforms,
        "checked": report.checked,
        "findings": [_finding(found) for found in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(found: Finding) -> dict[str, object]:
    place = found.place
    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": found.file,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
        "focus": found.focus,
        "path": found.path,
        "value": found.value.value if found.value else None,
        "component": found.component,
        "source_shape": found.source_shape,
        "message": {"ja": found.message.ja, "en": found.message.en},
        "fix": None,
    }
