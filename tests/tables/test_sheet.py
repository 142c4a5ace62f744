"""A CSV file is read as it is, and what is wrong with it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.errors import UnreadableError
from stigraph.tables import sheet
from stigraph.tables.sheet import read_sheet


def csv_file(folder: Path, content: bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(content)
    return path


def test_a_row_is_named_by_its_key_or_its_line(tmp_path: Path) -> None:
    path = csv_file(tmp_path, b'id,text\nx,"two\nlines"\n\ny,z\n')
    assert [(row.name, row.number) for row in read_sheet(path, key="id").rows] == [
        ("x", 2),
        ("y", 5),
    ]
    assert [row.name for row in read_sheet(path).rows] == ["2", "5"]


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert read_sheet(csv_file(tmp_path, "\ufeffid\nx\n".encode())).columns == ("id",)


def test_cells_keep_strange_separators(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "id,text\nx,a\u2028b\x85c\n".encode())
    assert read_sheet(path).rows[0].cells["text"] == "a\u2028b\x85c"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no line of column names"),
        (b"id,id\nx,y\n", "two columns 'id'"),
        (b"name\nx\n", "no column 'id'"),
        (b"id\nx,y\n", "more cells than there are columns"),
        ("id\n日本\n".encode("shift_jis"), "not UTF-8"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_sheet(csv_file(tmp_path, content), key="id" if content else "")


def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path, b"id\n1\n2\n3\n")
    monkeypatch.setattr(sheet, "ROWS_LIMIT", 2)
    with pytest.raises(UnreadableError, match="too many rows"):
        read_sheet(path)
    monkeypatch.setattr(sheet, "SIZE_LIMIT", 2)
    with pytest.raises(UnreadableError, match="too large"):
        read_sheet(path)
