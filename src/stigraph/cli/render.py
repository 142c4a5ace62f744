"""Rows of text as a table for people, or as CSV, TSV and Markdown."""

from __future__ import annotations

import csv
import io
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from stigraph.cli.options import Settings
from stigraph.display import cells, clean, width

__all__ = ["WRITERS", "shorten", "text_table"]

Rows = Sequence[Sequence[str]]

_LEAST = 8  # columns are not squeezed below this many cells of the terminal
_GAP = "  "


def shorten(text: str, room: int) -> str:
    """Return ``text`` cut to ``room`` cells; what was cut ends in an ellipsis."""
    if width(text) <= room:
        return text
    kept, used = [], 0
    for character in text:
        used += cells(character)
        if used > room - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def text_table(header: Sequence[str], rows: Rows, settings: Settings, *, whole: int = 0) -> str:
    """Return an aligned table; it is cut to the terminal's width only on a terminal.

    The first ``whole`` columns are not cut even there: they hold ids that people copy.
    """
    shown = [[clean(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    if sys.stdout is not None and sys.stdout.isatty():
        widths = _squeezed(widths, shutil.get_terminal_size().columns, whole)
    rights = [_is_number(column[1:]) for column in zip(*shown, strict=True)]
    lines = [_line(row, widths, rights) for row in shown]
    if settings.colored():
        lines[0] = f"\x1b[1m{lines[0]}\x1b[0m"
    return "".join(f"{line}\n" for line in lines)


def _squeezed(widths: list[int], room: int, whole: int) -> list[int]:
    """Take cells from the widest column until the line fits or nothing more can be taken."""
    kept, free = widths[:whole], widths[whole:]
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    while over > 0 and free and max(free) > _LEAST:
        free[free.index(max(free))] -= 1
        over -= 1
    return kept + free


def _is_number(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and all(cell.lstrip("-").replace(",", "").isdigit() for cell in filled)


def _line(row: Sequence[str], widths: Sequence[int], rights: Sequence[bool]) -> str:
    parts = []
    for cell, room, right in zip(row, widths, rights, strict=True):
        text = shorten(cell, room)
        fill = " " * (room - width(text))
        parts.append(fill + text if right else text + fill)
    return _GAP.join(parts).rstrip()


def _separated(header: Sequence[str], rows: Rows, delimiter: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return buffer.getvalue()


def csv_table(header: Sequence[str], rows: Rows, settings: Settings) -> str:
    """Return the rows as CSV (RFC 4180)."""
    del settings
    return _separated(header, rows, ",")


def tsv_table(header: Sequence[str], rows: Rows, settings: Settings) -> str:
    """Return the rows as text/tab-separated-values, which knows no quotes: cells are one line."""
    del settings
    return "".join("\t".join(map(clean, row)) + "\n" for row in (header, *rows))


def markdown_table(header: Sequence[str], rows: Rows, settings: Settings) -> str:
    """Return the rows as a table of GitHub Flavored Markdown (section 4.10)."""
    del settings

    def line(row: Sequence[str]) -> str:
        return "| " + " | ".join(clean(cell).replace("|", "\\|") for cell in row) + " |\n"

    return line(header) + line(["---"] * len(header)) + "".join(map(line, rows))


WRITERS: Final[Mapping[str, Callable[[Sequence[str], Rows, Settings], str]]] = {
    "table": text_table,
    "csv": csv_table,
    "tsv": tsv_table,
    "markdown": markdown_table,
}
"""Forms of rows by name."""
