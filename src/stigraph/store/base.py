"""What every store can do, wherever its triples are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import pyoxigraph as ox

from stigraph.store.answers import Answer
from stigraph.terms import Blank, Iri, Term

__all__ = ["Store"]


class Store(Protocol):
    """An RDF dataset that answers SPARQL 1.1 queries: in memory, or behind a service."""

    def __len__(self) -> int:
        """Return the number of distinct triples over all graphs."""

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs."""

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
            default_graphs: Graphs whose union is the default graph, instead of all.
            named_graphs: Graphs that ``GRAPH`` may name, instead of all.
            base: The IRI that relative IRIs are resolved against, unless the query has its own.
            prefixes: Prefixes that the query need not declare; its own declarations win.

        Raises:
            QueryError: The query doesn't parse, or can't be answered.
            ServiceError: The service behind the store gave no whole answer.
        """

    def select(self, text: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query of our own."""

    def quads(self) -> Iterator[tuple[Term, Term, Term, str]]:
        """Yield every triple with the IRI of its named graph."""

    def oxigraph_triples(self, *, without: str = "") -> Iterator[ox.Triple]:
        """Yield each triple once, as Oxigraph's; not those of the named graph ``without``."""

    def triples(self, *, without: str = "") -> Iterator[tuple[Term, Term, Term]]:
        """Yield each triple once; not those of the named graph ``without``."""

    def without(self, nodes: set[Iri | Blank]) -> Store:
        """Return a copy that lacks every triple with one of ``nodes`` as subject or object."""

    def local(self) -> Store:
        """Return all of it in memory: itself, or a copy."""

    def reliable(self) -> Store:
        """Return what answers every SPARQL 1.1 query right: itself, or a copy in memory."""
