"""The graph as it stood: what the sources known on a day say."""

from __future__ import annotations

from datetime import date

from stigraph.store import Store
from stigraph.terms import Literal
from stigraph.vocab import STI, XSD

__all__ = ["as_of"]


def as_of(store: Store, day: date) -> Store:
    """Return a copy of ``store`` without the facts that no source had stated by ``day``.

    A node leaves with everything it says and everything that points at it. Nodes
    without a source date (fiscal years, code lists, the ontology) stay.
    """
    rows = store.select(
        f"SELECT ?node WHERE {{ ?node <{STI.knownFrom}> ?known "
        f'FILTER(?known > "{day.isoformat()}"^^<{XSD.date}>) }}'
    )
    later = {node for (node,) in rows if node is not None and not isinstance(node, Literal)}
    return store.without(later)
