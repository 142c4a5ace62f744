"""What shapes need of a data graph: the properties they follow, the literals they ask for."""

from __future__ import annotations

from dataclasses import dataclass

from stigraph.shacl.constraints.base import Constraint
from stigraph.shacl.constraints.counts import Class, HasValue
from stigraph.shacl.constraints.pairs import Pair
from stigraph.shacl.constraints.queries import Sparql
from stigraph.shacl.constraints.shapes import Closed
from stigraph.shacl.constraints.values import Datatype, In
from stigraph.shacl.model import Target
from stigraph.shacl.parse import ShapesDocument
from stigraph.shacl.paths import path_predicates
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import RDF, RDFS, SH

__all__ = ["Needs", "needs_of"]

_CLASSES = frozenset({RDF.type, RDFS.subClassOf})


@dataclass(frozen=True, slots=True)
class Needs:
    """What shapes need of a data graph.

    Attributes:
        predicates: The properties whose triples can make a difference, None for all.
        datatypes: The datatypes that values are to have.
        literals: The literals that values are compared with as terms.
    """

    predicates: frozenset[str] | None
    datatypes: frozenset[str]
    literals: frozenset[Literal]


def needs_of(document: ShapesDocument) -> Needs:
    """Return what the shapes of ``document`` need."""
    predicates: set[str] | None = set()
    datatypes: set[str] = set()
    terms: set[Term] = set()
    for shape in document.shapes.values():
        seen = set(path_predicates(shape.path)) if shape.path else set()
        seen.update(*(_targeted(target) for target in shape.targets))
        if predicates is not None:
            predicates |= seen
        for constraint in shape.constraints:
            followed = _followed(constraint)
            predicates = None if followed is None or predicates is None else predicates | followed
            match constraint:
                case Datatype(datatype):
                    datatypes.add(datatype)
                case In(members):
                    terms.update(members)
                case HasValue(value):
                    terms.add(value)
    literals = frozenset(term for term in terms if isinstance(term, Literal))
    return Needs(
        None if predicates is None else frozenset(predicates), frozenset(datatypes), literals
    )


def _targeted(target: Target) -> frozenset[str]:
    match target.property:
        case SH.targetClass:
            return _CLASSES
        case SH.targetSubjectsOf | SH.targetObjectsOf:
            return frozenset({target.value.value})
    return frozenset()


def _followed(constraint: Constraint) -> frozenset[str] | None:
    """Return the properties that a constraint follows besides its shape's path."""
    match constraint:
        case Class():
            return _CLASSES
        case Pair(other):
            return frozenset({other})
        case Closed():
            return None
        case Sparql():
            named = constraint.query.iris(constraint.prefixes)
            given = {term.value for term in constraint.parameters.values() if isinstance(term, Iri)}
            return None if named is None else named | given
    return frozenset()
