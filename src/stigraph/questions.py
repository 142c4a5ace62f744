"""The catalogue of competency questions: one SPARQL file a question.

The header of a file is its documentation and its contract::

    # number: 20
    # title.ja: 補正予算で措置された制度と金額
    # title.en: Programmes funded by supplementary budgets, with amounts
    # parameter: year (fiscal-year, optional)
    # answers.ja: 制度, 金額, 最初の年度, 出典
    # answers.en: initiative, amount, first fiscal year, source
    # collect: source
    # yen: amount
    # unstated: firstYear

A parameter is bound by filling its own ``VALUES ?year { UNDEF }`` line, so that
the file runs as it stands on any SPARQL 1.1 service. Columns under ``collect``
hold every value that differs while the rest of the row is the same; in those
under ``unstated`` an empty cell means that no source states a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stigraph.dates import fiscal_year_bounds, parse_bounds
from stigraph.entries import Catalogue, in_language
from stigraph.errors import UsageError
from stigraph.frames import Cell
from stigraph.result import Tabular
from stigraph.store import Solutions, Store
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import KINDS, SCHEMES, XSD

__all__ = [
    "Parameter",
    "Question",
    "Table",
    "answer",
    "in_language",
    "read_question",
    "read_questions",
]

NOT_STATED = {"ja": "記載なし", "en": "not stated"}
"""What an empty cell reads in a column where it means that no source states a value."""

_HEADER = re.compile(r"#\s*([a-z-]+(?:\.(?:ja|en))?):\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s*\(([^,)]+)(,\s*optional)?\)$")
_FISCAL_YEAR = re.compile(r"(?:FY|fy)?(\d{4})(?:年度)?$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes.

    ``type`` is ``text``, ``date``, ``period`` (a day, month, year or fiscal year), or the
    kinds of entry it names, separated by ``|`` (``any`` for all).
    """

    name: str
    type: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name (the file's), titles and column names by language, and its query.

    ``number`` is its place in the list of competency questions, which orders a catalogue.
    """

    name: str
    number: int
    titles: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, tuple[str, ...]]
    collect: frozenset[str]
    yen: frozenset[str]
    unstated: frozenset[str]
    not_stated: Mapping[str, str]
    query: str

    def title(self, lang: str) -> str:
        """Return the title in ``lang``, else in English."""
        return self.titles.get(lang) or self.titles["en"]


@dataclass(frozen=True, slots=True)
class Table(Tabular):
    """An answer: variables, and rows of cells; a cell holds the values collected in it."""

    question: Question
    variables: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    catalogue: Catalogue = field(repr=False, compare=False)

    @property
    def stated(self) -> bool:
        """Whether the graph holds an answer at all."""
        return bool(self.rows)

    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows."""
        return self.rows


def read_questions(files: Iterable[Path]) -> dict[str, Question]:
    """Return the questions in ``files`` by name."""
    return {path.stem: read_question(path) for path in files}


def read_question(path: Path) -> Question:
    """Return the question in a file.

    Raises:
        UsageError: The header lacks a title, or a parameter has no ``VALUES`` line.
    """
    text = path.read_text(encoding="utf-8")
    headers: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match:
            headers.setdefault(match[1], []).append(match[2].strip())
    question = Question(
        name=path.stem,
        number=_number(path, headers.get("number", ["0"])[0]),
        titles=_by_language(headers, "title"),
        parameters=tuple(_parameter(path, value) for value in headers.get("parameter", [])),
        columns={
            lang: tuple(_list(value)) for lang, value in _by_language(headers, "answers").items()
        },
        collect=frozenset(_list(",".join(headers.get("collect", [])))),
        yen=frozenset(_list(",".join(headers.get("yen", [])))),
        unstated=frozenset(_list(",".join(headers.get("unstated", [])))),
        not_stated=_by_language(headers, "not-stated"),
        query=text,
    )
    _check(path, question)
    return question


def _by_language(headers: Mapping[str, list[str]], name: str) -> dict[str, str]:
    found = {lang: headers.get(f"{name}.{lang}") for lang in ("ja", "en")}
    return {lang: values[0] for lang, values in found.items() if values}


def _number(path: Path, value: str) -> int:
    if not value.isdecimal():
        raise UsageError(
            f"{path}：number には整数を書く：{value}", f"{path}: number takes an integer: {value}"
        )
    return int(value)


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _parameter(path: Path, value: str) -> Parameter:
    match = _PARAMETER.match(value)
    if match is None:
        raise UsageError(
            f"{path}：parameter の行は「名前 (型)」か「名前 (型, optional)」と書く：{value}",
            f"{path}: write a parameter as “name (type)” or “name (type, optional)”: {value}",
        )
    return Parameter(match[1], match[2].strip(), bool(match[3]))


def _check(path: Path, question: Question) -> None:
    if set(question.titles) != {"ja", "en"}:
        raise UsageError(
            f"{path}：title.ja と title.en がいる", f"{path}: needs title.ja and title.en"
        )
    for parameter in question.parameters:
        if _slot(parameter) not in question.query:
            raise UsageError(
                f"{path}：パラメーター {parameter.name} には行「{_slot(parameter)}」がいる",
                f"{path}: parameter {parameter.name} needs the line “{_slot(parameter)}”",
            )


def _slot(parameter: Parameter) -> str:
    if parameter.type == "period":
        return f"VALUES (?{parameter.name}From ?{parameter.name}To) {{ (UNDEF UNDEF) }}"
    return f"VALUES ?{parameter.name} {{ UNDEF }}"


def answer(
    store: Store, catalogue: Catalogue, question: Question, given: Mapping[str, str]
) -> Table:
    """Ask ``question`` with the parameters ``given`` as people type them.

    Raises:
        UsageError: A parameter is unknown, missing, or names no entry or several.
    """
    variables, rows = _run(store, bind(catalogue, question, given))
    return Table(question, variables, _collected(question, variables, rows), catalogue)


def bind(catalogue: Catalogue, question: Question, given: Mapping[str, str]) -> str:
    """Return the query of ``question`` with its parameters filled in."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            offers = "、".join(known) or "なし"
            raise UsageError(
                f"{question.name} にパラメーター {name} はない。使えるもの：{offers}",
                f"{question.name} has no parameter {name}; it takes: {', '.join(known) or 'none'}",
            )
    text = question.query
    for parameter in question.parameters:
        if parameter.name in given:
            slot = _slot(parameter)
            value = _value(catalogue, parameter, given[parameter.name])
            text = text.replace(slot, slot.replace("UNDEF UNDEF", value).replace("UNDEF", value))
        elif not parameter.optional:
            raise UsageError(
                f"{question.name} には --{parameter.name} がいる（{parameter.type}）",
                f"{question.name} needs --{parameter.name} ({parameter.type})",
            )
    return text


def _value(catalogue: Catalogue, parameter: Parameter, text: str) -> str:
    match parameter.type:
        case "text":
            return _quoted(text)
        case "date":
            return _day(parameter, text, latest=True)
        case "period":
            return f"{_day(parameter, text, latest=False)} {_day(parameter, text, latest=True)}"
        case "any":
            return f"<{catalogue.resolve(text).iri}>"
    kinds = tuple(kind.strip() for kind in parameter.type.split("|"))
    unknown = [kind for kind in kinds if kind not in (*KINDS, *SCHEMES, "passage")]
    if unknown:
        raise UsageError(
            f"パラメーター {parameter.name} の型が分からない：{unknown[0]}",
            f"parameter {parameter.name} has an unknown type: {unknown[0]}",
        )
    year = _FISCAL_YEAR.match(text)
    if kinds == ("fiscal-year",) and year:
        text = year[1]
    return f"<{catalogue.resolve(text, kinds).iri}>"


def _day(parameter: Parameter, text: str, *, latest: bool) -> str:
    fiscal = re.fullmatch(r"(?:FY|fy)(\d{4})|(\d{4})年度", text)
    found = fiscal_year_bounds(int(fiscal[1] or fiscal[2])) if fiscal else parse_bounds(text)
    if found is None:
        raise UsageError(
            f"--{parameter.name} は 2025、2025-02、2025-02-28 か FY2025 と書く：{text}",
            f"write --{parameter.name} as 2025, 2025-02, 2025-02-28 or FY2025, not {text}",
        )
    return f'"{found.latest if latest else found.earliest}"^^<{XSD.date}>'


def _quoted(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    )
    return f'"{escaped}"'


def _run(store: Store, query: str) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    found = store.query(query)
    if not isinstance(found, Solutions):
        raise UsageError("質問は SELECT でなければならない", "a question must be a SELECT query")
    return found.variables, list(found)


def _collected(
    question: Question, variables: tuple[str, ...], rows: list[tuple[Term | None, ...]]
) -> tuple[tuple[Cell, ...], ...]:
    gathers = [name in question.collect for name in variables]
    groups: dict[tuple[Term | None, ...], list[list[Term]]] = {}
    for row in rows:
        key = tuple(None if gather else value for gather, value in zip(gathers, row, strict=True))
        cells = groups.setdefault(key, [[] for _ in variables])
        for cell, value in zip(cells, row, strict=True):
            if value is not None and value not in cell:
                cell.append(value)
    return tuple(tuple(tuple(cell) for cell in cells) for cells in groups.values())


def show_amount(value: int, lang: str) -> str:
    """Return yen as people of ``lang`` write them: 2,060億円, ¥206.0 bn."""
    if lang != "ja":
        return f"¥{value / 10**9:,.1f} bn" if abs(value) >= 10**8 else f"¥{value:,}"
    for unit, name in ((10**12, "兆円"), (10**8, "億円"), (10**4, "万円")):
        if value % unit == 0 and value:
            return f"{value // unit:,}{name}"
    return f"{value:,}円"


def show_cell(
    catalogue: Catalogue, table: Table, name: str, cell: tuple[Term, ...], lang: str
) -> str:
    """Return a cell as text for people of ``lang``."""
    if not cell and name in table.question.unstated:
        return NOT_STATED[lang]
    yen = name in table.question.yen
    shown = [_show(catalogue, term, lang, yen=yen) for term in in_language(cell, lang)]
    return "、".join(shown) if lang == "ja" else "; ".join(shown)


def _show(catalogue: Catalogue, term: Term, lang: str, *, yen: bool) -> str:
    if isinstance(term, Iri):
        return catalogue.label(term, lang)
    if yen and isinstance(term, Literal) and term.value.lstrip("-").isdigit():
        return show_amount(int(term.value), lang)
    return str(term)
