"""What is written can be read back by the libraries people use, with every attribute."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network, Node, attributes

Write = Callable[[Network], Iterator[str]]
WRITERS = ["cytoscape", "graphml"]
CLEAN = "量子 <b>&amp; \"x\" 'y'\n]]>\ud7ff😀"


def writer(name: str) -> Write:
    """Return the function ``write`` of a writer."""
    found: Write = import_module(f"stigraph.network.writers.{name}").write
    return found


@pytest.fixture
def graphml(awkward: Network) -> Any:
    """Return the awkward network as networkx reads it from GraphML."""
    return nx.parse_graphml("".join(writer("graphml")(awkward)))


@pytest.mark.parametrize("name", WRITERS)
def test_a_writer_writes_the_same_bytes_again(awkward: Network, name: str) -> None:
    assert list(writer(name)(awkward)) == list(writer(name)(awkward))


@pytest.mark.parametrize("name", WRITERS)
def test_an_empty_network_can_be_read(name: str) -> None:
    text = "".join(writer(name)(Network((), (), {})))
    if name == "cytoscape":
        assert json.loads(text)["elements"] == {"nodes": [], "edges": []}
    else:
        assert len(nx.parse_graphml(text)) == 0


def test_graphml_keeps_parallel_edges_and_loops(graphml: Any) -> None:
    assert sorted(key for _, _, key in graphml.edges(keys=True)) == ["e1", "e2", "e3"]
    assert graphml.number_of_edges("programme:sbir", "field:quantum") == 2


def test_graphml_keeps_every_attribute_and_its_type(graphml: Any, awkward: Network) -> None:
    for node, (name, data) in zip(awkward.nodes, graphml.nodes(data=True), strict=True):
        for key, value in attributes(node):
            assert data[key] == (CLEAN if value == awkward.nodes[1].label else value), (name, key)
    for edge in awkward.edges:
        data = next(d for _, _, k, d in graphml.edges(keys=True, data=True) if k == edge.id)
        for key, value in attributes(edge):
            assert data[key] == (CLEAN if value == awkward.nodes[1].label else value), key


def test_graphml_says_what_the_graph_is(graphml: Any) -> None:
    assert graphml.graph["title"] == CLEAN
    assert graphml.graph["licence"] == "CC BY 4.0"


def test_graphml_ids_are_what_xml_allows(graphml: Any) -> None:
    assert list(graphml) == ["field:quantum", "programme:sbir", "n3"]


def test_graphml_draws_itself_in_yed(awkward: Network) -> None:
    root = ElementTree.fromstring("".join(writer("graphml")(awkward)))  # noqa: S314 - our own text
    y = "{http://www.yworks.com/xml/graphml}"
    corners = [
        (float(g.get("x", "")), float(g.get("width", ""))) for g in root.iter(f"{y}Geometry")
    ]
    assert corners[0] == (1.5 - 7.0, 14.0)
    assert next(root.iter(f"{y}Fill")).get("color") == "#56b4e9"
    assert len(list(root.iter(f"{y}PolyLineEdge"))) == 3


@given(st.text(), st.text())
def test_graphml_is_xml_whatever_the_texts_are(label: str, title: str) -> None:
    node = Node("urn:x", label, label, label, label)
    text = "".join(writer("graphml")(Network((node,), (), {"title": title})))
    ElementTree.fromstring(text.encode())  # noqa: S314 - our own text


def test_cytoscape_keeps_everything(awkward: Network) -> None:
    written = json.loads("".join(writer("cytoscape")(awkward)))
    nodes, edges = written["elements"]["nodes"], written["elements"]["edges"]
    for node, element in zip(awkward.nodes, nodes, strict=True):
        assert element["position"] == {"x": node.x, "y": node.y}
        assert dict(attributes(node)).items() <= element["data"].items()
    for edge, element in zip(awkward.edges, edges, strict=True):
        assert dict(attributes(edge)).items() <= element["data"].items()
    ids = {element["data"]["id"] for element in nodes}
    assert {e["data"]["source"] for e in edges} | {e["data"]["target"] for e in edges} <= ids
    assert written["data"]["licence"] == "CC BY 4.0"
    assert written["format_version"] == "1.0"


def test_cytoscape_can_be_read_by_networkx(awkward: Network) -> None:
    written = json.loads("".join(writer("cytoscape")(awkward)))
    graph = nx.cytoscape_graph(written)
    assert graph.number_of_edges("programme:sbir", "field:quantum") == 2
    assert graph.nodes["field:quantum"]["label_en"] == "Quantum"


def test_attributes_have_the_names_that_all_formats_share() -> None:
    nodes = "iri kind label label_ja label_en color size x y start end evidence"
    edges = "iri kind label label_ja label_en color weight start end evidence"
    assert " ".join(NODE_ATTRIBUTES) == nodes
    assert " ".join(EDGE_ATTRIBUTES) == edges
