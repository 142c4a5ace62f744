"""Coverage: which passages of the yardstick some node of the graph points at."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stigraph.errors import UnreadableError, UsageError
from stigraph.gate.evidence import Passage, read_passages
from stigraph.store import Store
from stigraph.terms import Iri
from stigraph.vocab import ID, STI

__all__ = ["Coverage", "Listed", "measure_coverage"]

_COLUMNS = ("document", "passage", "first_line", "last_line", "start", "end", "sha256", "kind")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of ``passages.csv``: a passage that the graph should cover."""

    document: str
    passage: str
    kind: str
    first_line: int
    last_line: int
    start: int
    end: int
    digest: str

    @property
    def name(self) -> str:
        """The passage's id in the graph, as a prefixed name."""
        return f"{self.document}:{self.passage}"

    def located_as(self, passage: Passage) -> bool:
        """Whether the graph points at the same characters of the same text."""
        return (
            (self.first_line, self.last_line) == (passage.first_line, passage.last_line)
            and (self.start, self.end) == (passage.start, passage.end)
            and self.digest == passage.digest
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """The passages listed, and those that the graph covers."""

    listed: tuple[Listed, ...]
    covered: frozenset[str]

    def count(self, **conditions: str) -> tuple[int, int]:
        """Return (covered, listed) among the passages with the given ``document`` or ``kind``."""
        chosen = [
            row for row in self.listed if all(getattr(row, k) == v for k, v in conditions.items())
        ]
        return sum(row.name in self.covered for row in chosen), len(chosen)

    @property
    def missing(self) -> list[str]:
        """The passages that no node points at, or that the graph locates elsewhere."""
        return [row.name for row in self.listed if row.name not in self.covered]


def measure_coverage(store: Store, sources: Path) -> Coverage:
    """Compare the graph with ``passages.csv`` in the folder ``sources``.

    A passage is covered when a node is stated in it and the graph's locator of it is the
    list's: same lines, same characters, same digest.

    Raises:
        UnreadableError: The folder or the list is missing.
        UsageError: The list lacks a column.
    """
    listed = tuple(_read_list(sources / "passages.csv"))
    passages = {passage.iri: passage for passage in read_passages(store)}
    cited = {
        node.value
        for (node,) in store.select(f"SELECT DISTINCT ?p WHERE {{ ?s <{STI.statedIn}> ?p }}")
        if isinstance(node, Iri)
    }
    covered = set()
    for row in listed:
        iri = f"{ID}passage/{row.document}/{row.passage}"
        if iri in cited and iri in passages and row.located_as(passages[iri]):
            covered.add(row.name)
    return Coverage(listed, frozenset(covered))


def _read_list(path: Path) -> Iterator[Listed]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in _COLUMNS if c not in (reader.fieldnames or ())]
            if missing:
                raise UsageError(
                    f"{path} に列 {'、'.join(missing)} がない",
                    f"{path} lacks the columns {', '.join(missing)}",
                )
            for row in reader:
                yield Listed(
                    row["document"],
                    row["passage"],
                    row["kind"],
                    int(row["first_line"]),
                    int(row["last_line"]),
                    int(row["start"]),
                    int(row["end"]),
                    row["sha256"],
                )
    except OSError as error:
        raise UnreadableError(
            f"{path} を読めない。--sources には passages.csv のあるフォルダーを渡す",
            f"can't read {path}; give --sources the folder that holds passages.csv",
        ) from error
