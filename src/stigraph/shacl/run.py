"""A run of shapes over a data graph: what constraints ask of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import cast

from stigraph.shacl.constraints.base import Constraint, Fault, ValueCheck
from stigraph.shacl.constraints.shapes import Property
from stigraph.shacl.focus import Focus, named_nodes, targeted, values_of
from stigraph.shacl.graph import Triple
from stigraph.shacl.model import Shape, Target
from stigraph.shacl.paths import Inverse, Path, Predicate, nullable, sparql
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Iri
from stigraph.vocab import SH

__all__ = ["Run", "Source"]

_SELECTIVE = 3
"""Scanning this many triples of a property costs as much as following it from one node."""


@dataclass(frozen=True, slots=True)
class Source:
    """A pattern that binds ``?this`` to focus nodes and ``value`` to their value nodes.

    Attributes:
        text: The pattern.
        value: The variable of the value nodes.
        loose: Whether it also finds nodes that aren't focus nodes.
        distinct: Whether each pair is found once.
    """

    text: str
    value: str
    loose: bool
    distinct: bool


class Run:
    """One validation: the data, and what has been found out about them so far."""

    def __init__(self, data: DataGraph, shapes: Iterable[Triple] = ()) -> None:
        self.data = data
        self._shapes: Iterable[Triple] | None = shapes
        self._instances: dict[str, Focus] = {}
        self._values: dict[tuple[Focus, Path], Focus] = {}
        self._failing: dict[tuple[Shape, Focus], Set[RawTerm]] = {}

    def need_shapes(self) -> None:
        """Make the shapes graph visible to queries."""
        if self._shapes is not None:
            self.data.add_shapes(self._shapes)
            self._shapes = None

    def member(self, focus: Focus, found: RawTerm | None) -> RawTerm | None:
        """Return the focus node that a query over values found, None if it found none."""
        if found is None or found in focus.members:
            return found
        return focus.by_value.get(found)

    def instances(self, cls: str) -> Focus:
        """Return the SHACL instances of a class."""
        if cls not in self._instances:
            target = Target(SH.targetClass, Iri(cls))
            self._instances[cls] = targeted(self.data, (target,))
        return self._instances[cls]

    def targets(self, shape: Shape) -> Focus:
        """Return the focus nodes that the targets of ``shape`` select."""
        match shape.targets:
            case (Target(SH.targetClass, Iri(cls)),):
                return self.instances(cls)
            case targets:
                return targeted(self.data, targets)

    def values(self, shape: Shape, focus: Focus) -> Focus:
        """Return the value nodes of ``shape`` for all of ``focus``, as focus nodes."""
        if shape.path is None:
            return focus
        key = (focus, shape.path)
        if key not in self._values:
            self._values[key] = values_of(self.data, focus, shape.path)
        return self._values[key]

    def distinct_values(self, shape: Shape, focus: Focus) -> Set[RawTerm]:
        """Return the value nodes of ``shape``, perhaps of more nodes than ``focus`` has."""
        if shape.path is None:
            return focus.members
        source = self.source(shape.path, focus)
        rows = self.data.rows(f"SELECT DISTINCT {source.value} {{ {source.text} }}")
        return {row[0] for row in rows if row[0] is not None}

    def source(self, path: Path | None, focus: Focus) -> Source:
        """Return a pattern for the pairs of focus node and value node, cheapest first."""
        if path is None:
            return Source(focus.pattern("?this"), "?this", focus.loose, distinct=False)
        scan = self._scan(path, focus)
        if scan is not None:
            return Source(scan, "?value", loose=True, distinct=True)
        text = f"{focus.pattern('?this')} ?this {sparql(path)} ?value ."
        if nullable(path):
            text = f"{{ {text} }} UNION {{ {focus.pattern('?this')} BIND(?this AS ?value) }}"
        return Source(text, "?value", focus.loose, distinct=False)

    def _scan(self, path: Path, focus: Focus) -> str | None:
        """Return the pattern of a property as a whole where that beats going node by node."""
        if focus.is_few:
            return None
        match path:
            case Predicate(iri):
                pattern = f"?this <{iri}> ?value ."
            case Inverse(Predicate(iri)):
                pattern = f"?value <{iri}> ?this ."
            case _:
                return None
        triples = self.data.predicate_counts().get(iri, 0)
        return pattern if triples <= _SELECTIVE * len(focus.members) else None

    def pairs(
        self, shape: Shape, focus: Focus, wanted: Set[RawTerm]
    ) -> Iterator[tuple[RawTerm, RawTerm]]:
        """Yield each pair of a focus node and one of its value nodes that is in ``wanted``."""
        if not wanted:
            return
        if shape.path is None:
            for node in wanted & focus.members:
                yield node, node
            return
        source = self.source(shape.path, focus)
        named = named_nodes(self.data, wanted)
        only = "" if named is None else f"VALUES {source.value} {{ {named} }}"
        where = f"{only} {source.text}"
        found: set[tuple[RawTerm, RawTerm]] = set()
        for this, value in self.select(focus, source, where):
            if value in wanted and (this, value) not in found:
                found.add((this, value))
                yield this, value

    def select(
        self, focus: Focus, source: Source, where: str, *more: str
    ) -> Iterator[tuple[RawTerm, ...]]:
        """Yield focus node, value node and ``more`` columns of what ``where`` finds."""
        itself = source.value == "?this"
        columns = ("?this", *more) if itself else ("?this", source.value, *more)
        for row in self.data.rows(f"SELECT {' '.join(columns)} {{ {where} }}"):
            found = cast("tuple[RawTerm, ...]", tuple(row))
            if not source.loose or found[0] in focus.members:
                yield (found[0], *found) if itself else found

    def nodes(self, focus: Focus, query: str, *, loose: bool) -> Iterator[RawTerm]:
        """Yield the focus nodes among the first column of ``query``, each once."""
        found: set[RawTerm] = set()
        for row in self.data.rows(query):
            this = row[0]
            if this is None or this in found or (loose and this not in focus.members):
                continue
            found.add(this)
            yield this

    def checked(
        self, shape: Shape, focus: Focus, checks: Sequence[ValueCheck]
    ) -> Iterator[tuple[ValueCheck, Fault]]:
        """Yield the faults of constraints that look at one value at a time, in one scan."""
        source = self.source(shape.path, focus)
        broken = [f"({check.broken(self.data, source.value)})" for check in checks]
        where = f"{source.text} FILTER({' || '.join(broken)})"
        flags = [f"({test} AS ?c{number})" for number, test in enumerate(broken)]
        seen: set[tuple[RawTerm, RawTerm]] = set()
        for row in self.select(focus, source, where, *flags):
            this, value = row[0], row[1]
            if not source.distinct:
                if (this, value) in seen:
                    continue
                seen.add((this, value))
            term = self.data.term(value)
            for number, check in enumerate(checks):
                if row[2 + number].value == "true" and check.breaks(self.data, term):
                    yield check, Fault(this, value)

    def faults(self, shape: Shape, focus: Focus) -> Iterator[tuple[Constraint, Fault]]:
        """Yield what the nodes of ``focus`` violate of ``shape`` and of its properties."""
        if shape.deactivated or not focus.members:
            return
        yield from self.own_faults(shape, focus)
        for constraint in shape.constraints:
            if isinstance(constraint, Property):
                for fault in constraint.faults(self, shape, focus):
                    yield constraint, fault

    def own_faults(self, shape: Shape, focus: Focus) -> Iterator[tuple[Constraint, Fault]]:
        """Yield what the nodes of ``focus`` violate of ``shape`` itself."""
        checks = [item for item in shape.constraints if isinstance(item, ValueCheck)]
        if checks:
            yield from self.checked(shape, focus, checks)
        for constraint in shape.constraints:
            if not isinstance(constraint, (ValueCheck, Property)):
                for fault in constraint.faults(self, shape, focus):
                    yield constraint, fault

    def failing(self, shape: Shape, focus: Focus) -> Set[RawTerm]:
        """Return the nodes of ``focus`` that don't conform to ``shape`` (section 3.4)."""
        key = (shape, focus)
        if key not in self._failing:
            self._failing[key] = {fault.focus for _, fault in self.faults(shape, focus)}
        return self._failing[key]
