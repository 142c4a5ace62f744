"""Shapes that mean nothing: what an engine would pass over in silence.

A misspelt ``sh:`` term, a class or a property that the ontology doesn't have, a
parameter without the one it belongs to, a constraint that can't be run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from stigraph.errors import ShapesError
from stigraph.shacl.constraints.queries import Sparql
from stigraph.shacl.focus import Focus
from stigraph.shacl.graph import IllFormedError, ShapesGraph, Triple
from stigraph.shacl.model import Shape
from stigraph.shacl.parse import Parser, shape_nodes
from stigraph.shacl.paths import parse_path, path_predicates
from stigraph.shacl.run import Run
from stigraph.shacl.vocabulary import COMPANIONS, DATATYPES, NOT_RUN, TERMS
from stigraph.store.data import DataGraph
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import OWL, RDF, RDFS, SH, XSD, shorten

__all__ = ["Ontology", "Problem", "problems"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the shapes that keeps them from meaning what they seem to.

    Attributes:
        node: The node of the shapes graph that it is about.
        predicate: The IRI of the property whose value is wrong, where there is one.
        term: The term that is wrong, where it is one.
        ja: The sentence in Japanese.
        en: The same in English.
        suggestion: The IRI that was perhaps meant.
    """

    node: Term
    predicate: str | None
    term: Term | None
    ja: str
    en: str
    suggestion: str | None = None


@dataclass(frozen=True)
class Ontology:
    """The classes and properties that somebody declared."""

    classes: frozenset[str]
    properties: frozenset[str]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Ontology:
        """Return what ``triples`` declare."""
        classes: set[str] = set()
        properties: set[str] = {RDF.type}
        for subject, predicate, value in triples:
            if not isinstance(subject, Iri) or not isinstance(predicate, Iri):
                continue
            if predicate.value == RDFS.subClassOf:
                classes |= {term.value for term in (subject, value) if isinstance(term, Iri)}
            elif predicate.value == RDFS.subPropertyOf:
                properties |= {term.value for term in (subject, value) if isinstance(term, Iri)}
            elif predicate.value == RDF.type and isinstance(value, Iri):
                if value.value in _CLASS_TYPES:
                    classes.add(subject.value)
                elif value.value in _PROPERTY_TYPES:
                    properties.add(subject.value)
        return cls(frozenset(classes), frozenset(properties))


_CLASS_TYPES = frozenset({RDFS.Class, OWL.Class, RDFS.Datatype})
_PROPERTY_TYPES = frozenset(
    {
        RDF.Property,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
        OWL.SymmetricProperty,
        OWL.TransitiveProperty,
    }
)
_CLASS = ("クラス", "class")
_PROPERTY = ("プロパティ", "property")
_CLASS_VALUED = (SH.targetClass, SH["class"])
_PROPERTY_VALUED = (
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    SH.equals,
    SH.disjoint,
    SH.lessThan,
    SH.lessThanOrEquals,
)


def problems(triples: Iterable[Triple], ontology: Ontology | None = None) -> Iterator[Problem]:
    """Yield what is wrong with the shapes in ``triples``.

    Args:
        triples: The shapes graph.
        ontology: What classes and properties there are; None if anything may be.
    """
    graph = ShapesGraph.of(triples)
    yield from _unknown_terms(graph)
    yield from _alone(graph)
    yield from _ill_formed(graph)
    if ontology is not None:
        yield from _undeclared(graph, ontology)


def _unknown_terms(graph: ShapesGraph) -> Iterator[Problem]:
    for node in graph.nodes():
        for predicate, values in graph.properties(node).items():
            yield from _unknown(node, predicate, Iri(predicate))
            for value in values:
                if isinstance(value, Iri):
                    yield from _unknown(node, predicate, value)


def _unknown(node: Term, predicate: str, term: Iri) -> Iterator[Problem]:
    for space, known in ((SH, TERMS), (XSD, DATATYPES)):
        if not term.value.startswith(space):
            continue
        name = term.value.removeprefix(space)
        shown = shorten(term.value)
        if name in NOT_RUN and predicate == term.value:
            yield Problem(
                node,
                predicate,
                term,
                f"{shown} はこのエンジンでは実行できない",
                f"{shown} is not something this engine can run",
            )
        elif name and name not in known:
            close = get_close_matches(name, known, 1) or [
                other for other in known if other.lower() == name.lower()
            ]
            meant = f"{space}{close[0]}" if close else None
            hint_ja = f"。{shorten(meant)} のことか" if meant else ""
            hint_en = f"; did you mean {shorten(meant)}?" if meant else ""
            yield Problem(
                node,
                predicate,
                term,
                f"{shown} という語はない{hint_ja}",
                f"there is no term {shown}{hint_en}",
                meant,
            )


def _alone(graph: ShapesGraph) -> Iterator[Problem]:
    """Yield parameters without the one that gives them meaning."""
    for node in graph.nodes():
        properties = graph.properties(node)
        for name, companions in COMPANIONS.items():
            if SH[name] in properties and not any(SH[other] in properties for other in companions):
                needed = " / ".join(f"sh:{other}" for other in companions)
                yield Problem(
                    node,
                    SH[name],
                    None,
                    f"sh:{name} は {needed} がないと意味をもたない",
                    f"sh:{name} means nothing without {needed}",
                )


def _ill_formed(graph: ShapesGraph) -> Iterator[Problem]:
    try:
        parser = Parser(graph)
    except ShapesError as error:
        yield _problem(error, None)
        return
    run = Run(DataGraph.of_triples(()), graph.triples)
    met: set[str] = set()
    for node in shape_nodes(graph):
        try:
            shape = parser.shape(node)
            _try_queries(run, shape)
        except ShapesError as error:
            parser.forget()
            if error.en not in met:
                met.add(error.en)
                yield _problem(error, node)


def _problem(error: ShapesError, node: Term | None) -> Problem:
    place = error.node if isinstance(error, IllFormedError) else node
    return Problem(place or Literal(""), None, None, error.ja, error.en)


def _try_queries(run: Run, shape: Shape) -> None:
    """Run the queries of a shape over nothing.

    Raises:
        ShapesError: One can't be run.
    """
    nobody = Focus(
        run.data, lambda _: "FILTER(false)", {run.data.raw(Iri("urn:x-stigraph:nobody"))}
    )
    for constraint in shape.constraints:
        if isinstance(constraint, Sparql):
            for _ in constraint.faults(run, shape, nobody):
                pass


def _undeclared(graph: ShapesGraph, ontology: Ontology) -> Iterator[Problem]:
    for node in graph.nodes():
        for name in _CLASS_VALUED:
            for value in graph.objects(node, name):
                if isinstance(value, Iri):
                    yield from _missing(node, name, value, ontology.classes, _CLASS)
        for name in _PROPERTY_VALUED:
            for value in graph.objects(node, name):
                if isinstance(value, Iri):
                    yield from _missing(node, name, value, ontology.properties, _PROPERTY)
        for value in graph.objects(node, SH.path):
            try:
                steps = sorted(set(path_predicates(parse_path(graph, value))))
            except ShapesError:
                continue  # said already
            for step in steps:
                yield from _missing(node, SH.path, Iri(step), ontology.properties, _PROPERTY)


def _missing(
    node: Term, predicate: str, term: Iri, known: frozenset[str], kind: tuple[str, str]
) -> Iterator[Problem]:
    ja, en = kind
    if term.value in known or term.value.startswith((RDF, RDFS, OWL, SH, XSD)):
        return
    close = get_close_matches(term.value, known, 1, 0.8)
    meant = close[0] if close else None
    shown = shorten(term.value)
    yield Problem(
        node,
        predicate,
        term,
        f"{shown} という{ja}は宣言されていない" + (f"。{shorten(meant)} のことか" if meant else ""),
        f"no {en} {shown} is declared" + (f"; did you mean {shorten(meant)}?" if meant else ""),
        meant,
    )
