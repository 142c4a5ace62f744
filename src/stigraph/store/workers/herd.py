"""A template and its workers as the server sees them. For one event loop; nothing here blocks."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final

from stigraph.errors import StigraphError
from stigraph.store.workers.job import Job, Reply, Spooled, decode_head
from stigraph.store.workers.settings import Limits

__all__ = ["Herd", "LostError", "Source", "WorkerLink"]

_PIECE: Final = 64 * 1024
_MESSAGE: Final = 64 * 1024
_LOWEST: Final = 15
"""How far a query that takes long steps back for the others (``nice``)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a snapshot comes from: ``module:function`` and what to call it with (JSON)."""

    loader: str
    arguments: Mapping[str, Any]


class LostError(Exception):
    """A worker is gone; ``signal`` is what ended it, 0 where nothing did."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


class WorkerLink:
    """The connection to one worker, which does one job at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, number: int, ours: socket.socket) -> None:
        self.number = number
        self.process = 0
        self._loop = loop
        self._socket = ours
        self._received = bytearray()
        self._descriptors: list[int] = []
        self._reply: asyncio.Future[Reply] | None = None
        self._unsent = b""
        ours.setblocking(False)
        loop.add_reader(ours, self._readable)

    def ask(self, job: Job) -> asyncio.Future[Reply]:
        """Hand a job over. The future raises :class:`LostError` where the worker goes down."""
        self._reply = self._loop.create_future()
        self._unsent = job.message()
        self._send()
        return self._reply

    def step_back(self) -> None:
        """Let others have the processor first, from now on."""
        if self.process:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process, _LOWEST)

    def lose(self, signal: int) -> None:
        """Take note that the worker is gone."""
        self.close()
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(LostError(signal))

    def close(self) -> None:
        """Hang up: an idle worker then ends."""
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._socket.close()
        while self._descriptors:
            os.close(self._descriptors.pop())

    def _send(self) -> None:
        try:
            sent = self._socket.send(self._unsent)
        except BlockingIOError:
            sent = 0
        except OSError:  # it is going down: the template will tell
            return
        self._unsent = self._unsent[sent:]
        if self._unsent:
            self._loop.add_writer(self._socket, self._send)
        else:
            self._loop.remove_writer(self._socket)

    def _readable(self) -> None:
        try:
            piece, descriptors, _, _ = socket.recv_fds(self._socket, _PIECE, 1)
        except BlockingIOError:
            return
        except OSError:
            piece, descriptors = b"", []
        if not piece:
            self._loop.remove_reader(self._socket)  # the template tells how it ended
            return
        self._descriptors += descriptors
        self._received += piece
        found = decode_head(self._received)
        if found is not None:
            self._take(*found)

    def _take(self, fields: dict[str, Any], end: int) -> None:
        content: bytes | Spooled
        spooled, inline = fields.pop("spooled", None), fields.pop("inline", 0)
        if len(self._received) < end + inline:
            return
        if spooled is None:
            content = bytes(memoryview(self._received)[end : end + inline])
        else:
            content = Spooled(self._descriptors.pop(), spooled)
        self._received = bytearray()
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(Reply(**fields, content=content))
        elif isinstance(content, Spooled):
            content.close()


class Herd:
    """A template process and the workers that it has forked.

    Args:
        control: The connection to the template.
        process: The template.
        lost: Called once when the template is gone without having been told to go.
    """

    def __init__(
        self,
        control: socket.socket,
        process: subprocess.Popen[bytes],
        lost: Callable[[Herd], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._control = control
        self._process = process
        self._lost = lost
        self._links: dict[int, WorkerLink] = {}
        self._count = 0
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self.idle: list[WorkerLink] = []
        self.digest = ""
        self.modified = 0.0
        self.open = True
        self._loop.add_reader(control, self._readable)

    @classmethod
    async def start(cls, source: Source, limits: Limits, lost: Callable[[Herd], None]) -> Herd:
        """Start a template, wait until it has loaded, and return it.

        Raises:
            StigraphError: The data can't be loaded.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(  # noqa: S603
                [
                    *(sys.executable, "-P", "-m", "stigraph.store.workers.template"),
                    str(theirs.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        ours.setblocking(False)
        order = {
            "loader": source.loader,
            "arguments": dict(source.arguments),
            "limits": asdict(limits),
        }
        ours.send(json.dumps(order).encode())
        herd = cls(ours, process, lost)
        try:
            await herd._ready
        except BaseException:
            herd.close()
            raise
        return herd

    @property
    def busy(self) -> int:
        """The number of workers that aren't idle."""
        return len(self._links) - len(self.idle)

    @property
    def processes(self) -> list[int]:
        """The process ids of the template and of the workers."""
        return [self._process.pid, *(link.process for link in self._links.values() if link.process)]

    def spawn(self) -> WorkerLink:
        """Have a worker forked and return the connection to it, which can be used at once."""
        self._count += 1
        ours, theirs = socket.socketpair()
        link = self._links[self._count] = WorkerLink(self._loop, self._count, ours)
        with theirs:
            self._order({"fork": self._count}, theirs)
        return link

    def kill(self, link: WorkerLink) -> None:
        """End a worker whatever it does."""
        link.close()
        if self._links.pop(link.number, None) is not None:
            self._order({"kill": link.number})
        if link in self.idle:
            self.idle.remove(link)

    def close(self) -> None:
        """End the template and all workers."""
        self.open = False
        if self._control.fileno() >= 0:
            self._loop.remove_reader(self._control)
            self._control.close()
        for link in list(self._links.values()):
            link.lose(0)
        self._links.clear()
        self.idle.clear()
        self._process.kill()  # its workers die with it
        self._process.wait()

    def _order(self, order: dict[str, Any], passed: socket.socket | None = None) -> None:
        descriptors = [passed.fileno()] if passed else []
        try:
            socket.send_fds(self._control, [json.dumps(order).encode()], descriptors)
        except BlockingIOError:  # it is stopped, or has fallen far behind
            self._loop.call_later(0.05, self._gone)
        except OSError:
            self._loop.call_soon(self._gone)

    def _readable(self) -> None:
        while self._control.fileno() >= 0:
            try:
                message = self._control.recv(_MESSAGE)
            except BlockingIOError:
                return
            except OSError:
                message = b""
            if not message:
                self._gone()
                return
            self._heed(json.loads(message))

    def _heed(self, told: dict[str, Any]) -> None:
        if "forked" in told:
            link = self._links.get(told["forked"])
            if link is not None:
                link.process = told["process"]
        elif "died" in told:
            self._bury(told["died"], told["signal"])
        elif "ready" in told:
            self.digest, self.modified = told["digest"], told["modified"]
            self._ready.set_result(None)
        else:
            self._ready.set_exception(StigraphError(told["ja"], told["en"]))

    def _bury(self, number: int, signal: int) -> None:
        link = self._links.pop(number, None)
        if link is None:
            return
        if link in self.idle:
            self.idle.remove(link)
        link.lose(signal)
        self.on_death()

    def on_death(self) -> None:
        """Do what is to be done when a worker died by itself; the pool puts itself here."""

    def _gone(self) -> None:
        if not self.open:
            return
        self.close()
        if not self._ready.done():
            self._ready.set_exception(
                StigraphError(
                    "データを読み込むプロセスが途中で終わった。メモリーが足りるか確かめる",
                    "the process that loads the data ended early; check that there is enough "
                    "memory",
                )
            )
        else:
            self._lost(self)
