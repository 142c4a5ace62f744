"""What the guard lets through, and what it doesn't."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from stigraph.errors import QueryError
from stigraph.store import LocalStore, Solutions
from stigraph.store.guard import checked
from stigraph.terms import Iri, Literal

GRAPH = "http://d.example/g"


def guarded(query: str) -> str:
    return checked(
        query, graphs={GRAPH}, prefixes={"own": "http://o.example/"}, base="http://b.example/"
    )


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Return an address that answers nothing, and the list of who called."""
    calls: list[str] = []

    def listen(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, who = server.accept()
                calls.append(str(who))
                connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=listen, args=(server,))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


# Each sends a request from a store that isn't guarded, or looks as if it would.
SPELLINGS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service <URL> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE# a comment\n<URL> { ?s ?p ?o } }",
    "# a comment\nSELECT * {\n\tSERVICE\n<URL>{} }",
    "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.SERVICE<URL>{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "PREFIX ex: <URL> SELECT * { SERVICEex:a{ ?s ?p ?o } }",
    "PREFIX ex: <URL> SELECT * { ?s ?p ex:.SERVICE <URL>{} }",
    "PREFIX ex: <URL> SELECT * { ?s ?p ex:a.b.SERVICE <URL>{} }",
    'SELECT * { ?s ?p "x"@en.SERVICE <URL>{} }',
    'SELECT * { ?s ?p "\\u0022"SERVICE <URL>{} }',
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
    'SELECT * { ?s ?p ?o FILTER(?o<#>"""\n 3) SERVICE <URL> {} #"""\n }',
    "SELECT * { BIND(1<'''>''' AS ?z) SERVICE <URL> {} # '''\n }",
    'SELECT * { VALUES ?x { """a" #\\q\n } SERVICE <URL> {} #"""\n}',
    'SELECT * { VALUES ?x { """a" #\\uD800\n } SERVICE <URL> {} #"""\n}',
    "SELECT * { VALUES ?x { '''a' #\\q\n } SERVICE <URL> {} #'''\n}",
    "SELECT * { ?s ?p ?o FILTER EXISTS{}SERVICE <URL>{} }",
    "SELECT * { FILTER EXISTS { SERVICE <URL> {} } }",
    "SELECT * { { SELECT * { SERVICE <URL> {} } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_service_sends_a_request(
    spelling: str, listener: tuple[str, list[str]]
) -> None:
    url, calls = listener
    store = LocalStore()
    node = Iri("http://d.example/s")
    store.add_graph(
        GRAPH, [(node, node, Literal("true", "http://www.w3.org/2001/XMLSchema#boolean"))]
    )
    with pytest.raises(QueryError):
        store.query(guarded(spelling.replace("URL", url)))
    assert calls == []


def test_refusing_service_says_so_and_where() -> None:
    with pytest.raises(QueryError, match="SERVICE is refused") as caught:
        guarded("SELECT *\nWHERE {\n  SERVICE <http://x.example/> {} }")
    assert (caught.value.line, caught.value.column) == (3, 3)
    assert "SERVICE は使えない" in caught.value.ja


HARMLESS = [
    ('SELECT ("SERVICE <x>" AS ?x) {}', "SERVICE <x>"),
    ("SELECT ('service' AS ?x) {}", "service"),
    ('SELECT ("""He said "SERVICE"\nSERVICE""" AS ?x) {}', 'He said "SERVICE"\nSERVICE'),
    ("SELECT ('''SERVICE's''' AS ?x) {}", "SERVICE's"),
    ('SELECT ("\\u0053ERVICE" AS ?x) {}', "SERVICE"),
    ('SELECT ("\\"SERVICE" AS ?x) {}', '"SERVICE'),
    ("SELECT (<http://x.example/SERVICE> AS ?x) {}", "http://x.example/SERVICE"),
    ("SELECT (<http://x.example/#service> AS ?x) {}", "http://x.example/#service"),
    ("SELECT (1 AS ?x) {} # SERVICE <x>", "1"),
    ("# SERVICE\nSELECT (1 AS ?x) {}", "1"),
    ("# \\u0053ERVICE\nSELECT (1 AS ?x) {}", "1"),
    ("PREFIX service: <http://s.example/> SELECT (service:a AS ?x) {}", "http://s.example/a"),
    ("PREFIX s: <http://s.example/> SELECT (s:Service AS ?x) {}", "http://s.example/Service"),
    ("PREFIX s: <http://s.example/> SELECT (s:a\\-service AS ?x) {}", "http://s.example/a-service"),
    ("SELECT (own:webService AS ?x) {}", "http://o.example/webService"),
    ("SELECT (?service AS ?x) { BIND(2 AS ?service) }", "2"),
    ("SELECT (1 AS ?x) { FILTER(LANG('a'@service) = 'service') }", "1"),
]


@pytest.mark.parametrize(("query", "value"), HARMLESS)
def test_the_letters_of_service_elsewhere_are_nothing_special(query: str, value: str) -> None:
    prefixes = {"own": "http://o.example/"}
    found = LocalStore().query(guarded(query), base="http://b.example/", prefixes=prefixes)
    assert isinstance(found, Solutions)
    assert [row[0].value for row in found if row[0]] == [value]


def test_a_query_without_the_letters_is_left_as_it_is() -> None:
    query = 'PREFIX ex: <http://x/>\nSELECT * { ?s ex:p "a" # b\n}'
    assert guarded(query) == query


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://a> <http://b> 1 }",
        "delete where { ?s ?p ?o }",
        "LOAD <http://x.example/>",
        "# a comment\nPREFIX a: <http://a/>\nBASE <http://b/> CLEAR ALL",
        "WITH <http://g/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "\\u004COAD <http://x.example/>",
    ],
)
def test_an_update_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="only reads"):
        guarded(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://x.example/> {}",
        "SELECT * FROM NAMED <http://x.example/> {}",
        "SELECT *\nfrom#\n<http://x.example/> {}",
        "SELECT * FR\\u004FM <http://x.example/> {}",
        "PREFIX x: <http://x.example/> SELECT * FROM x:g {}",
        "SELECT * FROM <http://d.example/g> FROM <http://x.example/> {}",
        "SELECT * FROM <g> {}",
    ],
)
def test_a_graph_outside_the_dataset_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="not in this dataset"):
        guarded(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://d.example/g> {}",
        "SELECT * FROM NAMED <http://d.example/g> {}",
        "BASE <http://d.example/> SELECT * FROM <g> {}",
        "PREFIX d: <http://d.example/> SELECT * FROM d:g {}",
        "SELECT * { ?from ?p 'FROM <http://x.example/>' } # FROM <http://x.example/>",
    ],
)
def test_a_graph_of_the_dataset_is_fine(query: str) -> None:
    assert guarded(query) == query


@pytest.mark.parametrize(
    "text",
    [
        "a.",
        '"""\n\\',
        '"\\',
        "<a",
        "ex:.",
        "?a",
        "\\u0041",
        "'''\\'''\n",
        ":.",
        "a- ",
        "PREFIX a: ",
    ],
)
def test_the_time_is_linear_in_the_length(text: str) -> None:
    def seconds(length: int) -> float:
        started = time.thread_time()
        with suppress(QueryError):
            guarded((text * (length // len(text))) + " from service")
        return time.thread_time() - started

    short, long = (min(seconds(length) for _ in range(3)) for length in (4_000, 32_000))
    # Eight times the length: quadratic time would be 64 times as long.
    assert long < 24 * short + 0.01
