"""The focus nodes that a change can affect.

Validating a focus node is a chain of look-ups, each of the triples that a node
has for a property, or to it. A node's results can only differ after a change if
some look-up does; up to the first one that does, all look-ups found what they
found before, so that the way to it stands in the graph after the change. Hence:
start where the changed triples are, and walk the paths of the shapes backwards
over the changed graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from stigraph.shacl.constraints.base import Constraint
from stigraph.shacl.constraints.counts import Class
from stigraph.shacl.constraints.pairs import Pair
from stigraph.shacl.constraints.queries import Sparql
from stigraph.shacl.constraints.shapes import Closed
from stigraph.shacl.graph import Triple
from stigraph.shacl.model import Shape, Target
from stigraph.shacl.paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Iri
from stigraph.vocab import RDF, RDFS, SH

__all__ = ["Affected"]

Nodes = Set[RawTerm]
_NONE: Nodes = frozenset()


class Affected:
    """What a change can affect.

    Args:
        data: The data graph after the change.
        changed: The triples added and those removed.
    """

    def __init__(self, data: DataGraph, changed: Iterable[Triple]) -> None:
        self._data = data
        self._from: dict[str, set[RawTerm]] = {}
        self._to: dict[str, set[RawTerm]] = {}
        for subject, predicate, value in changed:
            assert isinstance(predicate, Iri)  # noqa: S101 (RDF 1.1, section 3.1)
            self._from.setdefault(predicate.value, set()).add(data.raw(subject))
            self._to.setdefault(predicate.value, set()).add(data.raw(value))
        self._shapes: dict[Shape, Nodes | None] = {}
        self._reclassed: Nodes | None = None

    def __call__(self, shape: Shape) -> Nodes | None:
        """Return the nodes whose results a change can affect, None for all.

        Nodes that have become focus nodes are among them.
        """
        inner = self._of_shape(shape)
        if inner is None:
            return None
        return set(inner).union(*(self._of_target(target) for target in shape.targets))

    def _of_target(self, target: Target) -> Nodes:
        iri = target.value.value
        match target.property:
            case SH.targetClass:
                return self._classes()
            case SH.targetSubjectsOf:
                return self._from.get(iri, _NONE)
            case SH.targetObjectsOf:
                return self._to.get(iri, _NONE)
            case _:
                return _NONE

    def _classes(self) -> Nodes:
        """Return the nodes whose classes may have changed."""
        if self._reclassed is None:
            classes = self._back(_SUBCLASSES, self._from.get(RDFS.subClassOf, _NONE))
            self._reclassed = self._from.get(RDF.type, _NONE) | self._back(
                Predicate(RDF.type), classes
            )
        return self._reclassed

    def _of_shape(self, shape: Shape) -> Nodes | None:
        if shape not in self._shapes:
            self._shapes[shape] = self._looked_at(shape)
        return self._shapes[shape]

    def _looked_at(self, shape: Shape) -> Nodes | None:
        found: set[RawTerm] = set()
        if shape.deactivated:
            return found
        if shape.path is not None:
            found |= self._touched(shape.path)
        for constraint in shape.constraints:
            if isinstance(constraint, Sparql):
                seen = self._queried(shape, constraint)
                if seen is None:
                    return None
                found |= seen
                continue
            if isinstance(constraint, Pair):
                found |= self._from.get(constraint.other, _NONE)
            values = self._values(constraint)
            if values is None:
                return None
            found |= values if shape.path is None else self._back(shape.path, values)
        return found

    def _queried(self, shape: Shape, constraint: Sparql) -> Nodes | None:
        """Return the focus nodes for which a query may now say something else."""
        reach = constraint.looks_at(shape.path)
        if reach is None:
            return None if constraint.may_see({*self._from}) else _NONE
        if reach.anywhere & {*self._from}:
            return None
        return set[RawTerm]().union(*(self._touched(path) for path in reach.paths))

    def _values(self, constraint: Constraint) -> Nodes | None:
        """Return the value nodes of which a constraint may now say something else."""
        if isinstance(constraint, Class):
            return self._classes()
        if isinstance(constraint, Closed):
            return set[RawTerm]().union(*self._from.values())
        found: set[RawTerm] = set()
        for child in constraint.children():
            below = self._of_shape(child)
            if below is None:
                return None
            found |= below
        return found

    def _touched(self, path: Path, *, inverse: bool = False) -> Nodes:
        """Return the nodes from which walking ``path`` meets a change."""
        match path:
            case Predicate(iri):
                return (self._to if inverse else self._from).get(iri, _NONE)
            case Inverse(inner):
                return self._touched(inner, inverse=not inverse)
            case Alternative(choices):
                touched = (self._touched(choice, inverse=inverse) for choice in choices)
                return set[RawTerm]().union(*touched)
            case Repeat(inner, _):
                met = self._touched(inner, inverse=inverse)
                return met | self._back(Repeat(inner, "*"), met, inverse=inverse)
            case Sequence(steps):
                ordered = steps[::-1] if inverse else steps
                found: Nodes = _NONE
                for step in reversed(ordered):
                    met = self._back(step, found, inverse=inverse)
                    found = self._touched(step, inverse=inverse) | met
                return found

    def _back(  # noqa: PLR0911 (a kind of path each)
        self, path: Path, nodes: Nodes, *, inverse: bool = False
    ) -> Nodes:
        """Return the nodes from which ``path`` leads to one of ``nodes``."""
        if not nodes:
            return _NONE
        match path:
            case Predicate(iri):
                walk = self._data.objects if inverse else self._data.subjects
                return {found for node in nodes for found in walk(iri, node)}
            case Inverse(inner):
                return self._back(inner, nodes, inverse=not inverse)
            case Alternative(choices):
                ways = (self._back(choice, nodes, inverse=inverse) for choice in choices)
                return set[RawTerm]().union(*ways)
            case Sequence(steps):
                for step in steps if inverse else reversed(steps):
                    nodes = self._back(step, nodes, inverse=inverse)
                return nodes
            case Repeat(inner, mark):
                if mark == "?":
                    return nodes | self._back(inner, nodes, inverse=inverse)
                return _closure(nodes, lambda some: self._back(inner, some, inverse=inverse))


def _closure(nodes: Nodes, step: Callable[[Nodes], Nodes]) -> Nodes:
    found, fresh = set(nodes), nodes
    while fresh:
        fresh = step(fresh) - found
        found |= fresh
    return found


_SUBCLASSES = Repeat(Predicate(RDFS.subClassOf), "*")
