"""Time and memory of a call: medians of several runs, and the peak in a process of its own."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["extra_memory", "median_seconds", "peak_memory"]


def median_seconds(calls: list[Callable[[], object]], runs: int = 5) -> list[float]:
    """Return the median time of each call; they take turns, so that a busy spell hits all."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(runs):
        for call, taken in zip(calls, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def extra_memory(call: Callable[[], object]) -> int:
    """Return how many bytes ``call`` adds at its peak, measured in a copy of this process.

    Linux only (proc(5), ``clear_refs`` and ``VmHWM``).
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            gc.collect()
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
            before = peak_memory()
            call()
            os.write(writer, str(peak_memory() - before).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return int(told)


def peak_memory() -> int:
    """Return the highest resident size of this process so far, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("VmHWM:"))
    return int(found.split()[1]) * 1024
