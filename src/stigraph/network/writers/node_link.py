"""Node-link JSON, as ``networkx.node_link_graph(data, edges="edges")`` and D3 read it."""

from __future__ import annotations

from collections.abc import Iterator

from stigraph.network.model import Network, attributes
from stigraph.network.writers.escape import json_items, json_line

__all__ = ["write"]


def write(network: Network) -> Iterator[str]:
    """Yield the network as node-link JSON, a node or an edge a line."""
    yield '{\n"directed": true,\n"multigraph": true,\n'
    yield f'"graph": {json_line(network.attributes)},\n"nodes": '
    yield from json_items({"id": node.id, **dict(attributes(node))} for node in network.nodes)
    yield ',\n"edges": '
    ids = {node.iri: node.id for node in network.nodes}
    yield from json_items(
        {
            "source": ids[edge.source],
            "target": ids[edge.target],
            "key": edge.id,
            **dict(attributes(edge)),
        }
        for edge in network.edges
    )
    yield "\n}\n"
