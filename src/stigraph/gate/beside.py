"""Work in a process of its own, beside the caller's: two cores are used as two."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from signal import SIGKILL
from typing import Final, Generic, TypeVar

from stigraph.errors import StigraphError

__all__ = ["Beside", "Helper", "Turns", "cores"]

Q = TypeVar("Q")
T = TypeVar("T")


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


class Beside(Generic[T]):
    """A call in a forked process: it has what the caller has, and sends back what it returns.

    Only for a process with one thread: a forked lock stays locked.

    Args:
        call: What to do. What it returns, or its :class:`StigraphError`, is pickled.
    """

    def __init__(self, call: Callable[[], T]) -> None:
        self._reader, writer = os.pipe()
        self._child = os.fork()
        if not self._child:
            os.close(self._reader)
            _answer(call, writer)
        os.close(writer)

    def drop(self) -> None:
        """End the call, whose result nobody waits for any more; one that has ended stays so."""
        if self._child:
            os.kill(self._child, SIGKILL)
            os.close(self._reader)
            self._wait()

    def _wait(self) -> None:
        os.waitpid(self._child, 0)
        self._child = 0

    def result(self) -> T:
        """Wait for the call and return what it returned.

        Raises:
            StigraphError: The call raised it, or its process died.
        """
        with os.fdopen(self._reader, "rb") as stream:
            sent = stream.read()
        self._wait()
        if not sent:
            raise StigraphError(
                "検査の途中でプロセスが落ちた。入力を減らしてもう一度試す",
                "the validating process died; try again with less input",
            )
        kind, value = pickle.loads(sent)  # noqa: S301 (our own child's words)
        if kind == "error":
            raise StigraphError(*value)
        returned: T = value
        return returned


class Helper(Generic[Q, T]):
    """A forked process that prepares itself, then answers one question.

    Only for a process with one thread: a forked lock stays locked.

    Args:
        prepare: What to do first; it gives what answers the question.
    """

    def __init__(self, prepare: Callable[[], Callable[[Q], T]]) -> None:
        asking, self._question = os.pipe()

        def answer() -> T:
            os.close(self._question)
            ready = prepare()
            with os.fdopen(asking, "rb") as stream:
                asked = stream.read()
            if not asked:  # nobody will ask
                os._exit(0)
            return ready(pickle.loads(asked))  # noqa: S301 (our own parent's words)

        self._beside = Beside(answer)
        os.close(asking)

    def ask(self, question: Q) -> T:
        """Ask, and return the answer; the last that may be asked.

        Raises:
            StigraphError: The process raised it, or died.
        """
        with os.fdopen(self._question, "wb") as stream, suppress(BrokenPipeError):
            stream.write(pickle.dumps(question))
        return self._beside.result()

    def drop(self) -> None:
        """End the process, of which nothing is asked."""
        os.close(self._question)
        self._beside.drop()


class Turns:
    """Numbers from 0 that several processes take, each of them once: who is free does the next.

    Args:
        count: How many there are; at most :data:`Turns.MOST`.
    """

    MOST: Final = 8192
    """A pipe holds these without anybody reading."""

    def __init__(self, count: int) -> None:
        self._reader, writer = os.pipe()
        os.write(writer, b"".join(number.to_bytes(4, "big") for number in range(count)))
        os.close(writer)

    def __iter__(self) -> Iterator[int]:
        # Linux gives a read of a pipe its bytes in one piece (pipe(7)).
        while number := os.read(self._reader, 4):
            yield int.from_bytes(number, "big")

    def close(self) -> None:
        """Let go of the numbers, in this process."""
        if self._reader >= 0:
            os.close(self._reader)
            self._reader = -1


def _answer(call: Callable[[], object], writer: int) -> None:
    """Send what ``call`` returns, and end this process whatever happens."""
    try:
        try:
            sent = pickle.dumps(("returned", call()))
        except StigraphError as error:
            sent = pickle.dumps(("error", (error.ja, error.en)))
        with os.fdopen(writer, "wb") as stream:
            stream.write(sent)
    finally:
        os._exit(0)
