"""The graph that a command works on, and terms of it as JSON."""

from __future__ import annotations

from typing import Any

from stigraph.api import Graph, load
from stigraph.cli.options import Settings
from stigraph.entries import Catalogue, Entry
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import shorten

__all__ = ["entry_json", "label_json", "open_graph", "term_json"]


def open_graph(settings: Settings, store: str | None = None) -> Graph:
    """Load the project around the working directory, else the graph that is installed.

    Args:
        settings: What the reader chose.
        store: The URL of a SPARQL service whose data stand for those of the project.
    """
    graph = load(store=store)
    if settings.verbose:
        root, size = store or graph.project.root, len(graph.store)
        settings.detail(
            f"{root} から {size:,} 個の三つ組を読んだ", f"read {size:,} triples from {root}"
        )
    return graph


def label_json(entry: Entry | None, iri: str) -> dict[str, str]:
    """Return both labels of an entry; a missing one is filled with what stands in for it."""
    if entry is None:
        return {"ja": shorten(iri), "en": shorten(iri)}
    return {"ja": entry.label("ja"), "en": entry.label("en")}


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry's names and ids."""
    return {
        "iri": entry.iri,
        "id": shorten(entry.iri),
        "kind": entry.kind,
        "label": label_json(entry, entry.iri),
        "other_names": list(entry.others),
    }


def term_json(term: Term, catalogue: Catalogue) -> dict[str, Any]:
    """Return an entry as its IRI and labels, a literal as its value, datatype and language."""
    match term:
        case Iri(value):
            return {"iri": value, "label": label_json(catalogue.entries.get(value), value)}
        case Literal(value, datatype, language):
            return {"value": value, "datatype": datatype, "language": language}
        case Blank(value):
            return {"blank": value}
