"""Files that the gate is given, and what a report calls them."""

from __future__ import annotations

from pathlib import Path

from stigraph.errors import UnreadableError

__all__ = ["name_of", "turtle_files"]


def turtle_files(path: Path) -> list[Path]:
    """Return ``path``, or the Turtle files below it where it is a folder.

    Raises:
        UnreadableError: There is nothing at ``path``.
    """
    if path.is_dir():
        return sorted(path.rglob("*.ttl"))
    if not path.exists():
        raise UnreadableError(
            f"{path} というファイルもフォルダーもない。場所を確かめる",
            f"there is no file or folder {path}; check the path",
        )
    return [path]


def name_of(path: Path, base: Path) -> str:
    """Return the path as reports give it: relative to ``base`` where it lies below it."""
    full, start = path.resolve(), base.resolve()
    return full.relative_to(start).as_posix() if full.is_relative_to(start) else full.as_posix()
