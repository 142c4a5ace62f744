"""An xlsx workbook from a stranger, read as text within limits.

A workbook is a zip of XML files. Before openpyxl sees it, the sizes that the zip
claims are added up, each part is unpacked against that claim, and a part that
declares a document type (where entities come from) is refused. Formulas are never
worked out: the value that was saved with a formula is not taken either, since
nobody can see from the table where it comes from.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from stigraph.errors import UnreadableError
from stigraph.extras import required

__all__ = ["FORMULA", "PARTS_LIMIT", "UNPACKED_LIMIT", "read_workbook"]

UNPACKED_LIMIT: Final = 128 * 2**20
"""Bytes: a workbook that unpacks to more is refused."""

PARTS_LIMIT: Final = 2_000
"""Files in the zip of a workbook."""

COLUMNS_LIMIT: Final = 512

FORMULA: Final = "="
"""What the text of a formula's cell begins with; converters refuse it."""

_DOCTYPE: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_UTF8: Final = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00", b"\x4c\x6f")
"""How UTF-16, UTF-32 and EBCDIC begin."""


def read_workbook(content: bytes, path: Path, worksheet: str) -> Iterator[tuple[list[str], int]]:
    """Yield the rows of a worksheet with their numbers, the cells as text.

    A whole number is written without a point, a date as ``YYYY-MM-DD``; a formula
    is given as its own text.

    Raises:
        UnreadableError: It is no workbook, over a limit, or has no such worksheet.
        MissingExtraError: openpyxl isn't installed.
    """
    openpyxl = required("openpyxl")
    _inspect(content, path)
    try:
        book = openpyxl.load_workbook(
            BytesIO(content), read_only=True, data_only=False, keep_links=False
        )
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise _no_workbook(path, type(error).__name__) from error
    try:
        sheet = _worksheet(book, path, worksheet)
        sheet.reset_dimensions()  # what the file says of its size isn't trusted
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if len(cells) > COLUMNS_LIMIT:
                raise _over(path, f"{COLUMNS_LIMIT} 列", f"{COLUMNS_LIMIT} columns")
            yield [_text(cell) for cell in cells], number
    except UnreadableError:
        raise
    except Exception as error:
        raise _no_workbook(path, type(error).__name__) from error
    finally:
        book.close()


def _inspect(content: bytes, path: Path) -> None:
    """Unpack every part once, within the limits, and look for document types."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS_LIMIT:
                raise _over(path, f"部品 {PARTS_LIMIT} 個", f"{PARTS_LIMIT} parts")
            left = UNPACKED_LIMIT
            for part in parts:
                with archive.open(part) as stream:
                    data = stream.read(left + 1)
                left -= len(data)
                if left < 0:
                    size = UNPACKED_LIMIT // 2**20
                    raise _over(path, f"展開後 {size} MiB", f"{size} MiB unpacked")
                _refuse_entities(data, part.filename, path)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _no_workbook(path, type(error).__name__) from error
    except ValueError as error:
        raise _no_workbook(path, str(error)) from error


def _refuse_entities(data: bytes, part: str, path: Path) -> None:
    """Refuse a part of XML that declares entities, or that may hide them in an encoding."""
    if not part.lower().endswith((".xml", ".rels", ".vml")):
        return
    named = _ENCODING.match(data)
    is_utf8 = named is None or named[1].lower() in _UTF8
    if not is_utf8 or data.startswith(_WIDE) or _DOCTYPE.search(data):
        raise UnreadableError(
            f"{path} の中の {part} が文書型か実体を宣言しているか、UTF-8 でない。読まない",
            f"{part} in {path} declares a document type or entities, or isn't UTF-8; "
            "it is not read",
        )


def _worksheet(book: Any, path: Path, name: str) -> Any:
    if not name:
        return book.worksheets[0]
    if name not in book.sheetnames:
        known = ", ".join(book.sheetnames)
        raise UnreadableError(
            f"{path} に「{name}」というシートはない。あるもの：{known}",
            f"{path} has no worksheet {name!r}; it has {known}",
        )
    return book[name]


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            at_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value.date().isoformat() if at_midnight else value.isoformat()
        case date():
            return value.isoformat()
    return str(value)


def _over(path: Path, ja: str, en: str) -> UnreadableError:
    return UnreadableError(
        f"{path} は上限（{ja}）を超えている。読まない",
        f"{path} is over the limit ({en}); it is not read",
    )


def _no_workbook(path: Path, reason: str) -> UnreadableError:
    return UnreadableError(
        f"{path} は xlsx として読めない（{reason}）。Excel で保存し直すか、CSV にする",
        f"{path} can't be read as xlsx ({reason}); save it again or use CSV",
    )
