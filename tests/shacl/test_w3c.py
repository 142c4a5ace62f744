"""The W3C SHACL test suite: whole reports, compared as graphs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import SH, Namespace
from rdflib.term import Node

from stigraph.errors import ShapesError
from stigraph.shacl.engine import validate
from stigraph.shacl.report import report_turtle
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

HERE = Path(__file__).resolve()
SUITE = Path(
    os.environ.get("STIGRAPH_W3C_SHACL", HERE.parents[2].parent / "shared" / "w3c" / "shacl")
)
KEPT = (
    RDF.type,
    SH.conforms,
    SH.result,
    SH.focusNode,
    SH.resultSeverity,
    SH.sourceConstraint,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.value,
)


def load(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())


def cases(manifest: Path) -> Iterator[tuple[Path, str]]:
    graph = load(manifest)
    for included in graph.objects(URIRef(manifest.as_uri()), MF.include):
        yield from cases(Path(str(included).removeprefix("file://")))
    for entries in graph.objects(None, MF.entries):
        for entry in graph.items(entries):
            yield manifest, str(entry)


def all_cases() -> list[object]:
    if not (SUITE / "manifest.ttl").is_file():
        why = f"the W3C SHACL suite is not at {SUITE}: set STIGRAPH_W3C_SHACL"
        return [pytest.param(SUITE, "", marks=pytest.mark.skip(reason=why))]
    return [
        pytest.param(path, entry, id=f"{path.relative_to(SUITE)}#{entry.rsplit('/')[-1]}")
        for path, entry in cases(SUITE / "manifest.ttl")
    ]


def located(graph: rdflib.Graph, action: Node, name: URIRef) -> Path:
    return Path(str(graph.value(action, name)).removeprefix("file://"))


def copied(graph: rdflib.Graph, node: Node, into: rdflib.Graph, seen: set[Node]) -> None:
    """Copy a blank node with all below it: a path."""
    if node in seen or not isinstance(node, rdflib.BNode):
        return
    seen.add(node)
    for _, predicate, value in graph.triples((node, None, None)):
        into.add((node, predicate, value))
        copied(graph, value, into, seen)


def comparable(graph: rdflib.Graph, report: Node, messages: set[Node]) -> rdflib.Graph:
    """Return a report without what the suite leaves open.

    Blank nodes of the data and shapes graphs stand for themselves, without
    what those graphs say of them.
    """
    kept = rdflib.Graph()
    results = list(graph.objects(report, SH.result))
    for node in (report, *results):
        for predicate in KEPT:
            for value in graph.objects(node, predicate):
                kept.add((node, predicate, value))
        for path in graph.objects(node, SH.resultPath):
            kept.add((node, SH.resultPath, path))
            copied(graph, path, kept, set())
        for message in graph.objects(node, SH.resultMessage):
            if message in messages:
                kept.add((node, SH.resultMessage, message))
    return kept


@pytest.mark.parametrize(("path", "entry"), all_cases())
def test_report_is_the_expected_one(path: Path, entry: str) -> None:
    graph = load(path)
    action = graph.value(URIRef(entry), MF.action)
    expected = graph.value(URIRef(entry), MF.result)
    assert action is not None
    assert expected is not None
    data = DataGraph.of_files([located(graph, action, SHT.dataGraph)])
    shapes = parse_triples(located(graph, action, SHT.shapesGraph))
    if expected == SHT.Failure:
        with pytest.raises(ShapesError):
            validate(data, shapes)
        return
    actual = rdflib.Graph().parse(data=report_turtle(validate(data, shapes)), format="turtle")
    report = actual.value(None, RDF.type, SH.ValidationReport)
    assert report is not None
    messages = set(graph.objects(None, SH.resultMessage))
    wanted = comparable(graph, expected, messages)
    got = comparable(actual, report, messages)
    assert isomorphic(got, wanted), f"{got.serialize()}\n--- expected\n{wanted.serialize()}"


def test_the_suite_is_whole() -> None:
    if not (SUITE / "manifest.ttl").is_file():
        pytest.skip(f"the W3C SHACL suite is not at {SUITE}: set STIGRAPH_W3C_SHACL")
    assert len(all_cases()) == 120
