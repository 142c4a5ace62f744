"""At the socket: the short way gives what the long way gives, and clients are let go."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.serving import Served, serving, until

QUERY = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 5"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# A field that the short way doesn't know sends a request the long way.
LONG_WAY = {"x-anything": "1"}
CHANGING = ("date", "x-request-id")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server over three hundred triples."""
    folder = tmp_path_factory.mktemp("front")
    text = "".join(f"<http://d.example/{n}> <http://d.example/p> {n} .\n" for n in range(300))
    (folder / "data.ttl").write_text(text, encoding="utf-8")
    with serving("--data", str(folder), "--deadline", "1") as found:
        yield found


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Return a client of it."""
    with httpx.Client(base_url=served.address, timeout=30) as made:
        yield made


def fields(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in CHANGING}


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        (QUERY, {}),
        (QUERY, {"accept": "text/csv"}),
        (QUERY, {"accept": "text/turtle"}),
        (QUERY, {"accept-encoding": "zstd"}),
        (QUERY, {"origin": "https://x.example"}),
        ("CONSTRUCT WHERE { ?s ?p 7 }", {"accept": "application/n-triples"}),
        ("ASK {}", {}),
        ("SELECT * {", {}),
        ("ASK { SERVICE <http://x.example/> {} }", {}),
        (ENDLESS, {}),
        (" ", {}),
    ],
)
def test_both_ways_give_the_same(client: httpx.Client, query: str, headers: dict[str, str]) -> None:
    params = {"query": query}
    short = client.get("/sparql", params=params, headers=headers)
    again = client.get("/sparql", params=params, headers=headers)
    long = client.get("/sparql", params=params, headers={**headers, **LONG_WAY})
    assert short.status_code == again.status_code == long.status_code
    assert short.content == again.content == long.content
    assert fields(short) == fields(again) == fields(long)


def test_what_changes_by_itself_changes_on_the_short_way_too(client: httpx.Client) -> None:
    answers = {client.get("/sparql?query=SELECT(UUID()AS%3Fx)%7B%7D").content for _ in range(3)}
    assert len(answers) == 3


def test_requests_sent_at_once_are_answered_in_order(served: Served) -> None:
    port = int(served.address.rpartition(":")[2])
    numbers = range(20)
    text = "".join(
        f"GET /sparql?query=SELECT({n}AS%3Fn)%7B%7D&format=csv HTTP/1.1\r\nhost: x\r\n\r\n"
        for n in numbers
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(text.encode())
        told = b""
        while told.count(b"\r\n\r\nn\r\n") < len(numbers):
            piece = connection.recv(65536)
            assert piece
            told += piece
    found = [int(part.split(b"\r\n")[1]) for part in told.split(b"\r\n\r\n")[1:]]
    assert found == list(numbers)


def test_requests_that_come_in_pieces_are_put_together(served: Served) -> None:
    port = int(served.address.rpartition(":")[2])
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nhost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in request * 2:
            connection.sendall(bytes((byte,)))
        told = b""
        while told.count(b'"boolean":true') < 2:
            piece = connection.recv(65536)
            assert piece
            told += piece


def test_a_client_that_leaves_on_the_short_way_stops_its_work(served: Served) -> None:
    before = len(served.events("killed"))
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{served.address}/sparql", params={"query": f"{ENDLESS} #1"}, timeout=0.2)
    until(lambda: len(served.events("killed")) > before, "stopped")
    assert served.events("killed")[before]["reason"] == "client gone"


def test_who_asks_the_same_at_once_shares_the_work(served: Served, client: httpx.Client) -> None:
    def shared() -> float:
        line = next(
            line
            for line in client.get("/metrics").text.splitlines()
            if "cache_shared" in line and not line.startswith("#")
        )
        return float(line.split()[1])

    before = shared()
    port = int(served.address.rpartition(":")[2])
    slow = "SELECT(COUNT(*)AS%3Fn)%7B%3Fa+%3Fb+%3Fc.%3Fd+%3Fe+%3Ff+FILTER(%3Fc%3C%3Ff)%7D"
    request = f"GET /sparql?query={slow} HTTP/1.1\r\nhost: x\r\n\r\n".encode()
    connections = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(5)]
    for connection in connections:
        connection.sendall(request)
    answers = {connection.recv(65536).rpartition(b"\r\n\r\n")[2] for connection in connections}
    for connection in connections:
        connection.close()
    assert len(answers) == 1
    assert shared() > before


def test_every_request_is_told_if_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://a.example/> <http://b.example/> 1 .")
    with serving("--data", str(tmp_path), "--log", "requests") as found:
        for _ in range(3):
            given = httpx.get(f"{found.address}/sparql?query=ASK%7B%7D")
        until(lambda: len(found.events("request")) == 3, "three lines")
        last = found.events("request")[-1]
        assert last["request"] == given.headers["x-request-id"]
        assert (last["path"], last["status"], last["method"]) == ("/sparql", 200, "GET")
