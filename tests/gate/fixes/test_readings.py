"""Numbers and dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.gate.fixes.readings import read_fiscal_year, read_value
from stigraph.terms import Literal
from stigraph.vocab import XSD

_DATES = (XSD.date, XSD.gYearMonth, XSD.gYear)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,060億円", "206000000000"),
        ("２，０６０億", "206000000000"),
        ("1兆2,000億円", "1200000000000"),
        ("3億5千万円", "350000000"),
        ("206,000,000,000", "206000000000"),
        ("007", "7"),
        ("７", "7"),
    ],
)
def test_a_number_is_read(text: str, value: str) -> None:
    assert read_value(text, [XSD.integer]) == Literal(value, XSD.integer)


@pytest.mark.parametrize(
    "text", ["2,06", "約2,060億円", "10兆円規模", "1.5", "億円", "7機", "2022年度2,060億円", ""]
)
def test_what_is_no_whole_number_alone_is_left(text: str) -> None:
    assert read_value(text, [XSD.integer]) is None


@pytest.mark.parametrize(
    ("text", "value", "datatype"),
    [
        ("令和7年4月1日", "2025-04-01", XSD.date),
        ("令和元年5月1日", "2019-05-01", XSD.date),
        ("平成31年4月", "2019-04", XSD.gYearMonth),
        ("R7.4.1", "2025-04-01", XSD.date),
        ("２０２５年２月", "2025-02", XSD.gYearMonth),
        ("2025年", "2025", XSD.gYear),
        ("2025/4/1", "2025-04-01", XSD.date),
        ("2025.04.01", "2025-04-01", XSD.date),
        ("20250401", "2025-04-01", XSD.date),
        ("2025-4", "2025-04", XSD.gYearMonth),
        ("2025-04-01T00:00:00+09:00", "2025-04-01", XSD.date),
    ],
)
def test_a_date_is_read_as_exact_as_it_is(text: str, value: str, datatype: str) -> None:
    assert read_value(text, _DATES) == Literal(value, datatype)


@pytest.mark.parametrize(
    "text", ["2025年2月30日", "2025/13", "令和7年度", "2025-04-01T12:30:00", "4月1日", "春"]
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert read_value(text, _DATES) is None


def test_a_date_of_another_exactness_than_asked_is_left() -> None:
    assert read_value("2025年4月", [XSD.date]) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("2022年度", "2022"), ("令和４年度", "2022"), ("FY2022", "2022"), ("令和4", "2022"),
     ("2022", "2022"), ("令和元年度", "2019"), ("2022年度補正", None), ("sbir", None)],
)  # fmt: skip
def test_a_fiscal_year_is_read(text: str, year: str | None) -> None:
    assert read_fiscal_year(text) == year


@given(st.integers(1, 10**15))
def test_thousands_separators_and_width_change_nothing(number: int) -> None:
    wide = f"{number:,}".translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    assert read_value(wide, [XSD.integer]) == Literal(str(number), XSD.integer)


@given(st.dates(min_value=date(1926, 1, 1)))
def test_any_day_is_read_back(day: date) -> None:
    text = f"{day.year}年{day.month}月{day.day}日"
    assert read_value(text, _DATES) == Literal(day.isoformat(), XSD.date)


@given(st.text("0123456789０１兆億万千円年度月日令和元.,/-:TFYRHS ", max_size=20))
def test_any_text_can_be_looked_at(text: str) -> None:
    found = read_value(text, [XSD.integer, *_DATES])
    assert found is None or read_value(found.value, [found.datatype]) == found
