"""The states of the reader, and what may stand in each (W3C Turtle 1.1 §6.5)."""

from __future__ import annotations

from typing import Final

from stigraph.turtle.faults import Expected

__all__ = ["DIRECTIVE_DOT", "DIRECTIVE_IRI", "DIRECTIVE_PREFIX", "State", "expected", "not_closed"]


class State:
    """Where the reader is. Plain integers: the reader compares them at every token."""

    STATEMENT: Final = 0
    VERB: Final = 1
    MORE: Final = 2
    """After a semicolon."""
    OBJECT: Final = 3
    AFTER: Final = 4
    """After an object that isn't an item of a collection."""
    FIRST: Final = 5
    """After ``[``."""
    DONE: Final = 6
    """After a ``[ … ]`` that begins a statement."""
    LIST: Final = 7
    """After ``(``."""
    ITEM: Final = 8
    """After an item of a collection."""
    DATATYPE: Final = 9


DIRECTIVE_PREFIX: Final = Expected("「ex:」のような接頭辞", "a prefix such as ex:")
DIRECTIVE_IRI: Final = Expected("< > で囲んだ IRI ", "an IRI in < >")
DIRECTIVE_DOT: Final = Expected("「.」", "'.'")

_EXPECTED: Final = {
    State.STATEMENT: Expected("主語か @prefix ", "a subject or @prefix"),
    State.VERB: Expected("述語（IRI か a）", "a predicate (an IRI or a)"),
    State.MORE: Expected("述語か「.」", "a predicate or '.'"),
    State.OBJECT: Expected("目的語", "an object"),
    State.AFTER: Expected("「,」か「;」か「.」", "',', ';' or '.'"),
    State.FIRST: Expected("述語か「]」", "a predicate or ']'"),
    State.DONE: Expected("述語か「.」", "a predicate or '.'"),
    State.LIST: Expected("目的語か「)」", "an object or ')'"),
    State.ITEM: Expected("目的語か「)」", "an object or ')'"),
    State.DATATYPE: Expected("データ型の IRI ", "the IRI of a datatype"),
}
_EXPECTED_INSIDE: Final = {
    State.MORE: Expected("述語か「]」", "a predicate or ']'"),
    State.AFTER: Expected("「,」か「;」か「]」", "',', ';' or ']'"),
}


def expected(state: int, *, inside: bool) -> Expected:
    """Return what may stand in a state, ``inside`` a bracket or not."""
    return (inside and _EXPECTED_INSIDE.get(state)) or _EXPECTED[state]


def not_closed(bracket: str, line: int, column: int) -> Expected:
    """Return the note that a bracket is still open."""
    return Expected(
        f"{line} 行 {column} 列の「{bracket}」が閉じていない",
        f"the {bracket!r} at {line}:{column} isn't closed",
    )
