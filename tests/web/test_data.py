"""The data in other ways than by query: graphs, dumps, descriptions, entries, the ontology."""

from __future__ import annotations

import base64
import gzip
import hashlib

import httpx
import pyoxigraph as ox
import pytest

from stigraph.store.answers import GRAPH_FORMS
from stigraph.vocab import DCAT, GRAPH, ID, RDF, SD, SH, VOID

ALPHA = f"{ID}programme/alpha"


def triples(response: httpx.Response, form: str = "turtle") -> set[tuple[str, str, str]]:
    assert response.status_code == 200, response.text
    parsed = ox.parse(response.content, format=GRAPH_FORMS[form][1], base_iri="http://b.example/")
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in parsed}


def graph_of(response: httpx.Response) -> ox.Store:
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, query: str) -> list[str]:
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return [str(row[0].value) for row in rows]


# Graph Store Protocol


def test_a_named_graph_by_its_iri(client: httpx.Client) -> None:
    found = triples(client.get("/graphs", params={"graph": GRAPH["programme/alpha"]}))
    assert any(subject == f"<{ALPHA}>" for subject, _, _ in found)


def test_a_named_graph_by_its_address(client: httpx.Client) -> None:
    by_iri = client.get("/graphs", params={"graph": GRAPH["programme/alpha"]})
    assert triples(client.get("/graphs/programme/alpha")) == triples(by_iri)


def test_the_default_graph_is_the_union(client: httpx.Client) -> None:
    everything = triples(client.get("/graphs?default"))
    assert triples(client.get("/graphs/programme/alpha")) < everything


def test_the_whole_dataset_comes_with_its_graphs(client: httpx.Client) -> None:
    response = client.get("/graphs", headers={"accept": "application/n-quads"})
    quads = list(ox.parse(response.content, format=ox.RdfFormat.N_QUADS))
    assert {str(q.graph_name) for q in quads} >= {f"<{GRAPH['programme/alpha']}>"}
    assert not [q for q in quads if q.graph_name == ox.DefaultGraph()]


@pytest.mark.parametrize("form", GRAPH_FORMS)
def test_graphs_come_in_every_form(client: httpx.Client, form: str) -> None:
    kind = GRAPH_FORMS[form][0].media_type
    response = client.get("/graphs/programme/alpha", headers={"accept": kind})
    assert response.headers["content-type"].partition(";")[0] == kind
    assert triples(response, form) == triples(client.get("/graphs/programme/alpha"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graphs?graph=http://x.example/none", 404),
        ("/graphs/none", 404),
        ("/graphs?graph=no%20iri", 400),
        ("/graphs?graph=relative", 400),
        ("/graphs?graph=http://x.example/%3E%20%7B%7D", 400),
        ("/graphs?graph=http://x.example/a&default", 400),
        ("/graphs?grahp=http://x.example/a", 400),
    ],
)
def test_a_graph_that_is_not_there(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_head_tells_of_a_graph_without_it(client: httpx.Client) -> None:
    response = client.head("/graphs/programme/alpha")
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) > 0
    assert client.head("/graphs/none").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_only_read(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/graphs", params={"graph": GRAPH["programme/alpha"]})
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/graphs/programme/alpha", "/graphs", "/doc/programme/alpha.ttl"])
def test_a_client_that_has_it_gets_304(client: httpx.Client, path: str) -> None:
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304


# Dumps


@pytest.mark.parametrize(
    ("name", "form"),
    [("dataset.ttl", "turtle"), ("dataset.jsonld", "jsonld"), ("dataset.trig", "trig")],
)
def test_a_dump_is_the_whole(client: httpx.Client, name: str, form: str) -> None:
    response = client.get(f"/dumps/{name}")
    assert triples(response, form) == triples(client.get("/graphs?default"))
    digest = base64.b64encode(hashlib.sha256(response.content).digest()).decode()
    assert response.headers["repr-digest"] == f"sha-256=:{digest}:"


def test_quads_are_compressed_and_have_their_sum(client: httpx.Client) -> None:
    response = client.get("/dumps/dataset.nq.gz")
    assert response.headers["content-type"] == "application/gzip"
    quads = list(ox.parse(gzip.decompress(response.content), format=ox.RdfFormat.N_QUADS))
    assert len(quads) >= len(triples(client.get("/graphs?default")))
    told = client.get("/dumps/dataset.nq.gz.sha256").text
    assert told == f"{hashlib.sha256(response.content).hexdigest()}  dataset.nq.gz\n"


def test_a_dump_has_the_time_of_its_last_change(client: httpx.Client) -> None:
    modified = client.get("/dumps/dataset.ttl").headers["last-modified"]
    again = client.get("/dumps/dataset.ttl", headers={"if-modified-since": modified})
    assert again.status_code == 304
    old = {"if-modified-since": "Thu, 01 Jan 1960 00:00:00 GMT"}
    assert client.get("/dumps/dataset.ttl", headers=old).status_code == 200


def test_there_are_no_other_dumps(client: httpx.Client) -> None:
    response = client.get("/dumps/dataset.zip")
    assert response.status_code == 404
    assert "dataset.nq.gz" in response.json()["detail"]


# Descriptions


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_a_description_says_what_editors_need(client: httpx.Client, path: str) -> None:
    store = graph_of(client.get(path))
    for pattern in (
        f'?service <{SH.declare}> [ <{SH.prefix}> "sti" ; <{SH.namespace}> ?iri ]',
        f"?example a <{SH.SPARQLExecutable}> ; <{SH.select}> ?text",
        f"?set <{VOID.classPartition}> [ <{VOID['class']}> ?c ; <{VOID.entities}> ?n ]",
        f"?set <{VOID.propertyPartition}> [ <{VOID.property}> ?p ; <{VOID.triples}> ?n ]",
        f"?set a <{VOID.Dataset}> , <{DCAT.Dataset}> ; <{VOID.dataDump}> ?dump",
        f"?service a <{SD.Service}> ; <{SD.resultFormat}> ?format",
        f"?dataset <{SD.namedGraph}> [ <{SD.name}> <{GRAPH['programme/alpha']}> ]",
    ):
        assert bool(store.query(f"ASK {{ {pattern} }}")), pattern


def test_every_example_of_the_description_runs(client: httpx.Client) -> None:
    store = graph_of(client.get("/sparql"))
    texts = values(store, f"SELECT ?q {{ ?e <{SH.select}> ?q }}")
    assert texts
    for text in texts:
        assert client.get("/sparql", params={"query": text}).status_code == 200


def test_the_numbers_of_a_description_are_those_of_the_data(client: httpx.Client) -> None:
    store = graph_of(client.get("/.well-known/void"))
    (told,) = values(
        store,
        f"SELECT ?n {{ ?s <{VOID.propertyPartition}> [ <{VOID.property}> <{RDF.type}> ; "
        f"<{VOID.triples}> ?n ] }}",
    )
    counted = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s a ?c }"})
    assert counted.json()["results"]["bindings"][0]["n"]["value"] == told


def test_a_description_in_no_form_of_ours_is_406(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.json()["offers"]


# Linked data


def test_a_thing_leads_to_its_document(client: httpx.Client) -> None:
    response = client.get("/id/programme/alpha", headers={"accept": "text/turtle"})
    assert response.status_code == 303
    assert response.headers["location"] == "/doc/programme/alpha"
    assert f'<{ALPHA}>; rel="describes"' in response.headers["link"]


@pytest.mark.parametrize("form", GRAPH_FORMS)
def test_a_document_comes_in_the_form_asked_for(client: httpx.Client, form: str) -> None:
    kind, extension = GRAPH_FORMS[form][0].media_type, GRAPH_FORMS[form][0].extension
    by_type = client.get("/doc/programme/alpha", headers={"accept": kind})
    by_name = client.get(f"/doc/programme/alpha.{extension}")
    for response in (by_type, by_name):
        assert response.headers["content-type"].partition(";")[0] == kind
        assert any(subject == f"<{ALPHA}>" for subject, _, _ in triples(response, form))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_document_is_a_page_for_people(client: httpx.Client, lang: str) -> None:
    headers = {"accept": "text/html", "accept-language": lang}
    response = client.get("/id/programme/alpha", headers=headers, follow_redirects=True)
    assert response.status_code == 200
    assert response.headers["content-language"] == lang
    assert "<h1" in response.text


@pytest.mark.parametrize("path", ["/id/programme/none", "/doc/programme/none", "/id/x"])
def test_what_nobody_knows_is_404(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert client.get(path, headers={"accept": "text/html"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/id/programme/old", "/doc/programme/old", "/doc/programme/old.ttl"]
)
def test_what_was_given_up_is_410_with_its_successor(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 410
    assert response.json()["successors"] == [ALPHA]
    assert f'<{ALPHA}>; rel="successor-version"' in response.headers["link"]
    page = client.get(path, headers={"accept": "text/html"})
    assert page.status_code == 410
    assert ALPHA in page.text


# The ontology


@pytest.mark.parametrize("path", ["/ontology", "/ontology/9.8.7"])
def test_the_ontology_is_at_its_iri_and_at_its_version(client: httpx.Client, path: str) -> None:
    found = triples(client.get(path, headers={"accept": "text/turtle"}))
    assert any("Ontology" in value for _, _, value in found)
    assert not any(subject == f"<{ALPHA}>" for subject, _, _ in found)
    page = client.get(path, headers={"accept": "text/html", "accept-language": "ja"})
    assert "資金の流れ" in page.text


def test_another_version_of_the_ontology_is_not_here(client: httpx.Client) -> None:
    response = client.get("/ontology/1.0.0")
    assert response.status_code == 404
    assert "9.8.7" in response.json()["detail"]


# Operation


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_says_that_it_is_well(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_numbers_come_as_prometheus_reads_them(client: httpx.Client) -> None:
    client.get("/sparql", params={"query": "ASK {}"})
    text = client.get("/metrics").text
    assert 'stigraph_requests_total{kind="sparql",status="200"}' in text
    assert "stigraph_cache_hits_total" in text
