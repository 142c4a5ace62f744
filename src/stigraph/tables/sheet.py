"""A table as rows of text: CSV here, xlsx in :mod:`stigraph.tables.workbook`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from stigraph.errors import UnreadableError
from stigraph.store.reading import read_bytes
from stigraph.tables.workbook import read_workbook

__all__ = ["ROWS_LIMIT", "SIZE_LIMIT", "Row", "Sheet", "read_sheet", "read_side_table"]

SIZE_LIMIT: Final = 32 * 2**20
"""Bytes: a larger table is refused before it is read."""

ROWS_LIMIT: Final = 100_000
"""Rows: a longer table is refused."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row: its line in the file (the header is line 1), its name and its cells, trimmed."""

    number: int
    name: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the name that reports give it, its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path, name: str = "", key: str = "", worksheet: str = "") -> Sheet:
    """Read a table.

    Args:
        path: A CSV file in UTF-8 (with a byte order mark or without) or an xlsx workbook.
        name: What reports call it; the file's name by default.
        key: The column that names a row; its line in the file by default.
        worksheet: The sheet of a workbook; the first one by default.

    Raises:
        UnreadableError: It is missing, too large, not a table, or has no column ``key``.
        MissingExtraError: It is a workbook and openpyxl isn't installed.
    """
    title = name or path.name
    content = _content(path)
    lines = (
        read_workbook(content, path, worksheet)
        if path.suffix.lower() in {".xlsx", ".xlsm"}
        else _csv_lines(content, path)
    )
    header, _ = next(lines, ([], 1))
    columns = tuple(cell.strip() for cell in header)
    _check_header(path, columns, key)
    return Sheet(title, columns, tuple(_rows(path, lines, columns, key)))


def read_side_table(path: Path, columns: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the lines of a CSV file that stands beside a mapping.

    Raises:
        UnreadableError: It is missing, isn't CSV, or lacks one of ``columns``.
    """
    sheet = read_sheet(path)
    for column in columns:
        _check_header(path, sheet.columns, column)
    return [dict(row.cells) for row in sheet.rows]


def _content(path: Path) -> bytes:
    content = read_bytes(path)
    if len(content) > SIZE_LIMIT:
        limit = SIZE_LIMIT // 2**20
        raise UnreadableError(
            f"{path} は大きすぎる（上限 {limit} MiB）。表を分ける",
            f"{path} is too large (limit {limit} MiB); split the table",
        )
    return content


def _csv_lines(content: bytes, path: Path) -> Iterator[tuple[list[str], int]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{path} は UTF-8 でない。UTF-8 の CSV で保存し直す",
            f"{path} is not UTF-8; save it as CSV in UTF-8",
        ) from error
    reader = csv.reader(StringIO(text, newline=""))
    start = 1
    try:
        for cells in reader:
            yield cells, start
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            f"{path}:{start} は CSV として読めない（{error}）",
            f"{path}:{start} is not CSV ({error})",
        ) from error


def _check_header(path: Path, columns: Sequence[str], key: str) -> None:
    double = next((c for c in columns if c and columns.count(c) > 1), "")
    if double:
        raise UnreadableError(
            f"{path} に列「{double}」が二つある。列名は一つずつにする",
            f"{path} has two columns {double!r}; each column needs a name of its own",
        )
    if not any(columns) or (key and key not in columns):
        raise UnreadableError(
            f"{path} に列「{key}」がない。最初の行に列名を書く" if key else f"{path} に列名がない",
            f"{path} has no column {key!r}; the first line names the columns"
            if key
            else f"{path} has no line of column names",
        )


def _rows(
    path: Path, lines: Iterator[tuple[list[str], int]], columns: tuple[str, ...], key: str
) -> Iterator[Row]:
    for count, (cells, number) in enumerate(lines):
        if not any(cell.strip() for cell in cells):
            continue
        if count >= ROWS_LIMIT:
            raise UnreadableError(
                f"{path} の行が多すぎる（上限 {ROWS_LIMIT} 行）。表を分ける",
                f"{path} has too many rows (limit {ROWS_LIMIT}); split the table",
            )
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            raise UnreadableError(
                f"{path}:{number} の欄が列名より多い。引用符と区切りを確かめる",
                f"{path}:{number} has more cells than there are columns; check its quotes",
            )
        padded = [*cells, *([""] * (len(columns) - len(cells)))]
        named = {c: cell.strip() for c, cell in zip(columns, padded, strict=False) if c}
        yield Row(number, named.get(key, "") or str(number), named)
