"""A table into a project: read, merged, shown to the gate, and put in place in one step."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stigraph.project import Project
from stigraph.tables.mapping import Mapping
from stigraph.tables.nodes import Node, Reading, read_rows
from stigraph.tables.plan import FileChange, Plan, make_plan
from stigraph.tables.present import Present, read_present
from stigraph.tables.refusal import Refusal
from stigraph.tables.sheet import Row, Sheet, read_sheet
from stigraph.tables.sources import Sources
from stigraph.tables.staging import staged
from stigraph.terms import Term
from stigraph.vocab import shorten

__all__ = ["Fault", "Gate", "Outcome", "check_table", "import_table"]

_ROUNDS: Final = 20
_LEFT_OUT: Final = Path("data", "left-out.csv")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the gate found in a project: its code, what it is about, and why."""

    code: str
    node: str | None
    path: str | None
    value: Term | None
    ja: str
    en: str


Gate = Callable[[Project], Collection[Fault]]
"""What says of a project which faults its data have."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did or would do.

    ``changes`` are empty where nothing is new or where something was refused and the
    rest wasn't to go on; ``used`` counts the rows that may be used, ``nodes`` the nodes
    that they make.
    """

    changes: tuple[FileChange, ...]
    refusals: tuple[Refusal, ...]
    used: int
    nodes: int


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as read with its mapping beside the entries that are there."""

    sheet: Sheet
    reading: Reading
    present: Present
    refusals: tuple[Refusal, ...]


def import_table(
    path: Path,
    mapping: Mapping,
    project: Project,
    gate: Gate,
    *,
    write: bool = True,
    keep_going: bool = False,
    replace: bool = False,
) -> Outcome:
    """Put the rows of a table into a project's entries.

    Nothing is written that the gate finds fault with, unless it found the same before.
    A refused row is left out whole; unless ``keep_going``, nothing is written then.

    Args:
        path: The table, CSV or xlsx.
        mapping: How its rows become nodes.
        project: Where they go.
        gate: Says which faults a project has.
        write: Whether to write, or only to say what would change.
        keep_going: Whether the other rows go on where some are refused.
        replace: Whether values replace those that they can't stand beside.

    Raises:
        UnreadableError: The table or the project can't be read or written.
        UsageError: The mapping doesn't fit the table, or another import is running.
    """
    table = _read(path, mapping, project)
    refusals = list(table.refusals)
    nodes = [node for node in table.reading.nodes if node.row not in _rows(refusals, table.sheet)]
    plan = make_plan(nodes, table.present, table.sheet.name, replace=replace)
    refusals += plan.refusals
    if (refusals and not keep_going) or not plan.changes:
        return _outcome((), refusals, table, nodes)
    known: set[object] | None = None
    for _ in range(_ROUNDS):
        with staged(project, write=write) as stage:
            for change in plan.changes:
                stage.write(change.path, change.after)
            faults = list(gate(stage.project))
            if faults and known is None:  # only then does it matter what was there before
                known = set(map(_key, gate(project)))
            faults = [fault for fault in faults if _key(fault) not in (known or ())]
            if not faults:
                if write:
                    stage.put_in_place()
                return _outcome(plan.changes, refusals, table, nodes)
        found = [_refused(fault, plan, table.sheet.name) for fault in faults]
        refusals += dict.fromkeys(found)
        bad = _rows(found, table.sheet)
        if not keep_going or not bad:
            return _outcome((), refusals, table, nodes)
        nodes = [node for node in nodes if node.row not in bad]
        plan = make_plan(nodes, table.present, table.sheet.name, replace=replace)
        refusals += [r for r in plan.refusals if r not in refusals]
    return _outcome((), refusals, table, nodes)


def check_table(path: Path, mapping: Mapping, project: Project) -> Outcome:
    """Compare the entries of a project with the rows of a table; each difference is a refusal.

    Raises:
        UnreadableError: The table or the project can't be read.
        UsageError: The mapping doesn't fit the table.
    """
    table = _read(path, mapping, project)
    differences = [
        difference
        for node in table.reading.nodes
        for difference in _differences(node, table.present, table.sheet.name)
    ]
    refusals = [*table.refusals, *dict.fromkeys(differences)]
    return _outcome((), refusals, table, table.reading.nodes)


def _read(path: Path, mapping: Mapping, project: Project) -> _Table:
    sheet = read_sheet(path, mapping.sheet, mapping.key, mapping.worksheet)
    present = read_present(project)
    reading = read_rows(sheet, mapping, Sources(mapping, present.sources))
    left_out = _left_out(project.root / _LEFT_OUT, sheet.name)
    refusals = [*reading.refusals, *_accounts(reading, left_out)]
    return _Table(sheet, reading, present, tuple(refusals))


def _left_out(path: Path, name: str) -> frozenset[str]:
    """Return the rows of a table that the project says were left out."""
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as stream:
        return frozenset(line["row"] for line in csv.DictReader(stream) if line["file"] == name)


def _accounts(reading: Reading, left_out: frozenset[str]) -> Iterable[Refusal]:
    """Yield the usable rows of which nothing was made and nothing was said."""
    name = reading.sheet.name
    for row in reading.unread:
        if row.name not in left_out:
            yield Refusal(
                name,
                row.number,
                row.name,
                "",
                f"この行の写し方がない。対応付けに加えるか、理由とともに {_LEFT_OUT} に書く",
                f"nothing says how to take this row; add it to the mapping, or to {_LEFT_OUT} "
                "with the reason",
            )
    for row in dict.fromkeys(node.row for node in reading.nodes if node.row.name in left_out):
        yield Refusal(
            name,
            row.number,
            row.name,
            "",
            f"{_LEFT_OUT} には入れなかったとあるが、取り込まれる。どちらかを消す",
            f"{_LEFT_OUT} says that it was left out, but it is taken; remove it from one",
        )


def _rows(refusals: Iterable[Refusal], sheet: Sheet) -> frozenset[Row]:
    numbers = {refusal.number for refusal in refusals}
    return frozenset(row for row in sheet.rows if row.number in numbers)


def _key(fault: Fault) -> tuple[str, str | None, str | None, Term | None, str]:
    return fault.code, fault.node, fault.path, fault.value, fault.en


def _refused(fault: Fault, plan: Plan, name: str) -> Refusal:
    """Return a fault of the gate as a refusal of the row that it comes from."""
    place = plan.origin(fault.node, fault.path, fault.value) if fault.node else None
    about = shorten(fault.node) if fault.node else name
    ja, en = f"{fault.ja}［{about}］", f"{fault.en} [{about}]"
    if place is None:
        return Refusal(name, 1, "–", "", ja, en, fault.code)
    row, column = place
    return Refusal(name, row.number, row.name, column, ja, en, fault.code)


def _differences(node: Node, present: Present, name: str) -> Iterable[Refusal]:
    for statement in node.statements:
        found = present.of(node.iri, statement.predicate)
        if statement.value in found:
            continue
        what = f"{shorten(node.iri.value)} {shorten(statement.predicate.value)}"
        values = "、".join(str(value) for value in found)
        yield Refusal(
            name,
            node.row.number,
            node.row.name,
            statement.column,
            f"{what} は表では「{statement.value}」、データでは「{values or 'なし'}」である",
            f"{what} is “{statement.value}” in the table and “{values or 'nothing'}” in the data",
        )


def _outcome(
    changes: tuple[FileChange, ...],
    refusals: Iterable[Refusal],
    table: _Table,
    nodes: Iterable[Node],
) -> Outcome:
    made = len({node.iri for node in nodes})
    return Outcome(changes, tuple(sorted(set(refusals))), table.reading.used, made)
