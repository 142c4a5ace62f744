"""Templates of a mapping: text with ``{column|converter}`` in it, and what comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from stigraph.errors import UsageError
from stigraph.tables.converters import CONVERTERS, Value, refuse_formula
from stigraph.tables.refusal import ConversionError
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import PREFIXES, expand

__all__ = ["Cells", "Result", "evaluate", "names_of", "parse", "term_of"]

_EXPRESSION: Final = re.compile(r"\{([^{}]*)\}")
_PREFIXED: Final = re.compile(r"([a-z][a-z0-9-]*):")
_SEVERAL: Final = {"lookup", "split", "else"}

Lookups = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Expression:
    """``{a?b|conv:arg}``: columns, of which the first that isn't empty counts, and converters.

    A name that begins with ``=`` stands for the text after it (``{=2021|date}``).
    """

    columns: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A template in parts: fixed text and expressions in turn."""

    text: str
    parts: tuple[str | Expression, ...]

    @property
    def only(self) -> Expression | None:
        """The expression where the template is nothing else."""
        first = self.parts[0] if len(self.parts) == 1 else None
        return first if isinstance(first, Expression) else None


@dataclass(frozen=True, slots=True)
class Cells:
    """What a template may read: a row's cells, what a curator wrote of it, and lookup tables.

    ``aliases`` are other names of the row's columns; a cell of ``readings`` is a template
    over the row in its turn.
    """

    row: Mapping[str, str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    lookups: Lookups = field(default_factory=dict)

    def read(self, name: str, *, is_optional: bool) -> tuple[list[Value], tuple[str, ...]]:
        """Return the values under a name, none if it is empty, and the row's columns behind it.

        Raises:
            UsageError: There is no column of that name, and the name isn't optional.
        """
        if name.startswith("="):
            return [name[1:]], ()
        column = self.aliases.get(name, name)
        if column in self.row:
            text = self.row[column]
            refuse_formula([text])
            return ([text] if text else []), (column,)
        if name in self.readings:
            found = evaluate(
                parse(self.readings[name]), Cells(self.row, self.aliases, {}, self.lookups)
            )
            return list(found.values), found.columns
        if is_optional:
            return [], ()
        raise UsageError(
            f"「{name}」という列は、表にも読み取りの表にもない",
            f"there is no column “{name}” in the table or in its readings",
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What a template gave: its values and the columns of the row that they come from."""

    values: tuple[Value, ...]
    columns: tuple[str, ...]


@lru_cache(maxsize=4096)
def parse(text: str) -> Template:
    """Return a template.

    Raises:
        UsageError: A brace is left open, or there is no such converter.
    """
    parts: list[str | Expression] = []
    end = 0
    for match in _EXPRESSION.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        parts.append(_expression(match[1], text))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    if any(isinstance(part, str) and ("{" in part or "}" in part) for part in parts):
        raise UsageError(
            f"ひな型「{text}」の波括弧が閉じていない", f"a brace of the template “{text}” is open"
        )
    return Template(text, tuple(parts))


def _expression(inside: str, text: str) -> Expression:
    names, *steps = inside.split("|")
    pairs = tuple((step.partition(":")[0].strip(), step.partition(":")[2]) for step in steps)
    for name, _ in pairs:
        if name not in CONVERTERS and name not in _SEVERAL:
            known = ", ".join(sorted({*CONVERTERS, *_SEVERAL}))
            raise UsageError(
                f"ひな型「{text}」の変換「{name}」はない。使えるもの：{known}",
                f"the template “{text}” names a converter “{name}”; there are {known}",
            )
    return Expression(tuple(name.strip() for name in names.split("?") if name.strip()), pairs)


def names_of(text: str) -> tuple[str, ...]:
    """Return the names of columns that a template reads."""
    return tuple(
        name
        for part in parse(text).parts
        if isinstance(part, Expression)
        for name in part.columns
        if not name.startswith("=")
    )


def evaluate(template: Template, cells: Cells) -> Result:
    """Return what a template gives: nothing where a column that it needs is empty.

    Raises:
        ConversionError: A cell can't be converted.
        UsageError: The template names a column or lookup that doesn't exist.
    """
    only = template.only
    if only is not None:
        return _value(only, cells)
    texts: list[Value] = [""]
    columns: tuple[str, ...] = ()
    for part in template.parts:
        if isinstance(part, str):
            texts = [f"{text}{part}" for text in texts]
            continue
        found = _value(part, cells)
        columns += found.columns
        texts = [f"{text}{_plain(value)}" for text in texts for value in found.values]
    return Result(tuple(text for text in texts if text), tuple(dict.fromkeys(columns)))


def _plain(value: Value) -> str:
    return str(value) if isinstance(value, str | Iri) else value.value


def _value(expression: Expression, cells: Cells) -> Result:
    values: list[Value] = []
    columns: tuple[str, ...] = ()
    # A name that has a substitute may be missing: one model then serves many sheets.
    is_optional = len(expression.columns) > 1 or "else" in dict(expression.steps)
    for name in expression.columns:
        values, columns = cells.read(name, is_optional=is_optional)
        if values:
            break
    for name, argument in expression.steps:
        values = _step(name, argument, values, cells.lookups)
    return Result(tuple(values), columns)


def _step(name: str, argument: str, values: list[Value], lookups: Lookups) -> list[Value]:
    if name == "else":
        return values or [argument]
    if name == "split":
        pieces = (
            piece.strip() for value in values for piece in _plain(value).split(argument or ";")
        )
        return [piece for piece in pieces if piece]
    step: Callable[[str, str], Value] = _looker(lookups) if name == "lookup" else CONVERTERS[name]
    return [made for made in (step(_plain(value), argument) for value in values) if made != ""]


def _looker(lookups: Lookups) -> Callable[[str, str], Value]:
    def look(text: str, name: str) -> Value:
        table = lookups.get(name)
        if table is None:
            raise UsageError(
                f"「{name}」という対応表はない。[lookup.{name}] を書く",
                f"there is no lookup table “{name}”; write [lookup.{name}]",
            )
        if text not in table:
            raise ConversionError(
                f"「{text}」は対応表「{name}」にない。表に加えるか、書き方をそろえる",
                f"“{text}” isn't in the lookup table “{name}”; add it there or spell it as there",
            )
        return table[text]

    return look


def term_of(template: Template, value: Value, language: str = "") -> Term:
    """Return a value of a template as a term: IRI, typed literal, tagged or plain text.

    Raises:
        ConversionError: A term that isn't text was given a language.
    """
    if not isinstance(value, str):
        if language:
            raise ConversionError(
                "言語の付く文字列に、文字列でない値がある", "a value that isn't text has a language"
            )
        return value
    if language:
        return Literal.tagged(value, language)
    head = template.parts[0] if template.parts else ""
    if isinstance(head, str):
        match = _PREFIXED.match(head)
        if match and match[1] in PREFIXES and not re.search(r"\s", value):
            return Iri(expand(value))
        if head.startswith("<") and value.endswith(">"):
            return Iri(value[1:-1])
    return Literal(value)
