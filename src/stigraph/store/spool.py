"""A file for an answer: in memory up to some size, then on disk."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Final

__all__ = ["Spool"]

_IN_MEMORY: Final = 16 * 1024 * 1024


class Spool(SpooledTemporaryFile[bytes]):
    """A temporary file that is gone as soon as nobody holds it.

    Rows are read from it as they are asked for, so that only the reader knows when it is done.
    """

    def __init__(self) -> None:
        super().__init__(max_size=_IN_MEMORY)

    def __del__(self) -> None:
        self.close()
