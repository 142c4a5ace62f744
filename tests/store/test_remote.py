"""The store behind a real service answers as the one in memory does."""

from __future__ import annotations

import pytest
from tests.services import Live

from stigraph.errors import QueryError, ServiceError
from stigraph.store import Boolean, LocalStore, Solutions, Statements
from stigraph.store.remote import RemoteStore
from stigraph.terms import Blank, Iri, Literal

_DATA = """
@prefix : <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :name "一"@ja , "one"@en , "plain" ; :amount 206000000000 , 5 , 2.5 ;
   :when "2025-06-06"^^xsd:date , "2025-06"^^xsd:gYearMonth , "2025"^^xsd:gYear ;
   :page "https://example.org/"^^xsd:anyURI ; :part [ :name "quo\\"te \\\\ and\\nline" ] .
:b :holds :a ; :flag "true"^^xsd:boolean .
"""
_PREFIXES = {"": "https://example.org/", "ex": "https://example.org/"}


@pytest.fixture(params=["oxigraph", "virtuoso"])
def live(request: pytest.FixtureRequest) -> Live:
    found: Live = request.getfixturevalue(request.param)
    found.clear()
    return found


@pytest.fixture
def remote(live: Live) -> RemoteStore:
    live.load(_DATA)
    return RemoteStore.at(live.query, live.environ)


def test_literals_come_back_as_they_went(remote: RemoteStore) -> None:
    values = {
        (value.value, value.datatype.rpartition("#")[2], value.language)
        for _, value in remote.select("SELECT ?p ?o { ?s ?p ?o FILTER(isLiteral(?o)) }")
        if isinstance(value, Literal)
    }
    assert values == {
        ("一", "langString", "ja"),
        ("one", "langString", "en"),
        ("plain", "string", None),
        ("206000000000", "integer", None),
        ("5", "integer", None),
        ("2.5", "decimal", None),
        ("2025-06-06", "date", None),
        ("2025-06", "gYearMonth", None),
        ("2025", "gYear", None),
        ("https://example.org/", "anyURI", None),
        ('quo"te \\ and\nline', "string", None),
        ("true", "boolean", None),
    }


def test_its_copy_in_memory_holds_the_same_triples(remote: RemoteStore) -> None:
    copy = remote.local()
    assert len(copy) == len(remote) == 14
    assert set(copy.graphs()) == set(remote.graphs()) == {"https://example.org/graph/data"}
    blanks = {s for s, _, _ in copy.triples() if isinstance(s, Blank)}
    assert len(blanks) == 1


def test_every_form_of_query_is_answered(remote: RemoteStore) -> None:
    assert isinstance(remote.query("SELECT * { ?s ?p ?o }"), Solutions)
    asked = remote.query("ASK { ex:b ex:holds ex:a }", prefixes=_PREFIXES)
    assert isinstance(asked, Boolean)
    assert asked.value
    built = remote.query("CONSTRUCT { ?o :in ?s } WHERE { ?s :holds ?o }", prefixes=_PREFIXES)
    assert isinstance(built, Statements)
    a, b = Iri("https://example.org/a"), Iri("https://example.org/b")
    assert list(built) == [(a, Iri("https://example.org/in"), b)]
    # What a description holds is the service's business (SPARQL 1.1, section 16.4).
    assert isinstance(remote.query("DESCRIBE <https://example.org/b>"), Statements)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_answers_are_written_as_the_store_in_memory_writes_them(
    remote: RemoteStore, form: str
) -> None:
    query = (
        "SELECT ?p ?o { <https://example.org/a> ?p ?o FILTER(!isBlank(?o)) } ORDER BY ?p STR(?o)"
    )
    mine, theirs = remote.local().query(query), remote.query(query)
    assert isinstance(mine, Solutions)
    assert isinstance(theirs, Solutions)
    assert theirs.write(form) == mine.write(form)


def test_a_graph_of_the_dataset_can_be_chosen(live: Live, remote: RemoteStore) -> None:
    other = live.load("<urn:x> <urn:y> <urn:z> .", "https://example.org/graph/other")
    chosen = RemoteStore.at(f"{live.query}?default-graph-uri={other}", live.environ)
    assert list(chosen.select("SELECT ?s { ?s ?p ?o }")) == [(Iri("urn:x"),)]
    asked = remote.query("SELECT ?s { ?s ?p ?o }", default_graphs=[other])
    assert isinstance(asked, Solutions)
    assert list(asked) == [(Iri("urn:x"),)]


def test_a_query_that_is_none_is_refused_with_its_place(remote: RemoteStore) -> None:
    with pytest.raises(QueryError) as caught:
        remote.query("SELECT ?x {\n  ?x ?y ; }")
    assert caught.value.line == 2


def test_facts_can_be_left_out_of_a_copy(remote: RemoteStore) -> None:
    smaller = remote.without({Iri("https://example.org/b")})
    assert isinstance(smaller, LocalStore)
    assert len(smaller) == 12


@pytest.fixture
def large(virtuoso: Live) -> RemoteStore:
    virtuoso.clear()
    virtuoso.load("".join(f"<urn:s{n}> <urn:p> {n} .\n" for n in range(20_500)))
    return RemoteStore.at(virtuoso.query, virtuoso.environ)


def test_a_result_that_virtuoso_cuts_is_no_answer(large: RemoteStore) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s <urn:q> 1 } WHERE { ?s ?p ?o }"):
        with pytest.raises(ServiceError, match="first 10000 rows"):
            large.query(query)
    answer = large.query("CONSTRUCT WHERE { <urn:s1> ?p ?o }")
    assert isinstance(answer, Statements)
    assert len(list(answer)) == 1


def test_our_own_queries_get_whole_results_all_the_same(large: RemoteStore) -> None:
    assert len(large) == 20_500
    rows = list(large.select("SELECT ?s ?o { ?s ?p ?o }"))
    assert len(rows) == len(set(rows)) == 20_500
