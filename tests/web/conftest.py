"""A server on a real port, for a small project of its own and for anybody's data."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from stigraph.api import load
from stigraph.dataset import load_folder
from stigraph.web import create_app

SMALL = Path(__file__).parent / "project"

Serve = Callable[[ASGIApp], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def address(serve: Serve) -> Iterator[str]:
    """Return the address of a server for the small project."""
    graph = load(SMALL)
    with serve(create_app(graph.store, graph)) as found:
        yield found


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """Return a client of the server for the small project."""
    with httpx.Client(base_url=address) as found:
        yield found


@pytest.fixture(scope="session")
def foreign(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server for data that is anybody's: two named graphs."""
    folder = tmp_path_factory.mktemp("data")
    quads = "".join(
        f'<http://d.example/{n}> <http://d.example/p> "{n}" <http://d.example/graph/{n}> .\n'
        for n in (1, 2)
    )
    (folder / "two.nq").write_text(quads, encoding="utf-8")
    with (
        serve(create_app(load_folder(folder), None)) as found,
        httpx.Client(base_url=found) as made,
    ):
        yield made


Spawn = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """Return a function that runs the server in a process of its own, from the small project."""
    started: list[subprocess.Popen[str]] = []

    def run(port: int = 0, data: Path | None = None, lang: str = "en") -> subprocess.Popen[str]:
        call = f"run('127.0.0.1', {port}, {f'Path({str(data)!r})' if data else None}, {lang!r})"
        code = f"from pathlib import Path\nfrom stigraph.web import run\n{call}"
        source = Path(__file__).parents[2] / "src"
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=SMALL,
            env={**os.environ, "PYTHONPATH": str(source), "PYTHONUNBUFFERED": "1"},
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
