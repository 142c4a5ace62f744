"""Our terms as Oxigraph's, and back: the one bridge between the two."""

from __future__ import annotations

import pyoxigraph as ox

from stigraph.terms import Blank, Iri, Literal, Term

__all__ = ["OxigraphTerm", "from_oxigraph", "to_oxigraph"]

OxigraphTerm = ox.NamedNode | ox.BlankNode | ox.Literal


def to_oxigraph(term: Term) -> OxigraphTerm:
    """Return ``term`` as Oxigraph has it (language tags in lower case)."""
    match term:
        case Iri(value):
            return ox.NamedNode(value)
        case Blank(value):
            return ox.BlankNode(value)
        case Literal(value, _, str() as language):
            return ox.Literal(value, language=language)
        case Literal(value, datatype, _):
            return ox.Literal(value, datatype=ox.NamedNode(datatype))


def from_oxigraph(value: object) -> Term:
    """Return one of Oxigraph's terms as ours; a triple term comes back as its text."""
    if isinstance(value, ox.NamedNode):
        return Iri(value.value)
    if isinstance(value, ox.Literal):
        return Literal(value.value, value.datatype.value, value.language)
    if isinstance(value, ox.BlankNode):
        return Blank(value.value)
    return Literal(str(value))
