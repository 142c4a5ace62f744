"""Cytoscape JSON (``.cyjs``), for Cytoscape, networkx and, with its style, Cytoscape.js."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from stigraph.network.model import Edge, Network, Node, attributes
from stigraph.network.writers.escape import json_items, json_line

__all__ = ["write"]

_STYLE: Final = [
    {
        "selector": "node",
        "style": {
            "background-color": "data(color)",
            "width": "data(size)",
            "height": "data(size)",
            "label": "data(label)",
            "font-size": 8,
        },
    },
    {
        "selector": "edge",
        "style": {
            "line-color": "data(color)",
            "target-arrow-color": "data(color)",
            "target-arrow-shape": "triangle",
            "curve-style": "bezier",
            "width": 1,
        },
    },
]


def write(network: Network) -> Iterator[str]:
    """Yield the network as Cytoscape JSON, an element a line."""
    data = {"name": network.attributes.get("title", ""), **network.attributes}
    yield '{\n"format_version": "1.0",\n"generated_by": "stigraph",\n'
    yield '"directed": true,\n"multigraph": true,\n'
    yield f'"target_cytoscapejs_version": "~3",\n"data": {json_line(data)},\n"elements": {{\n'
    ids = {node.iri: node.id for node in network.nodes}
    yield '"nodes": '
    yield from json_items(_node(node) for node in network.nodes)
    yield ',\n"edges": '
    yield from json_items(_edge(edge, ids) for edge in network.edges)
    yield f'\n}},\n"style": {json_line(_STYLE)}\n}}\n'


def _node(node: Node) -> dict[str, Any]:
    # Cytoscape shows "name"; networkx knows a node by its "value".
    data = {"id": node.id, "name": node.label, "value": node.id, **dict(attributes(node))}
    return {"data": data, "position": {"x": node.x, "y": node.y}}


def _edge(edge: Edge, ids: dict[str, str]) -> dict[str, Any]:
    # Cytoscape calls the kind of an edge "interaction"; networkx tells edges apart by their "key".
    names = {"id": edge.id, "key": edge.id, "interaction": edge.kind}
    ends = {"source": ids[edge.source], "target": ids[edge.target]}
    return {"data": {**names, **ends, **dict(attributes(edge))}}
