"""Graphology JSON (``Graph.from(data)``), for Graphology, Sigma and Gephi Lite."""

from __future__ import annotations

from collections.abc import Iterator

from stigraph.network.model import Network, attributes
from stigraph.network.writers.escape import json_items, json_line

__all__ = ["write"]


def write(network: Network) -> Iterator[str]:
    """Yield the network as Graphology's serialisation, a node or an edge a line."""
    options = {"type": "directed", "multi": True, "allowSelfLoops": True}
    yield f'{{\n"options": {json_line(options)},\n'
    yield f'"attributes": {json_line(network.attributes)},\n"nodes": '
    yield from json_items(
        {"key": node.id, "attributes": dict(attributes(node))} for node in network.nodes
    )
    yield ',\n"edges": '
    ids = {node.iri: node.id for node in network.nodes}
    yield from json_items(
        {
            "key": edge.id,
            "source": ids[edge.source],
            "target": ids[edge.target],
            "attributes": dict(attributes(edge)),
        }
        for edge in network.edges
    )
    yield "\n}\n"
