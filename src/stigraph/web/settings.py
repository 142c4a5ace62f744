"""How the server runs: from the command line, the environment, a file, in this order."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from stigraph.errors import UsageError
from stigraph.store.workers.settings import MIB, Limits
from stigraph.web.log import LEVELS

__all__ = ["ServeSettings", "bytes_of", "find_file", "settle"]

FILE: Final = "stigraph.toml"
PREFIX: Final = "STIGRAPH_"

_UNITS: Final = {"": 1, "K": 1024, "M": MIB, "G": 1024 * MIB, "T": 1024 * 1024 * MIB}


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """The settings of ``stigraph serve``.

    Attributes:
        host: The address to listen on.
        port: The port; 0 for any that is free.
        workers: Queries that run at once at full speed.
        deadline: Seconds that a query may run.
        memory: Bytes that a worker may use beyond the shared snapshot.
        data: A folder of anybody's RDF; None for the project or the graph in the package.
        store: The address of a SPARQL service that holds the data; empty where they are here.
        watch: Whether to reload when the files change.
        log: What is told on standard error, one of :data:`stigraph.web.log.LEVELS`.
        cache: Bytes of answers that are kept.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    deadline: float = 30.0
    memory: int = 512 * MIB
    data: Path | None = None
    store: str = ""
    watch: bool = False
    log: str = "events"
    cache: int = 64 * MIB

    @property
    def limits(self) -> Limits:
        """The limits within which queries run."""
        return Limits(workers=self.workers, deadline=self.deadline, memory=self.memory)


def settle(
    given: Mapping[str, object], environment: Mapping[str, str], file: Path | None
) -> ServeSettings:
    """Return the settings.

    Args:
        given: What the command line says; None stands for nothing.
        environment: ``STIGRAPH_PORT`` and the like.
        file: A ``stigraph.toml`` whose table ``serve`` has settings by name.

    Raises:
        UsageError: A setting has no meaning; it says which, and where it is written.
    """
    names = [field.name for field in fields(ServeSettings)]
    found: dict[str, Any] = {}
    for name, value in _read(file).items():
        if name not in names:
            raise UsageError(
                f"{file}：[serve] に {name} という設定はない。あるもの：{'、'.join(names)}",
                f"{file}: [serve] has no setting {name}; it has: {', '.join(names)}",
            )
        found[name] = _value(f"{file}: {name}", name, value)
    for name in names:
        variable = f"{PREFIX}{name.upper()}"
        if environment.get(variable):
            found[name] = _value(variable, name, environment[variable])
        if given.get(name) is not None:
            found[name] = _value(f"--{name}", name, given[name])
    settings = ServeSettings(**found)
    if settings.store and (settings.data or settings.watch):
        raise UsageError(
            "--store はサービスのデータを使うので、--data や --watch とは一緒に使えない",
            "--store takes the data of a service; it can't be used with --data or --watch",
        )
    return settings


def find_file(start: Path) -> Path | None:
    """Return the nearest ``stigraph.toml`` at or above ``start``."""
    here = start.resolve()
    files = (folder / FILE for folder in (here, *here.parents))
    return next((file for file in files if file.is_file()), None)


def _read(file: Path | None) -> Mapping[str, object]:
    if file is None:
        return {}
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8")).get("serve", {})
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} を読めない：{error}", f"can't read {file}: {error}") from error
    if not isinstance(found, dict):
        raise UsageError(f"{file}：serve は表にする", f"{file}: serve must be a table")
    return found


def _value(place: str, name: str, value: object) -> object:
    try:
        return _CONVERTERS[name](value)
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"{place} に「{value}」は使えない（{error}）", f"{place} can't be “{value}” ({error})"
        ) from error


def bytes_of(value: object) -> int:
    """Return a number of bytes: ``512M``, ``2G``, ``1048576``.

    Raises:
        ValueError: It is none.
    """
    text = str(value).strip().upper().removesuffix("B").removesuffix("I")
    number, unit = (text[:-1], text[-1]) if text[-1:] in "KMGT" and text else (text, "")
    if not number.isdecimal() or int(number) < 1:
        raise ValueError("write bytes as 512M or 2G")
    return int(number) * _UNITS[unit]


def _whole(least: int, most: int) -> Any:
    def convert(value: object) -> int:
        text = str(value)
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return convert


def _seconds(value: object) -> float:
    number = float(str(value))
    if not 0 < number <= 86_400:
        raise ValueError("seconds, more than 0 and at most 86400")
    return number


def _truth(value: object) -> bool:
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if str(value).lower() not in known:
        raise ValueError("true or false")
    return known[str(value).lower()]


def _level(value: object) -> str:
    if value not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)}")
    return str(value)


_CONVERTERS: Final[Mapping[str, Any]] = {
    "host": str,
    "port": _whole(0, 65535),
    "workers": _whole(1, 256),
    "deadline": _seconds,
    "memory": bytes_of,
    "data": lambda value: Path(str(value)),
    "store": str,
    "watch": _truth,
    "log": _level,
    "cache": bytes_of,
}
