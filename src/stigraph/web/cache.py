"""Answers kept for who asks the same again, and one evaluation for who asks at once.

An answer is found by snapshot, query, dataset, base and form. One that was given to a
GET request is also found by the request as it came, byte for byte
(:mod:`stigraph.web.front`).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Final

from stigraph.store.workers import Reply, Spooled

__all__ = ["Kept", "ResultCache"]

MOST_REQUESTS: Final = 20_000
"""Requests that are known byte for byte, at most."""

SHARE: Final = 8
"""An answer larger than this part of the room isn't kept."""

_OVERHEAD: Final = 1024


@dataclass(eq=False, slots=True)
class Kept:
    """An answer that is kept; its content is in this process."""

    key: Hashable
    reply: Reply
    content: bytes
    requests: set[bytes] = field(default_factory=set)


@dataclass(eq=False, slots=True)
class _Flight:
    """An evaluation under way, and how many wait for it."""

    task: asyncio.Task[Reply | Kept]
    waiting: int = 0


class ResultCache:
    """Keeps answers, the least recently used leaving first.

    Args:
        room: Bytes that the answers may take.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._requests: OrderedDict[bytes, tuple[Kept, bytes]] = OrderedDict()
        self._flights: dict[Hashable, _Flight] = {}
        self._age = 0
        self.hits = 0
        self.misses = 0
        self.shared = 0

    @property
    def used(self) -> int:
        """Bytes that the answers take."""
        return self._used

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget everything: the data have changed."""
        self._age += 1
        self._kept.clear()
        self._requests.clear()
        self._flights.clear()
        self._used = 0

    async def get(self, key: Hashable, evaluate: Callable[[], Awaitable[Reply]]) -> Reply | Kept:
        """Return the answer for ``key``, kept or evaluated; who asks at once gets the same one.

        A reply with :class:`Spooled` content is for one alone and isn't kept.
        """
        kept = self._kept.get(key)
        if kept is not None:
            self.hits += 1
            self._kept.move_to_end(key)
            return kept
        flight = self._flights.get(key)
        if flight is None:
            self.misses += 1
            task = asyncio.ensure_future(self._fly(key, evaluate, self._age))
            flight = self._flights[key] = _Flight(task)
            task.add_done_callback(lambda _: self._land(key, flight))
        else:
            self.shared += 1
        return await self._wait(key, flight, evaluate)

    async def _wait(
        self, key: Hashable, flight: _Flight, evaluate: Callable[[], Awaitable[Reply]]
    ) -> Reply | Kept:
        flight.waiting += 1
        first = flight.waiting == 1
        try:
            found = await asyncio.shield(flight.task)
        except asyncio.CancelledError:
            if flight.waiting == 1:  # nobody else wants it
                flight.task.cancel()
                self._land(key, flight)
            raise
        finally:
            flight.waiting -= 1
        if isinstance(found, Kept) or first or not isinstance(found.content, Spooled):
            return found
        return await evaluate()

    async def _fly(
        self, key: Hashable, evaluate: Callable[[], Awaitable[Reply]], age: int
    ) -> Reply | Kept:
        reply = await evaluate()
        if reply.status != "answered" or reply.volatile:
            return reply
        if len(reply.content) > self._room // SHARE or age != self._age:
            return reply
        content = reply.content.read() if isinstance(reply.content, Spooled) else reply.content
        kept = Kept(key, reply.holding(b""), content)
        self._kept[key] = kept
        self._used += len(content) + _OVERHEAD
        while self._used > self._room:
            self._forget(next(iter(self._kept)))
        return kept

    def _land(self, key: Hashable, flight: _Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]

    def _forget(self, key: Hashable) -> None:
        kept = self._kept.pop(key)
        self._used -= len(kept.content) + _OVERHEAD
        for request in kept.requests:
            self._requests.pop(request, None)

    # Requests as they came

    def remember(self, request: bytes, kept: Kept, head: bytes) -> None:
        """Have ``request`` answered with ``head`` and the content of ``kept`` from now on."""
        if self._kept.get(kept.key) is not kept:
            return
        self._requests[request] = kept, head
        kept.requests.add(request)
        if len(self._requests) > MOST_REQUESTS:
            old, (other, _) = self._requests.popitem(last=False)
            other.requests.discard(old)

    def recall(self, request: bytes) -> tuple[bytes, bytes] | None:
        """Return head and content of the answer to a request that came before, byte for byte."""
        found = self._requests.get(request)
        if found is None:
            return None
        self.hits += 1
        self._kept.move_to_end(found[0].key)
        return found[1], found[0].content
