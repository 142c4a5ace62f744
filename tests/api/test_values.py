"""Literals become the Python values that their datatypes stand for."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.terms import Blank, Iri, Literal
from stigraph.values import Value, python_value
from stigraph.vocab import XSD


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("206000000000", "integer", 206_000_000_000),
        ("-7", "negativeInteger", -7),
        (" 5 ", "unsignedByte", 5),
        ("1.50", "decimal", Decimal("1.50")),
        ("1e3", "double", 1000.0),
        ("-INF", "float", -math.inf),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2025-06-06", "date", date(2025, 6, 6)),
        ("2025-06-06T09:00:00", "dateTime", datetime(2025, 6, 6, 9)),
        ("2025-06-06T09:00:00.5Z", "dateTimeStamp", datetime(2025, 6, 6, 9, 0, 0, 500000, UTC)),
        ("09:30:00", "time", time(9, 30)),
        ("P1DT2H", "dayTimeDuration", timedelta(days=1, hours=2)),
        ("-PT0.5S", "dayTimeDuration", timedelta(seconds=-0.5)),
        ("2025", "gYear", 2025),
        ("2025-04", "gYearMonth", "2025-04"),
        ("https://example.org/", "anyURI", "https://example.org/"),
        ("00ff", "hexBinary", b"\x00\xff"),
        ("AP8=", "base64Binary", b"\x00\xff"),
    ],
)
def test_a_datatype_has_its_type_in_python(text: str, datatype: str, value: Value) -> None:
    found = python_value(Literal(text, XSD[datatype]))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2025-02-30", "date"),
        ("12025-01-01", "date"),
        ("20250101", "date"),
        ("２０２５", "integer"),
        ("1_000", "integer"),
        ("9" * 5000, "integer"),
        ("inf", "double"),
        ("yes", "boolean"),
        ("P", "dayTimeDuration"),
        ("P1Y", "dayTimeDuration"),
        ("24:00:00", "time"),
        ("0", "hexBinary"),
        ("===", "base64Binary"),
    ],
)
def test_what_is_no_value_of_its_type_stays_text(text: str, datatype: str) -> None:
    assert python_value(Literal(text, XSD[datatype])) == text


def test_nodes_are_text_and_languages_are_left_to_the_terms() -> None:
    assert python_value(Iri("https://example.org/a")) == "https://example.org/a"
    assert python_value(Blank("b0")) == "_:b0"
    assert python_value(Literal.tagged("量子", "ja")) == "量子"
    assert python_value(Literal("x", "https://example.org/type")) == "x"


@given(
    st.text(), st.sampled_from(["integer", "decimal", "double", "boolean", "date", "time", "gYear"])
)
def test_no_text_is_too_odd_for_any_type(text: str, datatype: str) -> None:
    python_value(Literal(text, XSD[datatype]))
