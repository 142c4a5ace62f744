"""Lexical forms of XML Schema datatypes (XML Schema 1.1, part 2) and comparison by value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final

from stigraph.terms import Literal
from stigraph.vocab import RDF, XSD

__all__ = ["number", "well_formed"]

_INTEGER: Final = re.compile(r"[+-]?[0-9]+\Z", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z", re.ASCII)
_DOUBLE: Final = re.compile(
    r"(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN)\Z", re.ASCII
)
_ZONE: Final = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR: Final = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_TIME: Final = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DURATION_TIME: Final = r"T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?"

_PATTERNS: Final = {
    XSD.boolean: r"(?:true|false|1|0)",
    XSD.time: _TIME + _ZONE,
    XSD.gYear: _YEAR + _ZONE,
    XSD.gYearMonth: rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}",
    XSD.gMonth: rf"--(?:0[1-9]|1[0-2]){_ZONE}",
    XSD.gDay: rf"---(?:0[1-9]|[12][0-9]|3[01]){_ZONE}",
    XSD.gMonthDay: r"--(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))" + _ZONE,
    XSD.duration: rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:{_DURATION_TIME})?",
    XSD.dayTimeDuration: rf"-?P(?=[0-9T])(?:[0-9]+D)?(?:{_DURATION_TIME})?",
    XSD.yearMonthDuration: r"-?P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?",
    XSD.hexBinary: r"(?:[0-9A-Fa-f]{2})*",
    XSD.base64Binary: r"(?:(?:[A-Za-z0-9+/] ?){4})*"
    r"(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
    XSD.language: r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
}


@cache
def _day_of_year() -> re.Pattern[str]:
    return re.compile(rf"({_YEAR})-([0-9]{{2}})-([0-9]{{2}})(?:T{_TIME})?{_ZONE}\Z")


@cache
def _pattern(iri: str) -> re.Pattern[str]:
    """Return the pattern of a datatype, compiled when it is first needed."""
    return re.compile(rf"(?:{_PATTERNS[iri]})\Z")


_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    XSD.integer: (None, None),
    XSD.byte: (-(2**7), 2**7 - 1),
    XSD.short: (-(2**15), 2**15 - 1),
    XSD.int: (-(2**31), 2**31 - 1),
    XSD.long: (-(2**63), 2**63 - 1),
    XSD.unsignedByte: (0, 2**8 - 1),
    XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedInt: (0, 2**32 - 1),
    XSD.unsignedLong: (0, 2**64 - 1),
    XSD.positiveInteger: (1, None),
    XSD.negativeInteger: (None, -1),
    XSD.nonNegativeInteger: (0, None),
    XSD.nonPositiveInteger: (None, 0),
}


def _is_date(text: str, *, with_time: bool, with_zone: bool = False) -> bool:
    found = _day_of_year().match(text)
    if found is None or ("T" in text) is not with_time:
        return False
    if with_zone and not re.search(r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z", text[10:]):
        return False
    # The calendar repeats every 400 years; Python's ends with the year 9999.
    year = int(found[1]) % 400 + 400
    try:
        date(year, int(found[2]), int(found[3]))
    except ValueError:
        return False
    return True


def _in_range(text: str, datatype: str) -> bool:
    if not _INTEGER.match(text):
        return False
    low, high = _RANGES[datatype]
    if low is None and high is None:
        return True
    value = Decimal(text)
    return (low is None or value >= low) and (high is None or value <= high)


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    XSD.decimal: lambda text: _DECIMAL.match(text) is not None,
    XSD.double: lambda text: _DOUBLE.match(text) is not None,
    XSD.float: lambda text: _DOUBLE.match(text) is not None,
    XSD.date: lambda text: _is_date(text, with_time=False),
    XSD.dateTime: lambda text: _is_date(text, with_time=True),
    XSD.dateTimeStamp: lambda text: _is_date(text, with_time=True, with_zone=True),
}


def well_formed(literal: Literal) -> bool:
    """Return whether the lexical form of ``literal`` is one of its datatype.

    Datatypes without lexical rules here are taken as they are.
    """
    datatype = literal.datatype
    if datatype == RDF.langString:
        return literal.language is not None
    if datatype in _RANGES:
        return _in_range(literal.value, datatype)
    if datatype in _CHECKS:
        return _CHECKS[datatype](literal.value)
    return datatype not in _PATTERNS or _pattern(datatype).match(literal.value) is not None


def number(literal: Literal) -> Decimal | None:
    """Return the exact value of a well-formed integer or decimal, else None."""
    if (literal.datatype in _RANGES or literal.datatype == XSD.decimal) and well_formed(literal):
        try:
            return Decimal(literal.value)
        except InvalidOperation:
            return None
    return None
