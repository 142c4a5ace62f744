"""What the shapes say that a node must have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.mutation.corpus import Corpus, Triple

from stigraph.gate.files import SourceFile
from stigraph.shacl import ShapesDocument
from stigraph.shacl.constraints.counts import MinCount
from stigraph.shacl.constraints.shapes import Property, Qualified
from stigraph.shacl.constraints.values import LanguageIn
from stigraph.shacl.model import Shape
from stigraph.shacl.paths import Predicate
from stigraph.terms import Literal
from stigraph.vocab import RDF, SH

__all__ = ["Need", "required"]


@dataclass(frozen=True, slots=True)
class Need:
    """So many values of a property, in one of ``languages`` where they are given."""

    path: str
    least: int
    languages: tuple[str, ...] = ()

    def counts(self, triple: Triple) -> bool:
        """Whether a triple is one of those that are needed."""
        _, predicate, value = triple
        if predicate.value != self.path:
            return False
        return not self.languages or (
            isinstance(value, Literal) and value.language in self.languages
        )


CLASS = Need(RDF.type, 1)
"""Every node has a class."""


def required(corpus: Corpus, *, informal: bool = False) -> Iterator[tuple[SourceFile, Triple]]:
    """Yield the triples of the data of which the shapes ask for no fewer than there are.

    Args:
        corpus: The repository.
        informal: Whether to ask the shapes, too, whose severity is information alone: what they
            miss is told, and fails no run.
    """
    needs = _needs_of_classes(corpus.shapes, informal=informal)
    for source in corpus.data:
        for node in dict.fromkeys(subject.value for subject, _, _ in source.triples):
            for triple in _needed(corpus, node, needs):
                yield source, triple


def _needed(corpus: Corpus, node: str, needs: Mapping[str, set[Need]]) -> Iterable[Triple]:
    asked = {CLASS}.union(
        *(needs.get(cls, ()) for cls in corpus.superclasses(corpus.classes_of(node)))
    )
    found: set[Triple] = set()
    for need in asked:
        counted = {triple for triple in corpus.described[node] if need.counts(triple)}
        if len(counted) == need.least:
            found |= counted
    return (triple for triple in corpus.described[node] if triple in found)


def _needs_of_classes(shapes: ShapesDocument, *, informal: bool) -> dict[str, set[Need]]:
    found: dict[str, set[Need]] = defaultdict(set)
    for shape in shapes.targeted():
        needs = set(_needs(shape, informal=informal))
        for target in shape.targets:
            if target.property == SH.targetClass:
                found[target.value.value] |= needs
    return found


def _needs(shape: Shape, *, informal: bool) -> Iterator[Need]:
    for part in shape.constraints:
        if not isinstance(part, Property):
            continue
        (child,) = part.shapes
        if not isinstance(child.path, Predicate) or (child.severity == SH.Info and not informal):
            continue
        for constraint in child.constraints:
            if isinstance(constraint, MinCount) and constraint.limit:
                yield Need(child.path.iri, constraint.limit)
            if isinstance(constraint, Qualified) and constraint.at_least and constraint.limit:
                yield Need(child.path.iri, constraint.limit, _languages(constraint.shape))


def _languages(shape: Shape) -> tuple[str, ...]:
    """Return the languages that a qualified shape asks for, which is all that ours ask for."""
    (constraint,) = shape.constraints
    if not isinstance(constraint, LanguageIn):
        raise TypeError(constraint)
    return constraint.ranges
