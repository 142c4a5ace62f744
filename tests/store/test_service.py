"""HTTP to a SPARQL service: what is sent, what is tried again, and what people are told."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

import pytest
from tests.services import Misbehaving, closed_port, cuts, hangs, says

from stigraph.errors import QueryError, ServiceError, ServiceTimeoutError, StigraphError, UsageError
from stigraph.store.credentials import Credentials
from stigraph.store.fetch import fetched
from stigraph.store.remote import RemoteStore
from stigraph.store.service import Limits
from stigraph.vocab import XSD

_YES = '{"head": {}, "boolean": true}'
_ME = {"STIGRAPH_STORE_USER": "me", "STIGRAPH_STORE_PASSWORD": "pw"}
_NO = '{"head": {}, "boolean": false}'
_ROWS = (
    '{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "a"}}]}}'
)


def _results(name: str, *cells: str) -> str:
    rows = ", ".join(f'{{"{name}": {cell}}}' for cell in cells)
    return f'{{"head": {{"vars": ["{name}"]}}, "results": {{"bindings": [{rows}]}}}}'


_ROWS = _results("x", '{"type": "literal", "value": "a"}')
_QUICK = Limits(connect=2, idle=0.5, pause=0.01)


def _store(url: str, environ: Mapping[str, str] | None = None) -> RemoteStore:
    return RemoteStore.at(url, environ or {}, _QUICK)


def _served(server: Misbehaving, environ: Mapping[str, str] | None = None) -> RemoteStore:
    """Return a store at ``server`` that need not find out what it talks to."""
    store = _store(f"{server.url}?default-graph-uri=urn:g", environ)
    store.__dict__["is_virtuoso"] = False
    return store


def _complaint(store: RemoteStore) -> StigraphError:
    with pytest.raises(StigraphError) as caught:
        list(store.select("SELECT ?x { ?x ?y ?z }"))
    assert caught.value.ja != caught.value.en
    return caught.value


def test_a_query_is_sent_as_a_form_with_its_dataset(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says(_ROWS)]
    list(_served(misbehaving).select("SELECT ?x { ?x ?y '日本 & 100%' }"))
    headers, body = misbehaving.requests[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode()) == {
        "query": ["SELECT ?x { ?x ?y '日本 & 100%' }"],
        "default-graph-uri": ["urn:g"],
    }


def test_parameters_of_the_url_that_are_not_the_protocols_stay(misbehaving: Misbehaving) -> None:
    store = _store(f"{misbehaving.url}?union-default-graph&named-graph-uri=urn:g")
    assert store.url == f"{misbehaving.url}?union-default-graph="
    assert store.service.address.named_graphs == ("urn:g",)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "example.org/sparql", "http://", "", "file:///etc/passwd"]
)
def test_only_http_urls_are_services(url: str) -> None:
    with pytest.raises(UsageError, match="http"):
        _store(url)


def test_a_password_in_the_url_is_refused() -> None:
    with pytest.raises(UsageError, match="STIGRAPH_STORE_PASSWORD") as caught:
        _store("http://me:secret@example.org/sparql")
    assert "secret" not in caught.value.en + caught.value.ja


def test_a_service_that_is_down_is_said_to_be_down() -> None:
    error = _complaint(_store(f"http://127.0.0.1:{closed_port()}/sparql"))
    assert isinstance(error, ServiceError)
    assert "can't connect" in error.en
    assert "つながらない" in error.ja


def test_a_service_that_hangs_is_given_up(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [hangs(1.5)]
    assert isinstance(_complaint(_served(misbehaving)), ServiceTimeoutError)


def test_a_service_that_never_ends_its_answer_is_given_up(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says(_ROWS)]
    store = _served(misbehaving)
    store.service.limits = Limits(total=0.0)
    assert isinstance(_complaint(store), ServiceTimeoutError)


def test_a_connection_cut_in_the_middle_is_tried_again(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [cuts(_ROWS), cuts(_ROWS), says(_ROWS)]
    assert len(list(_served(misbehaving).select("SELECT ?x { ?x ?y ?z }"))) == 1
    assert len(misbehaving.requests) == 3


def test_a_connection_cut_again_and_again_is_an_error(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [cuts(_ROWS)]
    assert "cut the connection" in _complaint(_served(misbehaving)).en
    assert len(misbehaving.requests) == _QUICK.attempts


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_service_that_is_busy_is_asked_again(misbehaving: Misbehaving, status: int) -> None:
    misbehaving.behaviours = [says("busy", "text/plain", status), says(_ROWS)]
    assert len(list(_served(misbehaving).select("SELECT ?x { ?x ?y ?z }"))) == 1


def test_an_error_of_the_query_is_not_asked_again(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says("no such function", "text/plain", 400)]
    error = _complaint(_served(misbehaving))
    assert isinstance(error, QueryError)
    assert "no such function" in error.en
    assert len(misbehaving.requests) == 1


def test_a_fault_in_a_refused_query_is_pointed_at(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says("parse error", "text/plain", 400)]
    with pytest.raises(QueryError) as caught:
        _served(misbehaving).query("SELECT ?x {\n ?x sti:p }", prefixes={"sti": "urn:sti:"})
    assert (caught.value.line, caught.value.column) == (2, 2)


def test_a_web_page_is_no_answer(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says("<html>Welcome</html>", "text/html; charset=UTF-8")]
    error = _complaint(_served(misbehaving))
    assert "web page" in error.en
    assert "ウェブページ" in error.ja


@pytest.mark.parametrize(
    "text", ["", "nonsense", "{}", _ROWS[:-4], _YES, "[" * 100_000, '{"head": {"vars": 1}}']
)
def test_an_answer_that_is_not_what_it_says_is_an_error(
    misbehaving: Misbehaving, text: str
) -> None:
    misbehaving.behaviours = [says(text)]
    assert "malformed" in _complaint(_served(misbehaving)).en


def test_an_error_page_is_told_in_its_first_words_without_control_characters(
    misbehaving: Misbehaving,
) -> None:
    misbehaving.behaviours = [says("out\x1b[31m of\nmemory " + "x" * 9999, "text/plain", 500)]
    error = _complaint(_served(misbehaving))
    assert "(HTTP 500): out [31m of memory xxx" in error.en
    assert len(error.en) < 500


def test_a_service_that_moved_is_not_followed(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says("", status=302, Location="http://other.example/")]
    assert "has moved to http://other.example/" in _complaint(_served(misbehaving)).en


def test_an_answer_over_the_limit_is_refused(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says(_ROWS)]
    store = _served(misbehaving)
    store.service.limits = Limits(size=10)
    assert "more than 10 bytes" in _complaint(store).en


def test_an_unknown_visitor_learns_which_variables_to_set(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says("", status=401, WWW_Authenticate='Basic realm="x"')]
    assert "STIGRAPH_STORE_TOKEN" in _complaint(_served(misbehaving)).en


def test_a_token_goes_as_a_bearer(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says(_ROWS)]
    list(_served(misbehaving, {"STIGRAPH_STORE_TOKEN": "t0k"}).select("SELECT ?x { ?x ?y ?z }"))
    assert misbehaving.requests[0][0]["Authorization"] == "Bearer t0k"


def test_a_header_of_any_name_can_be_given(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says(_ROWS)]
    store = _served(misbehaving, {"STIGRAPH_STORE_HEADER": "X-Api-Key: abc:d"})
    list(store.select("SELECT ?x { ?x ?y ?z }"))
    assert misbehaving.requests[0][0]["X-Api-Key"] == "abc:d"


@pytest.mark.parametrize("value", ["X-Api-Key", ": x", "X: a\r\nY: b"])
def test_a_header_written_wrongly_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="Name: value"):
        Credentials.of({"STIGRAPH_STORE_HEADER": value})


@pytest.mark.parametrize("value", ["0", "-1", "soon", "inf", "nan"])
def test_a_time_out_is_a_number_of_seconds(value: str) -> None:
    with pytest.raises(UsageError, match="seconds"):
        _store("http://127.0.0.1/", {"STIGRAPH_STORE_TIMEOUT": value})


def test_user_and_password_are_sent_only_when_asked_for(misbehaving: Misbehaving) -> None:
    asked = says("", status=401, WWW_Authenticate='Basic realm="x"')
    misbehaving.behaviours = [asked, says(_ROWS)]
    store = _served(misbehaving, _ME)
    list(store.select("SELECT ?x { ?x ?y ?z }"))
    sent = [headers.get("Authorization") for headers, _ in misbehaving.requests]
    assert sent == [None, "Basic bWU6cHc="]


def test_a_digest_is_made_where_the_service_asks_for_one(misbehaving: Misbehaving) -> None:
    asked = says("", status=401, WWW_Authenticate='Digest realm="x", nonce="n", qop="auth"')
    misbehaving.behaviours = [asked, asked, says(_ROWS)]
    store = _served(misbehaving, _ME)
    list(store.select("SELECT ?x { ?x ?y ?z }"))
    assert misbehaving.requests[-1][0]["Authorization"].startswith('Digest username="me"')
    assert all("pw" not in str(headers) for headers, _ in misbehaving.requests)


def test_credentials_that_are_refused_are_said_to_be(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says("", status=403)]
    error = _complaint(_served(misbehaving, {"STIGRAPH_STORE_TOKEN": "secret"}))
    assert "doesn't accept who we are" in error.en
    assert "secret" not in error.en + repr(Credentials.of({"STIGRAPH_STORE_TOKEN": "secret"}))


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "prefix select: <urn:x> delete where { ?s ?p ?o }",
        "# SELECT\nDROP ALL",
        "\\u0049NSERT { ?s ?p 1 } WHERE { SELECT * { ?s ?p ?o } }",
        "LOAD <http://example.org/>",
        "nothing at all",
        "",
    ],
)
def test_nothing_but_queries_is_sent(misbehaving: Misbehaving, text: str) -> None:
    with pytest.raises(QueryError):
        _served(misbehaving).query(text)
    assert misbehaving.requests == []


def test_a_virtuoso_that_ends_a_result_early_is_an_error(misbehaving: Misbehaving) -> None:
    misbehaving.behaviours = [says(_YES), says(_ROWS, X_SPARQL_MaxRows="1")]
    assert "the first 1 rows only" in _complaint(_store(misbehaving.url)).en


def test_a_virtuosos_blank_nodes_and_literals_are_mended(misbehaving: Misbehaving) -> None:
    typed = '{{"type": "typed-literal", "datatype": "{}{}", "value": "{}"}}'
    cells = [
        '{"type": "bnode", "value": "nodeID://b1"}',
        typed.format(XSD, "boolean", "1"),
        typed.format(XSD, "decimal", "206000000000"),
        typed.format(XSD, "decimal", "2.5"),
        r'{"type": "literal", "value": "\"bnode\", \"value\": \"nodeID://b1"}',
    ]
    misbehaving.behaviours = [says(_YES), says(_results("x", *cells))]
    found = [str(x) for (x,) in _store(misbehaving.url).select("SELECT ?x { ?x ?y ?z }")]
    assert found == ["_:b1", "true", "206000000000", "2.5", '"bnode", "value": "nodeID://b1']


def test_where_there_are_named_graphs_only_their_union_is_asked(misbehaving: Misbehaving) -> None:
    names = _results("g", '{"type": "uri", "value": "urn:g"}')
    misbehaving.behaviours = [says(_NO), says(_NO), says(names), says(_ROWS)]
    list(_store(misbehaving.url).select("SELECT ?x { ?x ?y ?z }"))
    asked = parse_qs(misbehaving.requests[-1][1].decode())
    assert asked["default-graph-uri"] == asked["named-graph-uri"] == ["urn:g"]


def test_a_graph_of_which_a_service_keeps_triples_back_is_not_taken(
    misbehaving: Misbehaving,
) -> None:
    counts = (
        '{"head": {"vars": ["p", "n"]}, "results": {"bindings": [{"p": {"type": "uri", "value": '
        f'"urn:p"}}, "n": {{"type": "literal", "datatype": "{XSD.integer}", "value": "9"}}}}]}}}}'
    )
    triple = says("<urn:a> <urn:p> <urn:b> .", "application/n-triples")
    row = (
        '{"head": {"vars": ["s", "o"]}, "results": {"bindings": '
        '[{"s": {"type": "uri", "value": "urn:a"}, "o": {"type": "uri", "value": "urn:b"}}]}}'
    )
    misbehaving.behaviours = [says(counts), triple, says(row)]
    store = _store(f"{misbehaving.url}?named-graph-uri=urn:g")
    store.__dict__["is_virtuoso"] = False
    with pytest.raises(ServiceError, match="1 rows where it counts 9"):
        fetched(store)
