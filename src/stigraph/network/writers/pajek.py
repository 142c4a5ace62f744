r"""Pajek's ``.net``: vertices with places between 0 and 1, arcs with weights and labels.

Pajek and networkx know a vertex by its label: a label that others have too is followed by the
entry's id. In quotes nothing can be escaped: ``"`` becomes ``'`` and ``\`` becomes ``/``, a text
stands on one line. Every attribute follows as a name and a value; of ``x`` and ``y``, which are
Pajek's own, the unscaled values are ``layout_x`` and ``layout_y``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from stigraph.network.model import Edge, Network, Node, attributes
from stigraph.network.writers.escape import one_line

__all__ = ["write"]


def write(network: Network) -> Iterator[str]:
    """Yield the network for Pajek, in UTF-8 with the mark that Pajek knows it by."""
    yield "\ufeff"
    yield f"*Network {one_line(network.attributes.get('title', '')) or 'stigraph'}\n"
    for name, text in network.attributes.items():
        yield f"% {name}: {one_line(text)}\n"
    yield f"*Vertices {len(network.nodes)}\n"
    seen = Counter(node.label for node in network.nodes)
    across, down = _scale([n.x for n in network.nodes]), _scale([n.y for n in network.nodes])
    for number, node in enumerate(network.nodes, start=1):
        label = node.label if seen[node.label] == 1 else f"{node.label} ({node.id})"
        place = f"{across[number - 1]:.4f} {down[number - 1]:.4f} ellipse"
        yield f"{number} {_quoted(label)} {place} {_vertex(node)}\n"
    yield "*Arcs\n"
    numbers = {node.iri: number for number, node in enumerate(network.nodes, start=1)}
    for edge in network.edges:
        yield f"{numbers[edge.source]} {numbers[edge.target]} {edge.weight:g} {_arc(edge)}\n"


def _vertex(node: Node) -> str:
    names = {"x": "layout_x", "y": "layout_y"}
    said = {names.get(name, name): value for name, value in attributes(node)}
    factor = round(node.size / 10, 2)
    drawn = f"x_fact {factor} y_fact {factor} ic {_color(node.color)} bc Black"
    return f"{drawn} {_pairs({'entry': node.id, **said})}"


def _arc(edge: Edge) -> str:
    said = {name: value for name, value in attributes(edge) if name != "weight"}
    return f"l {_quoted(edge.label)} c {_color(edge.color)} {_pairs({'key': edge.id, **said})}"


def _pairs(values: dict[str, object]) -> str:
    return " ".join(f"{name} {_quoted(str(value))}" for name, value in values.items())


def _color(color: str) -> str:
    return f"RGB{color.lstrip('#').upper() or '999999'}"


def _scale(values: Sequence[float]) -> list[float]:
    least, most = min(values, default=0.0), max(values, default=0.0)
    return [0.05 + 0.9 * (value - least) / ((most - least) or 1.0) for value in values]


def _quoted(text: str) -> str:
    return '"' + one_line(text).replace('"', "'").replace("\\", "/") + '"'
