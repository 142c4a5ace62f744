"""GraphML (graphdrawing.org), for yEd, Gephi, Cytoscape, igraph and networkx.

Places, colours and labels are there twice: as plain attributes, and as the
graphics of yEd, which shows nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from stigraph.network.model import (
    EDGE_ATTRIBUTES,
    NODE_ATTRIBUTES,
    Edge,
    Network,
    Node,
    Value,
    attributes,
)
from stigraph.network.writers.escape import xml

__all__ = ["write"]

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:y="http://www.yworks.com/xml/graphml">\n'
)
_NMTOKEN = re.compile(r"[\w:.\-]+$")
_REPEATED: Final = 4096  # attributes that many items share (a kind, a colour) are spelt once

Data = Callable[[str, str, Value], str]


def write(network: Network) -> Iterator[str]:
    """Yield the network as GraphML; parallel edges are told apart by their ids."""
    yield _HEAD
    yield from _keys("graph", "g-", dict.fromkeys(network.attributes, "string"))
    yield from _keys("node", "", NODE_ATTRIBUTES)
    yield from _keys("edge", "e-", EDGE_ATTRIBUTES)
    yield '  <key id="node-graphics" for="node" yfiles.type="nodegraphics"/>\n'
    yield '  <key id="edge-graphics" for="edge" yfiles.type="edgegraphics"/>\n'
    yield '  <graph id="stigraph" edgedefault="directed">\n'
    for name, text in network.attributes.items():
        yield f'    <data key="g-{name}">{xml(text)}</data>\n'
    ids = _ids(network)
    data = lru_cache(_REPEATED, typed=True)(_data)
    for node in network.nodes:
        yield _node(node, ids[node.iri], data)
    for edge in network.edges:
        yield _edge(edge, ids, data)
    yield "  </graph>\n</graphml>\n"


def _keys(owner: str, prefix: str, types: Mapping[str, str]) -> Iterator[str]:
    for name, kind in types.items():
        yield f'  <key id="{prefix}{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'


def _ids(network: Network) -> dict[str, str]:
    """Return an id for each node: its own short one where XML allows it (an NMTOKEN)."""
    return {
        node.iri: node.id if _NMTOKEN.match(node.id) else f"n{number}"
        for number, node in enumerate(network.nodes, start=1)
    }


def _data(owner: str, key: str, value: Value) -> str:
    text = xml(value) if isinstance(value, str) else value
    return f'      <data key="{owner}{key}">{text}</data>\n'


def _node(node: Node, name: str, data: Data) -> str:
    # First, so that readers who take both keep the plain attributes.
    corner_x, corner_y = round(node.x - node.size / 2, 1), round(node.y - node.size / 2, 1)
    said = "".join([data("", key, value) for key, value in attributes(node)])
    return (
        f'    <node id="{name}">\n'
        '      <data key="node-graphics"><y:ShapeNode>'
        f'<y:Geometry x="{corner_x}" y="{corner_y}" width="{node.size}" height="{node.size}"/>'
        f'<y:Fill color="{xml(node.color)}" transparent="false"/>'
        f'<y:NodeLabel modelName="sides" modelPosition="s">{xml(node.label)}</y:NodeLabel>'
        '<y:Shape type="ellipse"/></y:ShapeNode></data>\n'
        f"{said}    </node>\n"
    )


def _edge(edge: Edge, ids: Mapping[str, str], data: Data) -> str:
    said = "".join([data("e-", key, value) for key, value in attributes(edge)])
    return (
        f'    <edge id="{xml(edge.id)}" source="{ids[edge.source]}"'
        f' target="{ids[edge.target]}">\n'
        '      <data key="edge-graphics"><y:PolyLineEdge>'
        f'<y:LineStyle color="{xml(edge.color)}" type="line" width="1.0"/>'
        '<y:Arrows source="none" target="standard"/></y:PolyLineEdge></data>\n'
        f"{said}    </edge>\n"
    )
