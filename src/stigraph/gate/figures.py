"""Figures and dates as Japanese documents write them, read into comparable values.

Read, after NFKC: amounts (2,060億円, 10兆円), fiscal years (2022年度, 2021・2022年度,
2023～2025年度: both ends), dates (2025年3月26日, 2025年2月, 令和7年), decades (2030年代,
2030年代前半), counts (25件, 8拠点, 7機, 10%), durations (5カ年), years of a plan (5年目) and
ordinals (第6期, 第二次). Other digits are *loose*: they belong to a name (戦略2025, G7,
Top10%) and may support a value, but ask for none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

__all__ = ["Figure", "Reading", "digits_in", "read_figures"]


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A value with its kind.

    ``kind`` is one of amount, fiscal-year, date, month, year, interval, count, duration,
    year-of and ordinal; ``value`` is in canonical form (whole yen, ISO 8601, ``2030-2039``).
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase says: figures that ask for a value, and loose numbers that don't."""

    figures: frozenset[Figure]
    loose: frozenset[str]


_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}
_ERA: Final = r"(?:(?P<era>令和|平成|昭和)(?P<erayear>\d{1,2}|元)|(?P<year>\d{4}))"
_KANJI: Final = "〇一二三四五六七八九"
_UNITS: Final = {"兆": 10**12, "億": 10**8, "万": 10**4}
_SMALL: Final = {"千": 1000, "百": 100}
_COUNTERS: Final = (
    "件|拠点|機|本の|つの|%|パーセント|位|人|名|校|大学|社|か所|カ所|箇所|"
    "課題|分野|都市|機関|基|倍|万人"
)

_AMOUNT = re.compile(rf"(?:(?:{_NUMBER})(?:千|百)?(?:兆|億|万)?)+円")
_AMOUNT_PART = re.compile(rf"({_NUMBER})(千|百)?(兆|億|万)?")
_DECADE = re.compile(r"(\d{4})年代(前半|後半)?")
_FISCAL = re.compile(rf"{_ERA}年度")
_FISCAL_HEAD = re.compile(
    r"(?P<year>\d{4})(?=(?:・|、|,|~|〜|-|–|と|及び|から)\d{4}(?:[^\d年]\d{4})*年度)"
)
_DAY = re.compile(rf"{_ERA}年(\d{{1,2}})月(\d{{1,2}})日")
_MONTH = re.compile(rf"{_ERA}年(\d{{1,2}})月")
_YEAR_OF = re.compile(r"(\d{1,2})年目")
_DURATION = re.compile(r"(\d{1,3})(?:か年|カ年|ヵ年|ヶ年|ケ年|箇年|年間)")
_YEAR = re.compile(rf"{_ERA}年(?![度代間目])")
_ORDINAL = re.compile(r"第(\d+|[一二三四五六七八九十]+)(?:期|次|回|版|号|弾|段階|フェーズ)")
_COUNT = re.compile(rf"(?<![A-Za-z\d.,])({_NUMBER})(?:{_COUNTERS})")
_LOOSE = re.compile(r"\d[\d,]*(?:\.\d+)?")

Reader = Callable[[re.Match[str]], Iterator[Figure]]


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _plain(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _canonical(number: Decimal) -> str:
    return str(int(number)) if number == number.to_integral_value() else str(number.normalize())


def _year_of_era(match: re.Match[str]) -> int:
    parts = match.groupdict()
    if parts.get("era"):
        within = 1 if parts["erayear"] == "元" else int(parts["erayear"])
        return _ERAS[parts["era"]] + within
    return int(parts["year"])


def _amount(match: re.Match[str]) -> Iterator[Figure]:
    total = sum(
        (
            _plain(number) * _SMALL.get(small, 1) * _UNITS.get(unit, 1)
            for number, small, unit in _AMOUNT_PART.findall(match[0])
        ),
        Decimal(0),
    )
    yield Figure("amount", _canonical(total))


def _decade(match: re.Match[str]) -> Iterator[Figure]:
    first = int(match[1]) + (5 if match[2] == "後半" else 0)
    last = int(match[1]) + (4 if match[2] == "前半" else 9)
    yield Figure("interval", f"{first}-{last}")


def _fiscal(match: re.Match[str]) -> Iterator[Figure]:
    yield Figure("fiscal-year", str(_year_of_era(match)))


def _day(match: re.Match[str]) -> Iterator[Figure]:
    month, day = match.groups()[-2:]
    yield Figure("date", f"{_year_of_era(match):04}-{int(month):02}-{int(day):02}")


def _month(match: re.Match[str]) -> Iterator[Figure]:
    yield Figure("month", f"{_year_of_era(match):04}-{int(match.groups()[-1]):02}")


def _year(match: re.Match[str]) -> Iterator[Figure]:
    yield Figure("year", f"{_year_of_era(match):04}")


def _kanji_number(text: str) -> int:
    """Return 一 … 九十九 as a number; Arabic digits pass."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_KANJI.index(c)) for c in text))
    return (_KANJI.index(tens) if tens else 1) * 10 + (_KANJI.index(ones) if ones else 0)


def _ordinal(match: re.Match[str]) -> Iterator[Figure]:
    yield Figure("ordinal", str(_kanji_number(match[1])))


def _of(kind: str) -> Reader:
    def read(match: re.Match[str]) -> Iterator[Figure]:
        yield Figure(kind, _canonical(_plain(match[1])))

    return read


# The order matters: what is read is taken out, so that 2022年度 isn't a year as well.
_READERS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (_AMOUNT, _amount),
    (_DECADE, _decade),
    (_FISCAL_HEAD, _fiscal),
    (_FISCAL, _fiscal),
    (_DAY, _day),
    (_MONTH, _month),
    (_YEAR_OF, _of("year-of")),
    (_DURATION, _of("duration")),
    (_YEAR, _year),
    (_ORDINAL, _ordinal),
    (_COUNT, _of("count")),
)


def read_figures(phrase: str) -> Reading:
    """Return the figures and dates that ``phrase`` bears."""
    rest = _normal(phrase)
    # A name with an initial of the alphabet keeps its number to itself: G7, Top10%.
    figures: set[Figure] = set()
    for pattern, reader in _READERS:
        for match in pattern.finditer(rest):
            figures.update(reader(match))
        rest = pattern.sub("\N{BULLET}", rest)
    loose = {_canonical(_plain(number)) for number in _LOOSE.findall(rest)}
    return Reading(frozenset(figures), frozenset(loose))


def digits_in(text: str) -> frozenset[str]:
    """Return the runs of digits in ``text`` as plain numbers, thousands separators removed."""
    return frozenset(_canonical(_plain(number)) for number in _LOOSE.findall(_normal(text)))
