"""Debian's headless Chromium, and a server with the repository's own graph for it to look at."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from stigraph.api import Graph
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.web import create_app

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What Chromium would ask of its maker while it starts goes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--hide-scrollbars",
)

Serve = Callable[[ASGIApp], AbstractContextManager[str]]
Browse = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def address(project: Project, store: LocalStore, serve: Serve) -> Iterator[str]:
    """Return the address of a server for the repository's graph."""
    with serve(create_app(store, Graph(project, store), "ja")) as found:
        yield found


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Return a function that runs Chromium on an address with further flags."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on the PATH (Debian: apt-get install chromium)")

    def run(url: str, *flags: str) -> subprocess.CompletedProcess[str]:
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        return subprocess.run(
            [chromium, *FLAGS, profile, *flags, url],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=True,
        )

    return run
