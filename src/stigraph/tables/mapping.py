"""A mapping: how the rows of one table become nodes. Read from TOML, format 1."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from stigraph.errors import UsageError
from stigraph.store.reading import read_bytes
from stigraph.tables.sheet import read_side_table
from stigraph.tables.template import names_of
from stigraph.vocab import PREFIXES

__all__ = ["Mapping", "Model", "Rule", "SourceColumns", "read_mapping"]

_FORMAT: Final = 1
_TABLES: Final = frozenset(
    {"format", "sheet", "worksheet", "include", "key", "readings", "use", "columns", "source"}
    | {"lookup", "model", "node"}
)
_MODEL_KEYS: Final = frozenset({"node", "file", "a", "set", "source"})
_RULE_KEYS: Final = _MODEL_KEYS | {"when", "model"}

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Model:
    """How one node is written.

    Attributes:
        node: Template of its prefixed name.
        file: Template of the entry in whose file it stands; empty: a file of its own.
        classes: Templates of its classes.
        properties: Property, as ``prefix:name`` or ``prefix:name@language``, and templates.
        sources: Columns with the URLs that state it; None: the mapping's own.
    """

    node: str
    file: str = ""
    classes: tuple[str, ...] = ()
    properties: ReadOnly[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A model for the rows whose columns have certain values."""

    when: ReadOnly[str, tuple[str, ...]]
    model: Model


@dataclass(frozen=True, slots=True)
class SourceColumns:
    """The columns that describe a row's web source, and when the pages were read."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    basis: str = ""
    kind: str = ""
    read: str = ""
    registry: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table becomes entries. ``folder`` is where its side tables stand."""

    path: Path
    sheet: str
    worksheet: str
    key: str
    use: ReadOnly[str, tuple[str, ...]]
    aliases: ReadOnly[str, str]
    source: SourceColumns
    lookups: ReadOnly[str, ReadOnly[str, str]]
    models: ReadOnly[str, Model]
    rules: tuple[Rule, ...]
    readings: ReadOnly[str, tuple[ReadOnly[str, str], ...]]
    reading_columns: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """The folder of the mapping's file."""
        return self.path.parent


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in a TOML file.

    Raises:
        UnreadableError: The file, or one that it names, is missing or can't be read.
        UsageError: It isn't a mapping: the message says what is wrong and where.
    """
    table = _read(path, ())
    if table.get("format") != _FORMAT:
        raise _fault(path, f"format = {_FORMAT} がない", f"format = {_FORMAT} is missing")
    models = {name: _model(path, f"model.{name}", t) for name, t in _dict(table, "model").items()}
    lines, columns = _readings(path, _text(table, "readings"))
    return Mapping(
        path=path,
        sheet=_text(table, "sheet"),
        worksheet=_text(table, "worksheet"),
        key=_text(table, "key"),
        use={column: _texts(values) for column, values in _dict(table, "use").items()},
        aliases=_dict(table, "columns"),
        source=_source(path, _dict(table, "source")),
        lookups={name: _lookup(path, t) for name, t in _dict(table, "lookup").items()},
        models=models,
        rules=tuple(_rule(path, n, t, models) for n, t in enumerate(table.get("node", []), 1)),
        readings=lines,
        reading_columns=columns,
    )


def _read(path: Path, seen: tuple[Path, ...]) -> Table:
    """Return the TOML of a file with what it includes under it."""
    if path.resolve() in seen:
        raise _fault(path, "include が輪になっている", "the includes go round in a circle")
    try:
        own = tomllib.loads(read_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _fault(
            path, f"TOML として読めない（{error}）", f"it is not TOML ({error})"
        ) from error
    unknown = sorted(own.keys() - _TABLES)
    if unknown:
        known = ", ".join(sorted(_TABLES))
        raise _fault(
            path,
            f"「{unknown[0]}」という項目はない。使えるもの：{known}",
            f"there is no table “{unknown[0]}”; there are {known}",
        )
    merged: Table = {}
    for name in _texts(own.get("include", [])):
        _merge(merged, _read(path.parent / name, (*seen, path.resolve())))
    _merge(merged, _rebased(own))
    return merged


def _rebased(table: Table) -> Table:
    return {key: value for key, value in table.items() if key != "include"}


def _merge(under: Table, over: Table) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            _merge(under[key], value)
        else:
            under[key] = value


def _text(table: Table, name: str) -> str:
    return str(table.get(name, ""))


def _dict(table: Table, name: str) -> Table:
    found = table.get(name, {})
    return found if isinstance(found, dict) else {}


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def _source(path: Path, table: Table) -> SourceColumns:
    known = SourceColumns.__dataclass_fields__
    unknown = sorted(table.keys() - known.keys())
    if unknown:
        raise _fault(
            path,
            f"[source] に「{unknown[0]}」という項目はない。使えるもの：{', '.join(known)}",
            f"[source] has no “{unknown[0]}”; there are {', '.join(known)}",
        )
    return SourceColumns(**{name: str(value) for name, value in table.items()})


def _lookup(path: Path, table: Table) -> dict[str, str]:
    if "file" not in table:
        return {str(key): str(value) for key, value in table.items()}
    source, target = _text(table, "from"), _text(table, "to")
    lines = read_side_table(path.parent / _text(table, "file"), (source, target))
    return {line[source]: line[target] for line in lines if line[source]}


def _model(path: Path, place: str, table: Table, base: Model | None = None) -> Model:
    unknown = sorted(table.keys() - (_MODEL_KEYS if base is None else _RULE_KEYS))
    if unknown:
        known = ", ".join(sorted(_MODEL_KEYS))
        raise _fault(
            path,
            f"[{place}] に「{unknown[0]}」という項目はない。使えるもの：{known}",
            f"[{place}] has no “{unknown[0]}”; there are {known}",
        )
    model = base or Model("")
    properties = {name: _texts(value) for name, value in _dict(table, "set").items()}
    for name, templates in properties.items():
        _check_property(path, place, name)
        for template in templates:
            names_of(template)
    return replace(
        model,
        node=_text(table, "node") or model.node,
        file=_text(table, "file") or model.file,
        classes=_texts(table["a"]) if "a" in table else model.classes,
        properties={**model.properties, **properties},
        sources=_sources(table.get("source"), model.sources),
    )


def _sources(value: Any, default: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if value is None or value is True:
        return default
    return () if value is False else _texts(value)


def _check_property(path: Path, place: str, name: str) -> None:
    prefix, colon, _ = name.partition(":")
    if not colon or prefix not in PREFIXES:
        raise _fault(
            path,
            f"[{place}] の「{name}」はプロパティの名前（sti:topic、skos:prefLabel@ja など）でない",
            f"[{place}]: “{name}” names no property (such as sti:topic or skos:prefLabel@ja)",
        )


def _rule(path: Path, number: int, table: Table, models: ReadOnly[str, Model]) -> Rule:
    name = _text(table, "model")
    if name and name not in models:
        raise _fault(
            path,
            f"{number} 番目の [[node]] の model「{name}」がない",
            f"[[node]] {number} takes a model “{name}” that isn't there",
        )
    when = {column: _texts(values) for column, values in _dict(table, "when").items()}
    return Rule(when, _model(path, f"node {number}", table, models.get(name, Model(""))))


def _readings(
    path: Path, name: str
) -> tuple[dict[str, tuple[ReadOnly[str, str], ...]], tuple[str, ...]]:
    """Return the lines of the readings by the row that they are about, and their columns."""
    if not name:
        return {}, ()
    lines: dict[str, list[ReadOnly[str, str]]] = {}
    table = read_side_table(path.parent / name, ("row", "model"))
    for line in table:
        lines.setdefault(line["row"], []).append(line)
    columns = tuple(c for c in (table[0] if table else {}) if c not in {"row", "model"})
    for column in columns:
        if ":" in column:
            _check_property(path.parent / name, "readings", column)
    return {row: tuple(found) for row, found in lines.items()}, columns


def clashes(mapping: Mapping, columns: Sequence[str]) -> list[str]:
    """Return the names that the readings and the sheet (or its aliases) both use."""
    return sorted({*columns, *mapping.aliases} & set(mapping.reading_columns))


def _fault(path: Path, ja: str, en: str) -> UsageError:
    return UsageError(f"{path}：{ja}", f"{path}: {en}")
