"""The mappings of our terms to other vocabularies (SSSOM/TSV)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stigraph.project import Project

__all__ = ["Match", "read_mappings"]


@dataclass(frozen=True, slots=True)
class Match:
    """One line of a mapping: how a term of ours relates to a foreign one."""

    term: str
    relation: str
    target: str
    iri: str
    comment: str


def read_mappings(project: Project) -> dict[str, list[Match]]:
    """Return the mappings by our term's prefixed name, in the order of the files."""
    found: dict[str, list[Match]] = defaultdict(list)
    for path in sorted((project.ontology / "mappings").glob("*.sssom.tsv")):
        for match in _read(path):
            found[match.term].append(match)
    return found


def _read(path: Path) -> Iterator[Match]:
    lines = path.read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line.startswith("#  ") and ": " in line]
    prefixes = dict(line.removeprefix("#").strip().split(": ", 1) for line in entries)
    for row in csv.DictReader((ln for ln in lines if not ln.startswith("#")), delimiter="\t"):
        prefix, _, local = row["object_id"].partition(":")
        yield Match(
            row["subject_id"],
            row["predicate_id"],
            row["object_id"],
            f"{prefixes[prefix]}{local}",
            row["comment"],
        )
