"""A table as the data now have it: the values that a curator corrected, put back into its cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from stigraph.extras import required
from stigraph.project import Project
from stigraph.tables.mapping import Mapping
from stigraph.tables.nodes import Node, Statement, read_rows
from stigraph.tables.present import Present, read_present
from stigraph.tables.sheet import Row, read_sheet
from stigraph.tables.sources import Sources
from stigraph.terms import Literal

__all__ = ["Correction", "table_as_it_stands"]

Correction = tuple[str, str, str, str]
"""The row and column of a cell, what it held and what it holds now."""


def table_as_it_stands(
    path: Path, mapping: Mapping, project: Project, form: str
) -> tuple[bytes, list[Correction]]:
    """Return a table with the values that the project's entries have.

    A cell changes where its text is a value of an entry as it is written, such as a
    number, a date or a name, and the entry now has another one in its place. All other
    cells, rows and columns stay.

    Args:
        path: The table.
        mapping: How its rows became nodes.
        project: Whose entries they are.
        form: ``csv`` or ``xlsx``.

    Raises:
        UnreadableError: The table or the project can't be read.
        UsageError: The mapping doesn't fit the table.
        MissingExtraError: openpyxl isn't installed and ``form`` is ``xlsx``.
    """
    sheet = read_sheet(path, mapping.sheet, mapping.key, mapping.worksheet)
    present = read_present(project)
    reading = read_rows(sheet, mapping, Sources(mapping, present.sources))
    cells = {row: dict(row.cells) for row in sheet.rows}
    corrections = []
    for node in reading.nodes:
        for row, column, value in _corrected(node, present):
            corrections.append((row.name, column, cells[row][column], value))
            cells[row][column] = value
    lines = [[cells[row].get(column, "") for column in sheet.columns] for row in sheet.rows]
    write = _workbook if form == "xlsx" else _csv
    return write([list(sheet.columns), *lines]), corrections


def _corrected(node: Node, present: Present) -> Iterator[tuple[Row, str, str]]:
    for statement in node.statements:
        found = present.of(node.iri, statement.predicate)
        if not _is_written_as_it_is(node.row, statement) or statement.value in found:
            continue
        once = present.uniqueness
        rivals = [v for v in found if once.rival(statement.predicate.value, statement.value, v)]
        if len(rivals) == 1:
            yield node.row, statement.column, rivals[0].value


def _is_written_as_it_is(row: Row, statement: Statement) -> bool:
    cell = row.cells.get(statement.column, "")
    return isinstance(statement.value, Literal) and cell.replace(",", "") in {
        statement.value.value,
        statement.value.value.replace(",", ""),
    }


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode()


def _workbook(lines: Sequence[Sequence[str]]) -> bytes:
    book = required("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append([_as_text(sheet, cell) for cell in line])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_text(sheet: object, text: str) -> object:
    """Return a cell that a spreadsheet shows as text, also where it begins with ``=``."""
    cell = required("openpyxl.cell").WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
