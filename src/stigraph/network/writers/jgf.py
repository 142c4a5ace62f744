"""JSON Graph Format 2 (jsongraphformat.info): what the format has no name for is metadata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stigraph.network.model import Edge, Network, attributes
from stigraph.network.writers.escape import json_items, json_line

__all__ = ["write"]


def write(network: Network) -> Iterator[str]:
    """Yield the network as JSON Graph Format, a node or an edge a line."""
    title = network.attributes.get("title", "")
    yield '{"graph": {\n"id": "stigraph",\n"type": "knowledge graph",\n'
    yield f'"label": {json_line(title)},\n"directed": true,\n'
    yield f'"metadata": {json_line(network.attributes)},\n"nodes": {{'
    separator = "\n"
    for node in network.nodes:
        said = {"label": node.label, "metadata": dict(attributes(node))}
        yield f"{separator}{json_line(node.id)}: {json_line(said)}"
        separator = ",\n"
    yield '\n},\n"edges": '
    ids = {node.iri: node.id for node in network.nodes}
    yield from json_items(_edge(edge, ids) for edge in network.edges)
    yield "\n}}\n"


def _edge(edge: Edge, ids: dict[str, str]) -> dict[str, Any]:
    return {
        "id": edge.id,
        "source": ids[edge.source],
        "target": ids[edge.target],
        "relation": edge.kind,
        "directed": True,
        "label": edge.label,
        "metadata": dict(attributes(edge)),
    }
