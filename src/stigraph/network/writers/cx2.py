"""CX2 (Cytoscape Exchange 2.0), for Cytoscape 3.10 and later, Cytoscape Web and NDEx.

Its ids are numbers: those of nodes and edges are their places in the network, from 0. What the
entry's short id is stands in the attribute ``id``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network, attributes
from stigraph.network.writers.escape import json_items, json_line

__all__ = ["write"]

_ASPECTS: Final = (
    "attributeDeclarations",
    "networkAttributes",
    "nodes",
    "edges",
    "visualProperties",
)


def _passed(**names: str) -> dict[str, Any]:
    """Return mappings that show attributes as they are."""
    return {
        name: {"type": "PASSTHROUGH", "definition": {"attribute": attribute}}
        for name, attribute in names.items()
    }


_STYLE: Final = {
    "default": {
        "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
        "node": {
            "NODE_SHAPE": "ellipse",
            "NODE_BORDER_WIDTH": 0,
            "NODE_LABEL_FONT_SIZE": 11,
            "NODE_LABEL_POSITION": {
                "HORIZONTAL_ALIGN": "left",
                "VERTICAL_ALIGN": "center",
                "HORIZONTAL_ANCHOR": "right",
                "VERTICAL_ANCHOR": "center",
                "JUSTIFICATION": "left",
                "MARGIN_X": 4,
                "MARGIN_Y": 0,
            },
        },
        "edge": {"EDGE_WIDTH": 1, "EDGE_TARGET_ARROW_SHAPE": "triangle"},
    },
    "nodeMapping": _passed(
        NODE_LABEL="label",
        NODE_BACKGROUND_COLOR="color",
        NODE_WIDTH="size",
        NODE_HEIGHT="size",
        NODE_TOOLTIP="kind",
    ),
    "edgeMapping": _passed(EDGE_LINE_COLOR="color", EDGE_TOOLTIP="label"),
}


def write(network: Network) -> Iterator[str]:
    """Yield the network as CX2, a node or an edge a line."""
    counts = {"nodes": len(network.nodes), "edges": len(network.edges)}
    known = [{"name": name, "elementCount": counts.get(name, 1)} for name in _ASPECTS]
    said = {"name": network.attributes.get("title", ""), **network.attributes}
    yield f"[\n{json_line({'CXVersion': '2.0', 'hasFragments': False})},\n"
    yield f"{json_line({'metaData': [each for each in known if each['elementCount']]})},\n"
    yield f"{json_line({'attributeDeclarations': [_declared(said)]})},\n"
    yield f'{json_line({"networkAttributes": [said]})},\n{{"nodes": '
    yield from json_items(_nodes(network))
    yield '},\n{"edges": '
    yield from json_items(_edges(network))
    yield f"}},\n{json_line({'visualProperties': [_STYLE]})},\n"
    yield f"{json_line({'status': [{'error': '', 'success': True}]})}\n]\n"


def _declared(said: Mapping[str, str]) -> dict[str, Any]:
    def typed(types: Mapping[str, str]) -> dict[str, Any]:
        return {name: {"d": kind} for name, kind in {"id": "string", **types}.items()}

    return {
        "networkAttributes": {name: {"d": "string"} for name in said},
        "nodes": typed(NODE_ATTRIBUTES),
        "edges": typed(EDGE_ATTRIBUTES),
    }


def _nodes(network: Network) -> Iterator[dict[str, Any]]:
    for number, node in enumerate(network.nodes):
        said = {"id": node.id, **dict(attributes(node))}
        yield {"id": number, "x": node.x, "y": node.y, "v": said}


def _edges(network: Network) -> Iterator[dict[str, Any]]:
    numbers = {node.iri: number for number, node in enumerate(network.nodes)}
    for number, edge in enumerate(network.edges):
        ends = {"s": numbers[edge.source], "t": numbers[edge.target]}
        yield {"id": number, **ends, "v": {"id": edge.id, **dict(attributes(edge))}}
