"""DOT (graphviz.org), at the places of the layout: ``dot -Kneato -n2 -Tsvg`` draws it.

Graphviz means other things by some names: ``size`` and ``start`` of a node do nothing there, and
``weight`` of an edge is a strength of its layouts, so that it may be too large for ``dot`` itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from stigraph.network.model import Edge, Network, Node, attributes
from stigraph.network.writers.escape import one_line

__all__ = ["write"]

_HEAD: Final = """digraph stigraph {
  graph [layout=neato, overlap=true, splines=curved, outputorder=edgesfirst, charset="UTF-8"]
  node [shape=point, style=filled, penwidth=0, fontsize=10, fontname="Noto Sans CJK JP"]
  edge [arrowsize=0.5]
"""


def write(network: Network) -> Iterator[str]:
    """Yield the network as a directed graph; parallel edges are told apart by their ids."""
    yield _HEAD
    for name, text in network.attributes.items():
        yield f"  {_quoted(name)}={_quoted(text)}\n"
    for node in network.nodes:
        yield f"  {_quoted(node.id)} [{_node(node)}]\n"
    ids = {node.iri: _quoted(node.id) for node in network.nodes}
    for edge in network.edges:
        yield f"  {ids[edge.source]} -> {ids[edge.target]} [{_edge(edge)}]\n"
    yield "}\n"


def _node(node: Node) -> str:
    inches = round(node.size / 72, 3)
    drawn = {
        "fillcolor": node.color,
        "pos": f"{node.x},{-node.y}!",  # y points upwards
        "width": str(inches),
        "height": str(inches),
        "xlabel": one_line(node.label),
        "tooltip": one_line(node.label),
        "URL": node.iri,
    }
    return _list({**dict(attributes(node)), **drawn, "label": one_line(node.label)})


def _edge(edge: Edge) -> str:
    drawn = {"id": edge.id, "key": edge.id, "tooltip": one_line(edge.label)}
    return _list({**dict(attributes(edge)), **drawn})


def _list(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={_quoted(str(value))}" for name, value in values.items())


def _quoted(text: str) -> str:
    """Return a quoted string; a backslash is doubled, or Graphviz would read an escape in it."""
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
