"""Literals as Python values, by their XSD datatype (XSD 1.1 Part 2, sections 3.3 and 3.4).

What Python has no type for keeps its lexical form as text: ``2025-04`` is a
month and stays one. So does a literal that isn't in its datatype's lexical
space, or that Python's type can't hold, such as a date in the year 12000.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import XSD

__all__ = ["Value", "python_value"]

Value = str | int | float | bool | Decimal | date | datetime | time | timedelta | bytes

_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|[+-]?INF|NaN")
_YEAR = re.compile(r"-?[0-9]{4,}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_DATE_TIME = re.compile(f"{_DATE.pattern}T{_TIME.pattern}")
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(\.[0-9]+)?)S)?)?"
)
_HEX = re.compile(r"([0-9A-Fa-f]{2})*")
_BASE64 = re.compile(r"[A-Za-z0-9+/= ]*")


def python_value(term: Term) -> Value:
    """Return ``term`` as a Python value: an IRI as its text, a blank node as ``_:label``."""
    match term:
        case Iri(value):
            return value
        case Blank():
            return str(term)
        case Literal(value, datatype):
            return _of_literal(value, datatype)


def _of_literal(text: str, datatype: str) -> Value:
    known = _READERS.get(datatype)
    if known is None:
        return text
    form, read = known
    bare = text.strip(" \t\r\n")  # whiteSpace="collapse"
    if not form.fullmatch(bare):
        return text
    try:
        return read(bare)
    except (ValueError, ArithmeticError):  # no such day, or more than Python's type holds
        return text


def _double(text: str) -> float:
    return float(text.replace("INF", "inf"))


def _day_time(text: str) -> timedelta:
    match = _DURATION.fullmatch(text)
    parts = match.groupdict() if match else {}
    units = {
        name: float(parts[name]) for name in ("days", "hours", "minutes", "seconds") if parts[name]
    }
    if not units:
        raise ValueError(text)
    found = timedelta(**units)
    return -found if parts["sign"] else found


_INTEGERS: Final = (
    "integer long int short byte nonNegativeInteger nonPositiveInteger positiveInteger "
    "negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte"
)
_READERS: Final[Mapping[str, tuple[re.Pattern[str], Callable[[str], Value]]]] = {
    **{XSD[name]: (_INTEGER, int) for name in _INTEGERS.split()},
    XSD.gYear: (_YEAR, int),
    XSD.decimal: (_DECIMAL, Decimal),
    XSD.double: (_DOUBLE, _double),
    XSD.float: (_DOUBLE, _double),
    XSD.boolean: (re.compile("|".join(_BOOLEANS)), _BOOLEANS.__getitem__),
    XSD.date: (_DATE, date.fromisoformat),
    XSD.dateTime: (_DATE_TIME, datetime.fromisoformat),
    XSD.dateTimeStamp: (_DATE_TIME, datetime.fromisoformat),
    XSD.time: (_TIME, time.fromisoformat),
    XSD.dayTimeDuration: (_DURATION, _day_time),
    XSD.hexBinary: (_HEX, bytes.fromhex),
    XSD.base64Binary: (_BASE64, lambda text: b64decode(text.replace(" ", ""), validate=True)),
}
