"""Tests of the W3C manifests as values: requests and what is expected of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

__all__ = ["ROOT", "Exchange", "exchanges", "graph_data"]

ROOT = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql11-protocol"

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")


@dataclass(frozen=True)
class Exchange:
    """A request, and what is expected of its answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str
    expected_headers: dict[str, str]
    expected_body: str


def exchanges(file: Path, name: str) -> Iterator[Exchange]:
    """Yield the requests of a test in order."""
    graph = _read(file)
    test = next(node for node in set(graph.subjects()) if str(node).endswith(f"#{name}"))
    connection = graph.value(test, MF.action)
    for request in Collection(graph, cast("Node", graph.value(connection, HT.requests))):
        response = graph.value(request, HT.resp)
        boolean = graph.value(response, MF.expectedBoolean)
        yield Exchange(
            method=_text(graph, request, HT.methodName),
            path=_text(graph, request, HT.absolutePath),
            headers=_headers(graph, request),
            body=_body(graph, request),
            statuses=tuple(
                str(each).rpartition("#")[2] for each in graph.objects(response, MF.expectedStatus)
            ),
            boolean=None if boolean is None else str(boolean).lower() == "true",
            form=_text(graph, response, MF.expectedFormat),
            expected_headers=_headers(graph, response),
            expected_body=(_body(graph, response) or b"").decode(),
        )


def graph_data(file: Path) -> dict[str, Path]:
    """Return the files of data that tests name, by the IRI of their graph."""
    graph = _read(file)
    label = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    return {
        str(graph.value(each, label)): file.parent
        / str(graph.value(each, UT.graph)).rpartition("/")[2]
        for each in graph.objects(None, UT.graphData)
    }


@cache
def _read(file: Path) -> Graph:
    return Graph().parse(file, format="turtle")


def _headers(graph: Graph, node: Node | None) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    if listed is None:
        return {}
    return {
        _text(graph, each, HT.fieldName).lower(): _text(graph, each, HT.fieldValue)
        for each in Collection(graph, listed)
    }


def _body(graph: Graph, node: Node | None) -> bytes | None:
    body = graph.value(node, HT.body)
    if body is None:
        return None
    encoding = _text(graph, body, CNT.characterEncoding) or "UTF-8"
    return _text(graph, body, CNT.chars).encode(encoding)


def _text(graph: Graph, node: Node | None, name: URIRef) -> str:
    value = None if node is None else graph.value(node, name)
    return "" if value is None else str(value)
