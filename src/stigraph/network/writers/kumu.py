"""Kumu's JSON: elements and connections. What Kumu has no field for is a custom field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stigraph.network.model import Edge, Network, Node, attributes
from stigraph.network.writers.escape import json_items

__all__ = ["write"]


def write(network: Network) -> Iterator[str]:
    """Yield the network for Kumu, an element or a connection a line.

    ``type`` is the kind; ``description`` holds the label in the other language, a link to the
    entry and its evidence. Connections name their ends by id, since labels may be alike.
    """
    yield '{\n"elements": '
    yield from json_items(_element(node) for node in network.nodes)
    yield ',\n"connections": '
    ids = {node.iri: node.id for node in network.nodes}
    yield from json_items(_connection(edge, ids) for edge in network.edges)
    yield "\n}\n"


def _element(node: Node) -> dict[str, Any]:
    said = dict(attributes(node))
    return {"id": node.id, "type": node.kind, "description": _description(node), **said}


def _connection(edge: Edge, ids: dict[str, str]) -> dict[str, Any]:
    ends = {"from": ids[edge.source], "to": ids[edge.target], "direction": "directed"}
    return {"id": edge.id, **ends, "type": edge.kind, **dict(attributes(edge))}


def _description(node: Node) -> str:
    lines = [*dict.fromkeys((node.label_ja, node.label_en)), node.iri, *node.evidence]
    return "\n\n".join(lines)
