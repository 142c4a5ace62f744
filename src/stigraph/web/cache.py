"""Answers kept for who asks the same again, and one evaluation for who asks at once.

An answer is found by snapshot, query, dataset, base and form. One that was given to a
GET request is also found by the request as it came, byte for byte
(:mod:`stigraph.web.front`).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Final

from stigraph.store.workers import Reply, Spooled

__all__ = ["Flight", "Kept", "ResultCache"]

Submit = Callable[[], asyncio.Future[Reply]]

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


class Flight:
    """An evaluation under way, for all who wait for it.

    Attributes:
        future: The reply to be.
        kept: The reply as it is kept; None where it isn't.
    """

    def __init__(self, future: asyncio.Future[Reply]) -> None:
        self.future = future
        self.kept: Kept | None = None
        self._waiting = 0
        self._taken = False

    def join(self) -> None:
        """Take note of one more who waits."""
        self._waiting += 1

    def leave(self) -> None:
        """Take note that one waits no more; with the last one the work ends."""
        self._waiting -= 1
        if not self._waiting and not self.future.done():
            self.future.cancel()

    def take(self) -> Reply | Kept | None:
        """Return what came; None where it was for one alone, who has it."""
        if self.kept is not None:
            return self.kept
        reply = self.future.result()
        if isinstance(reply.content, Spooled):
            if self._taken:
                return None
            self._taken = True
        return reply


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
        self._flights: dict[Hashable, Flight] = {}
        self._replays: dict[Hashable, Flight] = {}
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
        self._replays.clear()
        self._used = 0

    async def get(self, key: Hashable, submit: Submit) -> Reply | Kept:
        """Return the answer for ``key``, kept or evaluated; who asks at once gets the same one.

        A reply with :class:`Spooled` content is for one alone and isn't kept.
        """
        while True:
            found = self._replays.pop(key, None) or self.begin(key, submit)
            if isinstance(found, Kept):
                return found
            found.join()
            try:
                await asyncio.shield(found.future)
            finally:
                found.leave()
            taken = found.take()
            if taken is not None:
                return taken

    def begin(self, key: Hashable, submit: Submit) -> Kept | Flight:
        """Return what is kept for ``key``, or the evaluation under way, begun if need be."""
        kept = self._kept.get(key)
        if kept is not None:
            self.hits += 1
            self._kept.move_to_end(key)
            return kept
        flight = self._flights.get(key)
        if flight is not None:
            self.shared += 1
            return flight
        self.misses += 1
        flight = self._flights[key] = Flight(submit())
        age = self._age
        flight.future.add_done_callback(lambda _: self._land(key, flight, age))
        return flight

    def replay(self, key: Hashable, flight: Flight) -> None:
        """Have the next who asks for ``key`` find what has come already."""
        self._replays[key] = flight

    def _land(self, key: Hashable, flight: Flight, age: int) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        future = flight.future
        if future.cancelled() or future.exception() is not None or age != self._age:
            return
        reply = future.result()
        if reply.status != "answered" or reply.volatile:
            return
        if len(reply.content) <= self._room // SHARE:
            flight.kept = self._keep(key, reply)

    def _keep(self, key: Hashable, reply: Reply) -> Kept:
        content = reply.content
        if isinstance(content, Spooled):
            content = content.read()
            reply = replace(reply, content=content)
        kept = Kept(key, reply, content)
        self._kept[key] = kept
        self._used += len(content) + _OVERHEAD
        while self._used > self._room:
            self._forget(next(iter(self._kept)))
        return kept

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
