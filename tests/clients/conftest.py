"""A server as users run it, for the clients that users have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving import serving

SMALL = Path(__file__).parents[1] / "web" / "project"


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Return the address of the endpoint over a small project."""
    with serving(cwd=SMALL) as served:
        yield f"{served.address}/sparql"
