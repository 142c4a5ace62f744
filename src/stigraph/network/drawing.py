"""A network as a picture: where labels stand, how edges run, how large the whole is."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stigraph.network.model import Edge, Network, Node
from stigraph.network.text import FONT_SIZE, LINE_HEIGHT, text_width, wrapped

__all__ = ["Label", "Picture", "Stroke", "drawn"]

_MARGIN: Final = 24.0
_GAP: Final = 4.0  # between a node and its label
_CELL: Final = 60.0

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a label, where its first baseline begins, and the room that it takes."""

    lines: tuple[str, ...]
    x: float
    y: float
    box: Rectangle


@dataclass(frozen=True, slots=True)
class Stroke:
    """The path of an edge (SVG 2, section 9.3), its width, and the end that its arrow is at.

    ``left`` is how far it reaches to the left; ``tip`` is where its arrow points.
    """

    path: str
    arrow: str
    left: float
    tip: tuple[float, float]
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn network.

    ``labels`` are by IRI: a node without one has no room for it. ``strokes`` are in the order of
    the network's edges. ``box`` is the room that all take.
    """

    labels: Mapping[str, Label]
    strokes: tuple[Stroke, ...]
    box: Rectangle


def drawn(network: Network) -> Picture:
    """Return the picture of ``network``; no two labels overlap."""
    labels = _labels(network)
    nodes = {node.iri: node for node in network.nodes}
    passed: Counter[frozenset[str]] = Counter()
    heaviest = max((abs(edge.weight) for edge in network.edges), default=1.0) or 1.0
    strokes = []
    for edge in network.edges:
        ends = frozenset((edge.source, edge.target))
        beside = passed[ends]
        passed[ends] += 1
        run = _layered if network.layered else _straight
        stroke = run(nodes[edge.source], nodes[edge.target], labels, beside)
        strokes.append(replace(stroke, width=_width(edge, heaviest)))
    return Picture(labels, tuple(strokes), _box(network.nodes, labels, strokes))


def _width(edge: Edge, heaviest: float) -> float:
    """Return an edge's width: among unlike weights, its area grows with them."""
    return round(1 + 7 * math.sqrt(abs(edge.weight) / heaviest), 1) if heaviest > 1 else 1.0


def _box(
    nodes: Sequence[Node], labels: Mapping[str, Label], strokes: Sequence[Stroke]
) -> Rectangle:
    boxes = [*(_disc(node) for node in nodes), *(label.box for label in labels.values())]
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(*(box[0] for box in boxes), *(stroke.left for stroke in strokes)) - _MARGIN,
        min(box[1] for box in boxes) - _MARGIN,
        max(box[2] for box in boxes) + _MARGIN,
        max(box[3] for box in boxes) + _MARGIN,
    )


def _disc(node: Node) -> Rectangle:
    reach = node.size / 2
    return (node.x - reach, node.y - reach, node.x + reach, node.y + reach)


def _labels(network: Network) -> dict[str, Label]:
    """Return the labels: at the right in columns; else where there is room, largest nodes first."""
    if network.layered:
        return {node.iri: next(_places(node)) for node in network.nodes}
    taken = _Room()
    for node in network.nodes:
        taken.add(_disc(node))
    found = {}
    for node in sorted(network.nodes, key=lambda node: (-node.size, node.iri)):
        for label in _places(node):
            if taken.free(label.box):
                taken.add(label.box)
                found[node.iri] = label
                break
    return found


def _places(node: Node) -> Iterator[Label]:
    """Yield a node's label at its right, left, above and below."""
    lines = tuple(wrapped(node.label))
    width, height = max(map(text_width, lines)), len(lines) * LINE_HEIGHT
    reach = node.size / 2 + _GAP
    for left, top in (
        (node.x + reach, node.y - height / 2),
        (node.x - reach - width, node.y - height / 2),
        (node.x - width / 2, node.y - reach - height),
        (node.x - width / 2, node.y + reach),
    ):
        baseline = top + FONT_SIZE * 0.95 + (LINE_HEIGHT - FONT_SIZE) / 2
        box = (left, top, left + width, top + height)
        yield Label(lines, round(left, 1), round(baseline, 1), box)


class _Room:
    """Which rectangles are taken, by the cells of a grid that they touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)

    def add(self, box: Rectangle) -> None:
        for cell in self._touched(box):
            self._cells[cell].append(box)

    def free(self, box: Rectangle) -> bool:
        left, top, right, bottom = box
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for cell in self._touched(box)
            for other in self._cells.get(cell, ())
        )

    @staticmethod
    def _touched(box: Rectangle) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (math.floor(side / _CELL) for side in box)
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                yield column, row


def _layered(a: Node, b: Node, labels: Mapping[str, Label], beside: int) -> Stroke:
    """Return a curve from the left node's label to the right node, or an arc within a column."""
    if abs(a.x - b.x) < 1:
        return _arc(a, b, beside)
    left, right, arrow = (a, b, "end") if a.x < b.x else (b, a, "start")
    out = left.x + left.size / 2 + 1
    written = labels[left.iri].box[2] + _GAP
    start = written if written < right.x - 40 else out
    end, shift = right.x - right.size / 2 - 2, 3.0 * beside
    bend = (end - start) * 0.5
    top, bottom = left.y + shift, right.y + shift
    path = (
        f"M{start:.1f} {top:.1f}C{start + bend:.1f} {top:.1f} "
        f"{end - bend:.1f} {bottom:.1f} {end:.1f} {bottom:.1f}"
    )
    return Stroke(path, arrow, start, (end, bottom) if arrow == "end" else (start, top))


def _arc(a: Node, b: Node, beside: int) -> Stroke:
    start, end = a.x - a.size / 2 - 1, b.x - b.size / 2 - 2
    bend = 22 + min(abs(b.y - a.y) * 0.12, 60) + 6 * beside
    # A loop leaves above the centre and comes back below it.
    top, bottom = (a.y - 4, b.y + 4) if a is b else (a.y, b.y)
    path = (
        f"M{start:.1f} {top:.1f}C{start - bend:.1f} {top:.1f} "
        f"{end - bend:.1f} {bottom:.1f} {end:.1f} {bottom:.1f}"
    )
    return Stroke(path, "end", min(start, end) - 0.75 * bend, (end, bottom))


def _straight(a: Node, b: Node, labels: Mapping[str, Label], beside: int) -> Stroke:
    """Return a line between the rims of two nodes; parallel ones are bent away from it."""
    del labels
    if a is b:
        return _arc(a, b, beside)
    length = math.hypot(b.x - a.x, b.y - a.y) or 1.0
    east, south = (b.x - a.x) / length, (b.y - a.y) / length
    start = (a.x + east * a.size / 2, a.y + south * a.size / 2)
    end = (b.x - east * (b.size / 2 + 2), b.y - south * (b.size / 2 + 2))
    bend = 12.0 * ((beside + 1) // 2) * (-1 if beside % 2 else 1)
    middle = ((start[0] + end[0]) / 2 - south * bend, (start[1] + end[1]) / 2 + east * bend)
    path = (
        f"M{start[0]:.1f} {start[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    )
    return Stroke(path, "end", min(start[0], end[0]), end)
