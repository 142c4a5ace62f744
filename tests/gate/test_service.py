"""The data of a SPARQL service are validated as files with the same data would be."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import URIRef
from tests.services import Live
from tests.shacl.random_shapes import cases
from tests.shacl.test_w3c import MF, SHT, SUITE, all_cases, load, located

from stigraph.cli import main
from stigraph.errors import ServiceError, ShapesError
from stigraph.gate.foreign import validate_data
from stigraph.gate.service import validate_service
from stigraph.shacl import ShapeResult
from stigraph.store.fetch import fetched
from stigraph.store.reading import Triple, parse_triples, turtle_text
from stigraph.store.remote import RemoteStore
from stigraph.terms import Blank, Term

_SHAPES = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:S a sh:NodeShape ; sh:targetClass :C ;
   sh:property [ sh:path :amount ; sh:datatype xsd:integer ; sh:minCount 1 ] ;
   sh:property [ sh:path ( :part :name ) ; sh:nodeKind sh:Literal ] .
"""
_DATA = """
@prefix : <https://example.org/> .
:a a :C ; :amount 206000000000 ; :part [ :name :b ] ; :unseen 1 .
:b a :D , :C ; :amount "x" .
:D <http://www.w3.org/2000/01/rdf-schema#subClassOf> :C .
:c a :D .
"""


@pytest.fixture(params=["oxigraph", "virtuoso"])
def live(request: pytest.FixtureRequest) -> Live:
    found: Live = request.getfixturevalue(request.param)
    found.clear()
    return found


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    file = tmp_path / "shapes.ttl"
    file.write_text(_SHAPES)
    return file


def _shown(term: Term | None) -> str:
    return "_:" if isinstance(term, Blank) else repr(term)


def _summary(results: Iterable[ShapeResult]) -> Counter[tuple[str, ...]]:
    return Counter(
        (_shown(r.focus), str(r.result_path), _shown(r.value), r.component, _shown(r.shape))
        for r in results
    )


def _contents(triples: Iterable[Triple]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(map(_shown, triple)) for triple in triples)


def _store(live: Live, triples: Iterable[Triple]) -> RemoteStore:
    name = live.load(turtle_text(triples))
    return RemoteStore.at(f"{live.query}?default-graph-uri={name}", live.environ)


def _outcome(live: Live, data: Path, shapes: Path) -> str:
    """Return how a report over a service compares with that over the file."""
    triples = parse_triples(data)
    store = _store(live, triples)
    if not triples:
        return "empty"
    try:
        there = validate_service(store, [shapes])
    except ServiceError:
        return "refused"
    except ShapesError:
        with pytest.raises(ShapesError):
            validate_data([data], [shapes])
        return "same"
    here = validate_data([data], [shapes])
    if there.checked == here.checked and _summary(there.results) == _summary(here.results):
        return "same"
    kept = _contents(triples) == _contents(fetched(store).triples())
    return "different" if kept else "rewritten"


# "refused": the shapes ask for literals that the service doesn't keep; "rewritten": the service
# holds other literals than the file, and the report is about what it holds.
_APART = {
    "oxigraph": {"refused": ["core/property/datatype-ill-formed.ttl"]},
    "virtuoso": {"rewritten": ["core/property/datatype-001.ttl"]},
}


def test_the_w3c_suite_gives_the_same_reports_over_a_service(live: Live) -> None:
    if not (SUITE / "manifest.ttl").is_file():
        pytest.skip(f"the W3C SHACL suite is not at {SUITE}: set STIGRAPH_W3C_SHACL")
    outcomes: dict[str, list[str]] = defaultdict(list)
    for case in all_cases():
        path, entry = case.values  # type: ignore[attr-defined]
        graph = load(path)
        action = graph.value(URIRef(entry), MF.action)
        assert action is not None
        data, shapes = (located(graph, action, n) for n in (SHT.dataGraph, SHT.shapesGraph))
        outcomes[_outcome(live, data, shapes)].append(str(path.relative_to(SUITE)))
    assert len(outcomes.pop("same")) == 119
    assert outcomes == _APART[live.name]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(cases())
def _compare_random(live: Live, folder: Path, case: tuple[str, str]) -> None:
    data, shapes = folder / "data.ttl", folder / "shapes.ttl"
    data.write_text(case[0])
    shapes.write_text(case[1])
    assert _outcome(live, data, shapes) != "different"


def test_random_graphs_and_shapes_give_the_same_reports_over_a_service(
    live: Live, tmp_path: Path
) -> None:
    _compare_random(live, tmp_path)


def test_findings_over_a_service_are_printed_without_a_place(
    live: Live,
    shapes: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    live.load(_DATA)
    for name, value in live.environ.items():
        monkeypatch.setenv(name, value)
    command = ["validate", "--shapes", str(shapes), "--store", live.query, "--format", "json"]
    assert main(command) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["checked"] == 3
    focus = sorted(found["focus"].rpartition("/")[2] for found in report["findings"])
    assert focus == ["a", "b", "c"]
    assert {found["file"] for found in report["findings"]} == {None}


def test_only_triples_that_the_shapes_can_need_are_taken(live: Live) -> None:
    store = _store(live, parse_triples(_DATA))
    seen = fetched(store, {"https://example.org/amount"})
    assert len(seen) == 2
    assert len(fetched(store)) == len(parse_triples(_DATA))


def test_a_graph_larger_than_virtuosos_limit_is_taken_whole(virtuoso: Live) -> None:
    virtuoso.clear()
    triples = [f"<urn:s{n}> <urn:p{n % 50 == 0:d}> {n} .\n" for n in range(2_050)]
    name = virtuoso.load("".join(triples) + "<urn:a> <urn:q> [ <urn:r> [ <urn:r> 1 ] ] .")
    store = RemoteStore.at(f"{virtuoso.query}?default-graph-uri={name}", virtuoso.environ)
    data = fetched(store)
    assert len(data) == 2_053
    assert list(data.rows("SELECT ?x { <urn:a> <urn:q>/<urn:r>/<urn:r> ?x }"))
    assert len(set(data.triples())) == 2_053


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "HEAD"], "--since"),
        (["data.ttl"], "no data files"),
    ],
)
def test_what_does_not_go_with_a_service_is_refused(
    shapes: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["validate", "--shapes", str(shapes), "--store", "http://127.0.0.1:1/", *arguments]
    assert main(command) == 2
    assert said in capsys.readouterr().err


def test_a_service_without_shapes_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--store", "http://127.0.0.1:1/"]) == 2
    assert "--shapes" in capsys.readouterr().err


def test_a_datatype_that_the_service_does_not_keep_is_refused(
    oxigraph: Live, tmp_path: Path
) -> None:
    oxigraph.clear()
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(_SHAPES.replace("xsd:integer", "xsd:byte"))
    with pytest.raises(ServiceError, match="XMLSchema#byte"):
        validate_service(_store(oxigraph, parse_triples(_DATA)), [shapes])


def test_an_empty_service_is_a_mistake(live: Live, shapes: Path) -> None:
    with pytest.raises(ServiceError.__base__ or Exception, match="no triple"):
        validate_service(RemoteStore.at(live.query, live.environ), [shapes])
