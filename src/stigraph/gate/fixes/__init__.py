"""Fixes: how a finding may be mended, each one an edit of the text or a move of the file.

A fixer takes a finding and the bench and returns a fix, or None where it has none to propose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from stigraph.gate.finding import Finding, Fix, Report
from stigraph.gate.fixes.bench import Bench
from stigraph.gate.fixes.form import unformatted
from stigraph.gate.fixes.languages import untagged
from stigraph.gate.fixes.moves import misplaced, renamed
from stigraph.gate.fixes.prefixes import misbound, undeclared
from stigraph.gate.fixes.spelling import misspelt, successor
from stigraph.gate.fixes.values import (
    fiscal_year,
    grouped_digits,
    unread_value,
    unreadable_number,
)

__all__ = ["FIXERS", "Bench", "Fixer", "with_fixes"]

Fixer = Callable[[Finding, Bench], Fix | None]

FIXERS: Final[tuple[Fixer, ...]] = (
    undeclared,
    unreadable_number,
    misbound,
    fiscal_year,
    grouped_digits,
    unread_value,
    untagged,
    renamed,
    misspelt,
    successor,
    misplaced,
    unformatted,
)
"""Every fixer; the first that has a fix to propose is heard."""


def with_fixes(report: Report, bench: Bench) -> Report:
    """Return ``report`` with the fix of each finding that has one."""
    found = tuple(replace(each, fix=_fix(each, bench)) for each in report.findings)
    return replace(report, findings=found)


def _fix(found: Finding, bench: Bench) -> Fix | None:
    proposals = (fixer(found, bench) for fixer in FIXERS)
    return next((fix for fix in proposals if fix is not None), None)
