"""What the templates of the tests load: numbers, faults, and code that tries to get out."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from stigraph.errors import QueryError, StigraphError
from stigraph.store import Answer, LocalStore
from stigraph.store.workers.snapshot import Snapshot
from stigraph.terms import Iri, Literal
from stigraph.vocab import XSD


def numbers(triples: int, fault: str = "") -> Snapshot:
    """Return a snapshot of so many numbers."""
    if fault:
        raise StigraphError(fault, fault)
    store, node = LocalStore(), Iri("http://d.example/n")
    found = ((node, node, Literal(str(n), XSD.integer)) for n in range(triples))
    store.add_graph("http://d.example/g", found)
    return Snapshot(store, f"{triples:064x}", 0.0, dump=store.dump_to)


def killer() -> Snapshot:
    """End the process that loads."""
    os.kill(os.getpid(), signal.SIGKILL)
    return numbers(0)


def _connect() -> None:
    with socket.create_connection(("127.0.0.1", 9), timeout=1):
        pass


def _use_network() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.sendto(b"x", ("127.0.0.1", 9))


def _bind() -> None:
    with socket.create_server(("127.0.0.1", 0)):
        pass


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


_ESCAPES: Mapping[str, Callable[[], object]] = {
    "connect": _connect,
    "use the network": _use_network,
    "bind": _bind,
    "read a file": lambda: Path(sys.executable).read_bytes(),
    "write a file": lambda: Path("/tmp/escaped").write_text("x", encoding="ascii"),  # noqa: S108
    "start a process": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "fork": _fork,
}


class _Escaping:
    """A store whose queries are names of ways out."""

    def graphs(self) -> Iterator[str]:
        return iter(())

    def query(
        self,
        text: str,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        base: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> Answer:
        del default_graphs, named_graphs, base, prefixes
        try:
            _ESCAPES[text]()
        except PermissionError:
            raise QueryError("出られない", "kept in") from None
        raise QueryError("出た", "got out")


def escapes() -> Snapshot:
    """Return a snapshot whose queries try to get out."""
    return Snapshot(_Escaping(), "", 0.0)
