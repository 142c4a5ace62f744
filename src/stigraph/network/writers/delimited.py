"""Rows as CSV (RFC 4180) that stays text in spreadsheets; shared by the writers of CSV.

Excel, LibreOffice and Google Sheets run a cell that begins with ``= + - @``, a
tab or a carriage return as a formula, quoted or not. Such a text gets an
apostrophe in front, which spreadsheets take as "this is text". Numbers are left
as they are. NUL, which CSV readers stumble over, is left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

__all__ = ["FORMULA", "csv_chunks", "plain_text"]

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that spreadsheets take for a formula."""

_CHUNK = 1 << 16  # characters


def plain_text(value: object) -> object:
    """Return ``value`` so that a spreadsheet shows it and runs nothing."""
    if not isinstance(value, str):
        return value
    clean = value.replace("\0", "")
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield ``header`` and ``rows`` as text; None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([plain_text(value) for value in row])
        if buffer.tell() > _CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
