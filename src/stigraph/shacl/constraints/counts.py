"""Constraints on the set of value nodes (SHACL, sections 4.1.1, 4.2, 4.4.5 and 4.8.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from stigraph.shacl.constraints.base import Constraint, Fault
from stigraph.shacl.paths import nullable, sparql
from stigraph.store.exact import RawTerm
from stigraph.terms import Blank, Term
from stigraph.vocab import SH, shorten

if TYPE_CHECKING:
    from stigraph.shacl.focus import Focus
    from stigraph.shacl.model import Shape
    from stigraph.shacl.run import Run

__all__ = ["Class", "HasValue", "MaxCount", "MinCount", "UniqueLang"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Class(Constraint):
    """``sh:class`` (section 4.1.1)."""

    component: ClassVar[str] = SH.ClassConstraintComponent
    cls: str

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        values = run.distinct_values(shape, focus)
        wrong = values - run.instances(self.cls).among(values)
        for this, value in run.pairs(shape, focus, wrong):
            yield Fault(this, value)

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"class": shorten(self.cls)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MinCount(Constraint):
    """``sh:minCount`` (section 4.2.1)."""

    component: ClassVar[str] = SH.MinCountConstraintComponent
    limit: int

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        assert shape.path is not None  # noqa: S101
        if self.limit < 1:
            return
        if not nullable(shape.path):
            path = sparql(shape.path)
            nodes = f"{focus.pattern('?this')} FILTER NOT EXISTS {{ ?this {path} ?value }}"
            for this in run.nodes(focus, f"SELECT ?this {{ {nodes} }}", loose=focus.loose):
                yield Fault(this)
        if self.limit > 1:
            yield from map(Fault, counted(run, shape, focus, f"< {self.limit}"))

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"limit": str(self.limit)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MaxCount(Constraint):
    """``sh:maxCount`` (section 4.2.2)."""

    component: ClassVar[str] = SH.MaxCountConstraintComponent
    limit: int

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        yield from map(Fault, counted(run, shape, focus, f"> {self.limit}"))

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"limit": str(self.limit)}


def counted(run: Run, shape: Shape, focus: Focus, test: str) -> Iterator[RawTerm]:
    """Yield the focus nodes with some values whose number passes ``test``."""
    source = run.source(shape.path, focus)
    number = f"COUNT({'' if source.distinct else 'DISTINCT '}{source.value})"
    query = f"SELECT ?this {{ {source.text} }} GROUP BY ?this HAVING({number} {test})"
    yield from run.nodes(focus, query, loose=source.loose)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class UniqueLang(Constraint):
    """``sh:uniqueLang true`` (section 4.4.5): one result for each language used twice."""

    component: ClassVar[str] = SH.UniqueLangConstraintComponent

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        source = run.source(shape.path, focus)
        number = f"COUNT({'' if source.distinct else 'DISTINCT '}{source.value})"
        query = (
            f"SELECT ?this ?lang {{ {source.text} BIND(LANG({source.value}) AS ?lang) "
            f'FILTER(?lang != "") }} GROUP BY ?this ?lang HAVING({number} > 1)'
        )
        for row in run.data.rows(query):
            this, lang = row[0], row[1]
            if this is not None and lang is not None:
                if source.loose and this not in focus.members:
                    continue
                yield Fault(this, bindings={"lang": lang})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HasValue(Constraint):
    """``sh:hasValue`` (section 4.8.2)."""

    component: ClassVar[str] = SH.HasValueConstraintComponent
    value: Term

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:  # noqa: D102
        raw = run.data.raw(self.value)
        if shape.path is None or isinstance(self.value, Blank):
            yield from (Fault(node) for node in self._without(run, shape, focus, raw))
            return
        goal = f"?this {sparql(shape.path)} {run.data.text(self.value)}"
        query = f"SELECT ?this {{ {focus.pattern('?this')} FILTER NOT EXISTS {{ {goal} }} }}"
        for this in run.nodes(focus, query, loose=focus.loose):
            if not (this == raw and nullable(shape.path)):
                yield Fault(this)

    def _without(self, run: Run, shape: Shape, focus: Focus, raw: RawTerm) -> Iterator[RawTerm]:
        with_value = {this for this, _ in run.pairs(shape, focus, {raw})}
        yield from focus.members - with_value

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"value": str(self.value)}
