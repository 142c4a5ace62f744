"""Reading what the gate checks: Turtle files as text and triples, within limits.

Hostile input is met here: only Turtle is read, nothing is fetched, and a file
over the size limit is refused before it is parsed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stigraph.dataset import parse_turtle
from stigraph.errors import TurtleSyntaxError
from stigraph.gate.codes import finding
from stigraph.gate.finding import Finding, Place
from stigraph.gate.inputs import MARK
from stigraph.store import Quads, triples_of
from stigraph.store.reading import read_bytes
from stigraph.terms import Term

__all__ = ["SIZE_LIMIT", "SourceFile", "read_file"]

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
    """Of the default graph."""
    triples: tuple[tuple[Term, Term, Term], ...] = field(repr=False)


def read_file(
    path: Path,
    name: str,
    graph: str,
    given: tuple[bytes, str] | None = None,
    known: dict[object, Term] | None = None,
) -> tuple[SourceFile | None, list[Finding]]:
    """Read a Turtle file.

    Args:
        path: The file.
        name: What reports call it.
        graph: Its named graph.
        given: What it holds and its IRI, where these are known.
        known: Terms that other files have as well, to share them.

    Returns:
        The file, or None where it doesn't parse; and the findings of its syntax.

    Raises:
        UnreadableError: It is missing or can't be read.
    """
    content, base = given or (read_bytes(path), None)
    if len(content) > SIZE_LIMIT:
        return None, [finding("STI002", name, Place(1, 1, 1, 1), limit=SIZE_LIMIT // 2**20)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(name, content, error)]
    marked = [finding("STI006", name, Place(1, 1, 1, 2))] if content.startswith(MARK) else []
    text = text.removeprefix(MARK.decode())
    try:
        quads = parse_turtle(path, content.removeprefix(MARK), base)
    except TurtleSyntaxError as error:
        from stigraph.gate.explained import explained

        return None, [*marked, _syntax(name, explained(text, path, error))]
    return SourceFile(path, name, graph, text, quads, tuple(triples_of(quads, known))), marked


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    before = content[: error.start].decode("utf-8")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return finding("STI003", name, Place(line, column, line, column + 1))


def _syntax(name: str, error: TurtleSyntaxError) -> Finding:
    line, column = error.line or 1, error.column or 1
    place = Place(line, column, error.end_line or line, error.end_column or column)
    return finding("STI001", name, place, expected_ja=error.ja, expected_en=error.en)
