"""RDF terms as a Turtle file writes them (RDF 1.1 Concepts §3).

They keep what the file says, to the letter: the lexical form, the datatype and
the case of a language tag, all of which a store may normalise. Comparing with
a store goes through :meth:`Iri.to_oxigraph` and its like.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from stigraph.vocab import RDF, XSD

__all__ = ["Blank", "Iri", "Literal", "Subject", "Term", "from_oxigraph"]

LANG_STRING = RDF.langString
STRING = XSD.string


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI (RFC 3987)."""

    value: str

    def to_oxigraph(self) -> ox.NamedNode:
        """Return the same term as the store has it."""
        return ox.NamedNode(self.value)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank node. ``label`` is the file's, or one that the file doesn't use."""

    label: str

    def to_oxigraph(self) -> ox.BlankNode:
        """Return the same term as the store has it."""
        return ox.BlankNode(self.label)


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: its lexical form, the IRI of its datatype, and its language as written."""

    lexical: str
    datatype: str = STRING
    language: str | None = None

    def to_oxigraph(self) -> ox.Literal:
        """Return the same term as the store has it (language tags in lower case)."""
        if self.language is not None:
            return ox.Literal(self.lexical, language=self.language)
        return ox.Literal(self.lexical, datatype=ox.NamedNode(self.datatype))


Subject = Iri | Blank
Term = Iri | Blank | Literal


def from_oxigraph(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Term:
    """Return the term that the store's ``term`` is; its language tag is in lower case."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return Blank(term.value)
    return Literal(term.value, term.datatype.value, term.language)
