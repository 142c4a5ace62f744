"""What may be remembered from one run to the next, and deleted at any time.

Caches live inside the git directory of the working tree, so that they never
turn up in a change and go with the clone; outside git, in the user's cache.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

__all__ = ["cache_folder"]


def cache_folder(start: Path) -> Path | None:
    """Return the folder for caches of the tree around ``start``; None where there is no place."""
    here = start.resolve()
    for folder in (here, *here.parents):
        git = folder / ".git"
        if git.is_dir():
            return git / "stigraph"
        if git.is_file():  # a linked working tree: gitrepository-layout(5), "gitfile"
            return _linked(git)
    # XDG Base Directory Specification: a relative path is to be ignored.
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = os.environ.get("HOME", "")
    if Path(given).is_absolute():
        return Path(given) / "stigraph"
    return Path(home) / ".cache" / "stigraph" if Path(home).is_absolute() else None


def _linked(gitfile: Path) -> Path | None:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        word, _, target = gitfile.read_text("utf-8").strip().partition(": ")
        folder = gitfile.parent / target
        if word == "gitdir" and folder.is_dir():
            return folder / "stigraph"
    return None
