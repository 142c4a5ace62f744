"""Work that goes on beside the caller's: Oxigraph reads and indexes without Python's lock."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

__all__ = ["Background"]

T = TypeVar("T")


class Background(Generic[T]):
    """A call in a thread of its own.

    A pool of :mod:`concurrent.futures` would do; importing it takes longer than a small load.

    Args:
        call: What to do.
    """

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._done: list[T] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> T:
        """Wait for the call and return what it returned.

        Raises:
            BaseException: What the call raised.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._done[0]

    def _run(self) -> None:
        try:
            self._done.append(self._call())
        except BaseException as error:  # handed to whoever asks for the result
            self._error = error
