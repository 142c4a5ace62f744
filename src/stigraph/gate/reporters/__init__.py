"""Reporters: one file a format; each turns a report into text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from stigraph.gate.finding import Report
from stigraph.gate.reporters import concise, json_report, turtle_report

__all__ = ["REPORTERS", "Reporter"]

Reporter = Callable[[Report, str], str]

REPORTERS: Final[dict[str, Reporter]] = {
    "concise": concise.render,
    "json": json_report.render,
    "turtle": turtle_report.render,
}
