"""Where a request went: the address of what was asked, as the client has it."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

__all__ = ["address_of", "is_host", "root_of"]

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")


def is_host(text: str) -> bool:
    """Return whether ``text`` is a good value of ``Host``."""
    return _HOST.fullmatch(text) is not None


def root_of(request: Request) -> str:
    """Return scheme and host of the request; our own address where the client sent no good one."""
    host = request.headers.get("host", "")
    if not is_host(host):
        name, port = request.scope.get("server") or ("localhost", None)
        host = f"{name}:{port}" if port else str(name)
    return f"{request.scope['scheme']}://{host}"


def address_of(request: Request) -> str:
    """Return the address of the request without its query string."""
    return f"{root_of(request)}{request.scope['path']}"
