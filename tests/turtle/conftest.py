"""What the tests of `stigraph.turtle` share: the cases, and the store's reader to compare with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from stigraph.turtle import read

CASES = Path(__file__).parent / "cases"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each file of `cases/<kind>` to the tests that ask for `<kind>_case`."""
    for kind in ("positive", "negative", "rdf12", "format"):
        if f"{kind}_case" in metafunc.fixturenames:
            paths = sorted((CASES / kind).glob("*.ttl"))
            metafunc.parametrize(f"{kind}_case", paths, ids=[path.stem for path in paths])


def _canonical(triples: list[ox.Triple]) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def read_ours(text: str, base: str | None = None) -> list[ox.Triple]:
    """Return what our reader makes of a text, as the store has it."""
    return [triple.to_oxigraph() for triple in read(text, base)]


def read_theirs(text: str, base: str | None = None) -> list[ox.Triple]:
    """Return what the store's own reader makes of a text."""
    quads = ox.parse(input=text.encode(), format=ox.RdfFormat.TURTLE, base_iri=base)
    return [quad.triple for quad in quads]


@pytest.fixture(scope="session")
def ours() -> Callable[..., list[ox.Triple]]:
    return read_ours


@pytest.fixture(scope="session")
def theirs() -> Callable[..., list[ox.Triple]]:
    return read_theirs


@pytest.fixture(scope="session")
def assert_agrees() -> Callable[..., None]:
    """Return the check that both readers find the same triples in a text, equally often."""

    def check(text: str, base: str | None = None) -> None:
        left, right = read_ours(text, base), read_theirs(text, base)
        assert len(left) == len(right)
        assert _canonical(left) == _canonical(right)

    return check


@pytest.fixture(scope="session")
def assert_same_graph() -> Callable[[str, str], None]:
    """Return the check that the store finds the same graph in two texts."""

    def check(left: str, right: str) -> None:
        assert _canonical(read_theirs(left)) == _canonical(read_theirs(right))

    return check
