"""The limits within which queries run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["MIB", "Limits"]

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use.

    Attributes:
        workers: Queries that run at once at full speed.
        deadline: Seconds that a query may run.
        memory: Bytes that a worker may use beyond the snapshot that it shares.
        rows: Rows or triples of a result.
        size: Bytes of a result.
        waiting: Queries that may wait.
        waiting_each: Queries of one client that may wait.
        patience: Seconds that a query may wait.
    """

    workers: int = 2
    deadline: float = 30.0
    memory: int = 512 * MIB
    rows: int = 1_000_000
    size: int = 256 * MIB
    waiting: int = 2000
    waiting_each: int = 1000
    patience: float = 120.0
