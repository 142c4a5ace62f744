"""What the shapes say that a node must have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.mutation.corpus import Corpus, Triple

from stigraph.shacl import ShapesDocument
from stigraph.shacl.constraints.counts import MinCount
from stigraph.shacl.constraints.shapes import Property, Qualified
from stigraph.shacl.constraints.values import LanguageIn
from stigraph.shacl.model import Shape
from stigraph.shacl.paths import Predicate
from stigraph.terms import Literal, Term
from stigraph.vocab import RDF, SH

__all__ = ["Need", "needed", "needs_of"]


@dataclass(frozen=True, slots=True)
class Need:
    """So many values of a property, in one of ``languages`` where they are given."""

    path: str
    least: int
    languages: tuple[str, ...] = ()

    def counts(self, predicate: Term, value: Term) -> bool:
        """Whether a statement is one of those that are needed."""
        if predicate.value != self.path:
            return False
        return not self.languages or (
            isinstance(value, Literal) and value.language in self.languages
        )


CLASS = Need(RDF.type, 1)
"""Every node has a class."""


def needs_of(shapes: ShapesDocument) -> dict[str, set[Need]]:
    """Return the needs of each class that a shape targets."""
    found: dict[str, set[Need]] = defaultdict(set)
    for shape in shapes.targeted():
        for target in shape.targets:
            if target.property == SH.targetClass:
                found[target.value.value].update(_needs(shape))
    return found


def _needs(shape: Shape) -> Iterator[Need]:
    for part in shape.constraints:
        if isinstance(part, Property) and isinstance(part.shapes[0].path, Predicate):
            path = part.shapes[0].path.iri
            for constraint in part.shapes[0].constraints:
                if isinstance(constraint, MinCount) and constraint.limit:
                    yield Need(path, constraint.limit)
                if isinstance(constraint, Qualified) and constraint.at_least and constraint.limit:
                    yield Need(path, constraint.limit, _languages(constraint.shape))


def _languages(shape: Shape) -> tuple[str, ...]:
    """Return the languages that a qualified shape asks for, which is all that ours ask for."""
    (constraint,) = shape.constraints
    if not isinstance(constraint, LanguageIn):
        raise TypeError(constraint)
    return constraint.ranges


def needed(corpus: Corpus, node: str, needs: dict[str, set[Need]]) -> Iterable[Triple]:
    """Return the statements about ``node`` of which the shapes ask for no fewer than there are."""
    asked = {CLASS}.union(
        *(needs.get(cls, ()) for cls in corpus.superclasses(corpus.classes_of(node)))
    )
    found: dict[Triple, None] = {}
    for need in asked:
        counted = dict.fromkeys(t for t in corpus.described[node] if need.counts(t[1], t[2]))
        if len(counted) == need.least:
            found.update(counted)
    return found
