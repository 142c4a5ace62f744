"""What a run remembers for the next: files that had no fault, and texts in good form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stigraph.digests import Digests, Numbers
from stigraph.store.local import LIBRARY

__all__ = ["Memory"]

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known from earlier runs of this very program.

    Only that nothing is wrong is remembered, by a digest of everything that the answer
    depends on: it can't be out of date, and what has a fault is looked at again.
    """

    formed: Digests
    _clean: Numbers | None

    @classmethod
    def at(cls, folder: Path | None) -> Memory:
        """Return what is kept in ``folder``; None keeps nothing."""
        if folder is None:
            return cls(Digests(None, ()), None)
        names = ("gate/form.py", "gate/layout.py", "terms.py", "vocab.py")
        makers = [*(_PACKAGE / name for name in names), *(_PACKAGE / "turtle").glob("*.py")]
        return cls(
            Digests(folder / "formed", makers),
            Numbers(folder / "clean", _PACKAGE, LIBRARY),
        )

    def clean(self, digest: bytes) -> int | None:
        """Return how many focus nodes a run without findings checked, None if there was none."""
        return self._clean.get(digest) if self._clean else None

    def keep_clean(self, digest: bytes, checked: int) -> None:
        """Remember a run without findings."""
        if self._clean:
            self._clean.add(digest, checked)
