"""A run that ends in time: the work goes on in a process of its own, which can be killed.

A query of a shape or a rule may hang in the store, where no Python code could stop it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from signal import SIGKILL
from time import monotonic

from stigraph.errors import StigraphError
from stigraph.gate.finding import Finding, Report

__all__ = ["Progress", "Work", "within"]

Progress = Callable[[Iterable[Finding]], None]
"""Takes what was found so far."""

Work = Callable[[Progress], Report]


def within(seconds: float, work: Work) -> tuple[Report, bool]:
    """Do ``work`` for at most ``seconds``.

    Returns:
        The report and True; or, when the time is over, what was found so far and False.

    Raises:
        StigraphError: The work raised one.
    """
    # Forked, so that the work needs no pickling; only what it finds comes back.
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()
    try:
        return _listen(ours, monotonic() + seconds)
    finally:
        _end(process)
        ours.close()


def _end(process: ForkProcess) -> None:
    """Kill a process and those that it started; it leads a group of its own."""
    if process.pid:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, SIGKILL)
    process.kill()
    process.join()


def _run(pipe: Connection, work: Work) -> None:
    os.setpgid(0, 0)
    try:
        report = work(lambda findings: pipe.send(("found", tuple(findings))))
        pipe.send(("done", report))
    except StigraphError as error:
        pipe.send(("error", (error.ja, error.en)))


def _listen(pipe: Connection, end: float) -> tuple[Report, bool]:
    found: tuple[Finding, ...] = ()
    while pipe.poll(max(0.0, end - monotonic())):
        try:
            kind, value = pipe.recv()
        except EOFError:
            raise StigraphError(
                "検査の途中でプロセスが落ちた。入力を減らしてもう一度試す",
                "the validating process died; try again with less input",
            ) from None
        match kind:
            case "done":
                return value, True
            case "error":
                raise StigraphError(*value)
            case _:
                found = value
    return Report.of(found, 0), False
