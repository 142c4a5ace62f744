"""``stigraph serve`` as a process of its own, as users run it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import stigraph

__all__ = ["Served", "serving", "until"]

START_SECONDS = 60.0


class Served:
    """A server that runs.

    Attributes:
        address: Its address, without a slash at the end.
        process: Its main process.
        lines: What it told on standard error so far, after the first line.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        assert process.stderr is not None
        first = process.stderr.readline()
        found = re.search(r"http://[\w.\[\]:]+:\d+/", first)
        assert found, first + process.stderr.read()
        self.address = found[0].rstrip("/")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)

    def close(self) -> None:
        """Let go of what the process told."""
        self._reader.join(5)
        if self.process.stderr is not None:
            self.process.stderr.close()

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return what was logged under ``name``."""
        found = (json.loads(line) for line in list(self.lines) if line.startswith("{"))
        return [each for each in found if each["event"] == name]

    def processes(self) -> list[int]:
        """Return the template and the workers."""
        template = _children(self.process.pid)
        return [*template, *(worker for each in template for worker in _children(each))]

    def workers(self) -> list[int]:
        """Return the workers alone."""
        return [worker for each in _children(self.process.pid) for worker in _children(each)]


def until(condition: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Wait until ``condition`` holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"still not so: {what}"
        time.sleep(0.01)


@contextmanager
def serving(*options: str, cwd: Path | None = None, **environment: str) -> Iterator[Served]:
    """Run ``stigraph serve`` with ``options`` on a free port, and end it."""
    package = str(Path(stigraph.__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "stigraph", "serve", "--port", "0", "--lang", "en", *options],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": package, **environment},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    served = Served(process)
    try:
        yield served
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            process.kill()
            process.wait()
            served.close()


def _children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        text = " ".join((task / "children").read_text() for task in tasks)
    except OSError:
        return []
    return [int(child) for child in text.split()]
