"""Dates as exact as their source, and the bounds that make them comparable.

A month is a month and a year is a year (XSD 1.1 Part 2, sections 3.3.9 to
3.3.12); what can be compared is the first and the last day that each may mean.
Japan's fiscal year runs from 1 April to 31 March.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from stigraph.terms import Literal
from stigraph.vocab import XSD

__all__ = ["Bounds", "bounds", "fiscal_year_bounds", "parse_bounds"]

_FORMS = {
    XSD.date: re.compile(r"(\d{4})-(\d{2})-(\d{2})$"),
    XSD.gYearMonth: re.compile(r"(\d{4})-(\d{2})$"),
    XSD.gYear: re.compile(r"(\d{4})$"),
}


@dataclass(frozen=True, slots=True, order=True)
class Bounds:
    """The first and the last day that a date may mean."""

    earliest: date
    latest: date


def bounds(literal: Literal) -> Bounds | None:
    """Return the bounds of an ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``, else None.

    None also stands for a date that no calendar has (2025-02-30).
    """
    form = _FORMS.get(literal.datatype)
    match = form.match(literal.value) if form else None
    return _span([int(part) for part in match.groups()]) if match else None


def parse_bounds(text: str) -> Bounds | None:
    """Return the bounds of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as people type it, else None."""
    for form in _FORMS.values():
        match = form.match(text)
        if match:
            return _span([int(part) for part in match.groups()])
    return None


def fiscal_year_bounds(year: int) -> Bounds:
    """Return 1 April of ``year`` and 31 March of the next."""
    return Bounds(date(year, 4, 1), date(year + 1, 3, 31))


def _span(parts: list[int]) -> Bounds | None:
    try:
        match parts:
            case [year]:
                return Bounds(date(year, 1, 1), date(year, 12, 31))
            case [year, month]:
                return Bounds(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            case [year, month, day]:
                return Bounds(date(year, month, day), date(year, month, day))
    except ValueError:
        pass
    return None
