"""A text that is said to be plain has no literal that Oxigraph would write in another way."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.store.exact import sealed_quads
from stigraph.store.plain import is_plain

HEAD = "@prefix x: <urn:x:> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
DATATYPES = ("integer", "decimal", "date", "gYear", "gYearMonth", "boolean", "byte", "anyURI")

digits = st.text("0123456789", min_size=1, max_size=18)
numbers = st.one_of(
    digits,
    st.builds("{}{}".format, st.sampled_from(["+", "-", "-0", "0"]), digits),
    st.builds("{}.{}".format, st.one_of(digits, st.just("")), digits),
    st.builds("{}{}{}".format, digits, st.sampled_from(["e", "E", ".e", ".E-", "E+"]), digits),
)
strings = st.text('ab 01.5-+^@,;<>()[]#_:"年', max_size=12).map(
    lambda text: '"{}"'.format(text.replace('"', '\\"'))
)
typed = st.builds(
    '"{}"^^xsd:{}'.format,
    st.one_of(digits, st.sampled_from(["true", "2025-02", "2025-02-03", "0", "00", "1.50", ""])),
    st.sampled_from(DATATYPES),
)
objects = st.one_of(numbers, strings, strings.map(lambda text: f"{text}@ja"), typed)
separators = st.sampled_from([" ", "\n    ", " # 01 +5\n  ", "\t"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    values = draw(st.lists(st.tuples(separators, objects, separators), min_size=1, max_size=4))
    listed = ",".join(f"{before}{value}{after}" for before, value, after in values)
    return f"{HEAD}x:a x:b{listed} .\n"


def is_kept(text: str) -> bool:
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    return all(one is other for one, other in zip(quads, sealed_quads(quads), strict=True))


@given(texts())
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert is_kept(text) or not is_plain(text.encode())


@pytest.mark.parametrize(
    "objects",
    ["5 , 0 , -5 , 1234567", '"2025-01-02"^^xsd:date', '"05"', '"2 + 3"@en', "12.5", "true"],
)
def test_ordinary_values_are_plain(objects: str) -> None:
    assert is_plain(f"{HEAD}x:a x:b {objects} .\n".encode())


@pytest.mark.parametrize(
    "value",
    ["05", "+5", "5.0", ".5", "5e1", "5.e1", '"5"^^xsd:byte', '"05"^^xsd:integer', "-0", "0.50"],
)
def test_values_that_are_rewritten_are_not_plain(value: str) -> None:
    assert not is_plain(f"{HEAD}x:a x:b {value} .\n".encode())
    assert not is_plain(f"{HEAD}x:a x:b 1 ,{value}.\n".encode())
