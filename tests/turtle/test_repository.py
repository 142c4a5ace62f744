"""Every Turtle file of the repository reads as in the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "data" / "ttl").rglob("*.ttl"), *(ROOT / "ontology").rglob("*.ttl")])


@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}), ids=lambda p: p.name)
def test_files_read_as_in_the_store(folder: Path, assert_agrees: Callable[[str], None]) -> None:
    for path in FILES:
        if path.parent == folder:
            assert_agrees(path.read_bytes().decode())
