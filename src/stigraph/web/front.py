"""HTTP at the socket: repeated requests answered at once, slow and oversized ones turned away.

This is uvicorn's protocol with three things added. A request that came before,
byte for byte, gets its answer from the cache without being parsed. A head must
arrive in time and may not grow without end. A client that doesn't take its
answer is let go.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from stigraph.errors import StigraphError
from stigraph.store.workers import Job
from stigraph.web.cache import Flight, Kept, ResultCache
from stigraph.web.edge import RequestIds
from stigraph.web.lane import Lane, understood
from stigraph.web.log import Log
from stigraph.web.metrics import Metrics
from stigraph.web.sparql import Wanted

__all__ = ["Front", "Hall"]

Fields = list[tuple[bytes, bytes]]

HEAD_SECONDS: Final = 10.0
"""The time in which the head of a request must have arrived."""

TAKE_SECONDS: Final = 60.0
"""The time in which a client must take something of its answer."""

MOST_URL: Final = 64 * 1024
MOST_HEAD: Final = 128 * 1024

_REASONS: Final = {
    400: "the request is not HTTP/1.1",
    408: f"the head of the request did not arrive within {HEAD_SECONDS:.0f} s",
    414: f"the address is longer than {MOST_URL:,} bytes; send the query by POST",
    431: f"the head of the request is larger than {MOST_HEAD:,} bytes",
}


class Hall:
    """What all connections share."""

    def __init__(
        self,
        cache: ResultCache,
        ids: RequestIds,
        metrics: Metrics,
        log: Log,
        lane: Callable[[], Lane],
    ) -> None:
        self.lane = lane
        self.cache = cache
        self.ids = ids
        self.metrics = metrics
        self.log = log
        self._fields: Fields = []
        self._start = b""

    def start(self, fields: Fields) -> bytes:
        """Return the first lines of an answer; the server's fields change each second."""
        if fields is not self._fields:
            self._fields = fields
            lines = (b"%b: %b\r\n" % field for field in fields)
            self._start = b"HTTP/1.1 200 OK\r\n" + b"".join(lines)
        return self._start


@dataclass(eq=False, slots=True)
class _Trip:
    """A plain query on the short way."""

    request: bytes
    lane: Lane
    wanted: Wanted
    job: Job
    tag: str
    started: float
    flight: Flight | None = None


class Front(HttpToolsProtocol):
    """One connection."""

    def __init__(self, hall: Hall, **given: Any) -> None:
        super().__init__(**given)
        self._hall = hall
        self._head_timer: asyncio.TimerHandle | None = None
        self._take_timer: asyncio.TimerHandle | None = None
        self._head_size = 0
        self._refusal = 400
        self._raw = b""
        self._body = False
        self._busy = False
        self._trip: _Trip | None = None
        self._pending = b""

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect the head of a request."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks, and the work."""
        self._abandon_trip()
        self._head_arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came: answer it at once, or have it parsed."""
        if self._trip is not None:
            self._pending += data
            return
        resting = not self._body and (self.cycle is None or self.cycle.response_complete)
        if resting and self._head_size == 0:
            whole = data[:4] == b"GET " and data[-4:] == b"\r\n\r\n"
            if whole and (self._answer_again(data) or self._take_lane(data)):
                return
            self._raw = data if whole else b""
            if not whole and self._head_timer is None:
                self._expect_head()
        if resting:
            self._head_size += len(data)
            if self._head_size > MOST_HEAD + MOST_URL:
                # Also where the parser holds an endless line back.
                self._refusal = 431
                self.send_400_response("")
                return
        super().data_received(data)

    def _answer_again(self, request: bytes) -> bool:
        """Answer a request that came before."""
        found = None if self._hall.log.requests else self._hall.cache.recall(request)
        if found is None:
            return False
        self._hall.metrics.repeated += 1
        self._write(*found)
        return True

    def _write(self, head: bytes, content: bytes) -> None:
        """Write a whole answer, and wait for what comes next."""
        start = self._hall.start(self.server_state.default_headers)
        request_id = self._hall.ids.next()
        self.transport.write(b"%bx-request-id: %b\r\n%b\r\n%b" % (start, request_id, head, content))
        if self._head_timer is not None:
            self._head_arrived()
        self._busy = True
        if self.timeout_keep_alive_task is None:
            self._rest()

    # The short way

    def _take_lane(self, request: bytes) -> bool:
        """Begin a plain query; False where the request must go the long way."""
        wanted = None if self._hall.log.requests else understood(request)
        if wanted is None or self.config.root_path:
            return False
        lane, job = self._hall.lane(), wanted.job()
        try:
            tag = lane.tag(wanted, job)
            found = lane.begin(tag, job, self.client[0] if self.client else "")
        except StigraphError:
            return False
        trip = _Trip(request, lane, wanted, job, tag, time.perf_counter())
        if isinstance(found, Kept):
            self._hall.metrics.answered_plainly(0.0)
            self._write(*lane.written(wanted, job, tag, found, request))
            return True
        found.join()
        self._trip = trip
        trip.flight = found
        self._busy = True
        found.future.add_done_callback(lambda _: self._arrive(trip, found))
        return True

    def _arrive(self, trip: _Trip, flight: Flight) -> None:
        """Write the answer to a plain query, or leave it to the long way."""
        if self._trip is not trip:  # the client has left
            return
        self._trip = None
        flight.leave()
        pending, self._pending = self._pending, b""
        if self.transport.is_closing():
            return
        if flight.kept is not None:
            self._hall.metrics.answered_plainly(time.perf_counter() - trip.started)
            written = trip.lane.written(trip.wanted, trip.job, trip.tag, flight.kept, trip.request)
            self._write(*written)
        else:
            trip.lane.replay(trip.tag, flight)
            self._raw = b""
            super().data_received(trip.request)
        if pending:
            self.data_received(pending)

    def _abandon_trip(self) -> None:
        trip, self._trip = self._trip, None
        if trip is not None and trip.flight is not None:
            trip.flight.leave()

    def _rest(self) -> None:
        """Close the connection if nothing comes for a while.

        One clock runs on and looks whether something came: setting one anew for each answer
        would take as long as giving it.
        """
        self._busy = False
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection on which nothing came since the last look."""
        if (self._busy or self._trip is not None) and not self.transport.is_closing():
            self._rest()
        else:
            super().timeout_keep_alive_handler()

    # The head

    def _expect_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._give_up_head)

    def _head_arrived(self) -> None:
        self._head_size = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up_head(self) -> None:
        self._head_timer = None
        if self.transport.is_closing():
            return
        if self._head_size:
            self._refusal = 408
            self.send_400_response("")
        else:
            self.transport.close()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address, up to the limit."""
        super().on_url(url)
        if len(self.url) > MOST_URL:
            self._refusal = 414
            raise ValueError

    def on_headers_complete(self) -> None:
        """Begin a request."""
        self._head_arrived()
        self.scope["stigraph.raw"] = self._raw  # type: ignore[typeddict-unknown-key]
        self._raw = b""
        self._body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request."""
        self._body = False
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Turn a request away before it has become one."""
        del msg
        status = HTTPStatus(self._refusal)
        detail = _REASONS[status]
        content = json.dumps(
            {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
        ).encode()
        self.transport.write(
            f"HTTP/1.1 {status.value} {status.phrase}\r\n"
            "content-type: application/problem+json\r\n"
            "access-control-allow-origin: *\r\n"
            f"content-length: {len(content)}\r\nconnection: close\r\n\r\n".encode()
            + content
        )
        self._head_arrived()
        self._hall.metrics.answered("refused", status, 0.0)
        self.transport.close()

    # The answer

    def pause_writing(self) -> None:
        """Watch a client that doesn't keep up."""
        super().pause_writing()
        if self._take_timer is None:
            left = self.transport.get_write_buffer_size()
            self._take_timer = self.loop.call_later(TAKE_SECONDS, self._check_taken, left)

    def resume_writing(self) -> None:
        """Stop watching: the client took its answer."""
        if self._take_timer is not None:
            self._take_timer.cancel()
            self._take_timer = None
        super().resume_writing()

    def _check_taken(self, before: int) -> None:
        """Let go of a client that took nothing since the last look."""
        left = self.transport.get_write_buffer_size()
        if left >= before:
            self.transport.abort()
        else:
            self._take_timer = self.loop.call_later(TAKE_SECONDS, self._check_taken, left)
