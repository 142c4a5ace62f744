"""Numbers, dates and fiscal years as people write them, read as the values that they are.

What a phrase may say is known in :mod:`stigraph.gate.figures`; here a whole text has to be one
value, and nothing is guessed: a text that can be read in two ways is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

from stigraph.gate.figures import Figure, read_figures
from stigraph.terms import Literal
from stigraph.vocab import XSD

__all__ = ["read_fiscal_year", "read_value"]

_PLAIN: Final = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)")
_SCALED: Final = re.compile(
    r"(?=.*[兆億万円])(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[千百]?[兆億万]?)+円?"
)
_NUMERIC_DATE: Final = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_COMPACT_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?(?:Z|[+-]\d{2}:\d{2})?")
_SHORT_ERA: Final = re.compile(r"([RHS])(\d{1,2})[./](\d{1,2})[./](\d{1,2})")
_ERAS: Final = {"R": 2018, "H": 1988, "S": 1925}
_DATED: Final = {"date": XSD.date, "month": XSD.gYearMonth, "year": XSD.gYear}
_WORDED: Final = re.compile(r"(?:令和|平成|昭和|西暦)?[\d元]+年(?:\d+月(?:\d+日)?)?")
_FISCAL: Final = re.compile(r"(?:FY)?((?:令和|平成|昭和)?[\d元]+)(?:年度|年)?", re.IGNORECASE)


def read_value(text: str, datatypes: Iterable[str]) -> Literal | None:
    """Return the literal of one of ``datatypes`` that ``text`` stands for, None if none does.

    >>> read_value("２，０６０億円", [XSD.integer]).value
    '206000000000'
    >>> read_value("令和7年4月1日", [XSD.date]).value
    '2025-04-01'
    """
    wanted = frozenset(datatypes)
    normal = "".join(unicodedata.normalize("NFKC", text).split())
    number = _whole_number(normal) if XSD.integer in wanted else None
    found = Literal(number, XSD.integer) if number is not None else _day(normal)
    if found is None or found.datatype not in wanted:
        return None
    return found


def read_fiscal_year(text: str) -> str | None:
    """Return the year that a fiscal year begins in: 2022年度, 令和4年度, FY2022 or 2022.

    >>> read_fiscal_year("令和４年度")
    '2022'
    """
    normal = "".join(unicodedata.normalize("NFKC", text).split())
    match = _FISCAL.fullmatch(normal)
    if match is None:
        return None
    figure = _only(f"{match[1]}年度", "fiscal-year")
    return figure.value if figure else None


def _whole_number(text: str) -> str | None:
    if _PLAIN.fullmatch(text):
        return str(int(text.replace(",", "")))
    if not _SCALED.fullmatch(text):
        return None
    figure = _only(text if text.endswith("円") else f"{text}円", "amount")
    return figure.value if figure and figure.value.isdigit() else None


def _only(text: str, *kinds: str) -> Figure | None:
    """Return the figure that ``text`` bears if it bears one alone, of one of ``kinds``."""
    reading = read_figures(text)
    if len(reading.figures) != 1 or reading.loose:
        return None
    (figure,) = reading.figures
    return figure if figure.kind in kinds else None


def _day(text: str) -> Literal | None:
    midnight = _MIDNIGHT.fullmatch(text)
    if midnight:
        return _checked(midnight[1].split("-"))
    era = _SHORT_ERA.fullmatch(text)
    if era:
        return _checked([str(_ERAS[era[1]] + int(era[2])), era[3], era[4]])
    numeric = _NUMERIC_DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if numeric:
        return _checked([part for part in numeric.groups() if part])
    if re.fullmatch(r"\d{4}", text):
        return Literal(text, XSD.gYear)
    figure = _only(text.removeprefix("西暦"), *_DATED) if _WORDED.fullmatch(text) else None
    return _checked(figure.value.split("-")) if figure else None


def _checked(parts: list[str]) -> Literal | None:
    """Return year, month and day as a literal as exact as they are, None if no calendar has it."""
    numbers = [int(part) for part in parts]
    try:
        day = date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    datatype = (XSD.gYear, XSD.gYearMonth, XSD.date)[len(numbers) - 1]
    return Literal(day.isoformat()[: (4, 7, 10)[len(numbers) - 1]], datatype)
