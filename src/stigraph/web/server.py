"""The server process: the port, the data, uvicorn, and the end."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.parse import quote

import uvicorn

from stigraph.errors import PortInUseError, UsageError
from stigraph.web.front import Front
from stigraph.web.host import Host
from stigraph.web.querypage import EXAMPLE
from stigraph.web.settings import ServeSettings
from stigraph.web.texts import say

__all__ = ["run", "run_with"]

BACKLOG: Final = 2048
GRACE_SECONDS: Final = 2
"""Answers under way may take so long to finish once the server was told to end."""

END_SECONDS: Final = 3.5
"""After so long the process ends, whatever is still running."""

KEEP_ALIVE_SECONDS: Final = 15
_ENDING: Final = (signal.SIGTERM, signal.SIGINT)


def run(host: str, port: int, data: Path | None, lang: str) -> None:
    """Serve with the other settings as they are by default; see :func:`run_with`."""
    run_with(ServeSettings(host=host, port=port, data=data), lang)


def run_with(settings: ServeSettings, lang: str) -> None:
    """Serve until SIGTERM or SIGINT, then leave the process with 0. For the main thread alone.

    Args:
        settings: How.
        lang: The language of messages, and of pages for who prefers none.

    Raises:
        PortInUseError: Another process listens there; said before anything is loaded.
        UsageError: The address can't be listened on, or a question is written wrongly.
        UnreadableError: The data can't be read.
        TurtleSyntaxError: A file doesn't parse.
        SystemExit: With 0, on the signals.
    """
    with _listen(settings.host, settings.port) as listening:
        for number in _ENDING:
            signal.signal(number, _leave)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(settings, lang, listening))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415  # there is none for Windows
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _serve(settings: ServeSettings, lang: str, listening: socket.socket) -> None:
    host = Host(settings, lang)
    try:
        await host.open()
        config = uvicorn.Config(
            host.application,
            http=partial(Front, host.hall()),  # type: ignore[arg-type]
            log_level="critical",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        ready = say(lang, "server.ready", address=_address(listening), query=quote(EXAMPLE))
        print(ready, file=sys.stderr, flush=True)
        with host.reloading():
            await _Server(config).serve(sockets=[listening])
    finally:
        await host.close()


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


class _Server(uvicorn.Server):
    """uvicorn's server, which ends in time even while a query is running in a thread."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        last = threading.Timer(END_SECONDS, os._exit, (0,))
        last.daemon = True
        last.start()
        super().handle_exit(sig, frame)


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens: from here on clients wait instead of being turned away."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        found = socket.create_server((host, port), family=family, backlog=BACKLOG)
        # Connections inherit it. asyncio would set it on sockets of its own, but not on ours, and
        # an answer in two pieces would wait 40 ms for the client's acknowledgement of the first.
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(
                f"{host} のポート {port} は使われている。--port で別のポートを選ぶ",
                f"port {port} on {host} is in use; choose another one with --port",
            ) from error
        reason = error.strerror or str(error)
        raise UsageError(
            f"{host} のポート {port} で待ち受けられない（{reason}）。--host と --port を確かめる",
            f"can't listen on {host}, port {port} ({reason}); check --host and --port",
        ) from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
