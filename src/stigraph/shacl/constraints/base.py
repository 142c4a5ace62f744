"""What a constraint is: something that finds faults among focus nodes, set at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from stigraph.shacl.paths import Path
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Literal, Term

if TYPE_CHECKING:
    from stigraph.shacl.focus import Focus
    from stigraph.shacl.model import Shape
    from stigraph.shacl.run import Run

__all__ = ["Constraint", "Fault", "ValueCheck"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A focus node that violates a constraint.

    Attributes:
        focus: The focus node, as the store holds it.
        value: The value node at fault, if it is one.
        path: The result path, where it isn't the shape's.
        bindings: What a query said besides, for its message templates.
    """

    focus: RawTerm
    value: RawTerm | None = None
    path: Path | None = None
    bindings: Mapping[str, RawTerm] | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Constraint:
    """A constraint of a shape: a constraint component with its parameters (section 3.1).

    A constraint equals itself alone: methods to compare dozens of classes would take longer
    to make than a small graph takes to validate.
    """

    component: ClassVar[str] = ""
    templated: ClassVar[bool] = False
    """Whether its messages are templates, and its query may give one."""

    @abstractmethod
    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:
        """Yield the faults of the nodes in ``focus``."""

    def name(self) -> str:
        """Return the IRI of the constraint component."""
        return self.component

    def children(self) -> tuple[Shape, ...]:
        """Return the shapes that the constraint refers to."""
        return ()

    def source(self) -> Term | None:
        """Return the ``sh:sourceConstraint`` of its results."""
        return None

    def own_messages(self) -> tuple[Literal, ...]:
        """Return message templates that go before those of the shape."""
        return ()

    def details(self) -> Mapping[str, str]:
        """Return what the default message says about the parameters."""
        return {}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ValueCheck(Constraint):
    """A constraint that each value node keeps or breaks by itself."""

    @abstractmethod
    def broken(self, data: DataGraph, var: str) -> str:
        """Return a SPARQL expression that is true of every value that breaks the constraint.

        It may be true of values that keep it if :meth:`breaks` tells them apart.
        """

    def breaks(self, data: DataGraph, value: Term) -> bool:  # noqa: ARG002
        """Return whether a value of which the expression is true does break the constraint."""
        return True

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:
        """Yield a fault for each value node that breaks the constraint."""
        for _, fault in run.checked(shape, focus, (self,)):
            yield fault
