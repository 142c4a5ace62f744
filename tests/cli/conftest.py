"""Runs of the command in a small project of its own: in this process, or as one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import stigraph
from stigraph.cli import main

SMALL = Path(__file__).parent / "project"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def small() -> Path:
    """Return the folder of the small project."""
    return SMALL


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command in this process: quick, and warnings are errors."""

    def run(
        *args: str, cwd: Path = SMALL, lang: str = "C", text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            for name in ("LC_ALL", "LC_MESSAGES"):
                patch.delenv(name, raising=False)
            patch.setenv("LANG", lang)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main(args)
        told = [_content(stream) for stream in (out, err)]
        return subprocess.CompletedProcess(args, code, *told)

    return run


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@pytest.fixture
def spawn() -> Run:
    """Return a function that runs the command as a user does, in a process of its own."""

    def spawn(
        *args: str, cwd: Path = SMALL, stdout: int = subprocess.PIPE, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
        package = str(Path(stigraph.__file__).parents[1])
        return subprocess.run(
            [sys.executable, "-m", "stigraph", *args],
            cwd=cwd,
            env={**kept, "PYTHONPATH": package, **environ},
            stdout=stdout,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    return spawn
