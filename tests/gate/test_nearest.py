"""What was meant by a misspelt name."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.gate.nearest import distance, nearest, nearest_names
from stigraph.vocab import expand, shorten

_NAMES = st.text("abcd-", max_size=9)


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("stateIn", "statedIn", 1),
        ("underPilar", "underPillar", 1),
        ("Instrumnet", "Instrument", 1),
        ("first", "last", 3),
        ("ca", "abc", 3),
        ("", "abc", 3),
        ("same", "same", 0),
    ],
)
def test_edits_are_counted(one: str, two: str, apart: int) -> None:
    assert distance(one, two, 9) == apart


@given(_NAMES, _NAMES)
def test_distance_is_the_same_both_ways_and_0_for_equals_alone(one: str, two: str) -> None:
    assert distance(one, two, 20) == distance(two, one, 20)
    assert (distance(one, two, 20) == 0) == (one == two)


@given(_NAMES, _NAMES, st.integers(0, 5))
def test_beyond_the_limit_it_is_only_said_to_be_more(one: str, two: str, most: int) -> None:
    full = distance(one, two, 20)
    assert distance(one, two, most) == full or (full > most and distance(one, two, most) > most)


@given(_NAMES, st.lists(_NAMES, max_size=8))
def test_all_of_the_nearest_are_returned(name: str, known: list[str]) -> None:
    found = nearest(name, known, 3)
    least = min((distance(name, each, 20) for each in known), default=99)
    assert found == sorted({k for k in known if least <= 3 and distance(name, k, 20) == least})


def test_an_entry_is_looked_for_among_those_of_its_kind() -> None:
    known = [expand(name) for name in ("topic:ai", "field:ai", "field:bio")]
    assert [shorten(iri) for iri in nearest_names(expand("field:a"), known)] == ["field:ai"]
    assert nearest_names(expand("field:zzz"), known) == []


def test_a_kind_that_is_misspelt_is_looked_for_everywhere() -> None:
    known = [expand("programme:sbir")]
    assert nearest_names("https://w3id.org/stigraph/id/program/sbir", known) == []
    assert nearest_names(
        "http://www.w3.org/2004/02/skos/core#prefLable", [expand("skos:prefLabel")]
    )


def test_two_that_are_equally_near_are_both_named() -> None:
    known = [expand(f"goal:{a}{b}") for a, b in product("ab", "xy")]
    assert len(nearest_names(expand("goal:cx"), known)) == 2
