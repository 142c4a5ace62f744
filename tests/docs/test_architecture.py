"""The page on the architecture shows the layers that the imports are checked against."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path


def test_the_page_shows_the_layers_of_the_contract(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    page = (root / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.M)
    assert [re.findall(r"\w+", row) for row in rows] == [
        [name.strip(" ()").removeprefix("stigraph.") for name in layer.split("|")]
        for layer in layers
    ]
