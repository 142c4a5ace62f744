"""Constraints that compare the values of two properties (SHACL, section 4.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from stigraph.shacl.constraints.base import Constraint, Fault
from stigraph.shacl.constraints.values import compares
from stigraph.shacl.paths import Predicate, nullable, sparql
from stigraph.store.exact import RawTerm
from stigraph.vocab import SH, shorten

if TYPE_CHECKING:
    from stigraph.shacl.focus import Focus
    from stigraph.shacl.model import Shape
    from stigraph.shacl.run import Run

__all__ = ["Disjoint", "Equals", "LessThan", "LessThanOrEquals", "Pair"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pair(Constraint):
    """A constraint that compares value nodes with the values of another property."""

    other: str

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"other": shorten(self.other)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Equals(Pair):
    """``sh:equals`` (section 4.5.1)."""

    component: ClassVar[str] = SH.EqualsConstraintComponent

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        source = run.source(shape.path, focus)
        missing = f"{source.text} FILTER NOT EXISTS {{ ?this <{self.other}> {source.value} }}"
        yield from _distinct(run.select(focus, source, missing))
        other = run.source(Predicate(self.other), focus)
        path = shape.path
        if path is None:
            missing = f"{other.text} FILTER(!sameTerm(?this, ?value))"
        else:
            missing = f"{other.text} FILTER NOT EXISTS {{ ?this {sparql(path)} ?value }}"
        for fault in _distinct(run.select(focus, other, missing)):
            if not (path is not None and nullable(path) and fault.focus == fault.value):
                yield fault


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Disjoint(Pair):
    """``sh:disjoint`` (section 4.5.2)."""

    component: ClassVar[str] = SH.DisjointConstraintComponent

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        source = run.source(shape.path, focus)
        shared = f"{source.text} FILTER EXISTS {{ ?this <{self.other}> {source.value} }}"
        yield from _distinct(run.select(focus, source, shared))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LessThan(Pair):
    """``sh:lessThan`` (section 4.5.3)."""

    component: ClassVar[str] = SH.LessThanConstraintComponent
    operator: ClassVar[str] = "<"

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:
        """Yield a fault for each pair of values out of order."""
        source = run.source(shape.path, focus)
        where = (
            f"{source.text} ?this <{self.other}> ?other "
            f"FILTER(!COALESCE({source.value} {self.operator} ?other, false))"
        )
        found: set[tuple[RawTerm, ...]] = set()
        for row in run.select(focus, source, where, "?other"):
            if row in found:
                continue
            found.add(row)
            left, right = run.data.term(row[1]), run.data.term(row[2])
            if not compares(run.data, left, self.operator, right):
                yield Fault(row[0], row[1])


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LessThanOrEquals(LessThan):
    """``sh:lessThanOrEquals`` (section 4.5.4)."""

    component: ClassVar[str] = SH.LessThanOrEqualsConstraintComponent
    operator: ClassVar[str] = "<="


def _distinct(rows: Iterator[tuple[RawTerm, ...]]) -> Iterator[Fault]:
    found: set[tuple[RawTerm, ...]] = set()
    for row in rows:
        if row not in found:
            found.add(row)
            yield Fault(row[0], row[1])
