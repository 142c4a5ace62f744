"""The answer to a SELECT query in Python: typed rows, data frames, a table in a notebook."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Final

from stigraph import frames
from stigraph.entries import Catalogue, in_language
from stigraph.errors import UsageError
from stigraph.frames import Cell
from stigraph.terms import Iri, Literal, Term
from stigraph.values import Value, python_value

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Result", "Tabular"]

LANGUAGES: Final = ("ja", "en")
_MOST: Final = 100  # rows shown in a notebook


class Tabular:
    """What every table of terms can be turned into.

    ``to_…`` take ``labels="ja"`` or ``"en"`` to name nodes by their labels, and to keep only the
    texts in that language where there are some; without it, nodes are IRIs and nothing is left out.
    """

    __slots__ = ()

    variables: tuple[str, ...]
    catalogue: Catalogue

    def cells(self) -> Sequence[Sequence[Cell]]:
        """Return the rows, each a cell a variable."""
        raise NotImplementedError

    def to_pandas(self, *, labels: str | None = None) -> pd.DataFrame:
        """Return a data frame of pandas.

        Raises:
            MissingExtraError: pandas isn't installed.
        """
        return frames.to_pandas(self._columns(labels))

    def to_polars(self, *, labels: str | None = None) -> pl.DataFrame:
        """Return a data frame of Polars.

        Raises:
            MissingExtraError: Polars isn't installed.
        """
        return frames.to_polars(self._columns(labels))

    def to_arrow(self, *, labels: str | None = None) -> pa.Table:
        """Return an Arrow table.

        Raises:
            MissingExtraError: PyArrow isn't installed.
        """
        return frames.to_arrow(self._columns(labels))

    def _columns(self, labels: str | None) -> list[frames.Column]:
        if labels is None:
            return frames.columns(self.variables, self.cells(), None)
        if labels not in LANGUAGES:
            raise UsageError(
                f"labels には ja か en を渡す：{labels}", f"labels takes ja or en, not {labels}"
            )
        rows = [[in_language(cell, labels) for cell in row] for row in self.cells()]
        return frames.columns(self.variables, rows, _labeller(self.catalogue, labels))

    def _repr_html_(self) -> str:
        """Return the table as notebooks show it: nodes by both labels, linked to their IRIs."""
        rows = self.cells()
        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        body = "".join(
            f"<tr>{''.join(f'<td>{_html(cell, self.catalogue)}</td>' for cell in row)}</tr>"
            for row in rows[:_MOST]
        )
        more = f"<p>… {len(rows):,}</p>" if len(rows) > _MOST else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


@dataclass(frozen=True)
class Result(Tabular):
    """The rows of a SELECT query, in the order of its variables.

    Iterating gives named tuples of Python values (``row.amount``): numbers, dates and truth values
    by their XSD datatype, IRIs and other texts as text, None where a variable is unbound.
    ``terms`` keeps the RDF terms themselves, with languages and datatypes.
    """

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...] = field(repr=False)
    catalogue: Catalogue = field(repr=False, compare=False)

    @cached_property
    def rows(self) -> tuple[tuple[Value | None, ...], ...]:
        """The rows as named tuples; a variable that is no name in Python is ``_`` and its place."""
        row: Callable[..., tuple[Value | None, ...]] = namedtuple(  # type: ignore[misc]
            "Row", self.variables, rename=True
        )
        return tuple(
            row(*(None if term is None else python_value(term) for term in terms))
            for terms in self.terms
        )

    def cells(self) -> list[list[Cell]]:
        """Return the rows, each a cell a variable, of at most one term."""
        return [[() if term is None else (term,) for term in row] for row in self.terms]

    def __repr__(self) -> str:
        return f"<Result: {len(self)} rows of {', '.join(self.variables)}>"

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, place: int) -> Any:
        return self.rows[place]


def _labeller(catalogue: Catalogue, lang: str) -> Callable[[Term], str]:
    return lambda term: catalogue.label(term, lang)


def _html(cell: Cell, catalogue: Catalogue) -> str:
    return "<br>".join(_html_term(term, catalogue) for term in cell)


def _html_term(term: Term, catalogue: Catalogue) -> str:
    if isinstance(term, Literal):
        lang = f' lang="{escape(term.language)}"' if term.language else ""
        return f"<span{lang}>{escape(term.value)}</span>"
    names = dict.fromkeys(catalogue.label(term, lang) for lang in LANGUAGES)
    text = escape(" / ".join(names))
    if isinstance(term, Iri) and term.value.startswith(("https://", "http://")):
        return f'<a href="{escape(term.value)}">{text}</a>'
    return text
