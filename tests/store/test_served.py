"""The layout for queries of strangers gives what the plain store gives, and merges what it must."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from stigraph.errors import QueryError
from stigraph.store import LocalStore, Solutions
from stigraph.store.served import ServedStore

ONE, TWO = "http://d.example/1", "http://d.example/2"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def quads(*, shared: bool) -> Iterator[ox.Quad]:
    place = ox.NamedNode("http://d.example/p")
    for graph in (ONE, TWO):
        for number in range(3):
            yield ox.Quad(place, place, ox.Literal(f"{graph}{number}"), ox.NamedNode(graph))
        if shared:
            yield ox.Quad(place, place, ox.Literal("both"), ox.NamedNode(graph))
    yield ox.Quad(place, place, ox.Literal("in no graph"))


def answer(store: ServedStore | LocalStore, query: str, **dataset: tuple[str, ...]) -> list[str]:
    found = store.query(query, **dataset)  # type: ignore[arg-type]
    assert isinstance(found, Solutions)
    return sorted(" ".join(term.value if term else "-" for term in row) for row in found)


@pytest.fixture(params=[False, True], ids=["disjoint", "shared"])
def stores(request: pytest.FixtureRequest) -> tuple[ServedStore, LocalStore]:
    """Return both stores with the same data, without and with a triple that two graphs state."""
    plain = LocalStore()
    plain.extend(quads(shared=request.param))
    return ServedStore.of(quads(shared=request.param)), plain


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?g ?o ?x { GRAPH ?g { ?s ?p ?o } ?s ?p ?x }",
        "SELECT ?o { gRaPh <http://d.example/1> { ?s ?p ?o } }",
        "SELECT ?o FROM <http://d.example/1> { ?s ?p ?o }",
        "SELECT ?g ?o FROM NAMED <http://d.example/1> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?o FROM NAMED <http://d.example/1> { ?s ?p ?o }",
        "SELECT ?o ?x FROM <http://d.example/1> FROM NAMED <http://d.example/2> "
        "{ ?s ?p ?o GRAPH ?g { ?s ?p ?x } }",
        "PREFIX d: <http://d.example/> SELECT ?o { GRAPH d:1 { ?s ?p ?o } }",
        "PREFIX d: <http://d.example/> SELECT ?o { GRAPHd:1{ ?s ?p ?o } }",
        'SELECT ?o { ?s ?p ?o FILTER(?o != "graph from") }',
        COUNT,
    ],
)
def test_both_give_the_same(stores: tuple[ServedStore, LocalStore], query: str) -> None:
    served, plain = stores
    assert answer(served, query) == answer(plain, query)


@pytest.mark.parametrize("named", [(), (ONE,)])
def test_the_dataset_of_a_request_is_the_same(
    stores: tuple[ServedStore, LocalStore], named: tuple[str, ...]
) -> None:
    query = "SELECT ?o ?g ?x { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?x } } }"
    served, plain = (
        answer(store, query, default_graphs=(TWO,), named_graphs=named) for store in stores
    )
    assert served == plain


def test_a_triple_that_two_default_graphs_state_is_one() -> None:
    served = ServedStore.of(quads(shared=True))
    assert answer(served, COUNT, default_graphs=(ONE, TWO)) == ["7"]
    both = (
        "SELECT (COUNT(*) AS ?n) FROM <http://d.example/1> FROM <http://d.example/2> { ?s ?p ?o }"
    )
    assert answer(served, both) == ["7"]
    assert answer(served, "BASE <http://d.example/> " + both.replace(ONE, "1")) == ["7"]


def test_named_graphs_stay_beside_merged_ones() -> None:
    served = ServedStore.of(quads(shared=True))
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    found = answer(served, query, default_graphs=(ONE, TWO), named_graphs=(ONE,))
    assert found == ["4"]


def test_a_malformed_query_is_refused() -> None:
    with pytest.raises(QueryError):
        ServedStore.of(()).query("SELECT * { GRAPH")


@pytest.mark.parametrize("names", [("no iri",), ("no iri", ONE), ("\0", "\1")])
@pytest.mark.parametrize("kind", ["default_graphs", "named_graphs"])
def test_a_graph_whose_name_is_no_iri_is_refused(names: tuple[str, ...], kind: str) -> None:
    dataset = {"default_graphs": (ONE, TWO), kind: names}
    with pytest.raises(QueryError, match="IRI"):
        answer(ServedStore.of(quads(shared=True)), COUNT, **dataset)
