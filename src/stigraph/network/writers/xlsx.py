"""An Excel workbook for analysts: a sheet a kind, one for the links, one for the evidence.

Headings, labels and values are in both languages; rows can be filtered; ids
lead to the entries' pages, evidence to the passage or web page. All text is
text: nothing in a cell is run as a formula. Needs the extra ``tables``.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from stigraph.extras import required
from stigraph.network.selection import Selection
from stigraph.network.writers.delimited import FORMULA
from stigraph.network.writers.escape import legal
from stigraph.network.writers.sheets import Cell, Sheet, sheets_of

__all__ = ["write"]

_WIDEST: Final = 60
_LINKS: Final = 65_530  # as many as Excel follows on one sheet
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


def write(selection: Selection, form: str) -> Iterator[bytes]:
    """Yield the workbook.

    Raises:
        MissingExtraError: openpyxl isn't installed.
    """
    del form
    openpyxl = required("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    said = selection.network.attributes
    book.properties.title = legal(said.get("title", ""))
    book.properties.creator = "stigraph"
    names: set[str] = set()
    for sheet in sheets_of(selection):
        _fill(book.create_sheet(_title(sheet.name, names)), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    yield _timeless(buffer.getvalue(), said.get("date", ""))


def _title(name: str, taken: set[str]) -> str:
    """Return ``name`` as Excel takes it: 31 characters, some not among them, each name once."""
    bare = re.sub(r"[\[\]:*?/\\]", "-", name)[:31] or "-"
    found, number = bare, 2
    while found.casefold() in taken:
        found, number = f"{bare[:27]}-{number}", number + 1
    taken.add(found.casefold())
    return found


def _fill(page: Any, sheet: Sheet) -> None:
    styles = required("openpyxl.styles")
    head, link = styles.Font(bold=True), styles.Font(color="0563C1", underline="single")
    links = 0
    for line, row in enumerate((tuple(map(Cell, sheet.header)), *sheet.rows), start=1):
        for place, given in enumerate(row, start=1):
            if given.value is None:
                continue
            cell = page.cell(line, place)
            if isinstance(given.value, str):
                cell.value = legal(given.value)
                cell.data_type = "s"  # openpyxl takes a text that begins with "=" for a formula
                if given.value.startswith(FORMULA):
                    cell.quotePrefix = True  # and Excel, when the cell is edited
            else:
                cell.value = given.value
            if line == 1:
                cell.font = head
            elif given.link and links < _LINKS:
                cell.hyperlink, cell.font, links = given.link, link, links + 1
    page.freeze_panes = "B2"
    if sheet.header:
        page.auto_filter.ref = page.dimensions
    _widen(page, sheet)


def _widen(page: Any, sheet: Sheet) -> None:
    letter = required("openpyxl.utils").get_column_letter
    for place, heading in enumerate(sheet.header):
        values = (str(row[place].value or "") for row in sheet.rows[:200])
        width = max(_width(text) for text in (heading, *values))
        page.column_dimensions[letter(place + 1)].width = min(width + 2, _WIDEST)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text)


def _timeless(book: bytes, day: str) -> bytes:
    """Return the workbook without the time at which it was made: the same graph, the same bytes."""
    moment = f"{day or '1980-01-01'}T00:00:00Z".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _CHANGED.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
