"""What an editor leaves behind in a text: blanks, tabs, line ends, another layout than ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stigraph.digests import Digests
from stigraph.gate.codes import finding
from stigraph.gate.finding import Finding, Place
from stigraph.gate.layout import check_layout

__all__ = ["check_form", "check_forms"]


def check_forms(texts: Iterable[tuple[str, str]], formed: Digests) -> list[Finding]:
    """Return the findings of form in texts that are Turtle, each with its name in reports."""
    found = [fault for name, text in texts for fault in check_form(name, text, formed)]
    formed.save()
    return found


def check_form(name: str, text: str, formed: Digests | None = None) -> Iterator[Finding]:
    """Yield the findings of form: what an editor leaves behind, and another layout than ours.

    Args:
        name: What reports call the file.
        text: What it holds; it is Turtle.
        formed: Contents that are known to have none.
    """
    content = text.encode() if formed is not None else b""
    if formed is not None and content in formed:
        return
    found = [*_form(name, text), *check_layout(name, text)]
    if formed is not None and not found:
        formed.add(content)
    yield from found


def _form(name: str, text: str) -> Iterator[Finding]:
    """Yield the findings of form: what an editor leaves behind."""
    carriage = text.find("\r")
    if carriage >= 0:
        row = text.count("\n", 0, carriage) + 1
        column = carriage - text.rfind("\n", 0, carriage)
        yield finding("STI019", name, Place(row, column, row, column + 1))
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line != line.rstrip():
            end = len(line) + 1
            yield finding("STI004", name, Place(number, len(line.rstrip()) + 1, number, end))
        tab = line.find("\t")
        if tab >= 0:
            yield finding("STI005", name, Place(number, tab + 1, number, tab + 2))
    if text and (not text.endswith("\n") or text.endswith("\n\n")):
        last = len(lines)
        yield finding("STI007", name, Place(last, 1, last, len(lines[-1]) + 1))
