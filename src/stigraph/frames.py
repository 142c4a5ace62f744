"""Rows of terms as columns of one type each, and from there to pandas, Polars and Arrow.

A column takes the type that all its values share; whole numbers beside decimals
become decimals, numbers beside doubles become doubles. Values of unlike types
(a day in one row, a month in the next) stay what the graph says, as text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from stigraph.extras import required
from stigraph.terms import Blank, Iri, Term
from stigraph.values import Value, python_value

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Cell", "Column", "columns", "to_arrow", "to_pandas", "to_polars"]

Cell = tuple[Term, ...]
"""The values of one variable in one row: none, one, or several that were collected."""

_KINDS: Final[Mapping[type, str]] = {
    bool: "boolean",
    int: "integer",
    float: "double",
    Decimal: "decimal",
    date: "date",
    datetime: "datetime",
    time: "time",
    timedelta: "duration",
    bytes: "binary",
    str: "text",
}
_NUMBERS = frozenset({"integer", "decimal", "double"})
_DIGITS = 38  # what a 128-bit decimal of Arrow and Polars holds


@dataclass(frozen=True, slots=True)
class Column:
    """A named column: ``kind`` is a value of the table above, or ``instant`` (UTC)."""

    name: str
    kind: str
    values: tuple[Value | None, ...]


def columns(
    variables: Sequence[str], rows: Sequence[Sequence[Cell]], label: Callable[[Term], str] | None
) -> list[Column]:
    """Return ``rows`` as columns.

    Args:
        variables: The names; one that occurs twice is kept once.
        rows: A cell a variable. Several terms in one cell are joined with ``; ``.
        label: What to call a node instead of its IRI; None for IRIs.
    """
    places = {name: place for place, name in reversed(list(enumerate(variables)))}
    return [
        _column(name, [row[places[name]] for row in rows], label)
        for name in dict.fromkeys(variables)
    ]


def _column(name: str, cells: Sequence[Cell], label: Callable[[Term], str] | None) -> Column:
    named = label is not None and any(isinstance(t, Iri) for cell in cells for t in cell)
    if not named and all(len(cell) < 2 for cell in cells):
        values = [python_value(cell[0]) if cell else None for cell in cells]
        kind = _common({_KINDS[type(value)] for value in values if value is not None}, values)
        if kind != "text":
            return Column(name, kind, tuple(_as(kind, value) for value in values))
    show = label or _lexical
    return Column(name, "text", tuple("; ".join(map(show, c)) if c else None for c in cells))


def _lexical(term: Term) -> str:
    return str(term) if isinstance(term, Blank) else term.value


def _common(kinds: set[str], values: Iterable[Value | None]) -> str:
    """Return the kind that holds all ``values`` exactly; text where there is none."""
    given = [value for value in values if value is not None]
    if kinds == {"datetime"}:
        zoned = {value.tzinfo is not None for value in given if isinstance(value, datetime)}
        return {frozenset({True}): "instant", frozenset({False}): "datetime"}.get(
            frozenset(zoned), "text"
        )
    if kinds == {"time"} and any(isinstance(v, time) and v.tzinfo for v in given):
        return "text"
    if kinds == {"integer"} and all(isinstance(v, int) and -(2**63) <= v < 2**63 for v in given):
        return "integer"
    if kinds and kinds <= _NUMBERS:
        if "double" in kinds:
            return "double"
        return "decimal" if _fits(given) else "text"
    return next(iter(kinds)) if len(kinds) == 1 else "text"


def _fits(values: Iterable[Value]) -> bool:
    """Whether one decimal type has room for all ``values``."""
    whole = scale = 0
    for value in values:
        if not isinstance(value, (int, Decimal)):
            return False
        _, digits, exponent = Decimal(value).as_tuple()
        if not isinstance(exponent, int):
            return False
        scale = max(scale, -exponent)
        whole = max(whole, len(digits) + exponent)
    return whole + scale <= _DIGITS


def _as(kind: str, value: Value | None) -> Value | None:
    if kind == "double" and isinstance(value, (int, Decimal)):
        return float(value)
    if kind == "decimal" and isinstance(value, int):
        return Decimal(value)
    if kind == "instant" and isinstance(value, datetime):
        return value.astimezone(UTC)
    return value


def _scale(column: Column) -> int:
    exponents = (v.as_tuple().exponent for v in column.values if isinstance(v, Decimal))
    return max((-e for e in exponents if isinstance(e, int) and e < 0), default=0)


_PANDAS: Final[Mapping[str, str]] = {
    "boolean": "boolean",
    "integer": "Int64",
    "double": "Float64",
    "text": "string",
    "date": "datetime64[s]",
    "datetime": "datetime64[us]",
    "instant": "datetime64[us, UTC]",
    "duration": "timedelta64[us]",
}
"""Types of pandas; a decimal, a time of day and binary data stay Python's own objects."""


def to_pandas(given: Iterable[Column]) -> pd.DataFrame:
    """Return the columns as a data frame of pandas; an empty cell is missing (``pd.NA``, NaT).

    Raises:
        MissingExtraError: pandas isn't installed.
    """
    pandas = required("pandas")
    frame: pd.DataFrame = pandas.DataFrame(
        {
            column.name: pandas.Series(column.values, dtype=_PANDAS.get(column.kind, "object"))
            for column in given
        }
    )
    return frame


def to_polars(given: Iterable[Column]) -> pl.DataFrame:
    """Return the columns as a data frame of Polars; an empty cell is null.

    Raises:
        MissingExtraError: Polars isn't installed.
    """
    polars = required("polars")
    kinds: dict[str, Any] = {
        "boolean": polars.Boolean,
        "integer": polars.Int64,
        "double": polars.Float64,
        "text": polars.String,
        "date": polars.Date,
        "datetime": polars.Datetime("us"),
        "instant": polars.Datetime("us", "UTC"),
        "time": polars.Time,
        "duration": polars.Duration("us"),
        "binary": polars.Binary,
    }
    frame: pl.DataFrame = polars.DataFrame(
        [
            polars.Series(
                column.name,
                column.values,
                dtype=kinds.get(column.kind) or polars.Decimal(_DIGITS, _scale(column)),
            )
            for column in given
        ]
    )
    return frame


def to_arrow(given: Iterable[Column]) -> pa.Table:
    """Return the columns as an Arrow table; an empty cell is null.

    Raises:
        MissingExtraError: PyArrow isn't installed.
    """
    arrow = required("pyarrow")
    kinds: dict[str, Any] = {
        "boolean": arrow.bool_(),
        "integer": arrow.int64(),
        "double": arrow.float64(),
        "text": arrow.string(),
        "date": arrow.date32(),
        "datetime": arrow.timestamp("us"),
        "instant": arrow.timestamp("us", "UTC"),
        "time": arrow.time64("us"),
        "duration": arrow.duration("us"),
        "binary": arrow.binary(),
    }
    table: pa.Table = arrow.table(
        {
            column.name: arrow.array(
                column.values,
                type=kinds.get(column.kind) or arrow.decimal128(_DIGITS, _scale(column)),
            )
            for column in given
        }
    )
    return table
