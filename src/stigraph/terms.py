"""RDF terms as values, free of any library (RDF 1.1 Concepts, section 3).

Every part of the package that hands terms on, from the store to the pages,
uses these three classes; libraries' own terms stay where the library is called.
"""

from __future__ import annotations

from dataclasses import dataclass

from stigraph.vocab import RDF, XSD, shorten

__all__ = ["Blank", "Iri", "Literal", "Subject", "Term"]


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI."""

    value: str

    def __str__(self) -> str:
        return shorten(self.value)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank node; its label means nothing outside its answer."""

    value: str

    def __str__(self) -> str:
        return f"_:{self.value}"


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: its lexical form, the IRI of its datatype, and its language tag or None."""

    value: str
    datatype: str = XSD.string
    language: str | None = None

    def __str__(self) -> str:
        return self.value

    @classmethod
    def tagged(cls, value: str, language: str) -> Literal:
        """Return the language-tagged string ``value``."""
        return cls(value, RDF.langString, language)


Subject = Iri | Blank
Term = Iri | Blank | Literal
