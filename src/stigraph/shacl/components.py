"""``sh:sparql`` and SPARQL-based constraint components, read (SHACL, sections 5.1 and 6.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from stigraph.shacl.constraints.base import Constraint
from stigraph.shacl.constraints.queries import AskComponent, SelectComponent, SparqlConstraint
from stigraph.shacl.graph import ShapesGraph, ill_formed
from stigraph.shacl.messages import is_text
from stigraph.shacl.model import Shape
from stigraph.shacl.parameters import READERS
from stigraph.shacl.prebinding import Query
from stigraph.shacl.restrictions import check
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import OWL, SH, XSD

__all__ = ["Component", "Components", "sparql_constraint"]

_BOUND = ("this", "shapesGraph", "currentShape")


@dataclass(frozen=True, slots=True)
class Component:
    """A SPARQL-based constraint component.

    Attributes:
        iri: Its IRI.
        parameters: The properties that are its parameters, and whether each is optional.
    """

    iri: str
    parameters: tuple[tuple[str, bool], ...]


def local_name(iri: str) -> str:
    """Return the variable that stands for a parameter (section 6.1.1)."""
    return iri[max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1 :]


class Components:
    """The constraint components that a shapes graph declares."""

    def __init__(self, graph: ShapesGraph) -> None:
        self._graph = graph
        self._components = tuple(self._declared())

    def _declared(self) -> Iterator[Component]:
        graph = self._graph
        for node in graph.instances(SH.ConstraintComponent):
            if not isinstance(node, Iri) or node.value.startswith(SH):
                continue
            parameters: list[tuple[str, bool]] = []
            for parameter in graph.objects(node, SH.parameter):
                path = graph.one(parameter, SH.path)
                if not isinstance(path, Iri):
                    raise ill_formed(
                        node, "パラメータの sh:path は IRI", "needs an IRI as path of a parameter"
                    )
                parameters.append((path.value, graph.boolean(parameter, SH.optional)))
            if all(optional for _, optional in parameters):
                raise ill_formed(
                    node, "必須のパラメータが要る", "needs a parameter that is not optional"
                )
            yield Component(node.value, tuple(parameters))

    def parameters(self) -> frozenset[str]:
        """Return the properties that are parameters of some component."""
        return frozenset(iri for item in self._components for iri, _ in item.parameters)

    def constraints(self, node: Term, shape: Shape) -> Iterator[Constraint]:
        """Yield the constraints that a shape declares by parameters of these components."""
        properties = self._graph.properties(node)
        for component in self._components:
            needed = [iri for iri, optional in component.parameters if not optional]
            if not all(iri in properties for iri in needed) or any(i in READERS for i in needed):
                continue
            given = [iri for iri, _ in component.parameters if iri in properties]
            if len(component.parameters) > 1:
                for iri in given:
                    self._graph.one(node, iri)
            for values in product(*(properties[iri] for iri in given)):
                bound = dict(zip(map(local_name, given), values, strict=True))
                yield self._constraint(component, shape, bound)

    def _constraint(self, component: Component, shape: Shape, bound: dict[str, Term]) -> Constraint:
        graph = self._graph
        node = Iri(component.iri)
        specific = SH.nodeValidator if shape.path is None else SH.propertyValidator
        validators = graph.objects(node, specific) or graph.objects(node, SH.validator)
        if not validators:
            raise ill_formed(node, "使えるバリデータがない", "has no validator that fits the shape")
        validator = validators[0]
        messages = tuple(_messages(graph, validator)) or shape.messages
        messages = messages or tuple(
            text for text in graph.objects(node, SH.labelTemplate) if isinstance(text, Literal)
        )
        names = tuple(local_name(iri) for iri, _ in component.parameters)
        prefixes = declared_prefixes(graph, validator)
        ask = graph.one(validator, SH.ask)
        if ask is not None:
            query = _query(graph, validator, SH.ask, (*_BOUND, "value", *names))
            return AskComponent(validator, query, prefixes, bound, messages, component.iri)
        query = _query(graph, validator, SH.select, (*_BOUND, *names))
        return SelectComponent(validator, query, prefixes, bound, messages, component.iri)


def sparql_constraint(graph: ShapesGraph, node: Term) -> Iterator[Constraint]:
    """Yield the constraint that a value of ``sh:sparql`` describes, unless deactivated.

    Raises:
        ShapesError: It is ill-formed or can't be run.
    """
    if graph.boolean(node, SH.deactivated):
        return
    query = _query(graph, node, SH.select, _BOUND)
    yield SparqlConstraint(
        node,
        query,
        declared_prefixes(graph, node),
        {},
        tuple(_messages(graph, node)),
        SH.SPARQLConstraintComponent,
    )


def _query(graph: ShapesGraph, node: Term, name: str, bound: tuple[str, ...]) -> Query:
    text = graph.one(node, name)
    if not isinstance(text, Literal) or text.datatype != XSD.string:
        raise ill_formed(node, f"{name} に問い合わせが要る", f"needs a query for {name}")
    query = Query(text.value)
    check(query, bound)
    return query


def _messages(graph: ShapesGraph, node: Term) -> Iterator[Literal]:
    for value in graph.objects(node, SH.message):
        if isinstance(value, Literal) and is_text(value):
            yield value


def declared_prefixes(graph: ShapesGraph, node: Term) -> dict[str, str]:
    """Return the prefixes that ``sh:prefixes`` of ``node`` leads to (section 5.2.1).

    Raises:
        ShapesError: One prefix is declared for two namespaces.
    """
    prefixes: dict[str, str] = {}
    todo = list(graph.objects(node, SH.prefixes))
    met: set[Term] = set()
    while todo:
        place = todo.pop()
        if place in met:
            continue
        met.add(place)
        todo += graph.objects(place, OWL.imports)
        for declaration in graph.objects(place, SH.declare):
            prefix, space = (graph.one(declaration, SH[n]) for n in ("prefix", "namespace"))
            if not isinstance(prefix, Literal) or not isinstance(space, Literal):
                raise ill_formed(
                    place, "sh:declare に接頭辞と名前空間が要る", "needs a prefix and a namespace"
                )
            if prefixes.setdefault(prefix.value, space.value) != space.value:
                raise ill_formed(
                    place,
                    f"接頭辞 {prefix.value} に名前空間が二つある",
                    f"declares the prefix {prefix.value} for two namespaces",
                )
    return prefixes
