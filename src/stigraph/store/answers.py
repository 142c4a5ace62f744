"""Answers to queries (SPARQL 1.1 Query, section 16) and the forms they are written in."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final, TypeVar, cast

import pyoxigraph as ox

from stigraph.oxigraph import from_oxigraph, to_oxigraph
from stigraph.terms import Term
from stigraph.vocab import PREFIXES

__all__ = ["Answer", "Boolean", "Form", "Solutions", "Statements", "written"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write an answer: its name on the command line and its media type."""

    name: str
    media_type: str
    extension: str


RESULT_FORMS: Final[Mapping[str, tuple[Form, ox.QueryResultsFormat]]] = {
    "json": (
        Form("json", "application/sparql-results+json", "srj"),
        ox.QueryResultsFormat.JSON,
    ),
    "xml": (Form("xml", "application/sparql-results+xml", "srx"), ox.QueryResultsFormat.XML),
    "csv": (Form("csv", "text/csv", "csv"), ox.QueryResultsFormat.CSV),
    "tsv": (Form("tsv", "text/tab-separated-values", "tsv"), ox.QueryResultsFormat.TSV),
}
"""Forms of solutions and booleans."""

GRAPH_FORMS: Final[Mapping[str, tuple[Form, ox.RdfFormat]]] = {
    "turtle": (Form("turtle", "text/turtle", "ttl"), ox.RdfFormat.TURTLE),
    "ntriples": (Form("ntriples", "application/n-triples", "nt"), ox.RdfFormat.N_TRIPLES),
    "jsonld": (Form("jsonld", "application/ld+json", "jsonld"), ox.RdfFormat.JSON_LD),
    "rdfxml": (Form("rdfxml", "application/rdf+xml", "rdf"), ox.RdfFormat.RDF_XML),
    "trig": (Form("trig", "application/trig", "trig"), ox.RdfFormat.TRIG),
    "nquads": (Form("nquads", "application/n-quads", "nq"), ox.RdfFormat.N_QUADS),
}
"""Forms of triples."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to SELECT. Rows can be read, or the whole written, once."""

    _source: ox.QuerySolutions

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables, without question mark, in the query's order."""
        return tuple(variable.value for variable in self._source.variables)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        for row in self._source:
            yield tuple([None if value is None else from_oxigraph(value) for value in row])

    def write(self, form: str) -> bytes:
        """Return the answer in one of :data:`RESULT_FORMS`."""
        return cast("bytes", self._source.serialize(format=RESULT_FORMS[form][1]))

    def write_to(self, output: IO[bytes], form: str) -> None:
        """Write the answer in one of :data:`RESULT_FORMS`, piece by piece."""
        self._source.serialize(output, format=RESULT_FORMS[form][1])


@dataclass(frozen=True, slots=True)
class Boolean:
    """The answer to ASK."""

    value: bool
    _source: ox.QueryBoolean

    def write(self, form: str) -> bytes:
        """Return the answer in JSON or XML; CSV and TSV, which have no booleans, hold one word."""
        if form in ("csv", "tsv"):
            return b"true\n" if self.value else b"false\n"
        return cast("bytes", self._source.serialize(format=RESULT_FORMS[form][1]))

    def write_to(self, output: IO[bytes], form: str) -> None:
        """Write the answer as :meth:`write` has it."""
        output.write(self.write(form))


@dataclass(frozen=True, slots=True)
class Statements:
    """The answer to CONSTRUCT and DESCRIBE. Triples can be read, or the whole written, once."""

    _source: Iterable[ox.Triple]

    def __iter__(self) -> Iterator[tuple[Term, Term, Term]]:
        for triple in self._source:
            yield (
                from_oxigraph(triple.subject),
                from_oxigraph(triple.predicate),
                from_oxigraph(triple.object),
            )

    def write(self, form: str) -> bytes:
        """Return the triples in one of :data:`GRAPH_FORMS`, with the project's prefixes."""
        buffer = io.BytesIO()
        self.write_to(buffer, form)
        return buffer.getvalue()

    def write_to(
        self, output: IO[bytes], form: str, counted: Callable[[int], None] | None = None
    ) -> None:
        """Write the triples in one of :data:`GRAPH_FORMS`, piece by piece.

        Args:
            output: Where they go.
            form: The form.
            counted: Told the number of triples so far, with every triple; what it raises ends
                the writing.
        """
        triples = self._source if counted is None else _counting(self._source, counted)
        ox.serialize(triples, output, format=GRAPH_FORMS[form][1], prefixes=dict(PREFIXES))


def written(triples: Iterable[tuple[Term, Term, Term]], form: str) -> bytes:
    """Return ``triples`` in one of :data:`GRAPH_FORMS`, with the project's prefixes."""
    found = (ox.Triple(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o)) for s, p, o in triples)  # type: ignore[arg-type]
    text = ox.serialize(found, format=GRAPH_FORMS[form][1], prefixes=dict(PREFIXES))
    return text if text is not None else b""


def _counting(triples: Iterable[_T], counted: Callable[[int], None]) -> Iterator[_T]:
    for number, triple in enumerate(triples, 1):
        counted(number)
        yield triple


Answer = Solutions | Boolean | Statements
