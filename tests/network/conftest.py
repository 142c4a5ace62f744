"""A network with everything that is awkward to write down, and one made of a small project."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.dataset import load_project
from stigraph.network.model import Edge, Network, Node
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.vocab import ID

AWKWARD = "量子 <b>&amp; \"x\" 'y'\n\x00\x0b\x1b]]>\ud7ff😀"


@pytest.fixture(scope="session")
def small() -> LocalStore:
    """Return the graph of the small project that the tests of the command line use too."""
    return load_project(Project(Path(__file__).parents[1] / "cli" / "project"))


@pytest.fixture
def awkward() -> Network:
    """Return two entries joined twice, a node without short id, and a text that isn't XML's."""
    sbir, quantum, foreign = f"{ID}programme/sbir", f"{ID}field/quantum", "https://e.org/a?b=<c>&d"
    nodes = (
        Node(quantum, "field", "量子", "量子", "Quantum", "#56b4e9", 14.0, 1.5, -2.0),
        Node(sbir, "programme", AWKWARD, AWKWARD, "SBIR", "#d55e00", 18.0, 0.0, 3.0,
             "2022-04-01", "2023-03-31", ("overview-2025:1", "source:news")),
        Node(foreign, "", "x", "x", "x", "#999999", 10.0),
    )  # fmt: skip
    edges = (
        Edge("e1", sbir, quantum, "https://e.org/p", "p", "p", "p", "p", "#bbbbbb"),
        Edge("e2", sbir, quantum, "https://e.org/q", "q", AWKWARD, AWKWARD, "q", "#bbbbbb", 2.5),
        Edge("e3", foreign, foreign, "https://e.org/p", "p", "p", "p", "p", "#bbbbbb"),
    )
    return Network(nodes, edges, {"title": AWKWARD, "version": "1", "licence": "CC BY 4.0"})
