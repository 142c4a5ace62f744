"""Where nodes are drawn."""

from __future__ import annotations

import math
import time

from hypothesis import given
from hypothesis import strategies as st

from stigraph.network.layout import layout


def test_no_node_has_no_place_and_one_has_one() -> None:
    assert layout({}, []) == {}
    assert set(layout({"a": "x"}, [])) == {"a"}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_any_graph_gets_finite_places_even_with_loops_and_parallel_edges(
    pairs: list[tuple[int, int]],
) -> None:
    kinds = {str(n): str(n % 3) for n in range(10)}
    edges = [(str(a), str(b)) for a, b in pairs]
    places = layout(kinds, edges)
    assert set(places) == set(kinds)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    assert layout(kinds, edges) == places


def test_joined_nodes_are_nearer_than_others() -> None:
    kinds = dict.fromkeys("abcdefgh", "x")
    places = layout(kinds, [("a", "h")])
    assert math.dist(places["a"], places["h"]) < max(
        math.dist(places["a"], places[other]) for other in "bcdefg"
    )


def test_a_thousand_nodes_take_less_than_two_seconds() -> None:
    kinds = {str(n): str(n % 30) for n in range(1000)}
    edges = [(str(n), str(n * 7 % 1000)) for n in range(1000)] * 4
    started = time.perf_counter()
    layout(kinds, edges)
    assert time.perf_counter() - started < 2
