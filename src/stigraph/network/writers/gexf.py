"""GEXF 1.3 (gexf.net), for Gephi: colours, sizes, places, spells of time, parallel edges.

The elements of viz are in GEXF's own namespace, as its schema has it; they keep the prefix that
readers by name look for. Labels and weights are GEXF's own attributes; every other attribute of
:mod:`stigraph.network.model` is an attvalue of its name.
"""

from __future__ import annotations

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
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3" version="1.3">\n'
)
_OWN: Final = ("label", "weight")
_REPEATED: Final = 4096  # attributes that many items share (a kind, a colour) are spelt once

Spelt = Callable[[str, str, Value], str]


def write(network: Network) -> Iterator[str]:
    """Yield the network as GEXF; it is dynamic if anything in it has a date."""
    items: tuple[Node | Edge, ...] = (*network.nodes, *network.edges)
    dated = any(item.start or item.end for item in items)
    mode = 'mode="dynamic" timeformat="date"' if dated else 'mode="static"'
    yield _HEAD
    yield from _meta(network)
    yield f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'
    yield from _declared("node", NODE_ATTRIBUTES)
    yield from _declared("edge", EDGE_ATTRIBUTES)
    yield f'    <nodes count="{len(network.nodes)}">\n'
    value = lru_cache(_REPEATED, typed=True)(_value)
    for node in network.nodes:
        yield _node(node, value)
    yield f'    </nodes>\n    <edges count="{len(network.edges)}">\n'
    ids = {node.iri: node.id for node in network.nodes}
    for edge in network.edges:
        yield _edge(edge, ids, value)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _meta(network: Network) -> Iterator[str]:
    said = "\n".join(f"{name}: {text}" for name, text in network.attributes.items())
    yield "  <meta>\n    <creator>stigraph</creator>\n"
    yield f"    <description>{xml(said)}</description>\n  </meta>\n"


def _declared(owner: str, types: Mapping[str, str]) -> Iterator[str]:
    yield f'    <attributes class="{owner}" mode="static">\n'
    for name, kind in types.items():
        if name not in _OWN:
            yield f'      <attribute id="{owner}-{name}" title="{name}" type="{kind}"/>\n'
    yield "    </attributes>\n"


def _node(node: Node, value: Spelt) -> str:
    return (
        f'      <node id="{xml(node.id)}" label="{xml(node.label)}">\n'
        f"{_values('node', node, value)}{_spells(node)}"
        f"        <viz:color {_rgb(node.color)}/>\n"
        f'        <viz:position x="{node.x}" y="{node.y}" z="0.0"/>\n'
        f'        <viz:size value="{node.size}"/>\n'
        "      </node>\n"
    )


def _edge(edge: Edge, ids: Mapping[str, str], value: Spelt) -> str:
    # Gephi takes edges between the same nodes for one, unless their kinds differ.
    return (
        f'      <edge id="{xml(edge.id)}" source="{xml(ids[edge.source])}"'
        f' target="{xml(ids[edge.target])}" label="{xml(edge.label)}" weight="{edge.weight}"'
        f' kind="{xml(edge.kind or edge.id)}">\n'
        f"{_values('edge', edge, value)}{_spells(edge)}"
        f"        <viz:color {_rgb(edge.color)}/>\n      </edge>\n"
    )


def _values(owner: str, item: Node | Edge, spelt: Spelt) -> str:
    said = [spelt(owner, name, value) for name, value in attributes(item) if name not in _OWN]
    return f"        <attvalues>\n{''.join(said)}        </attvalues>\n"


def _value(owner: str, name: str, value: Value) -> str:
    text = xml(value) if isinstance(value, str) else value
    return f'          <attvalue for="{owner}-{name}" value="{text}"/>\n'


def _spells(item: Node | Edge) -> str:
    if not item.start and not item.end:
        return ""
    bounds = "".join(
        f' {name}="{xml(day)}"' for name, day in (("start", item.start), ("end", item.end)) if day
    )
    return f"        <spells><spell{bounds}/></spells>\n"


@lru_cache(256)
def _rgb(color: str) -> str:
    red, green, blue = (int(color[at : at + 2] or "99", 16) for at in (1, 3, 5))
    return f'r="{red}" g="{green}" b="{blue}"'
