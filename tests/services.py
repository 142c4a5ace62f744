"""Real SPARQL services on loopback for tests, and one that misbehaves as it is told."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

_PREFIX = "https://example.org/graph/"


@dataclass(frozen=True)
class Live:
    """A SPARQL service that runs for the tests.

    Attributes:
        name: What it is.
        query: Where queries go.
        graphs: Its Graph Store Protocol.
        client: What may write to it.
    """

    name: str
    query: str
    graphs: str
    client: httpx.Client

    @property
    def environ(self) -> dict[str, str]:
        """What tells stigraph who may write to it."""
        if self.name != "virtuoso":
            return {}
        return {"STIGRAPH_STORE_USER": "dba", "STIGRAPH_STORE_PASSWORD": "dba"}

    def load(self, turtle: str, graph: str = f"{_PREFIX}data") -> str:
        """Put Turtle into a named graph, in place of what it held, and return its name."""
        headers, where = {"Content-Type": "text/turtle"}, self._named(graph)
        self.client.delete(self.graphs, params=where)
        sent = self.client.put(self.graphs, params=where, content=turtle.encode(), headers=headers)
        sent.raise_for_status()
        return graph

    def clear(self) -> None:
        """Delete every graph that a test may have put there."""
        # Virtuoso 7 may never end the same query with DISTINCT.
        query = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        headers = {"Accept": "application/sparql-results+json"}
        found = self.client.post(self.query, data={"query": query}, headers=headers).json()
        for row in found["results"]["bindings"]:
            name = row["g"]["value"]
            if not name.startswith(("http://www.openlinksw", "http://localuri", "http://www.w3")):
                self.client.delete(self.graphs, params=self._named(name)).raise_for_status()

    def _named(self, graph: str) -> dict[str, str]:
        return {"graph-uri" if self.name == "virtuoso" else "graph": graph}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, ready: str) -> Iterator[None]:
    """Run a server until the end, and begin when it answers a query at ``ready``."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(process, ready)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}")
        try:
            if httpx.get(url, params={"query": "ASK {}"}, timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the server doesn't answer")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Return ``oxigraph serve``, in memory."""
    program = Path(sys.executable).with_name("oxigraph")
    address = f"127.0.0.1:{_free_port()}"
    command = [str(program), "serve", "--bind", address]
    folder, query = tmp_path_factory.mktemp("oxigraph"), f"http://{address}/query"
    with _running(command, folder, query), httpx.Client(timeout=60) as client:
        yield Live("oxigraph", query, f"http://{address}/store", client)


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
MaxClientConnections = 10
CheckpointInterval = 0
CaseMode = 2
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 10
[SPARQL]
ResultSetMaxRows = 10000
"""


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Return Virtuoso as Debian packages it, with a limit of 10,000 rows a result.

    The test is skipped where it isn't installed.
    """
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource)")
    folder = tmp_path_factory.mktemp("virtuoso")
    port = _free_port()
    config = folder / "virtuoso.ini"
    config.write_text(_VIRTUOSO.format(folder=folder, own=_free_port(), port=port))
    command = [program, "+configfile", str(config), "+foreground"]
    base = f"http://127.0.0.1:{port}"
    auth = httpx.DigestAuth("dba", "dba")
    with _running(command, folder, f"{base}/sparql"), httpx.Client(auth=auth, timeout=60) as client:
        yield Live("virtuoso", f"{base}/sparql", f"{base}/sparql-graph-crud-auth", client)


Behaviour = Callable[[BaseHTTPRequestHandler, bytes], None]


@dataclass
class Misbehaving:
    """A server that treats each request as the next of ``behaviours`` says, the last for ever."""

    url: str
    behaviours: list[Behaviour]
    requests: list[tuple[dict[str, str], bytes]]


@pytest.fixture
def misbehaving() -> Iterator[Misbehaving]:
    """Return a server whose behaviours a test writes."""
    state = Misbehaving("", [], [])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.requests.append((dict(self.headers), body))
            behave = state.behaviours[min(len(state.requests), len(state.behaviours)) - 1]
            behave(self, body)

        do_GET = do_PUT = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def says(
    text: str,
    media_type: str = "application/sparql-results+json",
    status: int = 200,
    **headers: str,
) -> Behaviour:
    """Return the behaviour of answering with ``text``."""

    def behave(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        del body
        content = text.encode()
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return behave


def cuts(text: str) -> Behaviour:
    """Return the behaviour of promising more than ``text`` and hanging up."""

    def behave(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        del body
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(text.encode())
        handler.wfile.flush()
        handler.close_connection = True

    return behave


def hangs(seconds: float) -> Behaviour:
    """Return the behaviour of saying nothing for some time."""

    def behave(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        del body
        time.sleep(seconds)
        handler.close_connection = True

    return behave


def closed_port() -> int:
    """Return a port at which nobody listens."""
    return _free_port()


def environment(**more: str) -> dict[str, str]:
    """Return the environment without what tells a service who we are, but with ``more``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("STIGRAPH_STORE_")}
    return {**kept, **more}
