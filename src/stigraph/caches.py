"""What may be remembered from one run to the next, and deleted at any time.

Caches live inside the git directory of the working tree, so that they never
turn up in a change and go with the clone; outside git, in the user's cache.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Final

__all__ = ["Digests", "cache_folder"]

_MOST: Final = 50_000  # digests that are kept: 1.6 MB, a few ms to read


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


class Digests:
    """Contents for which something is known to hold, remembered by their digests.

    Args:
        file: Where they are kept; None keeps them nowhere.
        makers: The files that the answer depends on besides the content, such as
            the program's own: if one changes, everything is forgotten.
    """

    def __init__(self, file: Path | None, makers: Iterable[Path]) -> None:
        self._file = file
        self._stamp = _digest(b"".join(_digest(path.read_bytes()) for path in sorted(makers)))
        self._kept = dict.fromkeys(self._read())
        self._size = len(self._kept)

    def __contains__(self, content: bytes) -> bool:
        return _digest(content) in self._kept

    def add(self, content: bytes) -> None:
        """Remember a content."""
        self._kept[_digest(content)] = None

    def save(self) -> None:
        """Write what was added; where that isn't possible, it is found out again next time."""
        if self._file is None or len(self._kept) == self._size:
            return
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(b"".join([self._stamp, *list(self._kept)[-_MOST:]]))
            draft.replace(self._file)

    def _read(self) -> list[bytes]:
        size = len(self._stamp)
        with contextlib.suppress(OSError):
            content = self._file.read_bytes() if self._file else b""
            if content.startswith(self._stamp) and not len(content) % size:
                return [content[at : at + size] for at in range(size, len(content), size)]
        return []


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=32).digest()
