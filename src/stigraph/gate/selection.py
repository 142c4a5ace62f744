"""What a run of the gate is asked for: an engine, and codes."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_ENGINE", "ENGINES", "Selection"]

DEFAULT_ENGINE = "stigraph"
ENGINES = ("stigraph", "pyshacl")
"""Our own engine, and the reference that tests compare it with."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which codes a report holds: all by default; ``select`` narrows, ``ignore`` takes away.

    A code may be given by its beginning (``STI6`` for all evidence).
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def holds(self, code: str) -> bool:
        """Whether findings of ``code`` are reported."""
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))
