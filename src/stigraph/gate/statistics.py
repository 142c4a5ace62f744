"""Statistics: entries by kind, facts and their sources, and what was left out."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from stigraph.dataset import graph_name, read_turtle
from stigraph.project import Project
from stigraph.shacl import Shapes
from stigraph.shacl.results import instances
from stigraph.store import LocalStore, Store
from stigraph.terms import Iri
from stigraph.vocab import ID, RDF, SCHEMES, STI, kind_of

__all__ = ["Statistics", "measure_statistics"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a graph. A fact is a node whose class asks for a source."""

    entries: dict[str, int]
    facts: int
    facts_with_source: int
    facts_beyond_documents: int
    rows_left_out: tuple[dict[str, str], ...]


def measure_statistics(project: Project, store: Store) -> Statistics:
    """Count what ``store``, loaded from ``project``, holds."""
    shapes = LocalStore()
    for path in project.shape_files():
        shapes.extend(read_turtle(path, graph_name(project, path)))
    facts = instances(store, Shapes(shapes).sourced_classes())
    sourced = {s for (s,) in store.select(f"SELECT DISTINCT ?s WHERE {{ ?s <{STI.statedIn}> ?e }}")}
    beyond = {
        s
        for (s,) in store.select(
            f"SELECT DISTINCT ?s WHERE {{ ?s <{STI.statedIn}>/a <{STI.WebSource}> }}"
        )
    }
    return Statistics(
        entries=_entries(store),
        facts=len(facts),
        facts_with_source=len(facts & sourced),
        facts_beyond_documents=len(facts & beyond),
        rows_left_out=tuple(_left_out(project.root / "data" / "left-out.csv")),
    )


def _entries(store: Store) -> dict[str, int]:
    rows = store.select(f"SELECT DISTINCT ?s WHERE {{ ?s <{RDF.type}> ?c }}")
    counts = Counter(
        kind_of(s.value) or "" for (s,) in rows if isinstance(s, Iri) and s.value.startswith(ID)
    )
    return {k: n for k, n in sorted(counts.items()) if k not in (*SCHEMES, "scheme")}


def _left_out(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {"file": row["file"], "row": row["row"], "reason": row["reason"]}
            for row in csv.DictReader(file)
        ]
