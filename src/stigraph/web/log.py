"""What the server tells about itself: one JSON object a line on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import IO, Final

__all__ = ["LEVELS", "Log"]

LEVELS: Final[Sequence[str]] = ("none", "events", "requests")
"""What is told: nothing; what happens to the server, and its failures; every request as well."""


class Log:
    """Writes lines.

    Args:
        level: One of :data:`LEVELS`.
        stream: Where to; standard error where None.
    """

    def __init__(self, level: str = "events", stream: IO[str] | None = None) -> None:
        self._rank = LEVELS.index(level)
        self._stream = stream

    @property
    def requests(self) -> bool:
        """Whether every request is told."""
        return self._rank == LEVELS.index("requests")

    def tell(self, level: str, event: str, **fields: object) -> None:
        """Write a line if its level is told."""
        if LEVELS.index(level) > self._rank:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "event": event, **fields}, ensure_ascii=False, default=str)
        stream = self._stream or sys.stderr
        if stream is not None:
            print(line, file=stream, flush=True)
