"""Mermaid, for Markdown pages: a flowchart with labels, kinds as classes, and links.

Mermaid has no attributes: both labels that differ are shown, an edge shows its label, the colour
is that of the node's class. Evidence, dates, sizes, places and weights have no place in it; a
comment in the file says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stigraph.network.model import Network, Node
from stigraph.network.writers.escape import one_line

__all__ = ["write"]

_SPECIAL = re.compile(r"[^\w\s、。・「」（）ー]", re.ASCII)


def write(network: Network) -> Iterator[str]:
    """Yield the network as a flowchart from left to right."""
    yield "%% left out: evidence start end weight size x y\n"
    for name, text in network.attributes.items():
        yield f"%% {name}: {one_line(text).replace('{', '(').replace('}', ')')}\n"
    yield "flowchart LR\n"
    names = {node.iri: f"n{number}" for number, node in enumerate(network.nodes, start=1)}
    for node in network.nodes:
        yield f'  {names[node.iri]}("{_text(_label(node))}"):::{_class(node)}\n'
    for edge in network.edges:
        label = f'|"{_text(edge.label)}"|' if one_line(edge.label) else ""
        yield f"  {names[edge.source]} -->{label} {names[edge.target]}\n"
    for node in network.nodes:
        yield f'  click {names[node.iri]} href "{_link(node.iri)}"\n'
    colors = {_class(node): node.color for node in network.nodes}
    for name, color in sorted(colors.items()):
        yield f"  classDef {name} fill:{color},stroke:#333,color:{_ink(color)}\n"


def _label(node: Node) -> str:
    return " / ".join(dict.fromkeys((node.label, node.label_ja, node.label_en)))


def _class(node: Node) -> str:
    # "default" and "end" mean something to Mermaid; with a prefix no kind does.
    return f"k-{node.kind}" if node.kind else "k-other"


def _text(text: str) -> str:
    """Return ``text`` with all that Markdown or Mermaid might read as numbered entities."""
    return "".join(
        f"#{ord(c)};" if ord(c) < 128 and _SPECIAL.match(c) else c for c in one_line(text)
    )


def _link(url: str) -> str:
    return re.sub(r'["<>\s\\]', lambda found: f"%{ord(found[0]):02X}", url)


def _ink(color: str) -> str:
    """Return black or white, whichever is easier to read on ``color``."""
    red, green, blue = (int(color[at : at + 2] or "99", 16) for at in (1, 3, 5))
    return "#000" if 299 * red + 587 * green + 114 * blue > 128_000 else "#fff"
