"""The SPARQL 1.1 Protocol at /sparql, over a real port."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx
import pytest

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?amount WHERE { ?a sti:forInitiative programme:alpha ; schema:value ?amount }"
CONSTRUCT = "CONSTRUCT { programme:alpha sti:phrase ?p } WHERE { programme:alpha sti:phrase ?p }"
JSON = "application/sparql-results+json"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def amount(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    return str(response.json()["results"]["bindings"][0]["amount"]["value"])


# Requests


def test_a_query_by_get(client: httpx.Client) -> None:
    assert amount(client.get("/sparql", params={"query": SELECT})) == "206000000000"


def test_a_query_by_url_encoded_post(client: httpx.Client) -> None:
    assert amount(client.post("/sparql", data={"query": SELECT})) == "206000000000"


@pytest.mark.parametrize(
    "kind",
    [
        "application/sparql-query",
        "Application/SPARQL-Query",
        "application/sparql-query; charset=utf-8",
        'application/sparql-query;charset="UTF-8"',
    ],
)
def test_a_query_by_direct_post(client: httpx.Client, kind: str) -> None:
    response = client.post("/sparql", content=SELECT.encode(), headers={"content-type": kind})
    assert amount(response) == "206000000000"


def test_a_form_with_a_charset(client: httpx.Client) -> None:
    headers = {"content-type": "Application/X-WWW-Form-URLEncoded; charset=UTF-8"}
    response = client.post("/sparql", content=f"query={quote(ASK)}".encode(), headers=headers)
    assert response.json()["boolean"] is True


def test_the_path_with_a_slash_leads_to_the_endpoint(client: httpx.Client) -> None:
    response = client.get("/sparql/", params={"query": ASK}, follow_redirects=True)
    assert response.json()["boolean"] is True


def test_japanese_comes_and_goes_as_utf_8(client: httpx.Client) -> None:
    query = 'SELECT ?x { ?x skos:prefLabel "アルファ制度"@ja } #量子'
    response = client.get("/sparql", params={"query": query, "format": "csv"})
    assert response.text.split() == ["x", "https://w3id.org/stigraph/id/programme/alpha"]
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_a_relative_iri_is_resolved_against_the_endpoint(client: httpx.Client) -> None:
    query = "CONSTRUCT { <s> <p> 1 } WHERE {}"
    response = client.get("/sparql", params={"query": query, "format": "ntriples"})
    assert f"<{client.base_url}/s>" in response.text


# Results


def test_json_holds_the_solutions(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": JSON})
    assert response.headers["content-type"] == JSON
    assert response.json()["head"]["vars"] == ["amount"]


def test_xml_holds_the_solutions(client: httpx.Client) -> None:
    kind = "application/sparql-results+xml"
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": kind})
    assert response.headers["content-type"] == kind
    name = "{http://www.w3.org/2005/sparql-results#}literal"
    assert [node.text for node in ET.fromstring(response.content).iter(name)] == ["206000000000"]  # noqa: S314


def test_csv_holds_the_solutions(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": "text/csv"})
    assert list(csv.reader(io.StringIO(response.text))) == [["amount"], ["206000000000"]]


def test_tsv_holds_the_solutions(client: httpx.Client) -> None:
    kind = "text/tab-separated-values"
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": kind})
    assert response.text.splitlines() == ["?amount", "206000000000"]


@pytest.mark.parametrize("kind", ["application/json", "application/xml", "text/xml"])
def test_generic_names_of_forms_are_understood(client: httpx.Client, kind: str) -> None:
    response = client.get("/sparql", params={"query": ASK}, headers={"accept": kind})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == kind


@pytest.mark.parametrize(
    ("form", "kind", "content"),
    [
        ("turtle", "text/turtle", 'programme:alpha sti:phrase "アルファ制度"'),
        ("ntriples", "application/n-triples", "/id/programme/alpha>"),
        ("jsonld", "application/ld+json", '"@id"'),
        ("rdfxml", "application/rdf+xml", "<rdf:RDF"),
    ],
)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE programme:alpha"])
def test_triples_come_in_the_form_asked_for(
    client: httpx.Client, form: str, kind: str, content: str, query: str
) -> None:
    by_name = client.get("/sparql", params={"query": query, "format": form})
    by_type = client.get("/sparql", params={"query": query}, headers={"accept": kind})
    assert by_name.headers["content-type"].partition(";")[0] == kind
    assert by_name.content == by_type.content
    assert content.split(maxsplit=1)[0] in by_name.text


def test_without_a_wish_solutions_are_json_and_triples_turtle(client: httpx.Client) -> None:
    rows = client.get("/sparql", params={"query": SELECT})
    triples = client.get("/sparql", params={"query": CONSTRUCT})
    assert rows.headers["content-type"] == JSON
    assert triples.headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_answers_may_be_read_from_any_origin_and_vary(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/sparql", params={"query": ASK}, headers=FORM)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "Accept" in response.headers["vary"]


def test_head_has_the_fields_and_no_body(client: httpx.Client) -> None:
    response = client.head("/sparql", params={"query": ASK})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"] == JSON
    assert int(response.headers["content-length"]) > 0


def test_options_tells_the_methods(client: httpx.Client) -> None:
    response = client.options("/sparql")
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_preflight_is_answered(client: httpx.Client) -> None:
    headers = {"origin": "https://x.example", "access-control-request-method": "POST"}
    response = client.options("/sparql", headers=headers)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "Content-Type" in response.headers["access-control-allow-headers"]


# The dataset


def in_graphs(client: httpx.Client, query: str, **graphs: str | list[str]) -> set[str]:
    params = {name.replace("_", "-"): value for name, value in graphs.items()}
    response = client.get("/sparql", params={"query": query, **params})
    assert response.status_code == 200, response.text
    return {row["o"]["value"] for row in response.json()["results"]["bindings"]}


ONE, TWO = "http://d.example/graph/1", "http://d.example/graph/2"
DEFAULT = "SELECT ?o { ?s ?p ?o }"
NAMED = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"


def test_the_default_graph_is_the_union(foreign: httpx.Client) -> None:
    assert in_graphs(foreign, DEFAULT) == in_graphs(foreign, NAMED) == {"1", "2"}


def test_the_client_names_the_default_graph(foreign: httpx.Client) -> None:
    assert in_graphs(foreign, DEFAULT, default_graph_uri=ONE) == {"1"}
    assert in_graphs(foreign, DEFAULT, default_graph_uri=[ONE, TWO]) == {"1", "2"}
    assert in_graphs(foreign, NAMED, default_graph_uri=ONE) == set()


def test_the_client_names_the_named_graphs(foreign: httpx.Client) -> None:
    assert in_graphs(foreign, NAMED, named_graph_uri=TWO) == {"2"}
    assert in_graphs(foreign, DEFAULT, named_graph_uri=TWO) == set()


def test_the_request_wins_over_the_query(foreign: httpx.Client) -> None:
    query = "SELECT ?o FROM <http://d.example/graph/1> { ?s ?p ?o }"
    assert in_graphs(foreign, query) == {"1"}
    assert in_graphs(foreign, query, default_graph_uri=TWO) == {"2"}


def test_a_posted_query_takes_its_dataset_from_the_address(foreign: httpx.Client) -> None:
    where = f"/sparql?default-graph-uri={quote(TWO, safe='')}"
    direct = {"content-type": "application/sparql-query"}
    for sent in (
        foreign.post(where, content=DEFAULT.encode(), headers=direct),
        foreign.post(where, data={"query": DEFAULT}),
        foreign.post("/sparql", data={"query": DEFAULT, "default-graph-uri": TWO}),
    ):
        assert [row["o"]["value"] for row in sent.json()["results"]["bindings"]] == ["2"]


def test_a_graph_that_the_request_names_and_nobody_has_is_empty(foreign: httpx.Client) -> None:
    assert in_graphs(foreign, DEFAULT, default_graph_uri="http://d.example/none") == set()


def test_in_foreign_data_prefixes_must_be_declared(foreign: httpx.Client) -> None:
    response = foreign.get("/sparql", params={"query": "SELECT * { ?s sti:phrase ?o }"})
    assert response.status_code == 400
    assert json.loads(response.text)["line"] == 1
