from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.gate.figures import Figure, digits_in, read_figures


def figures(phrase: str) -> set[tuple[str, str]]:
    return {(f.kind, f.value) for f in read_figures(phrase).figures}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("2,060億円", {("amount", "206000000000")}),
        ("10兆円規模", {("amount", "10000000000000")}),
        ("1兆2,000億円", {("amount", "1200000000000")}),
        ("1.5億円", {("amount", "150000000")}),
        ("３億５千万円", {("amount", "350000000")}),
        ("500円", {("amount", "500")}),
        ("計25件", {("count", "25")}),
        ("（８拠点）", {("count", "8")}),
        ("7機体制", {("count", "7")}),
        ("上位10%", {("count", "10")}),
        ("2023年７月設立", {("month", "2023-07")}),
        ("2021年３月26日閣議決定", {("date", "2021-03-26")}),
        ("2025年に", {("year", "2025")}),
        ("令和7年2月", {("month", "2025-02")}),
        ("令和元年度", {("fiscal-year", "2019")}),
        ("2022年度補正", {("fiscal-year", "2022")}),
        ("2021・2022年度", {("fiscal-year", "2021"), ("fiscal-year", "2022")}),
        ("2023～2025年度当初", {("fiscal-year", "2023"), ("fiscal-year", "2025")}),
        ("2018年度補正～2024年度補正", {("fiscal-year", "2018"), ("fiscal-year", "2024")}),
        ("2030年代の発電実証", {("interval", "2030-2039")}),
        ("2030年代前半", {("interval", "2030-2034")}),
        ("2030年代後半", {("interval", "2035-2039")}),
        ("５年目", {("year-of", "5")}),
        ("５ヵ年", {("duration", "5")}),
        ("第６期", {("ordinal", "6")}),
        ("第二次", {("ordinal", "2")}),
        ("第十二回", {("ordinal", "12")}),
        ("第二十期", {("ordinal", "20")}),
        ("世界に誇る", set()),
    ],
)
def test_a_phrase_bears_these_figures(phrase: str, expected: set[tuple[str, str]]) -> None:
    assert figures(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "loose"),
    [
        ("G7仙台科学技術大臣会合", {"7"}),
        ("Top10%補正論文数", {"10"}),
        ("統合イノベーション戦略2025", {"2025"}),
        ("調査資料-341", {"341"}),
    ],
)
def test_a_number_within_a_name_asks_for_no_value(phrase: str, loose: set[str]) -> None:
    reading = read_figures(phrase)
    assert reading.figures == frozenset()
    assert reading.loose == loose


def test_a_phrase_may_bear_several_figures() -> None:
    assert figures("2021・2022年度補正予算計5,000億円") == {
        ("fiscal-year", "2021"),
        ("fiscal-year", "2022"),
        ("amount", "500000000000"),
    }


def test_white_space_between_the_digits_is_no_matter() -> None:
    assert figures("2,0\n60 億円") == figures("2,060億円")


@given(st.integers(1, 9999))
def test_an_amount_in_units_of_100_million_is_read_back(oku: int) -> None:
    assert figures(f"約{oku:,}億円") == {("amount", str(oku * 10**8))}


@given(st.integers(1, 99), st.integers(1, 9999))
def test_mixed_units_add_up(cho: int, oku: int) -> None:
    assert figures(f"{cho}兆{oku}億円") == {("amount", str(cho * 10**12 + oku * 10**8))}


@given(st.dates())
def test_a_full_date_is_read_back(day: object) -> None:
    year, month, date = str(day).split("-")
    phrase = f"{int(year):04}年{int(month)}月{int(date)}日"
    assert read_figures(phrase).figures == {Figure("date", f"{year}-{month}-{date}")}


@given(st.text(alphabet="0123456789０１２３年度月日億兆万円件第期次代・～,. 約A", max_size=24))
def test_any_text_can_be_read(text: str) -> None:
    reading = read_figures(text)
    assert all(figure.value for figure in reading.figures)


@given(st.integers(0, 10**15))
def test_thousands_separators_and_width_do_not_change_a_number(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert digits_in(f"{number:,}") == digits_in(wide) == {str(number)}
