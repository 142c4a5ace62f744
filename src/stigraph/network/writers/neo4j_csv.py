"""A pair of CSV files for ``neo4j-admin database import``.

The header says what a column is (Neo4j Operations Manual, *CSV file header
format*): ``:ID``, ``:LABEL``, ``:START_ID``, ``:END_ID``, ``:TYPE`` and the types
of the properties. A node has the label ``Entry`` and one for its kind, an edge
the type that its kind is in Neo4j's way of writing (``FOR_INITIATIVE``). No byte
order mark: it would become part of the first column's name. A cell is one line,
because the import takes no others by default: line breaks become spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Edge, File, Network, Node
from stigraph.network.writers.delimited import csv_chunks

__all__ = ["write"]

_TYPES: Final = {"double": ":double", "string": ""}
_BREAK = re.compile(r"[\r\n]+")
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|[^\W_A-Za-z0-9]+")


def write(network: Network) -> Iterator[File]:
    """Yield ``nodes.csv`` and ``edges.csv``."""
    yield File("nodes.csv", _nodes(network))
    yield File("edges.csv", _edges(network))


def _nodes(network: Network) -> Iterator[str]:
    header = ["id:ID", *_properties(NODE_ATTRIBUTES, network.nodes), ":LABEL"]
    rows = (
        [node.id, *_cells(node, NODE_ATTRIBUTES), ";".join(_labels(node.kind))]
        for node in network.nodes
    )
    yield from csv_chunks(header, rows)


def _edges(network: Network) -> Iterator[str]:
    ids = {node.iri: node.id for node in network.nodes}
    header = [":START_ID", ":END_ID", "id", *_properties(EDGE_ATTRIBUTES, network.edges), ":TYPE"]
    rows = (
        [ids[e.source], ids[e.target], e.id, *_cells(e, EDGE_ATTRIBUTES), _type(e.kind)]
        for e in network.edges
    )
    yield from csv_chunks(header, rows)


def _properties(names: Mapping[str, str], items: Iterable[Node | Edge]) -> list[str]:
    """Return the columns with their types; start and end are dates if all of them are."""
    dates = {
        name: all(_is_date(value) for item in items if (value := getattr(item, name)))
        for name in ("start", "end")
    }
    lists = {"evidence": ":string[]"}
    return [
        f"{name}{':date' if dates.get(name) else lists.get(name, _TYPES[kind])}"
        for name, kind in names.items()
    ]


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _cells(item: Node | Edge, names: Iterable[str]) -> Iterator[str | float | None]:
    for name in names:
        value: str | float | tuple[str, ...] | None = getattr(item, name)
        if isinstance(value, tuple):
            value = ";".join(part.replace(";", "%3B") for part in value)
        yield _BREAK.sub(" ", value).strip("\r\n") if isinstance(value, str) else value


def _labels(kind: str) -> list[str]:
    words = _WORD.findall(kind)
    return ["Entry", "".join(word[:1].upper() + word[1:] for word in words)] if words else ["Entry"]


def _type(kind: str) -> str:
    return "_".join(_WORD.findall(kind)).upper() or "RELATED"
