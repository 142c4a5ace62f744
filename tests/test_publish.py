"""The graph arrives at a service, and only what changed is sent again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.services import Live, Misbehaving, says

from stigraph.cli import main
from stigraph.errors import ServiceError
from stigraph.publish import MANIFEST, Action, differing, publish, published
from stigraph.store import LocalStore
from stigraph.store.graphs import GraphStore, digest
from stigraph.store.reading import parse_triples
from stigraph.store.remote import RemoteStore, service_at
from stigraph.store.service import Limits
from stigraph.terms import Iri, Literal

_ONE, _TWO = "https://example.org/graph/1", "https://example.org/graph/2"
_DATA = """
@prefix : <https://example.org/> .
:a :amount 206000000000 ; :name "一"@ja , "one"@en , "quo\\"te" ; :part [ :name "x" ; :of [ ] ] .
"""


@pytest.fixture(params=["oxigraph", "virtuoso"])
def live(request: pytest.FixtureRequest) -> Live:
    found: Live = request.getfixturevalue(request.param)
    found.clear()
    return found


@pytest.fixture
def there(live: Live) -> GraphStore:
    return GraphStore(service_at(live.graphs, live.environ))


def _ours(**more: str) -> LocalStore:
    store = LocalStore()
    store.add_graph(_ONE, parse_triples(_DATA))
    store.add_graph(_TWO, parse_triples("<urn:a> <urn:b> 1 ."))
    for name, text in more.items():
        store.add_graph(f"https://example.org/graph/{name}", parse_triples(text))
    return store


def _graphs(live: Live) -> set[str]:
    return set(RemoteStore.at(live.query, live.environ).graphs())


def test_all_graphs_are_sent_the_first_time_and_none_the_second(
    live: Live, there: GraphStore
) -> None:
    sent = list(publish(_ours(), there))
    assert [(each.graph, each.action, each.triples) for each in sent] == [
        (_ONE, Action.SEND, 7),
        (_TWO, Action.SEND, 1),
    ]
    assert _graphs(live) == {_ONE, _TWO, MANIFEST}
    assert list(publish(_ours(), there)) == []
    assert list(differing(_ours(), there)) == []


def test_only_a_graph_that_changed_is_sent_again(there: GraphStore) -> None:
    list(publish(_ours(), there))
    changed = _ours()
    changed.add_graph(_TWO, [(Iri("urn:a"), Iri("urn:b"), Literal("more"))])
    assert [each.graph for each in publish(changed, there)] == [_TWO]


def test_a_graph_that_is_no_more_is_deleted_but_not_that_of_others(
    live: Live, there: GraphStore
) -> None:
    foreign = live.load("<urn:x> <urn:y> <urn:z> .", "https://example.org/foreign")
    list(publish(_ours(three="<urn:a> <urn:b> 3 ."), there))
    gone = list(publish(_ours(), there))
    assert [each.action for each in gone] == [Action.DELETE]
    assert _graphs(live) == {_ONE, _TWO, MANIFEST, foreign}


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(live: Live, there: GraphStore) -> None:
    run = publish(_ours(three="<urn:a> <urn:b> 3 ."), there)
    assert next(run).graph == _ONE
    run.close()
    assert set(published(there)) == {_ONE}
    assert {each.graph for each in publish(_ours(), there)} == {_TWO}
    assert _graphs(live) == {_ONE, _TWO, MANIFEST}


def test_a_graph_that_somebody_changed_at_the_service_is_found(
    live: Live, there: GraphStore
) -> None:
    list(publish(_ours(), there))
    live.load("<urn:a> <urn:b> 2 .", _TWO)
    assert list(differing(_ours(), there)) == [_TWO]


def test_names_of_blank_nodes_do_not_change_a_digest() -> None:
    one, two = LocalStore(), LocalStore()
    one.add_graph(_ONE, parse_triples("_:a <urn:p> _:b . _:b <urn:p> 1 ."))
    two.add_graph(_ONE, parse_triples("_:y <urn:p> 1 . _:x <urn:p> _:y ."))
    assert digest(one.graph(_ONE)) == digest(two.graph(_ONE))


def test_what_arrives_otherwise_than_it_was_sent_is_an_error(misbehaving: Misbehaving) -> None:
    nothing = says("", "text/plain", 404)
    other = says('<urn:a> <urn:b> "other" .', "application/n-triples")
    misbehaving.behaviours = [nothing, says("", status=201), other]
    there = GraphStore(service_at(misbehaving.url, {}, Limits(pause=0.01)))
    store = LocalStore()
    store.add_graph(_TWO, parse_triples("<urn:a> <urn:b> 1 ."))
    with pytest.raises(ServiceError, match="digests differ"):
        list(publish(store, there))


def test_a_service_that_keeps_triples_back_is_an_error(misbehaving: Misbehaving) -> None:
    nothing = says("", "text/plain", 404)
    misbehaving.behaviours = [nothing, says("", status=201), nothing]
    there = GraphStore(service_at(misbehaving.url, {}, Limits(pause=0.01)))
    with pytest.raises(ServiceError, match="gives 0 triples back for the 7"):
        list(publish(_ours(), there))


def test_one_without_rights_learns_which_variables_to_set(virtuoso: Live) -> None:
    there = GraphStore(service_at(virtuoso.graphs, {}))
    with pytest.raises(ServiceError, match="STIGRAPH_STORE_PASSWORD"):
        list(publish(_ours(), there))


def test_the_command_says_what_it_would_do_does_it_and_checks_it(
    oxigraph: Live,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    oxigraph.clear()
    (tmp_path / "ontology").mkdir()
    entry = tmp_path / "data" / "ttl" / "programme" / "x.ttl"
    entry.parent.mkdir(parents=True)
    entry.write_text("<urn:a> <urn:b> 1 .")
    monkeypatch.chdir(tmp_path)
    name = "https://w3id.org/stigraph/graph/programme/x"
    assert main(["publish", "--to", oxigraph.graphs, "--dry-run"]) == 0
    assert capsys.readouterr().out == f"send\t{name}\n"
    assert main(["publish", "--to", oxigraph.graphs]) == 0
    assert "graphs sent: 1 (1 triples" in capsys.readouterr().err
    assert main(["publish", "--to", oxigraph.graphs, "--check"]) == 0
    oxigraph.load("<urn:a> <urn:b> 2 .", name)
    assert main(["publish", "--to", oxigraph.graphs, "--check"]) == 1
    assert main(["publish"]) == 2
    assert "--to" in capsys.readouterr().err
