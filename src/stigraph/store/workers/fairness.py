"""Whose turn it is: clients by turns, each client's own queries in their order."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Final, Generic, TypeVar

from stigraph.errors import BusyError

__all__ = ["Turns"]

T = TypeVar("T")

COME_BACK: Final = 5
"""Seconds after which one that was turned away may come back."""


class Turns(Generic[T]):
    """A bounded queue in which a client with many entries delays no other client.

    Args:
        most: Entries in all.
        most_each: Entries of one client.
    """

    def __init__(self, most: int, most_each: int) -> None:
        self._most = most
        self._most_each = most_each
        self._lines: OrderedDict[str, deque[T]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, client: str, entry: T) -> None:
        """Let ``entry`` wait.

        Raises:
            BusyError: Too many wait, or too many of this client.
        """
        line = self._lines.get(client)
        if line is not None and len(line) >= self._most_each:
            raise BusyError(alone=True, seconds=COME_BACK)
        if self._length >= self._most:
            raise BusyError(alone=False, seconds=COME_BACK)
        if line is None:
            line = self._lines[client] = deque()
        line.append(entry)
        self._length += 1

    def next(self) -> T:
        """Take the entry whose turn it is out of the queue; its client goes to the end."""
        client, line = next(iter(self._lines.items()))
        entry = line.popleft()
        self._length -= 1
        if line:
            self._lines.move_to_end(client)
        else:
            del self._lines[client]
        return entry

    def remove(self, client: str, entry: T) -> bool:
        """Take ``entry`` out and return whether it was still in."""
        line = self._lines.get(client)
        if line is None or entry not in line:
            return False
        line.remove(entry)
        self._length -= 1
        if not line:
            del self._lines[client]
        return True
