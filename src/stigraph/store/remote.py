"""A store behind any SPARQL 1.1 service.

It answers as :class:`stigraph.store.LocalStore` does, with the service's data. Which triples
make the default graph is the service's business, with two exceptions: where it holds named
graphs only, their union is taken, and Virtuoso's own graphs are left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from stigraph.errors import QueryError, ServiceError, UsageError
from stigraph.oxigraph import from_oxigraph, to_oxigraph
from stigraph.store import complaints, virtuoso
from stigraph.store.answers import Answer, Boolean, Solutions, Statements
from stigraph.store.credentials import Credentials
from stigraph.store.forms import query_form, template_of, with_prologue
from stigraph.store.local import LocalStore
from stigraph.store.service import Body, Limits, Service
from stigraph.terms import Blank, Iri, Literal, Term

__all__ = ["TIMEOUT", "RemoteStore"]

TIMEOUT: Final = "STIGRAPH_STORE_TIMEOUT"
"""The environment variable with the seconds to wait for a service's next byte."""

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
_ROWS_ACCEPTED: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_GRAPH_ACCEPTED: Final = (
    "application/n-triples, text/turtle;q=0.8, text/plain;q=0.6, application/rdf+xml;q=0.5"
)
_MOST_GRAPHS: Final = 5_000


class RemoteStore:
    """An RDF dataset at a SPARQL service.

    Args:
        service: The service. Nothing is asked of it before the first query.
    """

    def __init__(self, service: Service) -> None:
        self.service = service

    @classmethod
    def at(
        cls, url: str, environ: Mapping[str, str] | None = None, limits: Limits | None = None
    ) -> RemoteStore:
        """Return the store at ``url``, with credentials and time-out from the environment.

        Args:
            url: Where queries are sent. ``default-graph-uri`` and ``named-graph-uri`` parameters
                (SPARQL 1.1 Protocol, section 2.1.4) choose graphs.
            environ: The environment; the process's own by default.
            limits: How long to wait and how much to take; ``STIGRAPH_STORE_TIMEOUT`` goes before.

        Raises:
            UsageError: The URL or a variable is not written as it should be.
        """
        env = os.environ if environ is None else environ
        chosen = limits or Limits()
        if env.get(TIMEOUT):
            chosen = replace(chosen, idle=_seconds(env[TIMEOUT]))
        return cls(Service(url, Credentials.of(env), chosen))

    @property
    def url(self) -> str:
        """The address of the service."""
        return self.service.address.url

    @cached_property
    def is_virtuoso(self) -> bool:
        """Whether the service is a Virtuoso."""
        mark = f"ASK {{ GRAPH <{virtuoso.MARK}> {{ ?s ?p ?o }} }}"
        return self._boolean(self.service.query(mark, _ROWS_ACCEPTED)).value

    @cached_property
    def _described(self) -> tuple[str, ...]:
        """The named graphs whose union stands for the default graph, none if it has its own."""
        address = self.service.address
        if self.is_virtuoso or address.default_graphs or address.named_graphs:
            return ()
        body = self.service.query("ASK { ?s ?p ?o }", _ROWS_ACCEPTED)
        if self._boolean(body).value:
            return ()
        names = tuple(self.graphs())
        if len(names) > _MOST_GRAPHS:
            raise ServiceError(
                f"{self.url} には既定のグラフがなく、名前付きグラフが {len(names):,} 個ある。"
                "全体を既定のグラフにするようサービスを設定する",
                f"{self.url} has no default graph but {len(names):,} named graphs; "
                "set the service up so that its default graph is their union",
            )
        return names

    @property
    def is_bag(self) -> bool:
        """Whether the default graph may hold a triple twice, once for each graph that states it."""
        return self.is_virtuoso or bool(self._described or self.service.address.default_graphs)

    def query(
        self,
        text: str,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        base: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> Answer:
        """Answer a SPARQL 1.1 query.

        Args:
            text: The query.
            default_graphs: Graphs whose union is the default graph.
            named_graphs: Graphs that ``GRAPH`` may name.
            base: The IRI that relative IRIs are resolved against, unless the query has its own.
            prefixes: Prefixes that the query need not declare; its own declarations win.

        Raises:
            QueryError: The service doesn't take the query, or it is no query.
            ServiceError: The service gave no whole answer in SPARQL.
        """
        form = query_form(text)
        whole = with_prologue(text, prefixes or {}, base)
        dataset = self._dataset(tuple(default_graphs), tuple(named_graphs))
        if form in ("SELECT", "ASK"):
            body = self._sent(whole, _ROWS_ACCEPTED, dataset, text)
            return self._boolean(body) if form == "ASK" else self._solutions(body)
        body = self._sent(whole, _GRAPH_ACCEPTED, dataset, text)
        if form == "CONSTRUCT" and self.is_virtuoso:
            rows = virtuoso.rows_of(whole, template_of(whole))
            self._sent(
                rows, _ROWS_ACCEPTED, dataset, text
            )  # only to learn whether there are too many
        return Statements(self._triples(body))

    def _sent(
        self, text: str, accept: str, dataset: list[tuple[str, str]], shown: str | None = None
    ) -> Body:
        pragma = virtuoso.pragma(text) if self.is_virtuoso and not dataset else ""
        body = self.service.query(pragma + text, accept, dataset, shown or text)
        if self.is_virtuoso:
            most = body.headers.get(virtuoso.ROWS_CUT)
            if most is not None:
                raise complaints.cut(self.url, most)
            body = replace(body, file=virtuoso.mended(body.file, body.media_type))
        return body

    def _dataset(self, default: tuple[str, ...], named: tuple[str, ...]) -> list[tuple[str, str]]:
        """Return the protocol's parameters for a dataset (SPARQL 1.1 Protocol, section 2.1.4)."""
        if not default and not named:
            address = self.service.address
            default, named = address.default_graphs, address.named_graphs
        if not default and not named:
            default = named = self._described
        return [
            *(("default-graph-uri", name) for name in default),
            *(("named-graph-uri", name) for name in named),
        ]

    def _boolean(self, body: Body) -> Boolean:
        found = self._results(body)
        if not isinstance(found, ox.QueryBoolean):
            raise complaints.broken(self.url, "ASK")
        return Boolean(bool(found), found)

    def _solutions(self, body: Body) -> Solutions:
        found = self._results(body)
        if not isinstance(found, ox.QuerySolutions):
            raise complaints.broken(self.url, "SELECT")
        return _Received(found, self.url)

    def _results(self, body: Body) -> ox.QuerySolutions | ox.QueryBoolean:
        form = _RESULTS.get(body.media_type)
        if form is None:
            raise complaints.not_sparql(self.url, body.media_type)
        try:
            return ox.parse_query_results(body.file, format=form)
        except SyntaxError as error:
            raise complaints.broken(self.url, error.msg) from error

    def _triples(self, body: Body) -> Iterator[ox.Triple]:
        form = _GRAPHS.get(body.media_type)
        if form is None:
            raise complaints.not_sparql(self.url, body.media_type)
        return self._parsed(body, form)

    def _parsed(self, body: Body, form: ox.RdfFormat) -> Iterator[ox.Triple]:
        try:
            for quad in ox.parse(body.file, format=form, base_iri=self.url):
                yield quad.triple
        except SyntaxError as error:
            raise complaints.broken(self.url, error.msg) from error

    def constructed(self, text: str) -> Iterator[ox.Triple]:
        """Yield the triples of a CONSTRUCT query of our own, as Oxigraph's."""
        yield from self._triples(self._sent(text, _GRAPH_ACCEPTED, self._dataset((), ())))

    def select(self, text: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query of our own."""
        answer = self.query(text)
        if not isinstance(answer, Solutions):
            raise QueryError("SELECT ではない", "not a SELECT query")
        yield from answer

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs."""
        body = self._sent("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", _ROWS_ACCEPTED, [])
        for (name,) in self._solutions(body):
            if isinstance(name, Iri) and name.value not in virtuoso.SYSTEM_GRAPHS:
                yield name.value

    def has_triples(self) -> bool:
        """Return whether the default graph holds anything."""
        answer = self.query("ASK { ?s ?p ?o }")
        return isinstance(answer, Boolean) and answer.value

    def __len__(self) -> int:
        """Return the number of distinct triples in the default graph."""
        inner = "{ SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }" if self.is_bag else "?s ?p ?o"
        ((number,),) = self.select(f"SELECT (COUNT(*) AS ?n) {{ {inner} }}")
        return int(number.value) if isinstance(number, Literal) else 0

    def quads(self) -> Iterator[tuple[Term, Term, Term, str]]:
        """Yield every triple with the IRI of its named graph."""
        for s, p, o, g in self.select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"):
            if s is not None and p is not None and o is not None and g is not None:
                yield s, p, o, g.value

    def oxigraph_triples(self, *, without: str = "") -> Iterator[ox.Triple]:
        """Yield each triple of the default graph once; not those of the graph ``without``."""
        yield from self.local().oxigraph_triples(without=without)

    def triples(self, *, without: str = "") -> Iterator[tuple[Term, Term, Term]]:
        """Yield each triple of the default graph once; not those of the graph ``without``."""
        yield from self.local().triples(without=without)

    def local(self) -> LocalStore:
        """Return a copy in memory: the named graphs, or the default graph where there are none."""
        names = list(self.graphs())
        quads: Iterator[tuple[Term, Term, Term, str]]
        if not names:
            quads = ((*triple, self.url) for triple in self._graph("?s ?p ?o"))
        elif self.is_virtuoso:  # in parts, because of its limit; its blank nodes keep their names
            quads = (
                (*triple, name)
                for name in names
                for triple in self._graph(f"GRAPH <{name}> {{ ?s ?p ?o }}")
            )
        else:
            quads = self.quads()
        store = LocalStore()
        store.extend(
            ox.Quad(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o), ox.NamedNode(graph))  # type: ignore[arg-type]
            for s, p, o, graph in quads
        )
        return store

    def _graph(self, pattern: str) -> Iterator[tuple[Term, Term, Term]]:
        for s, p, o in self.select(f"SELECT ?s ?p ?o {{ {pattern} }}"):
            if s is not None and p is not None and o is not None:
                yield s, p, o

    def without(self, nodes: set[Iri | Blank]) -> LocalStore:
        """Return a copy in memory that lacks every triple with one of ``nodes`` at an end."""
        return self.local().without(nodes)


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


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise UsageError(
            f"環境変数 {TIMEOUT} は正の秒数：{text}",
            f"the environment variable {TIMEOUT} takes a number of seconds over 0, not {text}",
        )
    return value
