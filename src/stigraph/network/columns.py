"""Nodes in columns: those that are joined side by side, none on top of another.

The order in a column is that of the barycentres of Sugiyama, Tagawa and Toda
(1981); the places are the nearest to those of the neighbours that keep this
order and leave room for each label (pool adjacent violators).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Box", "columns"]

_SWEEPS = 12
_LIGHT = 1e-6  # the pull of what has no place that it wants
_GAP = 110.0  # between a column's longest label and the next column, for the edges


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node belongs and the room that it takes.

    ``column`` counts from the left; nodes of a lower ``rank`` stand higher in it. ``width`` is
    that of the label at its right.
    """

    column: int
    rank: tuple[str, ...]
    width: float
    height: float


def columns(
    boxes: Mapping[str, Box], edges: Sequence[tuple[str, str]]
) -> dict[str, tuple[float, float]]:
    """Return a place for each node."""
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        if boxes[source].column != boxes[target].column:
            near[source].append(target)
            near[target].append(source)
    stacks: dict[int, list[str]] = defaultdict(list)
    for node in sorted(boxes, key=lambda n: (boxes[n].rank, n)):
        stacks[boxes[node].column].append(node)
    heights = dict.fromkeys(boxes, 0.0)
    for stack in stacks.values():
        _place(stack, boxes, heights, dict.fromkeys(stack, 0.0))
    order = sorted(stacks)
    for sweep in range(_SWEEPS):
        for column in order if sweep % 2 == 0 else reversed(order):
            _settle(stacks[column], boxes, near, heights)
    across = _across(stacks, boxes)
    return {n: (round(across[boxes[n].column], 1), round(heights[n], 1)) for n in boxes}


def _settle(
    stack: list[str],
    boxes: Mapping[str, Box],
    near: Mapping[str, Sequence[str]],
    heights: dict[str, float],
) -> None:
    """Sort a column by its neighbours and bring it as near to them as its room allows."""
    wanted = {
        node: sum(heights[other] for other in near[node]) / len(near[node])
        for node in stack
        if near.get(node)
    }
    # What is joined to nothing comes last in its rank and follows what is before it.
    stack.sort(key=lambda n: (boxes[n].rank, n not in wanted, wanted.get(n, 0.0), n))
    _place(stack, boxes, heights, wanted)


def _place(
    stack: Sequence[str],
    boxes: Mapping[str, Box],
    heights: dict[str, float],
    wanted: Mapping[str, float],
) -> None:
    """Place a column in its order: the least squares of what is wanted, with room between."""
    offsets, offset = [], 0.0
    for node in stack:
        offsets.append(offset + boxes[node].height / 2)
        offset += boxes[node].height
    blocks: list[tuple[float, float, int]] = []  # mean of what is wanted, its weight, how many
    for node, passed in zip(stack, offsets, strict=True):
        mean, weight, count = wanted.get(node, -math.inf) - passed, 1.0, 1
        if node not in wanted:
            mean, weight = (blocks[-1][0] if blocks else 0.0), _LIGHT
        while blocks and blocks[-1][0] >= mean:
            other, heavy, size = blocks.pop()
            mean = (mean * weight + other * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + size
        blocks.append((mean, weight, count))
    free = [mean for mean, _, count in blocks for _ in range(count)]
    for node, mean, passed in zip(stack, free, offsets, strict=True):
        heights[node] = mean + passed


def _across(stacks: Mapping[int, Sequence[str]], boxes: Mapping[str, Box]) -> dict[int, float]:
    places, x = {}, 0.0
    for column in sorted(stacks):
        places[column] = x
        x += max(boxes[node].width for node in stacks[column]) + _GAP
    return places
