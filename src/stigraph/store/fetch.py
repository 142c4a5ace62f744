"""A graph taken from a service into memory, whole or not at all.

Constraints compare terms, name blank nodes and match regular expressions, and
services differ in all three; only a copy gives the same results everywhere. It
is taken in one answer where the service gives that whole, which its own count
proves, and else property by property.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph as ox

from stigraph.errors import ServiceError
from stigraph.oxigraph import to_oxigraph
from stigraph.store.complaints import changed
from stigraph.store.data import DataGraph
from stigraph.store.remote import RemoteStore
from stigraph.terms import Blank, Iri, Literal

__all__ = ["MOST", "fetched"]

MOST: Final = 20_000_000
"""Triples that are taken at most."""

_TRIPLE: Final = "?s ?p ?o"
_FEW: Final = 500


def fetched(store: RemoteStore, predicates: Set[str] | None = None) -> DataGraph:
    """Return the default graph of ``store``.

    Args:
        store: Where it is.
        predicates: The properties whose triples are wanted; None for all.

    Raises:
        ServiceError: The service doesn't give the whole graph, or it changed meanwhile.
    """
    wanted = None if predicates is None or len(predicates) > _FEW else sorted(predicates)
    counts = _counts(store, wanted)
    total = sum(counts.values())
    if total > MOST:
        raise ServiceError(
            f"{store.url} のグラフが大きすぎる（{total:,} 個の三つ組、上限 {MOST:,}）。"
            "?default-graph-uri=… でグラフを選ぶ",
            f"the graph of {store.url} is too large ({total:,} triples; at most {MOST:,}); "
            "choose graphs with ?default-graph-uri=…",
        )
    with TemporaryDirectory(prefix="stigraph-") as folder:
        file = Path(folder) / "graph.nt"
        # What Virtuoso leaves out of a CONSTRUCT it doesn't tell.
        if not store.is_virtuoso:
            number = _write(file, _all(store, wanted))
            if number == total or (store.is_bag and number == _distinct(store, wanted)):
                return DataGraph.of_files([file])
        _write(file, _pages(store, counts))
        return DataGraph.of_files([file])


def _counts(store: RemoteStore, wanted: list[str] | None) -> dict[str, int]:
    """Return how many rows each property has, a row for each graph that states it."""
    query = f"SELECT ?p (COUNT(*) AS ?n) {{ {_values(wanted)} {_TRIPLE} }} GROUP BY ?p"
    return {
        p.value: int(n.value)
        for p, n in store.select(query)
        if isinstance(p, Iri) and isinstance(n, Literal)
    }


def _distinct(store: RemoteStore, wanted: list[str] | None) -> int:
    inner = f"SELECT DISTINCT {_TRIPLE} {{ {_values(wanted)} {_TRIPLE} }}"
    ((number,),) = store.select(f"SELECT (COUNT(*) AS ?n) {{ {{ {inner} }} }}")
    return int(number.value) if isinstance(number, Literal) else 0


def _values(wanted: list[str] | None) -> str:
    if wanted is None:
        return ""
    return f"VALUES ?p {{ {' '.join(f'<{iri}>' for iri in wanted)} }}"


def _all(store: RemoteStore, wanted: list[str] | None) -> Iterator[ox.Triple]:
    pattern = f"{_values(wanted)} {_TRIPLE}"
    return store.constructed(f"CONSTRUCT {{ {_TRIPLE} }} WHERE {{ {pattern} }}")


def _write(file: Path, triples: Iterator[ox.Triple]) -> int:
    """Write ``triples`` as N-Triples and return how many there were."""
    number = 0

    def counted() -> Iterator[ox.Triple]:
        nonlocal number
        for triple in triples:
            number += 1
            yield triple

    ox.serialize(counted(), str(file), format=ox.RdfFormat.N_TRIPLES)
    return number


def _pages(store: RemoteStore, counts: dict[str, int]) -> Iterator[ox.Triple]:
    for iri, number in counts.items():
        predicate = ox.NamedNode(iri)
        found = 0
        for subject, value in store.select(f"SELECT ?s ?o {{ ?s <{iri}> ?o }}"):
            if subject is None or value is None:
                continue
            found += 1
            if not store.is_virtuoso and (isinstance(subject, Blank) or isinstance(value, Blank)):
                raise _unnamed(store)
            yield ox.Triple(to_oxigraph(subject), predicate, to_oxigraph(value))  # type: ignore[arg-type]
        if found != number:
            raise changed(store.url, number, found)


def _unnamed(store: RemoteStore) -> ServiceError:
    return ServiceError(
        f"{store.url} は全体を一度に返さず、空白ノードの名前は答えごとに変わる。"
        "サービスの行数の上限を上げる",
        f"{store.url} doesn't give all at once, and blank nodes have no names that hold from one "
        "answer to the next; raise the service's limit of rows",
    )
