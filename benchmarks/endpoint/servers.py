"""The servers that are compared, each started with the same data in memory."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

__all__ = ["SERVERS", "Server", "memory_of", "running"]

WAIT_SECONDS = 600
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Server:
    """How to start a server, where it answers, and what it can be asked for.

    Attributes:
        most: Up to how many triples it is asked to hold.
        ends: Whether it ends a query whose client is gone.
        program: The name of a program that isn't a Python package's.
        user: Who may write to it.
    """

    name: str
    command: Callable[[Path, int], list[str]]
    path: str
    package: str
    upload: str = ""
    most: int = 10_000_000
    ends: bool = True
    program: str = ""
    user: tuple[str, str] | None = None

    @property
    def at_hand(self) -> bool:
        if self.program:
            return shutil.which(self.program) is not None
        return find_spec(self.package) is not None or (BIN / self.package).exists()

    @property
    def version(self) -> str:
        if self.program:
            told = subprocess.run([self.program, "-?"], capture_output=True, text=True, check=False)
            found = re.search(r"Version ([0-9.]+)", told.stdout + told.stderr)
            return found[1] if found else "?"
        return metadata.version(self.package.replace("_", "-"))


def _ours(data: Path, port: int) -> list[str]:
    options = ["--data", str(data.parent), "--port", str(port)]
    return [sys.executable, "-m", "stigraph", "serve", *options]


def _oxigraph(_: Path, port: int) -> list[str]:
    return [str(BIN / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]


def _rdflib(data: Path, port: int) -> list[str]:
    return [str(BIN / "rdflib-endpoint"), "serve", "--port", str(port), str(data)]


_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{own}
DisableUnixSocket = 1
MaxClientConnections = 20
CheckpointInterval = 0
CaseMode = 2
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 20
KeepAliveTimeout = 60
MaxKeepAlives = 20
[SPARQL]
ResultSetMaxRows = 10000
"""
"""Room for all data in memory."""


def _virtuoso(data: Path, port: int) -> list[str]:
    folder = data.parent / "virtuoso"
    folder.mkdir(exist_ok=True)
    config = folder / "virtuoso.ini"
    text = _VIRTUOSO.format(folder=folder, own=_free_port(), port=port)
    config.write_text(text, encoding="utf-8")
    return ["virtuoso-t", "+configfile", str(config), "+foreground"]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


SERVERS = (
    Server("stigraph", _ours, "/sparql", "stigraph"),
    Server("oxigraph serve", _oxigraph, "/query", "oxigraph", upload="/store?default"),
    Server(
        "Virtuoso",
        _virtuoso,
        "/sparql",
        "",
        upload="/sparql-graph-crud-auth?graph-uri=http://bench.example/graph",
        program="virtuoso-t",
        user=("dba", "dba"),
    ),
    Server("rdflib-endpoint", _rdflib, "/", "rdflib_endpoint", most=100_000, ends=False),
)


@contextmanager
def running(server: Server, data: Path) -> Iterator[tuple[str, int]]:
    """Run ``server`` with ``data`` and give the address of its endpoint and its process."""
    port = _free_port()
    process = subprocess.Popen(
        server.command(data, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    root = f"http://127.0.0.1:{port}"
    try:
        if server.upload:
            _await(lambda: _open(f"{root}{server.path}?query=ASK%7B%7D"), process)
            _put(f"{root}{server.upload}", data, server.user)
        _await(lambda: _open(f"{root}{server.path}?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"), process)
        yield f"{root}{server.path}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(attempt: Callable[[], None], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            attempt()
        except (OSError, urllib.error.URLError):
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def _open(address: str) -> None:
    with urllib.request.urlopen(address, timeout=WAIT_SECONDS) as response:  # noqa: S310
        response.read()


def _put(address: str, data: Path, user: tuple[str, str] | None) -> None:
    request = urllib.request.Request(  # noqa: S310
        address, data=data.read_bytes(), headers={"content-type": "text/turtle"}, method="POST"
    )
    opener = urllib.request.build_opener()
    if user is not None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, address, *user)
        opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(known))
    with opener.open(request, timeout=WAIT_SECONDS) as response:
        response.read()


def memory_of(process: int) -> int:
    """Return the MiB of a process and its descendants; pages that several share count once."""
    pids, found = [process], 0
    while pids:
        pid = pids.pop()
        place = Path(f"/proc/{pid}")
        try:
            text = (place / "smaps_rollup").read_text()
            children = (place / f"task/{pid}/children").read_text()
        except OSError:
            continue
        found += next(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
        pids += [int(child) for child in children.split()]
    return found // 1024


def wrk() -> str | None:
    """Return the load generator, None where there is none."""
    return shutil.which("wrk") if os.name == "posix" else None
