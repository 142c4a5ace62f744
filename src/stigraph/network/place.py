"""Where the nodes of a lens are drawn: in its columns, along its timeline, or by their edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stigraph.network.columns import Box, columns
from stigraph.network.layout import layout
from stigraph.network.lenses import Lens
from stigraph.network.text import LABEL_WIDTH, LINE_HEIGHT, text_width, wrapped
from stigraph.store import Store
from stigraph.terms import Iri
from stigraph.vocab import STI, kind_of

__all__ = ["placed"]

Labels = tuple[str, str, str]

_LAST = "9999"  # a document without a date is still to come

_DATES = f"""
SELECT ?node ?document ?date WHERE {{
  {{ ?node a ?class BIND(?node AS ?document) }} UNION {{ ?node <{STI.inDocument}> ?document }}
  ?document a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* <{STI.Document}>
  OPTIONAL {{ ?document <{STI.overviewOf}>?/<{STI.editionYear}> ?year }}
  OPTIONAL {{ ?document <{STI.earliest}> ?first }}
  BIND(COALESCE(STR(?first), CONCAT(STR(?year), "-12")) AS ?date)
}}"""


def placed(
    store: Store,
    lens: Lens | None,
    labels: Mapping[str, Labels],
    sizes: Mapping[str, float],
    edges: Sequence[tuple[str, str]],
) -> dict[str, tuple[float, float]]:
    """Return a place for each node, the same in every language."""
    if lens is None or not lens.layered:
        return layout({name: kind_of(name) or "" for name in labels}, edges)
    where = _timeline(store, labels) if lens.timeline else _columns(lens, labels)
    boxes = {name: Box(*where[name], *_room(labels[name], sizes[name])) for name in sorted(labels)}
    return columns(boxes, edges)


def _room(labels: Labels, size: float) -> tuple[float, float]:
    """Return the width and the height of a node with its label at its right, in any language."""
    lines = [wrapped(label) for label in labels]
    width = max(min(text_width(line), LABEL_WIDTH) for several in lines for line in several)
    height = max(max(len(several) for several in lines) * LINE_HEIGHT, size)
    return size / 2 + width, height + 6


def _columns(lens: Lens, names: Mapping[str, Labels]) -> dict[str, tuple[int, tuple[str, ...]]]:
    column_of = {kind: n for n, kinds in enumerate(lens.columns) for kind in kinds}
    other = column_of.get("*", len(lens.columns))
    return {name: (column_of.get(kind_of(name) or "", other), _year(name)) for name in names}


def _year(name: str) -> tuple[str, ...]:
    """Years stand in their order, below what is no year."""
    return (name,) if kind_of(name) == "fiscal-year" else ()


def _timeline(store: Store, names: Mapping[str, Labels]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return the column of each node's document, by date; the document stands on top."""
    of: dict[str, tuple[str, str]] = {}
    for node, document, date in store.select(_DATES):
        if isinstance(node, Iri) and isinstance(document, Iri) and node.value in names:
            found = (str(date) if date is not None else _LAST, document.value)
            of[node.value] = max(found, of.get(node.value, ("", "")))
    documents = sorted(set(of.values()))
    order = ("basic-plan", "annual-strategy", "document", "pillar", "measure")
    rank = {kind: str(number) for number, kind in enumerate(order)}
    return {
        name: (
            documents.index(of[name]) if name in of else len(documents),
            (rank.get(kind_of(name) or "", "9"),),
        )
        for name in names
    }
