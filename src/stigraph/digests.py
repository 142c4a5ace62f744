"""What is known of contents, remembered by their digests in a file that may be deleted any time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Final

__all__ = ["Digests", "Numbers"]

_MOST: Final = 50_000  # digests that are kept: 1.6 MB, a few ms to read


class Digests:
    """Contents for which something is known to hold, remembered by their digests.

    Args:
        file: Where they are kept; None keeps them nowhere.
        makers: The files that the answer depends on besides the content, such as
            the program's own: if one changes, everything is forgotten.
        besides: What else it depends on, such as the versions of libraries.
    """

    def __init__(self, file: Path | None, makers: Iterable[Path], besides: str = "") -> None:
        self._table = _Table(file, _digest(besides.encode() + _contents(makers)), 0)

    def __bool__(self) -> bool:
        return bool(self._table.rows)

    def __contains__(self, content: bytes) -> bool:
        return _digest(content) in self._table.rows

    def add(self, content: bytes) -> None:
        """Remember a content."""
        self._table.rows[_digest(content)] = b""

    def save(self) -> None:
        """Write what was added; where that isn't possible, it is found out again next time."""
        self._table.save()


class Numbers:
    """Numbers that are known for something, remembered by its digest.

    Args:
        file: Where they are kept; None keeps them nowhere.
        program: The folder of the program that found them out: if a file of it changes,
            everything is forgotten.
        besides: What else they depend on, such as the versions of libraries.
    """

    def __init__(self, file: Path | None, program: Path, besides: str) -> None:
        self._table = _Table(file, _digest(besides.encode() + _states(program)), 8)

    def __bool__(self) -> bool:
        return bool(self._table.rows)

    def get(self, digest: bytes) -> int | None:
        """Return the number that is known for what has a digest of 32 bytes."""
        found = self._table.rows.get(digest)
        return None if found is None else int.from_bytes(found, "big")

    def add(self, digest: bytes, number: int) -> None:
        """Remember a number from 0, and write it down where that is possible."""
        self._table.rows[digest] = number.to_bytes(8, "big")
        self._table.save()


class _Table:
    """Rows of a digest and as many bytes as ``width`` says, in one file with a stamp."""

    def __init__(self, file: Path | None, stamp: bytes, width: int) -> None:
        self._file = file
        self._stamp = stamp
        self._row = len(stamp) + width
        self.rows = {row[: len(stamp)]: row[len(stamp) :] for row in self._read()}
        self._size = len(self.rows)

    def save(self) -> None:
        if self._file is None or len(self.rows) == self._size:
            return
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        rows = [key + value for key, value in self.rows.items()]
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(b"".join([self._stamp, *rows[-_MOST:]]))
            draft.replace(self._file)

    def _read(self) -> list[bytes]:
        start = len(self._stamp)
        with contextlib.suppress(OSError):
            content = self._file.read_bytes() if self._file else b""
            if content.startswith(self._stamp) and not (len(content) - start) % self._row:
                places = range(start, len(content), self._row)
                return [content[at : at + self._row] for at in places]
        return []


def _contents(files: Iterable[Path]) -> bytes:
    return _digest(b"".join(_digest(path.read_bytes()) for path in sorted(files)))


def _states(folder: Path) -> bytes:
    """Return names, sizes and times of change of the modules below a folder."""
    found: list[str] = []
    for here, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".py"):
                state = os.stat(os.path.join(here, name))  # noqa: PTH116, PTH118 (hundreds of them)
                found.append(f"{here}/{name} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(sorted(found)).encode("utf-8", "surrogateescape")


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=32).digest()
