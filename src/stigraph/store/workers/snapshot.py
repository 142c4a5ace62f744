"""What a loader hands to the template: the data, and what is to be known of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from stigraph.store.workers.perform import Queryable

__all__ = ["Snapshot"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dataset that doesn't change.

    Attributes:
        store: The dataset.
        digest: A digest of the data, in hex.
        modified: When the data last changed, in seconds since 1970.
        prefixes: Prefixes that queries need not declare.
        dump: What writes the whole dataset in a form; None where that isn't offered.
    """

    store: Queryable
    digest: str
    modified: float
    prefixes: dict[str, str] = field(default_factory=dict)
    dump: Callable[[IO[bytes], str], None] | None = None
