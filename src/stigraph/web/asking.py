"""A competency question as a page: the fields of its parameters, and its answer as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from stigraph.api import Graph
from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.questions import Parameter, Question, Table, bind, in_language
from stigraph.vocab import kind_of, shorten
from stigraph.web.show import Shower, Shown
from stigraph.web.texts import not_stated, parameter_name, say

__all__ = ["Field", "Form", "column_titles", "csv_of", "missing", "table_rows"]

MOST_OPTIONS: Final = 80
"""Up to so many entries, a parameter is a list to choose from; beyond, a text field."""

MOST_CANDIDATES: Final = 20
_PLAIN_TYPES: Final = ("text", "date", "period")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    Attributes:
        name: The parameter.
        label: What it is called.
        hint: What to write in a text field.
        value: What was given.
        optional: Whether it may stay empty.
        options: Ids and labels to choose from; empty for a text field.
        error: What is wrong with the value; empty where nothing is.
        candidates: What the value may mean, each leading to the answer for it.
    """

    name: str
    label: str
    hint: str
    value: str
    optional: bool
    options: Sequence[tuple[str, Shown]] = ()
    error: str = ""
    candidates: Sequence[Shown] = ()


@dataclass(frozen=True)
class Form:
    """The parameters of a question as fields, filled with what was given.

    Attributes:
        catalogue: The names in the graph.
        question: The question.
        given: Values by parameter, as people type them.
        path: The address of the question, where candidates lead.
        lang: The language of the page.
    """

    catalogue: Catalogue
    question: Question
    given: Mapping[str, str]
    path: str
    lang: str

    def fields(self) -> list[Field]:
        """Return the fields, each with what is wrong with its value."""
        return [self._field(parameter) for parameter in self.question.parameters]

    def _field(self, parameter: Parameter) -> Field:
        field = Field(
            name=parameter.name,
            label=parameter_name(parameter.name, self.lang),
            hint=say(self.lang, f"ask.hint-{_sort(parameter)}"),
            value=self.given.get(parameter.name, ""),
            optional=parameter.optional,
        )
        if field.value and not self._fits(parameter):
            return self._wrong(field, parameter)
        options = self._options(parameter)
        if not (options and field.value):
            return replace(field, options=options)
        chosen = self.catalogue.resolve(field.value, _kinds(parameter))
        return replace(field, options=options, value=shorten(chosen.iri))

    def _fits(self, parameter: Parameter) -> bool:
        alone = replace(self.question, parameters=(parameter,))
        try:
            bind(self.catalogue, alone, {parameter.name: self.given[parameter.name]})
        except UsageError:
            return False
        return True

    def _wrong(self, field: Field, parameter: Parameter) -> Field:
        sort, shower = _sort(parameter), Shower(self.catalogue, self.lang)
        found = self.catalogue.find(field.value, _kinds(parameter)) if sort == "entry" else []
        candidates = []
        for entry in found[:MOST_CANDIDATES]:
            named, name = shower.name(entry.iri), shorten(entry.iri)
            address = f"{self.path}?{urlencode({**self.given, field.name: name})}"
            candidates.append(replace(named, text=f"{named.text} [{name}]", address=address))
        text = "ask.ambiguous" if candidates else f"ask.wrong-{sort}"
        return replace(field, error=say(self.lang, text, value=field.value), candidates=candidates)

    def _options(self, parameter: Parameter) -> list[tuple[str, Shown]]:
        kinds, shower = _kinds(parameter), Shower(self.catalogue, self.lang)
        found = [iri for iri in self.catalogue.entries if kind_of(iri) in kinds]
        if len(found) > MOST_OPTIONS:
            return []
        found.sort(key=lambda iri: (kinds.index(kind_of(iri) or ""), iri))
        return [(shorten(iri), shower.name(iri)) for iri in found]


def _kinds(parameter: Parameter) -> tuple[str, ...]:
    """Return the kinds of entry that a parameter takes; none where it takes any, or no entry."""
    if parameter.type in ("any", *_PLAIN_TYPES):
        return ()
    return tuple(kind.strip() for kind in parameter.type.split("|"))


def _sort(parameter: Parameter) -> str:
    return parameter.type if parameter.type in _PLAIN_TYPES else "entry"


def missing(question: Question, given: Mapping[str, str]) -> bool:
    """Return whether a parameter that ``question`` needs was left empty."""
    return any(not each.optional and each.name not in given for each in question.parameters)


def column_titles(table: Table, lang: str) -> Sequence[str]:
    """Return the titles of the columns in ``lang``; the variables where there are none."""
    titles = table.question.columns.get(lang, ())
    return titles if len(titles) == len(table.variables) else table.variables


def table_rows(table: Table, shower: Shower) -> list[list[list[Shown]]]:
    """Return the rows of ``table`` as cells of what they show."""
    question, absent = table.question, Shown(not_stated(shower.lang), absent=True)
    return [
        [
            [shower.term(term, yen=name in question.yen) for term in in_language(cell, shower.lang)]
            or ([absent] if name in question.unstated else [])
            for name, cell in zip(table.variables, row, strict=True)
        ]
        for row in table.rows
    ]


def csv_of(graph: Graph, table: Table, lang: str) -> bytes:
    """Return ``table`` as CSV (RFC 4180) for spreadsheets: labels, and amounts as whole numbers.

    The byte order mark makes Excel read it as UTF-8.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(column_titles(table, lang))
    for row in table.rows:
        writer.writerow(
            "; ".join(graph.catalogue.label(term, lang) for term in in_language(cell, lang))
            for cell in row
        )
    return buffer.getvalue().encode("utf-8-sig")
