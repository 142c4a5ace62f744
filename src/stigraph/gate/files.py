"""Reading what the gate checks: Turtle files as text and triples, within limits.

Hostile input is met here: only Turtle is read, nothing is fetched, and a file
over the size limit is refused before it is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stigraph.dataset import read_turtle
from stigraph.errors import TurtleSyntaxError
from stigraph.gate.codes import finding
from stigraph.gate.explained import explained
from stigraph.gate.finding import Finding, Place
from stigraph.gate.layout import check_layout
from stigraph.store import Quads, triples_of
from stigraph.store.reading import read_bytes
from stigraph.terms import Term

__all__ = ["SIZE_LIMIT", "SourceFile", "read_file"]

_MARK = "\N{BYTE ORDER MARK}"
SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes: a file over it is refused."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that parsed: its name in reports, its text and its triples."""

    path: Path
    name: str
    graph: str
    text: str = field(repr=False)
    quads: Quads = field(repr=False)
    triples: tuple[tuple[Term, Term, Term], ...] = field(repr=False)


def read_file(
    path: Path, name: str, graph: str, given: bytes | None = None
) -> tuple[SourceFile | None, list[Finding]]:
    """Read a Turtle file, or what is ``given`` as its content.

    Returns:
        The file, or None where it doesn't parse; and the findings of its syntax and form.

    Raises:
        UnreadableError: It is missing or can't be read.
    """
    content = read_bytes(path) if given is None else given
    if len(content) > SIZE_LIMIT:
        return None, [finding("STI002", name, Place(1, 1, 1, 1), limit=SIZE_LIMIT // 2**20)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(name, content, error)]
    marked = [finding("STI006", name, Place(1, 1, 1, 2))] if text.startswith(_MARK) else []
    text = text.removeprefix(_MARK)
    try:
        quads = tuple(read_turtle(path, graph, content.removeprefix(_MARK.encode())))
    except TurtleSyntaxError as error:
        return None, [*marked, _syntax(name, explained(text, path, error))]
    source = SourceFile(path, name, graph, text, quads, tuple(triples_of(quads)))
    return source, [*marked, *_form(source), *check_layout(name, text)]


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    before = content[: error.start].decode("utf-8")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return finding("STI003", name, Place(line, column, line, column + 1))


def _syntax(name: str, error: TurtleSyntaxError) -> Finding:
    line, column = error.line or 1, error.column or 1
    place = Place(line, column, error.end_line or line, error.end_column or column)
    return finding("STI001", name, place, expected_ja=error.ja, expected_en=error.en)


def _form(source: SourceFile) -> Iterator[Finding]:
    """Yield the findings of form: what an editor leaves behind."""
    carriage = source.text.find("\r")
    if carriage >= 0:
        row = source.text.count("\n", 0, carriage) + 1
        column = carriage - source.text.rfind("\n", 0, carriage)
        yield finding("STI019", source.name, Place(row, column, row, column + 1))
    lines = source.text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line != line.rstrip():
            end = len(line) + 1
            yield finding("STI004", source.name, Place(number, len(line.rstrip()) + 1, number, end))
        tab = line.find("\t")
        if tab >= 0:
            yield finding("STI005", source.name, Place(number, tab + 1, number, tab + 2))
    if source.text and (not source.text.endswith("\n") or source.text.endswith("\n\n")):
        last = len(lines)
        yield finding("STI007", source.name, Place(last, 1, last, len(lines[-1]) + 1))
