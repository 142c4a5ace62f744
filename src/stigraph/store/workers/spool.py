"""A result being written: its limits are kept while it grows, so that it is never cut.

Nothing is sent before the whole is there. A large result lies in an anonymous
file in memory (``memfd_create``), which needs no disk and can be handed on.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zlib
from typing import Final, Protocol

import zstandard

from stigraph.errors import ResultLimitError
from stigraph.store.workers.job import Content, Spooled
from stigraph.store.workers.settings import Limits

__all__ = ["ENCODINGS", "Spool"]

INLINE: Final = 128 * 1024
"""Bytes that travel with the reply itself."""

ENCODINGS: Final = ("zstd", "gzip", "identity")
"""The ways in which a result can be compressed, the best first."""

_ROW_MARKS: Final = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
"""What the written form has for each row: in JSON between rows, in CSV and TSV also for the header.

Literals can't hold it, save those that look like JSON: they make a result seem larger than it is.
"""

_FIRST: Final = {"json": 1, "csv": -1, "tsv": -1}


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class Spool(io.RawIOBase):
    """Takes the bytes of a result and raises where it passes a limit.

    Args:
        limits: What it may be.
        form: The form that is written; rows are counted in those of solutions.
        encoding: How to compress what is kept.
        hashed: Whether :attr:`digest` is wanted.
    """

    def __init__(
        self, limits: Limits, form: str, encoding: str = "identity", *, hashed: bool = False
    ) -> None:
        super().__init__()
        self._limits = limits
        self._mark = _ROW_MARKS.get(form, b"")
        self._last = b""
        self._quoted = form == "csv"
        self._inside = False
        self._written = 0
        self.rows = _FIRST.get(form, 0)
        self._kept = bytearray()
        self._descriptor = -1
        self._spooled = 0
        self._compressor = _compressor(encoding)
        self._hash = hashlib.sha256() if hashed else None

    def writable(self) -> bool:
        """Return that it takes bytes."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Take a piece.

        Raises:
            ResultLimitError: The result is too large.
            OSError: There is no room for it.
        """
        self._written += len(data)
        if self._written > self._limits.size:
            raise ResultLimitError(self._limits.rows, self._limits.size)
        if self._mark:
            self._count(data)
        self._keep(self._compressor.compress(data) if self._compressor else data)
        return len(data)

    def check_rows(self, rows: int) -> None:
        """Take note of how many rows or triples there are.

        Raises:
            ResultLimitError: There are too many.
        """
        self.rows = rows
        if rows > self._limits.rows:
            raise ResultLimitError(self._limits.rows, self._limits.size)

    def _count(self, data: bytes) -> None:
        mark = self._mark
        if len(mark) > 1:
            data = self._last + data
            self._last = data[1 - len(mark) :]
        found = self._outside(data) if self._quoted and b'"' in data else data.count(mark)
        self.check_rows(self.rows + (0 if self._inside and b'"' not in data else found))

    def _outside(self, data: bytes) -> int:
        """Return the number of line ends outside of quoted fields (RFC 4180)."""
        parts = data.split(b'"')
        found = sum(part.count(b"\n") for part in parts[self._inside :: 2])
        self._inside ^= len(parts) % 2 == 0
        return found

    def _keep(self, data: bytes) -> None:
        if self._hash is not None:
            self._hash.update(data)
        self._kept += data
        if len(self._kept) > INLINE:
            self._spill()

    def _spill(self) -> None:
        if self._descriptor < 0:
            self._descriptor = _anonymous_file()
        rest = memoryview(self._kept)
        while rest:
            done = os.write(self._descriptor, rest)
            self._spooled += done
            rest = rest[done:]
        rest.release()
        self._kept = bytearray()

    @property
    def digest(self) -> str:
        """SHA-256 of what was kept, in hex."""
        return self._hash.hexdigest() if self._hash is not None else ""

    def finish(self) -> Content:
        """Return the whole; the spool takes no more."""
        if self._compressor:
            self._keep(self._compressor.flush())
        if self._descriptor < 0:
            return bytes(self._kept)
        self._spill()
        descriptor, self._descriptor = self._descriptor, -1
        return Spooled(descriptor, self._spooled)

    def close(self) -> None:
        """Drop what was not finished."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        super().close()


def _compressor(encoding: str) -> _Compressor | None:
    match encoding:
        case "gzip":
            return zlib.compressobj(level=4, wbits=31)
        case "zstd":
            return zstandard.ZstdCompressor(level=3).compressobj()
    return None


def _anonymous_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("result", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
