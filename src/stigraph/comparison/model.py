"""A change between two states of the graph."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stigraph.terms import Term

__all__ = ["Action", "Change", "Kind"]


class Kind(StrEnum):
    """What a change is about."""

    ADDED = "added"
    REMOVED = "removed"
    AMOUNT = "amount"
    DATE = "date"
    LABEL = "label"
    LINK = "link"
    VALUE = "value"
    DEPRECATED = "deprecated"
    MOVED = "moved"
    ALIGNMENT = "alignment"


class Action(StrEnum):
    """What was done."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: What it is about.
        action: What was done.
        entry: The node that changed: its IRI, or ``_:`` and the name of a blank node.
        about: The entry in whose file the node stands: the node itself, or its owner.
        predicate: The IRI of the property, None where the whole node or its file changed.
        old: The value before, None where there was none.
        new: The value after.
        file: The file of the node after the change, before it where the node is gone.
        old_file: The file before, where it is another.
    """

    kind: Kind
    action: Action
    entry: str
    about: str
    predicate: str | None = None
    old: Term | None = None
    new: Term | None = None
    file: str = ""
    old_file: str | None = None

    @property
    def sort_key(self) -> tuple[str, bool, str, str, str, str, str]:
        """Order of a report: what is about one entry together, the entry itself first."""
        return (
            self.about,
            self.entry != self.about,
            self.entry,
            self.kind,
            self.predicate or "",
            repr(self.old),
            repr(self.new),
        )
