"""The life of the template: load the snapshot, then fork a worker whenever the server asks.

It is a process of its own with one thread and no connection but that to the
server, so that forking is safe and quick. Started as
``python -m stigraph.store.workers.template DESCRIPTOR``; the first message names
the function that loads the snapshot, and what to call it with.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from stigraph.errors import StigraphError
from stigraph.store.workers import worker
from stigraph.store.workers.perform import Worksheet
from stigraph.store.workers.settings import Limits
from stigraph.store.workers.snapshot import Snapshot

__all__ = ["main"]

MESSAGE: Final = 64 * 1024


Loader = Callable[..., Snapshot]


def main(descriptor: int) -> None:
    """Live until the server hangs up or says so."""
    # The terminal's interrupt goes to all of us; it is for the server to end things in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    order = json.loads(control.recv(MESSAGE))
    limits = Limits(**order["limits"])
    try:
        snapshot = _loader(order["loader"])(**order["arguments"])
    except StigraphError as error:
        _tell(control, failed=True, ja=error.ja, en=error.en)
        return
    sheet = Worksheet(snapshot.store, snapshot.prefixes, limits, snapshot.dump, snapshot.digest)
    gc.collect()
    gc.freeze()  # so that a worker's collector leaves the shared pages alone
    _tell(control, ready=True, digest=snapshot.digest, modified=snapshot.modified)
    _Template(control, sheet).run()


def _loader(name: str) -> Loader:
    module, _, function = name.partition(":")
    loader: Loader = getattr(import_module(module), function)
    return loader


def _tell(control: socket.socket, **fields: Any) -> None:
    control.send(json.dumps(fields).encode())


class _Template:
    """The loop: orders from the server, deaths of workers."""

    def __init__(self, control: socket.socket, sheet: Worksheet) -> None:
        self._control = control
        self._sheet = sheet
        self._numbers: dict[int, int] = {}  # by process id

    def run(self) -> None:
        """Obey until the server hangs up."""
        woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            readable = select.select([self._control.fileno(), woken], [], [])[0]
            if woken in readable:
                os.read(woken, 512)
                self._reap()
            if self._control.fileno() in readable and not self._obey():
                break
        for process in self._numbers:
            os.kill(process, signal.SIGKILL)

    def _obey(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE, 1)
        if not message:
            return False
        order = json.loads(message)
        if "fork" in order:
            self._fork(order["fork"], descriptors[0])
        else:
            self._kill(order["kill"])
        return True

    def _fork(self, number: int, descriptor: int) -> None:
        try:
            process = os.fork()
        except OSError:  # no memory or no room for another process: the server tries again
            os.close(descriptor)
            _tell(self._control, died=number, signal=0)
            return
        if process == 0:
            self._become_worker(descriptor)
        os.close(descriptor)
        self._numbers[process] = number
        _tell(self._control, forked=number, process=process)

    def _become_worker(self, descriptor: int) -> None:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._control.close()
            worker.live(socket.socket(fileno=descriptor), self._sheet)
        finally:
            os._exit(1)

    def _kill(self, number: int) -> None:
        # Only a child that was not reaped is in the table: its id can't be another's.
        for process, known in self._numbers.items():
            if known == number:
                os.kill(process, signal.SIGKILL)

    def _reap(self) -> None:
        while self._numbers:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                break
            number = self._numbers.pop(process, None)
            if number is not None:
                killed = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
                _tell(self._control, died=number, signal=killed)


if __name__ == "__main__":
    main(int(sys.argv[1]))
