"""Shapes, as values (SHACL, section 2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stigraph.shacl.paths import Path
from stigraph.terms import Literal, Term
from stigraph.vocab import SH

if TYPE_CHECKING:
    from stigraph.shacl.constraints.base import Constraint

__all__ = ["Shape", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where focus nodes come from (section 2.1.3): ``property`` is the ``sh:target…`` IRI."""

    property: str
    value: Term


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A node shape, or, with a path, a property shape. Two shapes are equal if they are one.

    Attributes:
        node: What stands for it in the shapes graph.
        path: The path of a property shape (section 2.3), None for a node shape.
        targets: Its targets, the implicit class target among them.
        constraints: What it asks for; empty if it is deactivated.
        severity: The IRI of its severity (section 2.1.4).
        messages: Its ``sh:message`` values (section 2.1.5).
        deactivated: Whether every node conforms to it (section 2.1.6).
    """

    node: Term
    path: Path | None
    targets: tuple[Target, ...] = ()
    constraints: tuple[Constraint, ...] = field(default=(), repr=False)
    severity: str = SH.Violation
    messages: tuple[Literal, ...] = ()
    deactivated: bool = False
