"""Clients of the Python world: SPARQLWrapper, rdflib's SPARQLStore, pandas."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

PREFIXES = """
PREFIX schema: <https://schema.org/>
PREFIX sti: <https://w3id.org/stigraph/ontology#>
PREFIX programme: <https://w3id.org/stigraph/id/programme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
AMOUNT = (
    f"{PREFIXES} SELECT ?amount {{ ?a sti:forInitiative programme:alpha ; schema:value ?amount }}"
)
LABELS = f"{PREFIXES} CONSTRUCT WHERE {{ programme:alpha skos:prefLabel ?label }}"
LABEL = "アルファ制度"


@pytest.fixture
def wrapper(endpoint: str) -> Wrapper:
    """Return SPARQLWrapper for the endpoint."""
    return Wrapper(endpoint)


@pytest.mark.parametrize(
    ("method", "sending"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
)
def test_sparqlwrapper_selects(wrapper: Wrapper, method: str, sending: str) -> None:
    wrapper.setMethod(method)
    wrapper.setRequestMethod(sending)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(AMOUNT)
    found: Any = wrapper.queryAndConvert()
    assert [row["amount"]["value"] for row in found["results"]["bindings"]] == ["206000000000"]


def test_sparqlwrapper_reads_xml_and_csv(wrapper: Wrapper) -> None:
    wrapper.setQuery(AMOUNT)
    wrapper.setReturnFormat(XML)
    document: Any = wrapper.queryAndConvert()
    assert "206000000000" in document.toxml()
    wrapper.setReturnFormat(CSV)
    table: Any = wrapper.queryAndConvert()
    assert table.decode().split() == ["amount", "206000000000"]


# It makes a graph of a class that rdflib has given up.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("form", [RDFXML, TURTLE])
def test_sparqlwrapper_constructs(wrapper: Wrapper, form: str) -> None:
    wrapper.setQuery(LABELS)
    wrapper.setReturnFormat(form)
    found: Any = wrapper.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert Literal(LABEL, "ja") in set(graph.objects())


def test_sparqlwrapper_hears_of_a_malformed_query(wrapper: Wrapper) -> None:
    wrapper.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed, match="SPARQL"):
        wrapper.query()


def test_rdflib_works_on_the_endpoint_as_on_a_graph(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    alpha = URIRef("https://w3id.org/stigraph/id/programme/alpha")
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert Literal(LABEL, "ja") in set(graph.objects(alpha, label))
    assert (alpha, label, Literal(LABEL, "ja")) in graph
    assert [int(row.amount) for row in graph.query(AMOUNT)] == [206_000_000_000]  # type: ignore[union-attr]


def test_pandas_reads_a_result_from_its_address(endpoint: str) -> None:
    query = f"{PREFIXES} SELECT ?a ?amount {{ ?a schema:value ?amount }} ORDER BY ?amount"
    table = pd.read_csv(f"{endpoint}?{urlencode({'query': query, 'format': 'csv'})}")
    assert list(table.columns) == ["a", "amount"]
    assert table["amount"].dtype == "int64"
    assert 206_000_000_000 in set(table["amount"])


def test_pandas_reads_japanese(endpoint: str) -> None:
    query = f"{PREFIXES} SELECT ?label {{ programme:alpha skos:prefLabel ?label }}"
    address = f"{endpoint}?{urlencode({'query': query, 'format': 'tsv'})}"
    table = pd.read_csv(address, sep="\t")
    assert any(LABEL in label for label in table["?label"])
