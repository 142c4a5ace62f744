"""Parquet files of nodes, edges and triples, for pandas, Polars, DuckDB, Arrow and Spark.

Columns are typed: places and weights are doubles, days are dates (text where a
query gave something else), evidence is a list. What the graph says of itself is
in the metadata of each file's schema.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from stigraph.extras import required
from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Edge, File, Network, Node
from stigraph.network.selection import Selection
from stigraph.network.writers.triples import triples_behind
from stigraph.terms import Blank, Iri, Literal

__all__ = ["write"]


def write(selection: Selection, form: str) -> Iterator[File]:
    """Yield ``nodes.parquet``, ``edges.parquet`` and ``triples.parquet``.

    Raises:
        MissingExtraError: PyArrow isn't installed.
    """
    del form
    required("pyarrow")
    network = selection.network
    said = network.attributes
    yield File("nodes.parquet", _file(_nodes(network), said))
    yield File("edges.parquet", _file(_edges(network), said))
    yield File("triples.parquet", _file(_triples(selection), said))


def _nodes(network: Network) -> dict[str, Any]:
    ids = required("pyarrow").array([node.id for node in network.nodes], "string")
    return {"id": ids, **_columns(network.nodes, NODE_ATTRIBUTES)}


def _edges(network: Network) -> dict[str, Any]:
    arrow = required("pyarrow")
    ids = {node.iri: node.id for node in network.nodes}
    return {
        "id": arrow.array([edge.id for edge in network.edges], "string"),
        "source": arrow.array([ids[edge.source] for edge in network.edges], "string"),
        "target": arrow.array([ids[edge.target] for edge in network.edges], "string"),
        **_columns(network.edges, EDGE_ATTRIBUTES),
    }


def _columns(items: Sequence[Node | Edge], names: Mapping[str, str]) -> dict[str, Any]:
    return {name: _column([getattr(item, name) for item in items], name) for name in names}


def _column(values: Sequence[Any], name: str) -> Any:
    arrow = required("pyarrow")
    kinds = {"size": "double", "x": "double", "y": "double", "weight": "double"}
    if name == "evidence":
        return arrow.array(values, arrow.list_(arrow.string()))
    if name in ("start", "end"):
        try:
            days = [None if value is None else date.fromisoformat(value) for value in values]
        except ValueError:
            return arrow.array(values, "string")
        return arrow.array(days, arrow.date32())
    return arrow.array(values, kinds.get(name, "string"))


def _triples(selection: Selection) -> dict[str, Any]:
    names = ("subject", "predicate", "object", "object_type", "datatype", "language")
    rows = list(_rows(selection))
    arrow = required("pyarrow")
    return {
        name: arrow.array([row[place] for row in rows], "string")
        for place, name in enumerate(names)
    }


def _rows(selection: Selection) -> Iterator[tuple[str | None, ...]]:
    for subject, predicate, value in triples_behind(selection):
        ends = (subject.value if isinstance(subject, Iri) else str(subject), predicate.value)
        match value:
            case Iri(iri):
                yield (*ends, iri, "iri", None, None)
            case Blank():
                yield (*ends, str(value), "blank", None, None)
            case Literal(text, datatype, language):
                yield (*ends, text, "literal", datatype, language)


def _file(columns: Mapping[str, Any], said: Mapping[str, str]) -> Iterable[bytes]:
    arrow, parquet = required("pyarrow"), required("pyarrow.parquet")
    table = arrow.table(dict(columns)).replace_schema_metadata(dict(said))
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    yield buffer.getvalue()
