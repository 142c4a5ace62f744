"""JSON Canvas 1.0 (jsoncanvas.org), for Obsidian: a card an entry.

The format has no attributes: a card is Markdown with both labels, the kind, the dates, and links
to the entry and to its evidence. Sizes and weights aren't shown; a card is as large as its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from stigraph.network.model import Edge, Network, Node
from stigraph.network.writers.escape import json_items, one_line

__all__ = ["write"]

_SCALE = 2.4  # cards are larger than points
_WIDTH, _HEIGHT = 260, 140
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&=^%:@])")


def write(network: Network) -> Iterator[str]:
    """Yield the network as a canvas, a card or an arrow a line."""
    yield '{\n"nodes": '
    yield from json_items(_card(node) for node in network.nodes)
    yield ',\n"edges": '
    ids = {node.iri: node.id for node in network.nodes}
    yield from json_items(_arrow(edge, ids) for edge in network.edges)
    yield "\n}\n"


def _card(node: Node) -> dict[str, Any]:
    links = [f"[{number}](<{_link(url)}>)" for number, url in enumerate(node.evidence, start=1)]
    lines = [
        f"**{_text(node.label)}**",
        *(_text(label) for label in (node.label_ja, node.label_en) if label != node.label),
        " · ".join(filter(None, (_text(node.kind), _span(node), f"[↗](<{_link(node.iri)}>)"))),
        " ".join(links),
    ]
    return {
        "id": node.id,
        "type": "text",
        "x": round(node.x * _SCALE) - _WIDTH // 2,
        "y": round(node.y * _SCALE * 2) - _HEIGHT // 2,
        "width": _WIDTH,
        "height": _HEIGHT,
        "color": node.color or "#999999",
        "text": "\n\n".join(line for line in lines if line),
    }


def _arrow(edge: Edge, ids: dict[str, str]) -> dict[str, Any]:
    return {
        "id": edge.id,
        "fromNode": ids[edge.source],
        "toNode": ids[edge.target],
        "toEnd": "arrow",
        "color": edge.color,
        "label": one_line(edge.label),
    }


def _span(node: Node) -> str:
    days = dict.fromkeys(day for day in (node.start, node.end) if day)
    return _text(" – ".join(days))


def _text(text: str) -> str:
    """Return ``text`` as Markdown that shows it as it is (CommonMark 0.31, section 2.4)."""
    return _MARKS.sub(r"\\\1", one_line(text))


def _link(url: str) -> str:
    return re.sub(r"[<>\s\\]", lambda found: f"%{ord(found[0]):02X}", url)
