"""SVG: the network drawn, with title, legend and the statement that goes with every copy.

Text stays text: it can be found and copied, and is shown in the reader's own Japanese font. The
attributes of the model that a picture doesn't show are in each node's and edge's ``<title>``,
which browsers show on pointing; the HTML format has them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from stigraph.network.drawing import Picture, drawn
from stigraph.network.model import Edge, Network, Node
from stigraph.network.style import families_of
from stigraph.network.text import FONT_SIZE, LINE_HEIGHT, text_width, wrapped
from stigraph.network.writers.escape import one_line, xml

__all__ = ["FONTS", "graph", "legend", "write"]

FONTS: Final = (
    "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, "
    "IPAexGothic, TakaoPGothic, sans-serif"
)
"""Fonts with Japanese letters that systems come with, the first that is there."""

# The halo keeps a text legible where edges pass behind it.
_HALO: Final = 'fill="none" stroke="#ffffff" stroke-width="3" aria-hidden="true"'
_HEAD, _ROW, _LEAST = 26.0, 18.0, 480.0


def write(network: Network) -> Iterator[str]:
    """Yield the network as an SVG document of its natural size."""
    picture = drawn(network)
    left, top, right, bottom = picture.box
    width = max(right - left, _LEAST)
    above, below = [*_header(network, width)], [*_footer(network, width)]
    high = _HEAD + _ROW * len(above)
    whole = high + (bottom - top) + _ROW * len(below) + 12
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{whole:.0f}" '
        f'viewBox="0 0 {width:.0f} {whole:.0f}" font-family="{FONTS}" font-size="{FONT_SIZE:g}" '
        'role="img" aria-labelledby="title">\n'
        f'<title id="title">{xml(one_line(_title(network)))}</title>\n'
        f'<rect width="{width:.0f}" height="{whole:.0f}" fill="#ffffff"/>\n'
    )
    for number, line in enumerate(above):
        yield f'<g transform="translate(20 {_HEAD + number * _ROW:.0f})">{line}</g>\n'
    yield f'<g transform="translate({-left:.1f} {high - top:.1f})">\n'
    yield from graph(network, picture)
    yield "</g>\n"
    for number, line in enumerate(below, start=1):
        foot = high + (bottom - top) + number * _ROW
        yield f'<g transform="translate(20 {foot:.0f})" fill="#555555">{line}</g>\n'
    yield "</svg>\n"


def graph(network: Network, picture: Picture) -> Iterator[str]:
    """Yield edges, nodes and labels; ``data-e`` and ``data-n`` are their places in the network."""
    colors = sorted({edge.color or "#bbbbbb" for edge in network.edges})
    yield "<defs>\n"
    for number, color in enumerate(colors):
        yield (
            f'<marker id="arrow{number}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" '
            'markerHeight="6" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
            f'<path d="M0 1L8 4L0 7z" fill="{xml(color)}"/></marker>\n'
        )
    yield '</defs>\n<g class="edges" fill="none" stroke-opacity="0.75">\n'
    for number, (edge, stroke) in enumerate(zip(network.edges, picture.strokes, strict=True)):
        color = edge.color or "#bbbbbb"
        yield (
            f'<path data-e="{number}" d="{stroke.path}" stroke="{xml(color)}" '
            f'stroke-width="{stroke.width}" '
            f'marker-{stroke.arrow}="url(#arrow{colors.index(color)})">'
            f"<title>{xml(_about_edge(edge))}</title></path>\n"
        )
    yield "</g>\n"
    if network.attributes.get("weight") == "JPY":
        yield from _amounts(network, picture)
    yield '<g class="nodes">\n'
    for number, node in enumerate(network.nodes):
        yield from _node(number, node, picture)
    yield "</g>\n"


def _node(number: int, node: Node, picture: Picture) -> Iterator[str]:
    yield (
        f'<g class="node" data-n="{number}"><title>{xml(_about_node(node))}</title>'
        f'<circle cx="{node.x}" cy="{node.y}" r="{node.size / 2:.2f}" '
        f'fill="{xml(node.color or "#999999")}" stroke="#ffffff" stroke-width="1"/>'
    )
    label = picture.labels.get(node.iri)
    if label:
        lines = "".join(
            f'<tspan x="{label.x}" y="{label.y + row * LINE_HEIGHT:.1f}">{xml(line)}</tspan>'
            for row, line in enumerate(label.lines)
        )
        yield f'<text {_HALO}>{lines}</text><text fill="#1a1a1a">{lines}</text>'
    yield "</g>\n"


def _amounts(network: Network, picture: Picture) -> Iterator[str]:
    """Yield the amount of each edge that bears one, at the tip of its arrow."""
    yield '<g class="amounts" font-size="9" text-anchor="end" fill="#555555">\n'
    arrived: Counter[str] = Counter()
    for edge, stroke in zip(network.edges, picture.strokes, strict=True):
        if edge.weight > 1 and stroke.arrow == "end":
            x, y = stroke.tip[0] - 10, stroke.tip[1] - 5 - 10 * arrived[edge.target]
            arrived[edge.target] += 1
            text = f'x="{x:.1f}" y="{y:.1f}">{_yen(edge.weight)}</text>'
            yield f"<text {_HALO} {text}<text {text}\n"
    yield "</g>\n"


def _yen(amount: float) -> str:
    """Return an amount in both languages' words: 2,060億円 ¥206 bn."""
    trillions, hundreds = divmod(round(amount / 1e8), 10_000)
    ja = (f"{trillions:,}兆" if trillions else "") + (f"{hundreds:,}億" if hundreds else "")
    return f"{ja}円 ¥{f'{amount / 1e9:,.1f}'.removesuffix('.0')} bn"


def _about_node(node: Node) -> str:
    labels = dict.fromkeys((node.label, node.label_ja, node.label_en))
    span = " – ".join(dict.fromkeys(day for day in (node.start, node.end) if day))
    return one_line(" · ".join(filter(None, (*labels, node.kind, span, node.iri))))


def _about_edge(edge: Edge) -> str:
    labels = dict.fromkeys((edge.label, edge.label_ja, edge.label_en))
    span = " – ".join(dict.fromkeys(day for day in (edge.start, edge.end) if day))
    weight = f"{edge.weight:,.0f}" if edge.weight > 1 else ""
    return one_line(" · ".join(filter(None, (*labels, edge.kind, weight, span))))


def legend(network: Network) -> Iterator[tuple[str, str, str]]:
    """Yield the colours of the network and what they stand for, in Japanese and English."""
    for family in families_of(node.kind for node in network.nodes):
        yield family.color, family.ja, family.en


def _title(network: Network) -> str:
    said = network.attributes
    return said.get("view") or said.get("title") or "stigraph"


def _header(network: Network, width: float) -> Iterator[str]:
    said = network.attributes
    for line in wrapped(one_line(_title(network)), (width - 40) * FONT_SIZE / 15):
        yield f'<text font-size="15" font-weight="bold">{xml(line)}</text>'
    if said.get("view") and said.get("title"):
        edition = f"{said['title']} {said.get('version', '')} ({said.get('date', '')})"
        for line in wrapped(one_line(edition), width - 40):
            yield f'<text fill="#555555">{xml(line)}</text>'
    row, x = "", 0.0
    for color, ja, en in legend(network):
        text = f"{ja} {en}"
        room = 18 + text_width(text) + 14
        if row and x + room > width - 40:
            yield row
            row, x = "", 0.0
        row += (
            f'<circle cx="{x + 6:.1f}" cy="-4" r="6" fill="{color}"/>'
            f'<text x="{x + 18:.1f}">{xml(text)}</text>'
        )
        x += room
    if row:
        yield row


def _footer(network: Network, width: float) -> Iterator[str]:
    said = network.attributes
    for text in (said.get("attribution", ""), said.get("licence", "")):
        if text:
            for line in wrapped(one_line(text), width - 40):
                yield f"<text>{xml(line)}</text>"
