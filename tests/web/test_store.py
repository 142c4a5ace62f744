"""``serve --store URL``: the same endpoint and pages over data that another service holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.services import Live, closed_port
from tests.serving import Served, serving

from stigraph.dataset import load_project
from stigraph.project import Project
from stigraph.publish import publish
from stigraph.store.graphs import GraphStore
from stigraph.store.remote import service_at

SMALL = Path(__file__).parent / "project"
AMOUNT = "SELECT ?amount { ?a sti:forInitiative programme:alpha ; schema:value ?amount }"


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def service(request: pytest.FixtureRequest) -> Live:
    """Return a service that holds the small project."""
    live: Live = request.getfixturevalue(request.param)
    live.clear()
    store = load_project(Project(SMALL))
    assert list(publish(store, GraphStore(service_at(live.graphs, live.environ))))
    return live


@pytest.fixture(scope="module")
def served(service: Live) -> Iterator[Served]:
    """Return a server over it."""
    union = "?union-default-graph" if service.name == "oxigraph" else ""
    with serving("--store", service.query + union, cwd=SMALL) as found:
        yield found


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    """Return a client of the server."""
    with httpx.Client(base_url=served.address, timeout=30) as made:
        yield made


def test_queries_are_answered_from_the_service(client: httpx.Client) -> None:
    found = client.get("/sparql", params={"query": AMOUNT}).json()["results"]["bindings"]
    assert [row["amount"]["value"] for row in found] == ["206000000000"]


def test_a_change_at_the_service_is_seen_at_once(client: httpx.Client, service: Live) -> None:
    query = {"query": "ASK { <http://x.example/new> ?p ?o }"}
    first = client.get("/sparql", params=query)
    assert first.json()["boolean"] is False
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers
    service.load("<http://x.example/new> a <http://x.example/C> .", "https://example.org/graph/new")
    assert client.get("/sparql", params=query).json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * {", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", 400),
        ("SELECT * FROM <http://x.example/none> {}", 400),
        ("DROP ALL", 400),
    ],
)
def test_the_same_is_refused(client: httpx.Client, query: str, status: int) -> None:
    assert client.get("/sparql", params={"query": query}).status_code == status


def test_pages_entries_and_graphs_come_from_the_service(client: httpx.Client) -> None:
    assert client.get("/en/").status_code == 200
    assert "アルファ制度" in client.get("/ja/entry/programme/alpha").text
    assert "アルファ制度" in client.get("/doc/programme/alpha.ttl").text
    assert "アルファ制度" in client.get("/graphs/programme/alpha").text
    assert client.get("/sparql", headers={"accept": "text/turtle"}).status_code == 200
    assert client.get("/dumps/dataset.ttl").status_code == 404


def test_a_service_that_is_down_is_told_at_start() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stigraph", "serve", "--port", "0", "--lang", "en"],
        cwd=SMALL,
        env={**os.environ, "STIGRAPH_STORE": f"http://127.0.0.1:{closed_port()}/query"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "check the address and that the service is up" in done.stderr
