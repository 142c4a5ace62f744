"""The repository's graph as the library loads it."""

from __future__ import annotations

from pathlib import Path

import pytest

import stigraph


@pytest.fixture(scope="session")
def graph(root: Path) -> stigraph.Graph:
    """Return the repository's graph."""
    return stigraph.load(root)


@pytest.fixture(scope="session")
def small() -> stigraph.Graph:
    """Return the small graph that the tests of the command line use too."""
    return stigraph.load(Path(__file__).parents[1] / "cli" / "project")
