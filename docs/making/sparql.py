"""Vocabulary files in a store, and what queries of it say as texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from stigraph.dataset import graph_name, read_turtle
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.terms import Literal
from stigraph.vocab import PREFIXES

__all__ = ["grouped", "load", "rows", "texts"]

_PROLOGUE = "\n".join(
    f"PREFIX {name}: <{PREFIXES[name]}>"
    for name in ("rdf", "rdfs", "owl", "skos", "dcterms", "sh", "sti")
)


def load(project: Project, files: Iterable[Path]) -> LocalStore:
    """Return a store with the Turtle files of a project."""
    store = LocalStore()
    for path in files:
        store.extend(read_turtle(path, graph_name(project, path)))
    return store


def rows(store: LocalStore, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT query; an unbound cell is an empty text."""
    found = store.select(f"{_PROLOGUE}\n{query}")
    return [tuple("" if term is None else term.value for term in row) for row in found]


def texts(store: LocalStore, path: str) -> dict[str, dict[str, str]]:
    """Return the values of the property path ``path``: subject → language → text."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for node, value in store.select(f"{_PROLOGUE}\nSELECT ?s ?v WHERE {{ ?s {path} ?v }}"):
        if node is not None and isinstance(value, Literal):
            found[node.value][value.language or ""] = value.value
    return found


def grouped(pairs: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    """Return the second members of ``pairs`` by the first, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: sorted(values) for key, values in found.items()}
