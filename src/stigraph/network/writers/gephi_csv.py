"""A pair of CSV files for Gephi's spreadsheet import, which open in Excel too.

Gephi knows a node by ``Id``, an edge by ``Source`` and ``Target``, and tells
parallel edges apart by ``Kind``, in any case of letters; the other columns
become attributes. The files begin with a byte order mark: without it, Excel
takes UTF-8 for the code page of the system and spoils Japanese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, File, Network, attributes
from stigraph.network.writers.delimited import csv_chunks

__all__ = ["write"]

_BOM = "\ufeff"


def write(network: Network) -> Iterator[File]:
    """Yield ``nodes.csv`` and ``edges.csv``."""
    yield File("nodes.csv", _nodes(network))
    yield File("edges.csv", _edges(network))


def _nodes(network: Network) -> Iterator[str]:
    yield _BOM
    rows = ([node.id, *_cells(dict(attributes(node)), NODE_ATTRIBUTES)] for node in network.nodes)
    yield from csv_chunks(["Id", *NODE_ATTRIBUTES], rows)


def _edges(network: Network) -> Iterator[str]:
    yield _BOM
    ids = {node.iri: node.id for node in network.nodes}
    rows = (
        [
            ids[edge.source],
            ids[edge.target],
            "Directed",
            edge.id,
            *_cells(dict(attributes(edge)), EDGE_ATTRIBUTES),
        ]
        for edge in network.edges
    )
    yield from csv_chunks(["Source", "Target", "Type", "Id", *EDGE_ATTRIBUTES], rows)


def _cells(said: Mapping[str, str | float], names: Iterable[str]) -> list[str | float | None]:
    return [said.get(name) for name in names]
