"""A graph as network tools know it: nodes and edges with attributes, nothing of RDF.

The names of the attributes are those of every export format: :data:`NODE_ATTRIBUTES`
and :data:`EDGE_ATTRIBUTES` are what the writers go by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from stigraph.vocab import shorten

__all__ = [
    "EDGE_ATTRIBUTES",
    "NODE_ATTRIBUTES",
    "Edge",
    "File",
    "Network",
    "Node",
    "Value",
    "attributes",
]

Value = str | float


@dataclass(frozen=True, slots=True)
class Node:
    """An entry.

    ``label`` is the one in the export's language. ``start`` and ``end`` are the first and the
    last day that the entry's date may mean (``YYYY-MM-DD``), None if it has none. ``evidence``
    holds the IRIs of the passages and web sources that state it. ``x`` and ``y`` are the centre,
    ``size`` is the diameter.
    """

    iri: str
    kind: str
    label: str
    label_ja: str
    label_en: str
    color: str = ""
    size: float = 0.0
    x: float = 0.0
    y: float = 0.0
    start: str | None = None
    end: str | None = None
    evidence: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The short id (``programme:sbir``), or the IRI where there is none."""
        return shorten(self.iri)


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement that joins two nodes, named by their IRIs; ``iri`` is that of the property.

    Two nodes may be joined by several edges; ``id`` tells them apart.
    """

    id: str
    source: str
    target: str
    iri: str
    kind: str
    label: str
    label_ja: str
    label_en: str
    color: str = ""
    weight: float = 1.0
    start: str | None = None
    end: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, edges, and what the whole says of itself: version, date, licence, attribution.

    ``behind`` holds the IRIs, sorted, of every entry that nodes and edges are drawn from: the
    nodes' own, and those that were folded into edges. The RDF formats hold their triples.
    ``layered`` says that the nodes stand in columns, with room for each label at its right.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    attributes: Mapping[str, str]
    behind: tuple[str, ...] = ()
    layered: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """One of the files of a format that is a folder: its name there, and its content."""

    name: str
    chunks: Iterable[str | bytes]


NODE_ATTRIBUTES: Final[Mapping[str, str]] = {
    "iri": "string",
    "kind": "string",
    "label": "string",
    "label_ja": "string",
    "label_en": "string",
    "color": "string",
    "size": "double",
    "x": "double",
    "y": "double",
    "start": "string",
    "end": "string",
    "evidence": "string",
}
"""Attributes of nodes and their types, in the order in which they are written."""

EDGE_ATTRIBUTES: Final[Mapping[str, str]] = {
    "iri": "string",
    "kind": "string",
    "label": "string",
    "label_ja": "string",
    "label_en": "string",
    "color": "string",
    "weight": "double",
    "start": "string",
    "end": "string",
    "evidence": "string",
}
"""Attributes of edges and their types."""


_NODE: Final = (tuple(NODE_ATTRIBUTES), attrgetter(*NODE_ATTRIBUTES))
_EDGE: Final = (tuple(EDGE_ATTRIBUTES), attrgetter(*EDGE_ATTRIBUTES))


def attributes(item: Node | Edge) -> Iterator[tuple[str, Value]]:
    """Yield the attributes that ``item`` has, in order; lists are joined with ``; ``."""
    names, values_of = _NODE if isinstance(item, Node) else _EDGE
    for name, value in zip(names, values_of(item), strict=True):
        if isinstance(value, tuple):
            if value:
                yield name, "; ".join(value)
        elif value is not None:
            yield name, value
