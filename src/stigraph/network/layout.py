"""Where nodes are drawn: kinds side by side, and within reach of what they are joined to.

Each kind starts as a spiral of its own; then edges pull and nodes push, as in
Fruchterman and Reingold (1991), with pushing limited to neighbouring cells of a
grid (their section 3.3). No chance and no library of numbers is involved: the
same graph is always drawn the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

__all__ = ["layout"]

_STEPS = 50
_WORK = 30_000  # nodes times steps: a large graph is placed roughly rather than late
_REACH = 100.0  # the distance at which two nodes leave each other alone
_GOLDEN = math.pi * (3 - math.sqrt(5))

Point = list[float]


def layout(
    kinds: Mapping[str, str], edges: Sequence[tuple[str, str]]
) -> dict[str, tuple[float, float]]:
    """Return a place for each node.

    Args:
        kinds: Node → its kind.
        edges: Pairs of nodes that are joined.
    """
    places = _spirals(kinds)
    degrees: dict[str, int] = defaultdict(int)
    for source, target in edges:
        degrees[source] += 1
        degrees[target] += 1
    steps = min(_STEPS, _WORK // (len(places) or 1))
    for step in range(steps):
        moves: dict[str, Point] = {node: [0.0, 0.0] for node in places}
        _gather(places, moves)
        _pull(places, moves, edges, degrees)
        _push(places, moves)
        _move(places, moves, farthest=_REACH * (1 - step / steps))
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def _spirals(kinds: Mapping[str, str]) -> dict[str, Point]:
    groups: dict[str, list[str]] = defaultdict(list)
    for node in sorted(kinds):
        groups[kinds[node]].append(node)
    # The radius that gives each group room on the circle in proportion to its width.
    widths = {kind: _REACH * math.sqrt(len(nodes)) for kind, nodes in groups.items()}
    around = sum(widths.values()) or 1.0
    radius = around / (2 * math.pi)
    places: dict[str, Point] = {}
    passed = 0.0
    for kind in sorted(groups):
        angle = 2 * math.pi * (passed + widths[kind] / 2) / around
        passed += widths[kind]
        for rank, node in enumerate(groups[kind]):
            out, turn = _REACH * math.sqrt(rank) / 2, rank * _GOLDEN
            places[node] = [
                radius * math.cos(angle) + out * math.cos(turn),
                radius * math.sin(angle) + out * math.sin(turn),
            ]
    return places


def _gather(places: Mapping[str, Point], moves: Mapping[str, Point]) -> None:
    """Keep what is joined to nothing from standing far away."""
    for node, (x, y) in places.items():
        moves[node][0] -= 0.03 * x
        moves[node][1] -= 0.03 * y


def _pull(
    places: Mapping[str, Point],
    moves: Mapping[str, Point],
    edges: Sequence[tuple[str, str]],
    degrees: Mapping[str, int],
) -> None:
    for source, target in edges:
        (ax, ay), (bx, by) = places[source], places[target]
        # Shared out by degree, so that a hub isn't torn about and doesn't swallow the rest.
        for node, sign in ((source, 1), (target, -1)):
            share = sign * 0.15 / degrees[node]
            moves[node][0] += (bx - ax) * share
            moves[node][1] += (by - ay) * share


def _push(places: Mapping[str, Point], moves: Mapping[str, Point]) -> None:
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for node, (x, y) in places.items():
        cells[math.floor(x / _REACH), math.floor(y / _REACH)].append(node)
    for (column, row), nodes in cells.items():
        near = [
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in cells.get((column + dx, row + dy), ())
        ]
        for node in nodes:
            x, y = places[node]
            for other in near:
                dx, dy = x - places[other][0], y - places[other][1]
                distance = math.hypot(dx, dy)
                if other != node and distance < _REACH:
                    force = (_REACH - distance) / (distance + 1.0)
                    moves[node][0] += dx * force
                    moves[node][1] += dy * force


def _move(places: Mapping[str, Point], moves: Mapping[str, Point], farthest: float) -> None:
    for node, (dx, dy) in moves.items():
        length = math.hypot(dx, dy)
        factor = min(length, farthest) / length if length else 0.0
        places[node][0] += dx * factor
        places[node][1] += dy * factor
