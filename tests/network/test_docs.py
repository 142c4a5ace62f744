"""The page on exports names every lens, filter and reader that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.network.lenses import LENSES
from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

FORMATS = (
    "graphml gexf cytoscape cx2 node-link jgf graphology dot svg png mermaid pajek kumu canvas html"
)


@pytest.fixture
def page(root: Path) -> str:
    """Return the page."""
    return (root / "docs" / "how-to" / "export.md").read_text(encoding="utf-8")


def test_each_lens_is_explained(page: str) -> None:
    assert all(f"| `{name}` |" in page for name in LENSES)


def test_each_network_format_has_its_line(page: str) -> None:
    assert all(f"| `{name}` |" in page for name in FORMATS.split())


def test_the_attributes_are_those_of_the_model(page: str) -> None:
    assert f"Nodes: `{' '.join(NODE_ATTRIBUTES)}`" in page
    assert f"Edges: `{' '.join(EDGE_ATTRIBUTES)}`" in page


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_named_lens_has_a_picture_that_is_small(root: Path, lang: str) -> None:
    for name in LENSES:
        if name != "everything":
            picture = root / "docs" / "images" / f"{name}.{lang}.svg"
            assert 1000 < picture.stat().st_size < 300_000
