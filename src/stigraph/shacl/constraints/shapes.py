"""Constraints that refer to other shapes (SHACL, sections 4.6, 4.7 and 4.8.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from stigraph.shacl.constraints.base import Constraint, Fault
from stigraph.shacl.constraints.counts import MaxCount, MinCount
from stigraph.shacl.focus import restricted
from stigraph.shacl.model import Shape
from stigraph.shacl.paths import Predicate
from stigraph.store.exact import RawTerm
from stigraph.vocab import SH

if TYPE_CHECKING:
    from stigraph.shacl.focus import Focus
    from stigraph.shacl.run import Run

__all__ = ["And", "Closed", "Node", "Not", "Or", "Property", "Qualified", "Xone"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Logical(Constraint):
    shapes: tuple[Shape, ...]

    def children(self) -> tuple[Shape, ...]:
        return self.shapes

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:
        values = run.values(shape, focus)
        if not values.members:
            return
        for this, value in run.pairs(shape, focus, self.wrong(run, values)):
            yield Fault(this, value)

    def wrong(self, run: Run, values: Focus) -> Set[RawTerm]:
        """Return the value nodes that break the constraint."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Not(_Logical):
    """``sh:not`` (section 4.6.1)."""

    component: ClassVar[str] = SH.NotConstraintComponent

    def wrong(self, run: Run, values: Focus) -> Set[RawTerm]:  # noqa: D102
        return values.members - run.failing(self.shapes[0], values)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class And(_Logical):
    """``sh:and`` (section 4.6.2)."""

    component: ClassVar[str] = SH.AndConstraintComponent

    def wrong(self, run: Run, values: Focus) -> Set[RawTerm]:  # noqa: D102
        return set[RawTerm]().union(*(run.failing(shape, values) for shape in self.shapes))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Or(_Logical):
    """``sh:or`` (section 4.6.3)."""

    component: ClassVar[str] = SH.OrConstraintComponent

    def wrong(self, run: Run, values: Focus) -> Set[RawTerm]:  # noqa: D102
        left: Set[RawTerm] = values.members
        for shape in self.shapes:
            left = left & run.failing(shape, values)
            if not left:
                break
        return left


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Xone(_Logical):
    """``sh:xone`` (section 4.6.4)."""

    component: ClassVar[str] = SH.XoneConstraintComponent

    def wrong(self, run: Run, values: Focus) -> Set[RawTerm]:  # noqa: D102
        failures: Counter[RawTerm] = Counter()
        for shape in self.shapes:
            failures.update(run.failing(shape, values))
        one_kept = len(self.shapes) - 1
        return {node for node in values.members if failures[node] != one_kept}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Node(And):
    """``sh:node`` (section 4.7.1)."""

    component: ClassVar[str] = SH.NodeConstraintComponent


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Property(_Logical):
    """``sh:property`` (section 4.7.2). Its results are those of the property shape."""

    component: ClassVar[str] = SH.PropertyConstraintComponent

    def wrong(self, run: Run, values: Focus) -> Set[RawTerm]:  # noqa: D102
        return run.failing(self.shapes[0], values)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Qualified(Constraint):
    """``sh:qualifiedValueShape`` with one of its counts (section 4.7.3)."""

    shape: Shape
    siblings: tuple[Shape, ...]
    limit: int
    at_least: bool

    def name(self) -> str:  # noqa: D102
        which = "Min" if self.at_least else "Max"
        return SH[f"Qualified{which}CountConstraintComponent"]

    def children(self) -> tuple[Shape, ...]:  # noqa: D102
        return (self.shape, *self.siblings)

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        values = run.values(shape, focus)
        fitting = values.members - run.failing(self.shape, values)
        for sibling in self.siblings:
            fitting = fitting & run.failing(sibling, values)
        # Where all values fit, counting them is the store's work; where some don't, it is ours.
        mixed = {this for this, _ in run.pairs(shape, focus, values.members - fitting)}
        count = MinCount(self.limit) if self.at_least else MaxCount(self.limit)
        for fault in count.faults(run, shape, focus):
            if fault.focus not in mixed:
                yield fault
        if mixed:
            yield from map(Fault, self._miscounted(run, shape, focus, fitting, mixed))

    def _miscounted(
        self, run: Run, shape: Shape, focus: Focus, fitting: Set[RawTerm], mixed: Set[RawTerm]
    ) -> Iterator[RawTerm]:
        some = restricted(run.data, focus, mixed)
        counts = Counter(this for this, _ in run.pairs(shape, some, fitting) if this in mixed)
        for node in mixed:
            few, many = counts[node] < self.limit, counts[node] > self.limit
            if few if self.at_least else many:
                yield node

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"limit": str(self.limit)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Closed(Constraint):
    """``sh:closed`` with ``sh:ignoredProperties`` (section 4.8.1)."""

    component: ClassVar[str] = SH.ClosedConstraintComponent
    allowed: frozenset[str] = field(repr=False)

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        values = run.values(shape, focus)
        tests = ", ".join(f"<{iri}>" for iri in self.allowed)
        allowed = f"FILTER(?p NOT IN ({tests}))" if tests else ""
        # No SELECT DISTINCT inside: the store would then join with every triple there is.
        where = f"{values.pattern('?this')} ?this ?p ?value {allowed}"
        strays: dict[RawTerm, list[tuple[str, RawTerm]]] = {}
        for row in run.data.rows(f"SELECT DISTINCT ?this ?p ?value {{ {where} }}"):
            this, predicate, value = row[0], row[1], row[2]
            if this is not None and predicate is not None and value is not None:
                strays.setdefault(this, []).append((predicate.value, value))
        for this, node in run.pairs(shape, focus, strays.keys() & values.members):
            for iri, value in strays[node]:
                yield Fault(this, value, path=Predicate(iri))
