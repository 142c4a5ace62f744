"""What an import would change: files with their new text, and where each triple comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stigraph.tables.nodes import Node, Statement
from stigraph.tables.present import Present
from stigraph.tables.refusal import Refusal
from stigraph.tables.sheet import Row
from stigraph.terms import Iri, Term
from stigraph.turtle.edit import edited
from stigraph.vocab import shorten

__all__ = ["FileChange", "Plan", "make_plan"]

Triple = tuple[Iri, Iri, Term]


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that an import writes: its text before (empty: new) and after."""

    path: Path
    before: str = field(repr=False)
    after: str = field(repr=False)
    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes of an import, the rows behind each triple, and what was refused."""

    changes: tuple[FileChange, ...]
    origins: dict[Triple, tuple[Row, str]]
    rows: dict[Iri, list[Row]]
    refusals: tuple[Refusal, ...]

    def origin(self, node: str, path: str | None, value: Term | None) -> tuple[Row, str] | None:
        """Return the row and column behind what a finding is about, None if it is no row's."""
        subject = Iri(node)
        if path is not None:
            for (s, p, o), place in self.origins.items():
                if s == subject and p.value == path and value in (None, o):
                    return place
        rows = self.rows.get(subject)
        return (rows[-1], "") if rows else None


def make_plan(nodes: Iterable[Node], present: Present, name: str, *, replace: bool = False) -> Plan:
    """Return what writing ``nodes`` would change.

    A value that can't stand beside the one that is there, or beside one of an earlier row,
    is refused, and with it the whole row; ``replace`` takes it in place of what is there.

    Args:
        nodes: What the rows say.
        present: The project's entries as they are.
        name: The table, for refusals.
        replace: Whether new values replace those that are there.
    """
    merger = _Merger(present, name, replace=replace)
    nodes = list(nodes)
    refused = dict(merger.conflicts(nodes))
    kept = [node for node in nodes if node.row not in refused]
    add: dict[Path, list[Triple]] = defaultdict(list)
    remove: dict[Path, list[Triple]] = defaultdict(list)
    origins: dict[Triple, tuple[Row, str]] = {}
    rows: dict[Iri, list[Row]] = defaultdict(list)
    homes: dict[Iri, Path] = {}
    for node in kept:
        home = homes.setdefault(node.iri, present.file_of(node.iri, node.file))
        rows[node.iri].append(node.row)
        for statement in node.statements:
            triple = (node.iri, statement.predicate, statement.value)
            origins.setdefault(triple, (node.row, statement.column))
            if statement.value not in present.of(node.iri, statement.predicate):
                add[home].append(triple)
                remove[home] += merger.rivals(node.iri, statement)
    changes = tuple(_changes(add, remove))
    refusals = tuple(refusal for found in refused.values() for refusal in found)
    return Plan(changes, origins, rows, refusals)


class _Merger:
    """Finds values that can't stand side by side."""

    def __init__(self, present: Present, name: str, *, replace: bool) -> None:
        self._present = present
        self._name = name
        self._replace = replace

    def rivals(self, node: Iri, statement: Statement) -> list[Triple]:
        """Return the triples of the graph that a statement can't stand beside."""
        once = self._present.uniqueness
        return [
            (node, statement.predicate, old)
            for old in self._present.of(node, statement.predicate)
            if once.rival(statement.predicate.value, statement.value, old)
        ]

    def conflicts(self, nodes: Iterable[Node]) -> Iterator[tuple[Row, list[Refusal]]]:
        """Yield the rows with a value that can't be taken, and the reasons."""
        taken: dict[tuple[Iri, Iri], list[tuple[Term, Row]]] = defaultdict(list)
        refused: dict[Row, list[Refusal]] = {}
        for node in nodes:
            for statement in node.statements:
                said = taken[node.iri, statement.predicate]
                found = self._conflict(node, statement, said)
                if found is not None:
                    refused.setdefault(node.row, []).append(found)
                else:
                    said.append((statement.value, node.row))
        yield from refused.items()

    def _conflict(
        self, node: Node, statement: Statement, said: Iterable[tuple[Term, Row]]
    ) -> Refusal | None:
        once = self._present.uniqueness
        what = f"{shorten(node.iri.value)} {shorten(statement.predicate.value)}"
        for value, row in said:
            if once.rival(statement.predicate.value, statement.value, value):
                return self._refusal(
                    node.row,
                    statement,
                    f"{what} は、行 {row.name} では「{value}」であり、ここでは「{statement.value}」"
                    "である。どちらかを直すか、別の項目にする",
                    f"{what} is “{value}” in row {row.name} and “{statement.value}” here; "
                    "correct one or make two entries of them",
                )
        if self._replace:
            return None
        for _, _, old in self.rivals(node.iri, statement):
            return self._refusal(
                node.row,
                statement,
                f"{what} には「{old}」があり、「{statement.value}」と両立しない。新しい事実は別の"
                "項目にする（置き換えるなら --replace）",
                f"{what} is “{old}” already and can't be “{statement.value}” too; a new fact is "
                "an entry of its own (--replace puts it in the old one's place)",
            )
        return None

    def _refusal(self, row: Row, statement: Statement, ja: str, en: str) -> Refusal:
        return Refusal(self._name, row.number, row.name, statement.column, ja, en)


def _changes(
    add: dict[Path, list[Triple]], remove: dict[Path, list[Triple]]
) -> Iterator[FileChange]:
    for path in sorted(add):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        new = list(dict.fromkeys(add[path]))
        gone = list(dict.fromkeys(remove[path]))
        after = edited(before, new, gone)
        if after != before:
            yield FileChange(path, before, after, len(new), len(gone))
