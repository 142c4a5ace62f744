"""Files as what they really are: resolved paths, and IRIs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

__all__ = ["Resolver", "file_uri", "file_uris"]


class Resolver:
    """Gives ``path.resolve()`` as text.

    Folders are resolved once, which is most of the work where a folder holds many files.
    """

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def __call__(self, path: Path) -> str:
        """Return the resolved path, with slashes."""
        whole = os.fspath(path)
        folder, name = os.path.split(whole)
        if name in ("", ".", "..") or os.path.islink(whole):  # noqa: PTH114 (measured)
            return path.resolve().as_posix()
        if folder not in self._folders:
            self._folders[folder] = Path(folder).resolve().as_posix().rstrip("/")
        return f"{self._folders[folder]}/{name}"


def file_uri(resolved: str) -> str:
    """Return the IRI of a file, given its resolved path: ``Path(resolved).as_uri()``."""
    return f"file://{quote_from_bytes(os.fsencode(resolved))}"


def file_uris(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each path with the IRI of the file: ``path.resolve().as_uri()``."""
    resolved = Resolver()
    for path in paths:
        yield path, file_uri(resolved(path))
