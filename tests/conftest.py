"""What every test may use: the repository's graph, and the source texts where at hand."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.types import ASGIApp
from tests.services import misbehaving, oxigraph, virtuoso

from stigraph.dataset import load_project
from stigraph.project import Project
from stigraph.store import LocalStore

__all__ = ["misbehaving", "oxigraph", "virtuoso"]

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


@contextmanager
def _serving(app: ASGIApp) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[[ASGIApp], AbstractContextManager[str]]:
    """Return what serves an application on a real port, in a thread, and gives its address."""
    return _serving
