"""Clients take turns, and the queue has an end."""

from __future__ import annotations

import pytest

from stigraph.errors import BusyError
from stigraph.store.workers.fairness import Turns


def emptied(turns: Turns[str]) -> list[str]:
    return [turns.next() for _ in range(len(turns))]


def test_one_client_is_served_in_its_order() -> None:
    turns: Turns[str] = Turns(10, 10)
    for entry in "abc":
        turns.add("one", entry)
    assert emptied(turns) == ["a", "b", "c"]


def test_a_client_with_many_entries_delays_no_other() -> None:
    turns: Turns[str] = Turns(10, 10)
    for entry in ("a1", "a2", "a3"):
        turns.add("a", entry)
    turns.add("b", "b1")
    turns.add("c", "c1")
    assert emptied(turns) == ["a1", "b1", "c1", "a2", "a3"]


def test_too_many_of_one_client_are_refused_and_others_are_not() -> None:
    turns: Turns[str] = Turns(10, 2)
    turns.add("a", "1")
    turns.add("a", "2")
    with pytest.raises(BusyError) as caught:
        turns.add("a", "3")
    assert caught.value.alone
    turns.add("b", "1")


def test_too_many_in_all_are_refused() -> None:
    turns: Turns[str] = Turns(2, 2)
    turns.add("a", "1")
    turns.add("b", "1")
    with pytest.raises(BusyError) as caught:
        turns.add("c", "1")
    assert not caught.value.alone


def test_what_is_removed_never_comes() -> None:
    turns: Turns[str] = Turns(10, 10)
    turns.add("a", "1")
    turns.add("a", "2")
    assert turns.remove("a", "1")
    assert not turns.remove("a", "1")
    assert not turns.remove("b", "1")
    assert emptied(turns) == ["2"]
