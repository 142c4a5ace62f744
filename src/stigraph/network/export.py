"""One way in for every export: a selection of the graph, and a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from stigraph.errors import UsageError
from stigraph.network.formats import Format, format_named
from stigraph.network.model import File
from stigraph.network.selection import Selection

__all__ = ["export", "export_files"]


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
    yield from _encoded(_written(selection, form, found))


def export_files(selection: Selection, form: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the name and the content of each file of the format ``form``, which is a folder.

    Raises:
        UsageError: There is no such format, or it can't hold the selection.
    """
    for file in _written(selection, form, format_named(form)):
        yield file.name, _encoded(file.chunks)


def _written(selection: Selection, form: str, found: Format) -> Iterator[File]:
    write = import_module(f"stigraph.network.writers.{found.module}").write
    if found.takes == "network":
        yield from write(selection.network)
    else:
        yield from write(selection, form)


def _encoded(chunks: Iterable[object]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk if isinstance(chunk, bytes) else str(chunk).encode()
