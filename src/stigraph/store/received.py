"""Answers as a service sent them, made into answers of ours as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from stigraph.errors import QueryError
from stigraph.oxigraph import from_oxigraph
from stigraph.store import complaints
from stigraph.store.answers import Answer, Boolean, Solutions
from stigraph.store.service import Body
from stigraph.terms import Term

__all__ = ["GRAPH_ACCEPTED", "ROWS_ACCEPTED", "boolean", "rows", "solutions", "triples"]

_RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
}
_GRAPHS: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
ROWS_ACCEPTED: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
"""What is understood as solutions and booleans."""

GRAPH_ACCEPTED: Final = (
    "application/n-triples, text/turtle;q=0.8, text/plain;q=0.6, application/rdf+xml;q=0.5"
)
"""What is understood as triples."""


def boolean(url: str, body: Body) -> Boolean:
    """Return the answer to ASK.

    Raises:
        ServiceError: It is none.
    """
    found = _results(url, body)
    if not isinstance(found, ox.QueryBoolean):
        raise complaints.broken(url, "ASK")
    return Boolean(bool(found), found)


def solutions(url: str, body: Body) -> Solutions:
    """Return the answer to SELECT.

    Raises:
        ServiceError: It is none; reading its rows may raise it too.
    """
    found = _results(url, body)
    if not isinstance(found, ox.QuerySolutions):
        raise complaints.broken(url, "SELECT")
    return _Received(found, url)


def _results(url: str, body: Body) -> ox.QuerySolutions | ox.QueryBoolean:
    form = _RESULTS.get(body.media_type)
    if form is None:
        raise complaints.not_sparql(url, body.media_type)
    try:
        return ox.parse_query_results(body.file, format=form)
    except SyntaxError as error:
        raise complaints.broken(url, error.msg) from error


def triples(url: str, body: Body) -> Iterator[ox.Triple]:
    """Return the triples of a graph.

    Raises:
        ServiceError: It isn't RDF; reading its triples may raise it too.
    """
    form = _GRAPHS.get(body.media_type)
    if form is None:
        raise complaints.not_sparql(url, body.media_type)
    return _parsed(url, body, form)


def _parsed(url: str, body: Body, form: ox.RdfFormat) -> Iterator[ox.Triple]:
    try:
        for quad in ox.parse(body.file, format=form, base_iri=url):
            yield quad.triple
    except SyntaxError as error:
        raise complaints.broken(url, error.msg) from error


def rows(answer: Answer) -> Iterator[tuple[Term | None, ...]]:
    """Yield the rows of an answer to SELECT.

    Raises:
        QueryError: It is the answer to another form of query.
    """
    if not isinstance(answer, Solutions):
        raise QueryError("SELECT ではない", "not a SELECT query")
    yield from answer


@dataclass(frozen=True, slots=True)
class _Received(Solutions):
    """Solutions that are read from an answer as they are asked for."""

    _url: str

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        width = len(self.variables)
        try:
            for row in self._source:
                yield tuple(None if row[i] is None else from_oxigraph(row[i]) for i in range(width))
        except SyntaxError as error:
            raise complaints.broken(self._url, error.msg) from error

    def write(self, form: str) -> bytes:
        """Return the answer in one of :data:`stigraph.store.answers.RESULT_FORMS`."""
        try:
            return Solutions.write(self, form)
        except SyntaxError as error:
            raise complaints.broken(self._url, error.msg) from error
