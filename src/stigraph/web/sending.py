"""Content on its way to the client: in one piece, or piece by piece as the client takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from stigraph.store.workers import Spooled

__all__ = ["COMMON", "FRESH", "ContentResponse", "plain_head", "send_content", "unchanged"]

Head = list[tuple[bytes, bytes]]

FRESH: Final = "public, max-age=0, must-revalidate"
"""``Cache-Control`` of what changes with the data: kept by anybody, and asked about each time."""

COMMON: Final[tuple[tuple[bytes, bytes], ...]] = (
    # Anybody's program may read what is here: it is open data, and there is nothing to log in to.
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Retry-After, X-Request-Id"),
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; "
        b"frame-ancestors 'none'; object-src 'none'",
    ),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
)
"""The header fields that go with every answer."""


def unchanged(request: Request, tag: str) -> bool:
    """Return whether the client has the answer with validator ``tag`` (RFC 9110, 13.1.2)."""
    if request.method not in ("GET", "HEAD"):
        return False
    known = request.headers.get("if-none-match", "")
    return tag in (each.strip().removeprefix("W/") for each in known.split(","))


def plain_head(headers: Mapping[str, str], length: int) -> Head:
    """Return header fields as they are sent, with the length of the content."""
    fields = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    return [*fields, (b"content-length", b"%d" % length)]


async def send_content(
    send: Send,
    status: int,
    head: Sequence[tuple[bytes, bytes]],
    content: bytes | Spooled,
    *,
    body: bool = True,
) -> None:
    """Send an answer; spooled content is let go of at the end, also where the client leaves."""
    await send({"type": "http.response.start", "status": status, "headers": head})
    if isinstance(content, bytes) or not body:
        await send({"type": "http.response.body", "body": content if body else b""})
        return
    try:
        for piece in content.pieces():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        content.close()


class ContentResponse(Response):
    """An answer whose content may be spooled."""

    def __init__(self, content: bytes | Spooled, headers: Mapping[str, str]) -> None:
        super().__init__()
        self._content = content
        self._fields = plain_head(headers, len(content))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        del receive
        body = scope["method"] != "HEAD"
        await send_content(send, 200, self._fields, self._content, body=body)
