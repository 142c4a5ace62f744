"""What every test may use: the repository's graph, and the source texts where at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stigraph.dataset import load_project
from stigraph.project import Project
from stigraph.store import LocalStore

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def project() -> Project:
    """Return the repository as a project."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def store(project: Project) -> LocalStore:
    """Return the repository's graph, loaded once."""
    return load_project(project)


@pytest.fixture(scope="session")
def sources() -> Path:
    """Return the folder of the source texts; the test is skipped where it isn't at hand."""
    given = os.environ.get("STIGRAPH_SOURCES")
    folder = Path(given) if given else ROOT.parent / "shared" / "seeds"
    if not (folder / "passages.csv").is_file():
        pytest.skip("the source texts are not at hand (set STIGRAPH_SOURCES)")
    return folder
