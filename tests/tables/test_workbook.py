"""A workbook from a stranger is read as text, within limits, and nothing in it is run."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from stigraph.errors import UnreadableError
from stigraph.tables import workbook
from stigraph.tables.sheet import read_sheet


def workbook_of(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


def test_cells_are_text(tmp_path: Path) -> None:
    path = workbook_of(
        tmp_path / "a.xlsx",
        ("id", "amount", "day", "part", "yes", "none"),
        ("x", 206000000000, date(2025, 6, 6), 2.5, True, None),
    )
    (row,) = read_sheet(path, key="id").rows
    assert row.name == "x"
    assert list(row.cells.values()) == ["x", "206000000000", "2025-06-06", "2.5", "true", ""]


def test_a_time_of_day_is_not_lost(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "a.xlsx", ("at",), (datetime(2025, 6, 6, 12, 30),))
    assert read_sheet(path).rows[0].cells["at"] == "2025-06-06T12:30:00"


def test_a_formula_is_not_worked_out(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "a.xlsx", ("amount",), ("=1+1",))
    assert read_sheet(path).rows[0].cells["amount"] == "=1+1"


def test_entities_are_refused(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "a.xlsx", ("amount",), (1,))
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with pytest.raises(UnreadableError, match="declares a document type"):
        read_sheet(with_part(path, "xl/sharedStrings.xml", evil))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-32-be", "utf-7", "cp037"])
def test_entities_in_another_encoding_are_refused(tmp_path: Path, encoding: str) -> None:
    path = workbook_of(tmp_path / "a.xlsx", ("amount",), (1,))
    evil = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a []><a/>'.encode(encoding)
    with pytest.raises(UnreadableError, match="declares a document type"):
        read_sheet(with_part(path, "xl/sharedStrings.xml", evil))


def test_what_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 1 << 20)
    path = workbook_of(tmp_path / "a.xlsx", ("amount",), (1,))
    with pytest.raises(UnreadableError, match="1 MiB unpacked"):
        read_sheet(with_part(path, "xl/media/image1.png", bytes(2 << 20)))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(UnreadableError, match="can't be read as xlsx"):
        read_sheet(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(UnreadableError, match="can't be read as xlsx"):
        read_sheet(path)


def test_a_worksheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "a.xlsx", ("amount",), (1,))
    book = openpyxl.load_workbook(path)
    book.create_sheet("second").append(("other",))
    book.save(path)
    assert read_sheet(path, worksheet="second").columns == ("other",)
    with pytest.raises(UnreadableError, match="no worksheet 'third'; it has Sheet, second"):
        read_sheet(path, worksheet="third")
