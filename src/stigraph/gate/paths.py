"""Files that the gate is given, and what a report calls them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from stigraph.errors import UnreadableError

__all__ = ["Overlay", "folder_of", "name_in", "name_of", "turtle_files"]

Overlay = Mapping[Path, bytes | None]
"""Files, by resolved path, as they are to be taken instead of as they stand; None: gone."""


def turtle_files(path: Path, overlay: Overlay | None = None) -> list[Path]:
    """Return ``path``, or the Turtle files below it where it is a folder, hidden ones left out.

    Args:
        path: A file or a folder; a file of ``overlay`` needn't be there.
        overlay: Files whose content is given.

    Raises:
        UnreadableError: There is nothing at ``path``.
    """
    if overlay and overlay.get(path.resolve()) is not None:
        return [path]
    if path.is_dir():
        found = (file for file in path.rglob("*.ttl") if not _is_hidden(file.relative_to(path)))
        return sorted(file for file in found if file.is_file())
    if not path.exists():
        raise UnreadableError(
            f"{path} というファイルもフォルダーもない。場所を確かめる",
            f"there is no file or folder {path}; check the path",
        )
    return [path]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def name_of(path: Path, base: Path) -> str:
    """Return the path as reports give it: relative to ``base`` where it lies below it."""
    return name_in(path.resolve().as_posix(), folder_of(base))


def folder_of(base: Path) -> str:
    """Return the beginning of all resolved paths below ``base``."""
    return f"{base.resolve().as_posix().rstrip('/')}/"


def name_in(resolved: str, folder: str) -> str:
    """Return a resolved path as reports give it, given :func:`folder_of` their base."""
    return resolved.removeprefix(folder)
