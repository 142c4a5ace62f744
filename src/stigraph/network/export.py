"""One way in for every export: a selection of the graph, and a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from stigraph.errors import UsageError
from stigraph.network.formats import Format, format_named
from stigraph.network.selection import Selection

__all__ = ["export", "export_files"]

_CHUNK = 1 << 16


def export(selection: Selection, form: str) -> Iterator[bytes]:
    """Yield ``selection`` in the format ``form``, a name of :data:`.formats.FORMATS`.

    Raises:
        UsageError: There is no such format, it can't hold the selection, or it is a folder.
    """
    found = format_named(form)
    if found.folder:
        raise UsageError(
            f"{form} はいくつものファイルになる。-o でフォルダーを指定する",
            f"{form} is several files; name a folder with -o",
        )
    yield from _encoded(_called(_writer(found).write, selection, form, found))


def export_files(selection: Selection, form: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the name and the content of each file that the format ``form`` makes of a folder.

    Raises:
        UsageError: There is no such format, it can't hold the selection, or it is a single file.
    """
    found = format_named(form)
    write = getattr(_writer(found), "write" if found.folder else "files", None)
    if write is None:
        raise UsageError(
            f"{form} は一つのファイルになる。-o でファイルを指定する",
            f"{form} is a single file; name a file with -o",
        )
    for file in _called(write, selection, form, found):
        yield file.name, _encoded(file.chunks)


def _writer(found: Format) -> ModuleType:
    """Return the module that writes a format; a plug-in names its own in full."""
    name = found.module
    return import_module(name if found.plugin else f"stigraph.network.writers.{name}")


def _called(write: Any, selection: Selection, form: str, found: Format) -> Iterator[Any]:
    yield from write(selection.network) if found.takes == "network" else write(selection, form)


def _encoded(chunks: Iterable[str | bytes]) -> Iterator[bytes]:
    """Yield ``chunks`` in UTF-8, gathered: a system call for each would take longer than they."""
    gathered: list[str] = []
    size = 0
    for chunk in chunks:
        if isinstance(chunk, bytes):
            yield "".join(gathered).encode() + chunk
            gathered, size = [], 0
            continue
        gathered.append(chunk)
        size += len(chunk)
        if size > _CHUNK:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    yield "".join(gathered).encode()
