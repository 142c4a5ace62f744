"""Text becomes a value, or is refused; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.tables.converters import CONVERTERS, fiscal_years
from stigraph.tables.refusal import ConversionError
from stigraph.terms import Literal
from stigraph.vocab import XSD


@given(st.integers())
def test_every_whole_number_is_read(number: int) -> None:
    expected = Literal(str(number), XSD.integer)
    assert CONVERTERS["integer"](str(number), "") == expected
    assert CONVERTERS["integer"](f"{number:,}", "") == expected


@given(st.dates(date(1000, 1, 1)))
def test_every_day_is_read_as_exact_as_it_is(day: date) -> None:
    assert CONVERTERS["date"](day.isoformat(), "") == Literal(day.isoformat(), XSD.date)
    assert CONVERTERS["date"](f"{day:%Y-%m}", "") == Literal(f"{day:%Y-%m}", XSD.gYearMonth)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("integer", "約20兆円規模"),
        ("integer", "1,00"),
        ("integer", "1.5"),
        ("integer", "２０"),
        ("decimal", "2,5"),
        ("boolean", "yes"),
        ("date", "2025-02-30"),
        ("date", "2025-13"),
        ("date", "2025/06/06"),
        ("date", "令和7年"),
        ("year", "7"),
        ("first-fiscal-year", "2025年度"),
        ("first-fiscal-year", "2025;2024"),
        ("from", "2025-06"),
        ("id", "programm:sbir"),
        ("id", "sbir"),
        ("iri", "https://w3id.org/stigraph/id/programme/sbir"),
        ("uri", "seed:002.txt"),
        ("uri", "javascript:alert(1)"),
        ("slug", "東北大学"),
    ],
)
def test_what_is_no_such_value_is_refused(name: str, text: str) -> None:
    with pytest.raises(ConversionError) as told:
        CONVERTERS[name](text, "")
    assert told.value.ja
    assert told.value.en


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024", (2024, 2024)),
        ("FY2026", (2026, 2026)),
        ("2024 supp.", (2024, 2024)),
        ("2023;2024;2025", (2023, 2025)),
        ("2022 supp.; 2023 supp.", (2022, 2023)),
        ("2018 supp.-2024 supp.", (2018, 2024)),
        ("2026-2030", (2026, 2030)),
        ("2023-", (2023, None)),
    ],
)
def test_fiscal_years_are_read_as_sources_write_them(
    text: str, years: tuple[int, int | None]
) -> None:
    assert fiscal_years(text) == years


@pytest.mark.parametrize(
    ("text", "stage"), [("2024 supp.", "supplementary"), ("2024", ""), ("2023;2024 supp.", "both")]
)
def test_the_stage_of_a_budget_is_read_from_its_years(text: str, stage: str) -> None:
    assert CONVERTERS["stage"](text, "") == stage


def test_a_span_has_two_sides() -> None:
    assert CONVERTERS["from"]("2023-05-12/2023-05-14", "") == "2023-05-12"
    assert CONVERTERS["to"]("2023-05-12/2023-05-14", "") == "2023-05-14"
