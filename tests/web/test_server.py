"""The process: its first line, a port that is taken, its end."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from stigraph.errors import PortInUseError, UsageError
from stigraph.web.server import run

Spawn = Callable[..., subprocess.Popen[str]]


def ready(process: subprocess.Popen[str]) -> str:
    """Return the line that the server prints once it answers."""
    assert process.stderr is not None
    return process.stderr.readline()


def address_in(line: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, line
    return found[0]


def test_the_first_line_has_the_address_and_two_things_to_try(spawn: Spawn) -> None:
    line = ready(spawn())
    address = address_in(line)
    assert f"First open {address} in a browser" in line
    tried = re.search(r"curl '([^']*)'", line)
    assert tried
    assert httpx.get(tried[1]).json()["head"]["vars"] == ["o", "p", "s"]


def test_the_first_line_is_in_japanese_if_wanted(spawn: Spawn) -> None:
    assert "で配信中" in ready(spawn(lang="ja"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_time_with_0(spawn: Spawn, number: signal.Signals) -> None:
    process = spawn()
    with httpx.Client(base_url=address_in(ready(process))) as client:
        client.get("/en/")  # a connection that stays open
        process.send_signal(number)
        assert process.wait(5) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def test_a_signal_ends_it_while_a_query_runs(spawn: Spawn) -> None:
    process = spawn()
    endless = (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l) }"
    )
    with httpx.Client(base_url=address_in(ready(process))) as client:
        with pytest.raises(httpx.TimeoutException):
            client.get("/sparql", params={"query": endless}, timeout=0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_answers_are_not_held_back(spawn: Spawn) -> None:
    with httpx.Client(base_url=address_in(ready(spawn()))) as client:
        seconds = [
            client.get("/sparql", params={"query": "ASK {}"}).elapsed.total_seconds()
            for _ in range(20)
        ]
    assert min(seconds[1:]) < 0.03


def test_foreign_data_are_served(spawn: Spawn, tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text("<http://a.example/> <http://b.example/> 1 .")
    address = address_in(ready(spawn(data=tmp_path)))
    query = "SELECT ?g { GRAPH ?g { ?s ?p 1 } }"
    found = httpx.get(f"{address}sparql", params={"query": query}).json()
    assert found["results"]["bindings"][0]["g"]["value"] == (tmp_path / "one.ttl").as_uri()


def test_a_port_in_use_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("this is no Turtle")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError) as caught:
            run("127.0.0.1", port, tmp_path, "en")
    assert str(port) in caught.value.en
    assert "使われている" in caught.value.ja


def test_an_address_that_is_not_here_is_told() -> None:
    with pytest.raises(UsageError, match=r"can't listen on 192\.0\.2\.1"):
        run("192.0.2.1", 0, None, "en")


def test_clients_wait_while_the_graph_is_loaded(spawn: Spawn) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    spawn(port)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            found = httpx.get(f"http://127.0.0.1:{port}/en/", timeout=10)
        except httpx.ConnectError:  # the process hasn't started yet
            time.sleep(0.01)
        else:
            assert found.status_code == 200
            return
    pytest.fail("the server never answered")
