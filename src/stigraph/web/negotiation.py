"""Content negotiation: which of the forms on offer a client wants (RFC 9110, section 12).

Quality values decide, ``q=0`` rules out, the most specific range counts. Between
equals the client's own order decides and then ours, so that ``text/html`` first
in the header of a browser means a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

__all__ = ["Offer", "choose", "choose_language", "foremost", "media_type", "quality"]

T = TypeVar("T")

_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PARAMETER = re.compile(r';\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]*)')
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$")
_REFUSED: Final = 0.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that the server can give: its name in ``?format=`` and its media type."""

    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class _Range:
    """An element of the header: what it names, its quality, and where it stands."""

    value: str
    quality: float
    place: int


def media_type(header: str) -> tuple[str, dict[str, str]]:
    """Return type and parameters of a ``Content-Type`` value, names in lower case."""
    value, _, rest = header.partition(";")
    parameters = {
        name.lower(): text.strip('"')
        for name, text in _PARAMETER.findall(f";{rest}" if rest else "")
    }
    return value.strip().lower(), parameters


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that ``Accept`` wants most, or None where it wants none of them.

    Without the header, or with an empty one, everything is welcome and the first is given.
    """
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    wanted = [(_media_match(offer.media_type, ranges), offer) for offer in offers]
    return _best(wanted)


def foremost(accept: str) -> str:
    """Return the media type or range that ``Accept`` wants most; empty where it has none."""
    ranges = _ranges(accept)
    return max(ranges, key=lambda each: (each.quality, -each.place)).value if ranges else ""


def quality(header: str, name: str) -> float:
    """Return the quality that a header gives to ``name`` or, failing that, to ``*``; else 0."""
    ranges = _ranges(header)
    for value in (name, "*"):
        for found in ranges:
            if found.value == value:
                return found.quality
    return 0.0


def choose_language(accept: str | None, languages: Sequence[str], default: str) -> str:
    """Return the language that ``Accept-Language`` wants most (RFC 4647, section 3.4).

    ``ja-JP`` stands for ``ja``; where nothing fits, the default is given: a page in a
    language that one may not read is better than none.
    """
    ranges = _ranges(accept)
    ordered = [default, *(lang for lang in languages if lang != default)]
    return _best([(_language_match(lang, ranges), lang) for lang in ordered]) or default


def _ranges(header: str | None) -> list[_Range]:
    found = []
    for place, element in enumerate(_ELEMENT.findall(header or "")):
        value, _, rest = element.partition(";")
        parameters = _PARAMETER.findall(f";{rest}" if rest else "")
        quality = next((text for name, text in parameters if name.lower() == "q"), "1")
        if value.strip() and _QUALITY.match(quality):
            found.append(_Range(value.strip().lower(), float(quality), place))
    return found


def _best(wanted: Iterable[tuple[_Range | None, T]]) -> T | None:
    welcome = [
        (found.quality, -found.place, item)
        for found, item in wanted
        if found is not None and found.quality > _REFUSED
    ]
    # max() keeps the first of equals: our own order decides last.
    return max(welcome, key=lambda entry: entry[:2])[2] if welcome else None


def _media_match(offered: str, ranges: Sequence[_Range]) -> _Range | None:
    family = f"{offered.partition('/')[0]}/*"
    for value in (offered, family, "*/*"):
        for found in ranges:
            if found.value == value:
                return found
    return None


def _language_match(lang: str, ranges: Sequence[_Range]) -> _Range | None:
    exact = [found for found in ranges if found.value.partition("-")[0] == lang]
    if exact:
        return max(exact, key=lambda found: (found.quality, -found.place))
    return next((found for found in ranges if found.value == "*"), None)
