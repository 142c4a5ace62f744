"""HTTP at the socket: repeated requests answered at once, slow and oversized ones turned away.

This is uvicorn's protocol with three things added. A request that came before,
byte for byte, gets its answer from the cache without being parsed. A head must
arrive in time and may not grow without end. A client that doesn't take its
answer is let go.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from stigraph.web.cache import ResultCache
from stigraph.web.edge import RequestIds
from stigraph.web.log import Log
from stigraph.web.metrics import Metrics

__all__ = ["Front", "Hall"]

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


@dataclass(frozen=True, slots=True)
class Hall:
    """What all connections share."""

    cache: ResultCache
    ids: RequestIds
    metrics: Metrics
    log: Log


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

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect the head of a request."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._head_arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came: answer it at once, or have it parsed."""
        resting = not self._body and (self.cycle is None or self.cycle.response_complete)
        if resting and self._head_size == 0:
            whole = data[:4] == b"GET " and data[-4:] == b"\r\n\r\n"
            if whole and self._answer_again(data):
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
        head, content = found
        date = b"".join(b"%b: %b\r\n" % field for field in self.server_state.default_headers)
        self.transport.write(
            b"".join(
                (
                    b"HTTP/1.1 200 OK\r\n",
                    date,
                    head,
                    b"x-request-id: ",
                    self._hall.ids.next(),
                    b"\r\n\r\n",
                    content,
                )
            )
        )
        self._hall.metrics.repeated += 1
        self._head_arrived()
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )
        return True

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
