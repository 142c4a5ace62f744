"""The same protocol and the same questions, whichever store holds the graph.

The embedded store is asked through ``stigraph serve``'s own endpoint, the others are sent the
graph by ``stigraph publish``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp
from tests.services import Live

from stigraph.api import Graph
from stigraph.project import Project
from stigraph.publish import publish
from stigraph.store import LocalStore
from stigraph.store.graphs import GraphStore
from stigraph.store.remote import RemoteStore, service_at
from stigraph.vocab import DERIVED_GRAPH
from stigraph.web.app import create_app

GOLDEN = Path(__file__).resolve().parents[1] / "questions" / "golden"
KINDS = ("embedded", "oxigraph", "virtuoso")


@pytest.fixture(scope="module")
def embedded(
    project: Project,
    store: LocalStore,
    serve: Callable[[ASGIApp], AbstractContextManager[str]],
) -> Iterator[str]:
    with serve(create_app(store, Graph(project, store))) as address:
        yield f"{address}/sparql"


@pytest.fixture(scope="module", params=KINDS)
def address(request: pytest.FixtureRequest, store: LocalStore) -> str:
    """Return where the repository's graph can be queried."""
    if request.param == "embedded":
        found: str = request.getfixturevalue("embedded")
        return found
    live: Live = request.getfixturevalue(request.param)
    live.clear()
    assert list(publish(store, GraphStore(service_at(live.graphs, live.environ))))
    # One default graph is sooner asked than the hundreds of graphs that it is made of.
    return f"{live.query}?union-default-graph" if live.name == "oxigraph" else live.query


@pytest.fixture(scope="module")
def graph(address: str, project: Project) -> Graph:
    return Graph(project, RemoteStore.at(address, {}))


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def ask(address: str, client: httpx.Client) -> Callable[..., httpx.Response]:
    """Return what sends a query as any client does."""

    def send(query: str, accept: str, method: str = "POST") -> httpx.Response:
        headers = {"Accept": accept}
        if method == "GET":
            url = httpx.URL(address).copy_merge_params({"query": query})
            return client.get(url, headers=headers)
        return client.post(address, data={"query": query}, headers=headers)

    return send


_SBIR = "<https://w3id.org/stigraph/id/programme/sbir>"
_LABELS = f"SELECT ?label {{ {_SBIR} <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"


@pytest.mark.parametrize(
    "media_type", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]
)
def test_solutions_come_in_the_form_asked_for(
    ask: Callable[..., httpx.Response], media_type: str
) -> None:
    answer = ask(_LABELS, media_type)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert "SBIR制度" in answer.text or r"SBIR\u5236\u5EA6" in answer.text


@pytest.mark.parametrize("media_type", ["text/turtle", "application/n-triples"])
def test_triples_come_in_the_form_asked_for(
    ask: Callable[..., httpx.Response], media_type: str
) -> None:
    answer = ask(f"CONSTRUCT {{ {_SBIR} ?p ?o }} WHERE {{ {_SBIR} ?p ?o }}", media_type)
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert answer.text.count("SBIR") >= 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_booleans_are_answered(ask: Callable[..., httpx.Response], method: str) -> None:
    answer = ask("ASK { FILTER(1 < 2) }", "application/sparql-results+json", method)
    assert answer.json()["boolean"] is True


def test_a_query_that_does_not_parse_is_the_clients_fault(
    ask: Callable[..., httpx.Response],
) -> None:
    assert ask("SELECT { ", "application/sparql-results+json").status_code == 400


def test_the_named_graphs_are_the_files(graph: Graph, store: LocalStore) -> None:
    wanted = set(store.graphs())
    assert DERIVED_GRAPH in wanted
    assert wanted <= set(graph.store.graphs())


def test_entries_have_the_same_names(graph: Graph, project: Project, store: LocalStore) -> None:
    assert graph.catalogue.entries == Graph(project, store).catalogue.entries


@pytest.mark.parametrize("name", ["SBIR", "organisation:mext", "overview-2025:3-c-1-3"])
def test_an_entry_says_the_same(
    graph: Graph, project: Project, store: LocalStore, name: str
) -> None:
    here, there = Graph(project, store).entry(name), graph.entry(name)
    assert set(there.facts) == set(here.facts)
    assert there.evidence == here.evidence


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.json")))
def test_questions_have_the_same_answers(graph: Graph, name: str) -> None:
    golden: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    for case in golden["cases"]:
        table = graph.ask(name, **case["parameters"])
        assert list(table.variables) == golden["columns"]
        found = [[sorted(map(str, cell)) for cell in row] for row in table.rows]
        wanted = [[sorted(cell) for cell in row] for row in case["rows"]]
        assert sorted(found) == sorted(wanted)
