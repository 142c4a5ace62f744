"""What a run remembers for the next: files that had no fault, and texts in good form."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from stigraph.digests import Digests, Numbers
from stigraph.store.local import LIBRARY

__all__ = ["Known", "Memory"]

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of texts from earlier runs.

    Attributes:
        formed: Texts in good form.
        plain: Texts whose literals a store keeps as they are written.
        closed: Queries that name every predicate that they look at.
    """

    formed: Digests
    plain: Digests
    closed: Digests


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known from earlier runs of this very program.

    Only that nothing is wrong is remembered, by a digest of everything that the answer
    depends on: it can't be out of date, and what has a fault is looked at again.
    """

    known: Known
    _clean: Numbers | None

    @classmethod
    def at(cls, folder: Path | None) -> Memory:
        """Return what is kept in ``folder``; None keeps nothing."""
        if folder is None:
            return cls(Known(*(Digests(None, ()) for _ in fields(Known))), None)
        form = ("gate/form.py", "gate/layout.py", "terms.py", "vocab.py")
        makers = [*(_PACKAGE / name for name in form), *(_PACKAGE / "turtle").glob("*.py")]
        plain = [_PACKAGE / "store" / name for name in ("plain.py", "exact.py")]
        closed = [_PACKAGE / name for name in ("gate/footprint.py", "shacl/tokens.py")]
        known = Known(
            Digests(folder / "formed", makers),
            Digests(folder / "plain", plain, LIBRARY),
            Digests(folder / "closed", closed),
        )
        return cls(known, Numbers(folder / "clean", _PACKAGE, LIBRARY))

    @property
    def knows_any(self) -> bool:
        """Whether some run without findings is known."""
        return self._clean is not None and bool(self._clean)

    def clean(self, digest: bytes) -> int | None:
        """Return how many focus nodes a run without findings checked, None if there was none."""
        return self._clean.get(digest) if self._clean is not None else None

    def keep_clean(self, digest: bytes, checked: int) -> None:
        """Remember a run without findings."""
        if self._clean is not None:
            self._clean.add(digest, checked)
