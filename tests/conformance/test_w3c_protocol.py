"""W3C's tests of the SPARQL 1.1 Protocol and of service descriptions, over ``stigraph serve``."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from tests.conformance.manifest import ROOT, Exchange, exchanges, graph_data
from tests.serving import serving

MANIFEST = ROOT / "protocol" / "manifest.ttl"
SD = "http://www.w3.org/ns/sparql-service-description#"
QUERY_TESTS = (
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
)
TABULAR = ("results+json", "results+xml", "text/csv", "text/tab-separated-values")
BOOLEAN = TABULAR[:2]
RDF_FORMS = ("turtle", "n-triples", "rdf+xml", "ld+json")

needs_tests = pytest.mark.skipif(
    not MANIFEST.is_file(), reason="the W3C tests are not at hand (../shared/w3c)"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server with the data of the tests."""
    folder = tmp_path_factory.mktemp("data")
    for number, (graph, file) in enumerate(graph_data(MANIFEST).items()):
        lines = file.read_text(encoding="utf-8").splitlines()
        quads = [f"{line.rstrip(' .')} <{graph}> ." for line in lines if line.strip()]
        (folder / f"{number}.nq").write_text("\n".join(quads), encoding="utf-8")
    with serving("--data", str(folder)) as served, httpx.Client(base_url=served.address) as made:
        yield made


def send(client: httpx.Client, exchange: Exchange) -> httpx.Response:
    """Send a request exactly as it is described: no header of our own."""
    request = httpx.Request(
        exchange.method,
        f"{client.base_url}{exchange.path}",
        headers={"host": client.base_url.netloc.decode(), **exchange.headers},
        content=exchange.body,
    )
    return client.send(request)


def is_expected(status: int, expected: tuple[str, ...]) -> bool:
    phrases = {each.name.replace("_", "").lower(): each.value for each in HTTPStatus}
    for each in expected:
        if each.startswith("StatusCode"):
            if str(status)[0] == each.removeprefix("StatusCode")[0]:
                return True
        elif phrases[each.lower()] == status:
            return True
    return False


@needs_tests
@pytest.mark.parametrize("name", QUERY_TESTS)
def test_query_operation(client: httpx.Client, name: str) -> None:
    for exchange in exchanges(MANIFEST, name):
        response = send(client, exchange)
        assert is_expected(response.status_code, exchange.statuses), response.text
        kind = response.headers.get("content-type", "")
        if exchange.boolean is not None:
            assert response.json()["boolean"] is exchange.boolean
        forms = {"boolean": BOOLEAN, "tabular": TABULAR, "RDF": RDF_FORMS}.get(exchange.form, ("",))
        assert any(form in kind for form in forms), kind


@needs_tests
def test_all_tests_of_queries_are_here() -> None:
    text = MANIFEST.read_text(encoding="utf-8")
    entries = text[text.index("mf:entries") : text.index(") .")].split()
    named = {entry[1:] for entry in entries if entry.startswith(":")}
    assert {name for name in named if "update" not in name} == set(QUERY_TESTS)
    assert len(QUERY_TESTS) == 20


# Service descriptions: three tests in words (service-description/manifest.ttl)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server with a little data of our own."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "a.ttl").write_text("<http://d.example/a> a <http://d.example/C> .", "utf-8")
    with serving("--data", str(folder)) as served, httpx.Client(base_url=served.address) as made:
        yield made


def description(client: httpx.Client, accept: str = "text/turtle") -> Graph:
    response = client.get("/sparql", headers={"accept": accept})
    assert response.status_code == 200
    kind = response.headers["content-type"].partition(";")[0]
    return Graph().parse(data=response.content, format=kind)


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples"])
def test_returns_rdf(described: httpx.Client, accept: str) -> None:
    assert len(description(described, accept)) > 20


def test_has_endpoint_triple(described: httpx.Client) -> None:
    endpoint = URIRef(f"{described.base_url}/sparql")
    assert (None, URIRef(f"{SD}endpoint"), endpoint) in description(described)


def test_conforms_to_schema(described: httpx.Client) -> None:
    graph = description(described)
    service = graph.value(predicate=RDF.type, object=URIRef(f"{SD}Service"))
    domains = {
        "endpoint": "Service",
        "supportedLanguage": "Service",
        "feature": "Service",
        "resultFormat": "Service",
        "defaultDataset": "Service",
        "defaultGraph": "Dataset",
        "namedGraph": "Dataset",
        "name": "NamedGraph",
        "graph": "NamedGraph",
    }
    for subject, predicate, value in graph:
        if str(predicate).startswith(SD):
            kind = URIRef(SD + domains[str(predicate).removeprefix(SD)])
            assert (subject, RDF.type, kind) in graph
            assert not isinstance(value, Literal)
    assert service is not None
    for name in ("endpoint", "supportedLanguage", "resultFormat", "defaultDataset"):
        assert graph.value(service, URIRef(SD + name)) is not None


def test_a_description_lists_each_named_graph(described: httpx.Client) -> None:
    names = {str(name) for name in description(described).objects(None, URIRef(f"{SD}name"))}
    assert len(names) == 1
    assert next(iter(names)).endswith("/a.ttl")
    assert Path(next(iter(names))).name == "a.ttl"
