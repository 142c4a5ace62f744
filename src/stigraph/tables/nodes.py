"""Rows and a mapping to nodes: statements that know which cell they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from typing import Final

from stigraph.errors import UsageError
from stigraph.tables.converters import to_iri
from stigraph.tables.mapping import Mapping, Model, clashes
from stigraph.tables.refusal import ConversionError, Refusal
from stigraph.tables.sheet import Row, Sheet
from stigraph.tables.sources import Sources
from stigraph.tables.template import Cells, evaluate, names_of, parse, term_of
from stigraph.terms import Iri, Term
from stigraph.vocab import RDF, STI, expand

__all__ = ["Node", "Reading", "Statement", "read_rows"]

_SEPARATOR: Final = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple and the cell that it comes from; ``column`` is empty where none holds it."""

    predicate: Iri
    value: Term
    column: str


@dataclass(frozen=True, slots=True)
class Node:
    """What one row says of one node, and the entry in whose file the node stands."""

    iri: Iri
    file: Iri
    row: Row
    statements: tuple[Statement, ...]


@dataclass(slots=True)
class Reading:
    """What a table gave: nodes by row, refusals, and the rows that nothing was made of."""

    sheet: Sheet
    nodes: list[Node] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    used: int = 0


def read_rows(sheet: Sheet, mapping: Mapping, sources: Sources) -> Reading:
    """Return what the usable rows of a table say.

    A row of which anything is refused gives no node at all.

    Raises:
        UsageError: The mapping doesn't fit the table: a column that isn't there, a name
            used twice, readings of a row that isn't there.
    """
    _check_fit(sheet, mapping)
    reading = Reading(sheet)
    for row in sheet.rows:
        if not _fits(row.cells, mapping.use):
            continue
        reading.used += 1
        nodes: list[Node] = []
        refusals: list[Refusal] = []
        for model, line in _models(row, mapping):
            reader = _Reader(row, mapping, line, sources, sheet.name)
            node = reader.node(model)
            refusals += reader.refusals
            nodes += [*reader.source_nodes, *([node] if node else [])]
        if refusals:
            reading.refusals += dict.fromkeys(refusals)
        elif nodes:
            reading.nodes += nodes
        else:
            reading.unread.append(row)
    return reading


def _check_fit(sheet: Sheet, mapping: Mapping) -> None:
    both = clashes(mapping, sheet.columns)
    if both:
        raise UsageError(
            f"{mapping.path}：「{both[0]}」は表と読み取りの表の両方にある。片方の名前を変える",
            f"{mapping.path}: “{both[0]}” is a column of both the table and its readings; "
            "rename one",
        )
    named = {row.name for row in sheet.rows}
    lost = sorted(mapping.readings.keys() - named)
    if lost:
        raise UsageError(
            f"{mapping.path}：読み取りの表にある行「{lost[0]}」は {sheet.name} にない",
            f"{mapping.path}: the readings are of a row “{lost[0]}” that {sheet.name} doesn't have",
        )
    wanted = (*mapping.use, *mapping.aliases.values(), *(c for r in mapping.rules for c in r.when))
    missing = [c for c in wanted if mapping.aliases.get(c, c) not in sheet.columns]
    if missing:
        raise UsageError(
            f"{mapping.path}：{sheet.name} に「{missing[0]}」という列はない",
            f"{mapping.path}: {sheet.name} has no column “{missing[0]}”",
        )


def _fits(cells: ReadOnly[str, str], when: ReadOnly[str, tuple[str, ...]]) -> bool:
    return all(
        cells.get(column, "") in values or ("!" in values and bool(cells.get(column)))
        for column, values in when.items()
    )


def _models(row: Row, mapping: Mapping) -> Iterator[tuple[Model, ReadOnly[str, str]]]:
    """Yield the models of a row: by its readings, then by the rules that fit it."""
    for line in mapping.readings.get(row.name, ()):
        model = mapping.models.get(line["model"])
        if model is None:
            raise UsageError(
                f"{mapping.path}：行「{row.name}」の読み取りの model「{line['model']}」がない",
                f"{mapping.path}: the readings of row “{row.name}” take a model "
                f"“{line['model']}” that isn't there",
            )
        yield model, line
    for rule in mapping.rules:
        named = {mapping.aliases.get(c, c): values for c, values in rule.when.items()}
        if _fits(row.cells, named):
            yield rule.model, {}


class _Reader:
    """Reads one row by one model; refusals gather so that a person sees all at once."""

    def __init__(
        self,
        row: Row,
        mapping: Mapping,
        line: ReadOnly[str, str],
        sources: Sources,
        sheet: str,
    ) -> None:
        self._row = row
        self._mapping = mapping
        self._line = {k: v for k, v in line.items() if k not in {"row", "model"}}
        self._cells = Cells(row.cells, mapping.aliases, self._line, mapping.lookups)
        self._sources = sources
        self._sheet = sheet
        self.refusals: list[Refusal] = []
        self.source_nodes: list[Node] = []

    def node(self, model: Model) -> Node | None:
        """Return what the row says by ``model``, None where something was refused."""
        iri = self._iri(model.node)
        file = self._iri(model.file) if model.file else iri
        statements = [
            *self._values("rdf:type", model.classes),
            *self._properties(model),
            *self._stated_in(model),
        ]
        if iri is None or file is None or self.refusals:
            return None
        return Node(iri, file, self._row, tuple(dict.fromkeys(statements)))

    def _iri(self, template: str) -> Iri | None:
        try:
            values = evaluate(parse(template), self._cells).values
            if len(values) != 1:
                self._refuse(template, "項目の id がない", "it doesn't say which entry it is about")
                return None
            return values[0] if isinstance(values[0], Iri) else to_iri(str(values[0]))
        except ConversionError as error:
            self._refuse(template, error.ja, error.en)
            return None

    def _properties(self, model: Model) -> Iterator[Statement]:
        for name, templates in model.properties.items():
            yield from self._values(name, templates)
        for name, cell in self._line.items():
            if ":" in name and cell:
                pieces = (piece.strip() for piece in _SEPARATOR.split(cell))
                yield from self._values(name, tuple(p.replace("\\;", ";") for p in pieces if p))

    def _values(self, name: str, templates: tuple[str, ...]) -> Iterator[Statement]:
        head, _, language = name.partition("@")
        predicate = Iri(RDF.type if head == "rdf:type" else expand(head))
        for template in templates:
            parsed = parse(template)
            try:
                found = evaluate(parsed, self._cells)
                for value in found.values:
                    term = term_of(parsed, value, language)
                    yield Statement(predicate, term, found.columns[0] if found.columns else "")
            except ConversionError as error:
                self._refuse(template, error.ja, error.en)

    def _stated_in(self, model: Model) -> Iterator[Statement]:
        wanted = model.sources
        columns = (self._mapping.source.url,) if wanted is None else wanted
        for column in columns:
            named = self._mapping.aliases.get(column, column)
            url = self._row.cells.get(named, "")
            if not url and (wanted is None or len(columns) == 1):
                self._refuse(
                    f"{{{named}}}",
                    "典拠がない。述べているページの URL を書く",
                    "the source is missing; give the URL of the page that states it",
                )
            elif url:
                yield from self._source(named, url)

    def _source(self, column: str, url: str) -> Iterator[Statement]:
        try:
            source = self._sources.of(url, self._row, column)
        except ConversionError as error:
            self._refuse(f"{{{column}}}", error.ja, error.en)
            return
        if source.statements:
            pairs = (Statement(p, v, c) for p, v, c in source.statements)
            self.source_nodes.append(Node(source.iri, source.iri, self._row, tuple(pairs)))
        yield Statement(Iri(STI.statedIn), source.iri, column)

    def _refuse(self, template: str, ja: str, en: str) -> None:
        names = names_of(template)
        column = self._column(names[0]) if names else ""
        self.refusals.append(Refusal(self._sheet, self._row.number, self._row.name, column, ja, en))

    def _column(self, name: str) -> str:
        """Return the sheet's column behind a name of a template."""
        named = self._mapping.aliases.get(name, name)
        if named in self._row.cells or name not in self._line:
            return named
        inner = names_of(self._line[name])
        return self._column(inner[0]) if inner else name
