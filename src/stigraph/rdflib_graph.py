"""Triples as a graph of rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import rdflib
from rdflib.term import BNode, IdentifiedNode, URIRef
from rdflib.term import Literal as RdfLiteral

from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import XSD

__all__ = ["to_rdflib"]


def to_rdflib(
    triples: Iterable[tuple[Term, Term, Term]], prefixes: Mapping[str, str]
) -> rdflib.Graph:
    """Return ``triples`` as rdflib knows them, each literal in the lexical form that it has."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace)
    for subject, predicate, value in triples:
        graph.add((_node(subject), _node(predicate), _node(value)))
    return graph


def _node(term: Term) -> IdentifiedNode | RdfLiteral:
    match term:
        case Iri(value):
            return URIRef(value)
        case Blank(value):
            return BNode(value)
        case Literal(value, _, str() as language):
            return RdfLiteral(value, lang=language)
        case Literal(value, datatype, _):
            # rdflib keeps plain strings without datatype, and would rewrite 05 as 5.
            kind = None if datatype == XSD.string else URIRef(datatype)
            return RdfLiteral(value, datatype=kind, normalize=False)
    raise TypeError(term)
