"""The IRIs of files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

__all__ = ["file_uris"]


def file_uris(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each path with the IRI of the file: ``path.resolve().as_uri()``.

    Folders are resolved once, which is most of the work where a folder holds many files.
    """
    folders: dict[str, str] = {}
    for path in paths:
        folder, name = os.path.split(path)
        if name in ("", ".", "..") or os.path.islink(path):  # noqa: PTH114 (measured)
            yield path, path.resolve().as_uri()
            continue
        if folder not in folders:
            folders[folder] = Path(folder).resolve().as_uri().rstrip("/")
        yield path, f"{folders[folder]}/{quote_from_bytes(os.fsencode(name))}"
