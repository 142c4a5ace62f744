"""A store behind any SPARQL 1.1 service.

It answers as :class:`stigraph.store.LocalStore` does, with the service's data. Which triples
make the default graph is the service's business, with two exceptions: where it holds named
graphs only, their union is taken, and Virtuoso's own graphs are left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from stigraph.errors import ServiceError, UsageError
from stigraph.oxigraph import to_oxigraph
from stigraph.store import complaints, virtuoso
from stigraph.store.answers import Answer, Boolean, Solutions, Statements
from stigraph.store.credentials import Credentials
from stigraph.store.forms import query_form, template_of, with_prologue
from stigraph.store.local import LocalStore
from stigraph.store.received import (
    GRAPH_ACCEPTED,
    ROWS_ACCEPTED,
    boolean,
    rows,
    solutions,
    triples,
)
from stigraph.store.service import Body, Limits, Service
from stigraph.terms import Blank, Iri, Literal, Term

__all__ = ["TIMEOUT", "RemoteStore", "service_at"]

TIMEOUT: Final = "STIGRAPH_STORE_TIMEOUT"
"""The environment variable with the seconds to wait for a service's next byte."""

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
        return cls(service_at(url, os.environ if environ is None else environ, limits))

    @property
    def url(self) -> str:
        """The address of the service."""
        return self.service.address.url

    @cached_property
    def is_virtuoso(self) -> bool:
        """Whether the service is a Virtuoso."""
        mark = f"ASK {{ GRAPH <{virtuoso.MARK}> {{ ?s ?p ?o }} }}"
        return boolean(self.url, self.service.query(mark, ROWS_ACCEPTED)).value

    @cached_property
    def _described(self) -> tuple[str, ...]:
        """The named graphs whose union stands for the default graph, none if it has its own."""
        address = self.service.address
        if self.is_virtuoso or address.default_graphs or address.named_graphs:
            return ()
        body = self.service.query("ASK { ?s ?p ?o }", ROWS_ACCEPTED)
        if boolean(self.url, body).value:
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
        dataset = self.dataset(tuple(default_graphs), tuple(named_graphs))
        if form in ("SELECT", "ASK"):
            body = self._sent(whole, ROWS_ACCEPTED, dataset, text)
            return boolean(self.url, body) if form == "ASK" else solutions(self.url, body)
        body = self._sent(whole, GRAPH_ACCEPTED, dataset, text)
        if form == "CONSTRUCT" and self.is_virtuoso:
            counted = virtuoso.rows_of(whole, template_of(whole))
            self._sent(counted, ROWS_ACCEPTED, dataset, text)  # is it cut? Nothing else tells
        return Statements(triples(self.url, body))

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

    def dataset(
        self, default: tuple[str, ...] = (), named: tuple[str, ...] = ()
    ) -> list[tuple[str, str]]:
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

    def constructed(self, text: str) -> Iterator[ox.Triple]:
        """Yield the triples of a CONSTRUCT query of our own, as Oxigraph's."""
        yield from triples(self.url, self._sent(text, GRAPH_ACCEPTED, self.dataset()))

    def select(self, text: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query of our own, in pages where the service gives no more."""
        try:
            answer = self.query(text)
        except complaints.CutError as error:
            yield from self._paged(text, max(1, error.most - 1))
            return
        yield from rows(answer)

    def _paged(self, text: str, page: int) -> Iterator[tuple[Term | None, ...]]:
        inner = f"{{ {{ {text} }} }}"
        first = self.query(f"SELECT * {inner} LIMIT 1")
        if not isinstance(first, Solutions):  # so says the service, which made rows of it before
            raise complaints.broken(self.url, "SELECT")
        names = " ".join(f"?{name}" for name in first.variables)
        ((total,),) = rows(self.query(f"SELECT (COUNT(*) AS ?n) {inner}"))
        number = int(total.value) if isinstance(total, Literal) else 0
        place = 0
        while place < number:
            # The order stands inside: Virtuoso refuses to sort for a page that begins far down.
            ordered = f"SELECT {names} {inner} ORDER BY {names}"
            before = place
            query = f"SELECT {names} {{ {{ {ordered} }} }} LIMIT {page} OFFSET {place}"
            for row in rows(self.query(query)):
                place += 1
                yield row
            if place == before:
                break
        if place != number:
            raise complaints.changed(self.url, number, place)

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs."""
        # Not DISTINCT: Virtuoso 7 may never end that.
        pattern = f"{{ GRAPH ?g {{ ?s ?p ?o }} {self._foreign_graphs} }}"
        text = f"SELECT ?g {pattern} GROUP BY ?g"
        for (name,) in solutions(self.url, self._sent(text, ROWS_ACCEPTED, [])):
            if isinstance(name, Iri):
                yield name.value

    @property
    def _foreign_graphs(self) -> str:
        """A filter that leaves out the graphs that are the service's own."""
        if not self.is_virtuoso:
            return ""
        return f"FILTER(?g NOT IN ({', '.join(f'<{name}>' for name in virtuoso.SYSTEM_GRAPHS)}))"

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
        for s, p, o, g in self.select(
            f"SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }} {self._foreign_graphs} }}"
        ):
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
        quads = self.quads() if any(True for _ in self.graphs()) else self._default_quads()
        store = LocalStore()
        store.extend(
            ox.Quad(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o), ox.NamedNode(graph))  # type: ignore[arg-type]
            for s, p, o, graph in quads
        )
        return store

    def reliable(self) -> RemoteStore | LocalStore:
        """Return this store, but a copy in memory of what a Virtuoso holds.

        Virtuoso 7 finds nothing for a path with ``*`` beside ``VALUES`` or ``FILTER NOT EXISTS``,
        for example.
        """
        return self.local() if self.is_virtuoso else self

    def _default_quads(self) -> Iterator[tuple[Term, Term, Term, str]]:
        for s, p, o in self.select("SELECT ?s ?p ?o { ?s ?p ?o }"):
            if s is not None and p is not None and o is not None:
                yield s, p, o, self.url

    def without(self, nodes: set[Iri | Blank]) -> LocalStore:
        """Return a copy in memory that lacks every triple with one of ``nodes`` at an end."""
        return self.local().without(nodes)


def service_at(url: str, environ: Mapping[str, str], limits: Limits | None = None) -> Service:
    """Return the service at ``url``, with credentials and time-out from the environment.

    Raises:
        UsageError: The URL or a variable is not written as it should be.
    """
    chosen = limits or Limits()
    if environ.get(TIMEOUT):
        chosen = replace(chosen, idle=_seconds(environ[TIMEOUT]))
    return Service(url, Credentials.of(environ), chosen)


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
