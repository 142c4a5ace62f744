"""One JSON object a finding, one a line: for programs that read as they go."""

from __future__ import annotations

import json

from stigraph.gate.finding import Report
from stigraph.gate.reporters.json_report import as_json
from stigraph.gate.reporters.view import View

__all__ = ["render"]


def render(report: Report, view: View) -> str:
    """Return the findings of ``report`` as they are in the JSON report, one a line."""
    del view
    return "".join(json.dumps(as_json(f), ensure_ascii=False) + "\n" for f in report.findings)
