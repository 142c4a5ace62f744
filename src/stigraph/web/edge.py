"""The outermost layer: a request id, the header fields of every answer, numbers and a log line."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import MutableMapping
from itertools import count
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stigraph.web.log import Log
from stigraph.web.metrics import Metrics
from stigraph.web.sending import COMMON

__all__ = ["Edge", "RequestIds"]

_GIVEN: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_KINDS: Final = {
    b"sparql": "sparql",
    b"graphs": "graphs",
    b"dumps": "dumps",
    b"id": "linked data",
    b"doc": "linked data",
    b"ontology": "linked data",
    b"healthz": "operation",
    b"readyz": "operation",
    b"metrics": "operation",
}


class RequestIds:
    """Makes ids that no other request of this server has, nor one of another."""

    def __init__(self) -> None:
        self._start = secrets.token_hex(5).encode()
        self._numbers = count(1)

    def next(self) -> bytes:
        """Return the next id."""
        return b"%b-%x" % (self._start, next(self._numbers))


class Edge:
    """Wraps the application.

    Args:
        app: The application.
        ids: Where requests get their ids from, if they bring none.
        metrics: What is counted.
        log: What is told.
    """

    def __init__(self, app: ASGIApp, ids: RequestIds, metrics: Metrics, log: Log) -> None:
        self._app = app
        self._ids = ids
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        request_id = given if _GIVEN.fullmatch(given) else self._ids.next()
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_fields(message, request_id)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - started
            self._metrics.answered(_kind(scope), status, seconds)
            self._tell(scope, request_id, status, seconds)

    def _tell(self, scope: Scope, request_id: bytes, status: int, seconds: float) -> None:
        level = "requests" if status < 500 else "events"
        self._log.tell(
            level,
            "request",
            request=request_id.decode(),
            client=scope["client"][0] if scope.get("client") else "",
            method=scope["method"],
            path=scope["path"],
            status=status,
            seconds=round(seconds, 4),
        )


def _kind(scope: Scope) -> str:
    first = scope["path"].encode("utf-8", "replace").lstrip(b"/").partition(b"/")[0]
    return _KINDS.get(first, "pages")


def _add_fields(message: MutableMapping[str, Any], request_id: bytes) -> None:
    fields = list(message.get("headers", ()))
    known = {name for name, _ in fields}
    fields += [field for field in COMMON if field[0] not in known]
    fields.append((b"x-request-id", request_id))
    message["headers"] = fields
