"""The life of a worker: close in, then answer one job after the other until the server hangs up."""

from __future__ import annotations

import os
import socket
import threading
import time
from typing import Final

from stigraph.store.workers import cage
from stigraph.store.workers.job import Job, Reply, decode_head
from stigraph.store.workers.perform import Worksheet, perform
from stigraph.store.workers.settings import MIB

__all__ = ["live"]

STACK: Final = 256 * MIB
"""Deeply nested queries are read and planned recursively; only what is used takes memory."""

QUICK: Final = 0.02
"""Seconds: what is done sooner can't have taken much memory, and isn't measured."""

_PIECE: Final = 64 * 1024


def live(connection: socket.socket, sheet: Worksheet) -> None:
    """Answer jobs from ``connection``; never returns."""
    cage.die_with_parent()
    threading.stack_size(STACK)
    thread = threading.Thread(target=_work, args=(connection, sheet))
    thread.start()
    thread.join()
    os._exit(0)


def _work(connection: socket.socket, sheet: Worksheet) -> None:
    try:
        size = cage.limit_memory(sheet.limits.memory)
        cage.close_in(connection.fileno(), size.fileno())
        received = bytearray()
        while True:
            while (found := decode_head(received)) is None:
                piece = connection.recv(_PIECE)
                if not piece:
                    os._exit(0)
                received += piece
            fields, end = found
            del received[:end]
            started = time.monotonic()
            reply = perform(sheet, Job.of(fields))
            quick = time.monotonic() - started < QUICK
            grown = 0 if quick else size.growth()
            _send(connection, reply, {"grown": grown, "snapshot": sheet.digest})
            del reply
    except BaseException:  # nobody is left to tell: the server sees us go
        os._exit(1)


def _send(connection: socket.socket, reply: Reply, more: dict[str, object]) -> None:
    head, content, descriptor = reply.message(**more)
    if descriptor < 0:
        connection.sendall(head + content)
    else:
        sent = socket.send_fds(connection, [head], [descriptor])
        connection.sendall(head[sent:])
        if not isinstance(reply.content, bytes):
            reply.content.close()
