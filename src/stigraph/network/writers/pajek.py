r"""Pajek's ``.net``: vertices with places between 0 and 1, arcs with weights and labels.

Pajek and networkx know a vertex by its label: a label that others have too is followed by the
entry's id. In quotes nothing can be escaped: ``"`` becomes ``'`` and ``\`` becomes ``/``, a text
stands on one line. Every attribute follows as a name and a value; of ``x`` and ``y``, which are
Pajek's own, the unscaled values are ``layout_x`` and ``layout_y``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from stigraph.network.model import Edge, Network, Node
from stigraph.network.writers.escape import one_line

__all__ = ["write"]

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]')  # what can't stand in quotes
_REPEATED: Final = 4096  # attributes that many items share (a kind, a colour) are spelt once

Shared = Callable[..., str]


def write(network: Network) -> Iterator[str]:
    """Yield the network for Pajek, in UTF-8 with the mark that Pajek knows it by."""
    yield "\ufeff"
    yield f"*Network {one_line(network.attributes.get('title', '')) or 'stigraph'}\n"
    for name, text in network.attributes.items():
        yield f"% {name}: {one_line(text)}\n"
    yield f"*Vertices {len(network.nodes)}\n"
    seen = Counter(node.label for node in network.nodes)
    look = lru_cache(_REPEATED)(_look)
    across, down = _scale([n.x for n in network.nodes]), _scale([n.y for n in network.nodes])
    for number, node in enumerate(network.nodes, start=1):
        label = node.label if seen[node.label] == 1 else f"{node.label} ({node.id})"
        place = f"{across[number - 1]:.4f} {down[number - 1]:.4f} ellipse"
        yield f"{number} {_quoted(label)} {place} {_vertex(node, look)}\n"
    yield "*Arcs\n"
    numbers = {node.iri: number for number, node in enumerate(network.nodes, start=1)}
    shared = lru_cache(_REPEATED)(_shared)
    for edge in network.edges:
        ends = f"{numbers[edge.source]} {numbers[edge.target]}"
        yield f"{ends} {edge.weight:g} {_arc(edge, shared)}\n"


def _vertex(node: Node, look: Shared) -> str:
    own = (
        f"entry {_quoted(node.id)} iri {_quoted(node.iri)} label {_quoted(node.label)} "
        f"label_ja {_quoted(node.label_ja)} label_en {_quoted(node.label_en)} "
        f'layout_x "{node.x}" layout_y "{node.y}"'
    )
    return f"{look(node.kind, node.color, node.size)} {own}{_rest(node)}"


def _look(kind: str, color: str, size: float) -> str:
    """Return what nodes of one kind and size say."""
    factor = round(size / 10, 2)
    drawn = f"x_fact {factor} y_fact {factor} ic {_color(color)} bc Black"
    return f'{drawn} kind {_quoted(kind)} color {_quoted(color)} size "{size}"'


def _arc(edge: Edge, shared: Shared) -> str:
    said = shared(edge.iri, edge.kind, edge.label, edge.label_ja, edge.label_en, edge.color)
    return f"{said} key {_quoted(edge.id)}{_rest(edge)}"


def _shared(*values: str) -> str:
    """Return what all edges of a property say: label, colour, and the first attributes."""
    names = ("iri", "kind", "label", "label_ja", "label_en", "color")
    pairs = [f"{name} {_quoted(value)}" for name, value in zip(names, values, strict=True)]
    return f"l {_quoted(values[2])} c {_color(values[5])} {' '.join(pairs)}"


def _rest(item: Node | Edge) -> str:
    """Return the attributes that not every item has."""
    if item.start is None and item.end is None and not item.evidence:
        return ""
    said = (("start", item.start), ("end", item.end), ("evidence", "; ".join(item.evidence)))
    return "".join(f" {name} {_quoted(value)}" for name, value in said if value)


def _color(color: str) -> str:
    return f"RGB{color.lstrip('#').upper() or '999999'}"


def _scale(values: Sequence[float]) -> list[float]:
    least, most = min(values, default=0.0), max(values, default=0.0)
    return [0.05 + 0.9 * (value - least) / ((most - least) or 1.0) for value in values]


def _quoted(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return f'"{text.strip()}"'
    return '"' + one_line(text).replace('"', "'").replace("\\", "/") + '"'
