"""Values in a form that their property doesn't take: numbers, dates, fiscal years, datatypes."""

from __future__ import annotations

import re
from typing import Final

from stigraph.gate.finding import Edit, Finding, Fix, Message
from stigraph.gate.fixes.bench import Bench, Source
from stigraph.gate.fixes.readings import read_fiscal_year, read_value
from stigraph.gate.fixes.spelling import replacement
from stigraph.terms import Iri, Literal
from stigraph.vocab import PREFIXES, SH, STI, XSD, kind_of

__all__ = ["fiscal_year", "grouped_digits", "unread_value", "unreadable_number"]

_GROUPED: Final = re.compile(r"(?<![\w,.])\d{1,3}(?:,\d{3})+(?![\w,])")
_FIGURE: Final = re.compile(r"[0-9０-９,，.．兆億万千百円年度月日令和平成昭和元/／－-]+")
_DATES: Final = (XSD.date, XSD.gYearMonth, XSD.gYear)
_READABLE: Final = frozenset({XSD.integer, *_DATES})
_INTEGERS: Final = re.compile(
    r"int|long|short|byte|(?:non)?(?:positive|negative)integer|unsigned\w+", re.IGNORECASE
)


def unread_value(found: Finding, bench: Bench) -> Fix | None:
    """Propose the number or date that a text stands for, where the property takes it."""
    source, value = bench.source(found.file), found.value
    if source is None or found.place is None or not isinstance(value, Literal):
        return None
    asked = bench.expected(found.source_shape).datatypes & _READABLE
    if found.code == "STI017":
        asked = frozenset(_DATES if value.datatype in _DATES else {value.datatype}) & _READABLE
    elif found.code == "STI014":
        asked = _near_datatypes(value.datatype)
    elif found.component is None:
        return None
    new = read_value(value.value, asked)
    if new is None or new == value:
        return None
    text = new.value if new.datatype == XSD.integer else _typed(source, new)
    if text is None:
        return None
    return Fix(
        Message(f"{text} と書く", f"write {text}"),
        (Edit(source.name, found.place, text),),
        safe=True,
    )


def _near_datatypes(datatype: str) -> frozenset[str]:
    """Return the datatypes of the data that hold the values of one that isn't among them."""
    name = datatype.removeprefix(XSD)
    if _INTEGERS.fullmatch(name):
        return frozenset({XSD.integer})
    return frozenset({XSD.date}) if name == "dateTime" else frozenset()


def _typed(source: Source, literal: Literal) -> str | None:
    prefix = next((n for n, m in source.prefixes.items() if m["iri"] == PREFIXES["xsd"]), None)
    name = literal.datatype.removeprefix(XSD)
    datatype = f"{prefix}:{name}" if prefix is not None else f"<{literal.datatype}>"
    return f'"{literal.value}"^^{datatype}'


def fiscal_year(found: Finding, bench: Bench) -> Fix | None:
    """Propose the entry of a fiscal year that is written as a text, a number or in an era."""
    value = found.value
    if value is None or found.place is None:
        return None
    if isinstance(value, Iri):
        if found.code != "STI011" or kind_of(value.value) != "fiscal-year":
            return None
        text = value.value.rpartition("/")[2]
    elif STI.FiscalYear in bench.expected(found.source_shape).classes:
        text = value.value
    else:
        return None
    year = read_fiscal_year(text)
    iri = f"{PREFIXES['fiscal-year']}{year}"
    if year is None or iri not in bench.entries:
        return None
    return replacement(found, bench, iri, safe=True)


def grouped_digits(found: Finding, bench: Bench) -> Fix | None:
    """Propose one number for ``2,060``, which Turtle reads as the two values 2 and 60."""
    source = bench.source(found.file)
    if found.component != SH.MaxCountConstraintComponent or source is None or found.place is None:
        return None
    at = source.offset(found.place.line, found.place.column)
    first = source.text.rfind("\n", 0, at) + 1
    for match in _GROUPED.finditer(source.text, first):
        if match.start() > at:
            return None
        if match.end() > at:
            return _as_number(source, match, match[0].replace(",", ""))
    return None


def unreadable_number(found: Finding, bench: Bench) -> Fix | None:
    """Propose the number or date for one that stops the file from being read: ``２０６０億円``."""
    source = bench.source(found.file)
    if found.code != "STI001" or source is None or found.place is None:
        return None
    at = source.offset(found.place.line, found.place.column)
    first = source.text.rfind("\n", 0, at) + 1
    for match in _FIGURE.finditer(source.text, first):
        if match.start() > at:
            return None
        if match.end() > at and not _touches_a_word(source.text, match):
            new = read_value(match[0], _READABLE)
            if new is None:
                return None
            text = new.value if new.datatype == XSD.integer else _typed(source, new)
            return _as_number(source, match, text)
    return None


def _touches_a_word(text: str, match: re.Match[str]) -> bool:
    around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    return any(character.isalnum() or character in ":\"'<>@^_" for character in around)


def _as_number(source: Source, match: re.Match[str], text: str | None) -> Fix | None:
    if text is None:
        return None
    return Fix(
        Message(f"{text} と書く", f"write {text}"),
        (source.edit(match.start(), match.end(), text),),
        safe=True,
    )
