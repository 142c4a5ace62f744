"""A data graph for an engine: queries whose answers stay Oxigraph's own terms.

An engine reads millions of terms and reports a few: rows are handed on as they
come, and :meth:`DataGraph.term` makes a term of ours of those that are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from stigraph.errors import QueryError
from stigraph.oxigraph import to_oxigraph
from stigraph.store.exact import (
    SEALED,
    RawTerm,
    is_rewritten,
    plain_term,
    sealed_term,
    unseal,
)
from stigraph.store.local import LocalStore
from stigraph.store.reading import Triple, load_file, load_texts
from stigraph.store.syntax import query_error
from stigraph.terms import Blank, Literal, Term

__all__ = ["NODES_GRAPH", "SHAPES_GRAPH", "DataGraph", "Row", "is_regex"]

Row = Sequence[RawTerm | None]

SHAPES_GRAPH: Final = "urn:x-stigraph:shapes"
"""The name of the shapes graph in queries that ask for ``$shapesGraph``."""


NODES_GRAPH: Final = "urn:x-stigraph:nodes"
"""The name of a graph that gives blank nodes names, so that queries can be about them."""


_SET: Final = re.compile(rf"<({NODES_GRAPH}:[0-9]+)>")


class DataGraph:
    """One RDF graph (the default graph of a store) that answers SELECT queries.

    Args:
        store: What holds it.
        exact: Whether literals are sealed (:mod:`stigraph.store.exact`).
        sealed: Whether some are.
        by_value: Gives a store with the same graph in which none is; by default it is made
            from ``store`` when it is needed.
    """

    def __init__(
        self,
        store: ox.Store,
        *,
        exact: bool,
        sealed: bool,
        by_value: Callable[[], ox.Store] | None = None,
    ) -> None:
        self._store = store
        self.exact = exact
        self._sealed = sealed
        self._unsealed = by_value or self._copied
        self._marks = 0
        self._native_sets: set[str] = set()
        self._native: ox.Store | None = None
        self._counts: dict[str, int] | None = None

    @classmethod
    def of_files(cls, paths: Iterable[Path]) -> DataGraph:
        """Return the union of Turtle files, each with its own file IRI as base.

        Raises:
            UnreadableError: A file can't be read.
            TurtleSyntaxError: A file isn't Turtle.
        """
        store = ox.Store()
        sealed = False
        for path in paths:
            sealed |= load_file(store, path)
        return cls(store, exact=True, sealed=sealed)

    def add_texts(self, texts: Iterable[tuple[bytes, str]]) -> None:
        """Add Turtle texts to a graph that nothing was asked of yet.

        Raises:
            TurtleSyntaxError: A text isn't Turtle.
        """
        self._sealed |= load_texts(self._store, texts)

    @classmethod
    def of_triples(cls, triples: Iterable[Triple]) -> DataGraph:
        """Return a graph of ``triples``; blank nodes keep their labels."""
        store = ox.Store()
        store.extend(
            ox.Quad(sealed_term(s), sealed_term(p), sealed_term(o))  # type: ignore[arg-type]
            for s, p, o in triples
        )
        return cls(store, exact=True, sealed=True)

    @classmethod
    def of_local(cls, local: LocalStore) -> DataGraph:
        """Return the union graph of ``local``, with the literals as that store rewrote them."""
        return cls(local.raw, exact=False, sealed=False)

    @classmethod
    def of_plain(cls, local: LocalStore) -> DataGraph:
        """Return the union graph of ``local``, whose literals are as they were written."""
        return cls(local.raw, exact=True, sealed=False)

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(self.predicate_counts().values())

    def rows(self, query: str) -> Iterator[Row]:
        """Yield the rows of a SELECT query over sealed literals."""
        found = self._store.query(query)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("SELECT ではない", "not a SELECT query")
        return cast("Iterator[Row]", iter(found))

    def ask(self, condition: str) -> bool:
        """Return whether a SPARQL expression without variables is true."""
        return bool(self._store.query(f"ASK {{ FILTER({condition}) }}"))

    def foreign_rows(
        self, query: str, prefixes: dict[str, str] | None = None
    ) -> tuple[tuple[str, ...], Iterator[Row]]:
        """Return variables and rows of a query of somebody else's, over literals by value.

        Raises:
            QueryError: The query doesn't parse, or can't be answered.
        """
        try:
            found = self.native().query(
                query,
                prefixes=prefixes,
                named_graphs=[ox.NamedNode(SHAPES_GRAPH), ox.NamedNode(NODES_GRAPH)],
            )
        except SyntaxError as error:
            raise query_error(error, query, prefixes or ()) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(
                f"問い合わせに答えられない：{error}", f"the query can't be answered: {error}"
            ) from error
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("SELECT ではない", "not a SELECT query")
        return tuple(variable.value for variable in found.variables), cast(
            "Iterator[Row]", iter(found)
        )

    def native(self) -> ox.Store:
        """Return a store with the same graph in which every literal has its own datatype."""
        if self._native is None:
            self._native = self._unsealed() if self._sealed else self._store
        return self._native

    def _writable(self) -> ox.Store:
        """Return the native store, a copy of it if it belongs to somebody else."""
        if self.native() is self._store and not self.exact:
            self._native = self._copied()
        return self.native()

    def bind(self, var: str, term: Term) -> str:
        """Return a pattern for :meth:`foreign_rows` that binds ``var`` to ``term``."""
        if not isinstance(term, Blank):
            return f"VALUES {var} {{ {to_oxigraph(term)} }}"
        self._marks += 1
        mark = ox.NamedNode(f"{NODES_GRAPH}:{self._marks}")
        graph = ox.NamedNode(NODES_GRAPH)
        self._writable().add(ox.Quad(mark, graph, ox.BlankNode(term.value), graph))
        return f"GRAPH {graph} {{ {mark} {graph} {var} }}"

    def keep_set(self, nodes: Iterable[RawTerm]) -> str | None:
        """Store a set of nodes and return its name for :meth:`set_pattern`.

        Queries can't name blank nodes, and a stored set is found at once that would otherwise
        be worked out in every query. None if the store isn't ours to write to.
        """
        if not self.exact:
            return None
        self._marks += 1
        name = f"{NODES_GRAPH}:{self._marks}"
        self._store.extend(_set_quads(name, nodes))
        return name

    @staticmethod
    def set_pattern(name: str, var: str) -> str:
        """Return a pattern that binds ``var`` to each node of a stored set once."""
        return f"GRAPH <{NODES_GRAPH}> {{ <{name}> <{NODES_GRAPH}> {var} }}"

    def native_text(self, text: str) -> str:
        """Return a pattern over sealed literals as one for :meth:`foreign_rows`."""
        if self.native() is not self._store:
            for name in set(_SET.findall(text)) - self._native_sets:
                self._native_sets.add(name)
                mark, graph = ox.NamedNode(name), ox.NamedNode(NODES_GRAPH)
                quads = self._store.quads_for_pattern(mark, graph, None, graph)
                self.native().extend(
                    _set_quads(name, (unseal(cast("RawTerm", quad.object)) for quad in quads))
                )
        return text.replace(SEALED, "")

    @staticmethod
    def by_value(value: RawTerm) -> RawTerm:
        """Return a sealed literal as :meth:`foreign_rows` gives it back."""
        scratch = ox.Store()
        node = ox.NamedNode(NODES_GRAPH)
        scratch.add(ox.Quad(node, node, unseal(value)))
        return cast("RawTerm", next(iter(scratch)).object)

    def add_shapes(self, triples: Iterable[Triple]) -> None:
        """Put the shapes graph where queries find it as ``$shapesGraph``."""
        graph = ox.NamedNode(SHAPES_GRAPH)
        self._writable().extend(
            ox.Quad(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o), graph)  # type: ignore[arg-type]
            for s, p, o in triples
        )

    def _copied(self) -> ox.Store:
        store = ox.Store()
        store.extend(
            ox.Quad(quad.subject, quad.predicate, unseal(cast("RawTerm", quad.object)))
            for quad in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        )
        return store

    def predicate_counts(self) -> dict[str, int]:
        """Return how many triples each predicate has."""
        if self._counts is None:
            rows = self.rows("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
            self._counts = {
                p.value: int(n.value) for p, n in rows if p is not None and n is not None
            }
        return self._counts

    def subjects(self, predicate: str, value: RawTerm) -> Iterator[RawTerm]:
        """Yield the nodes that have ``value`` for a property."""
        found = self._store.quads_for_pattern(
            None, ox.NamedNode(predicate), value, ox.DefaultGraph()
        )
        return (cast("RawTerm", quad.subject) for quad in found)

    def objects(self, predicate: str, node: RawTerm) -> Iterator[RawTerm]:
        """Yield the values that ``node`` has for a property."""
        if isinstance(node, ox.Literal):
            return iter(())
        found = self._store.quads_for_pattern(
            node, ox.NamedNode(predicate), None, ox.DefaultGraph()
        )
        return (cast("RawTerm", quad.object) for quad in found)

    def triples(self) -> Iterator[Triple]:
        """Yield every triple as its author wrote it."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            yield plain_term(quad.subject), plain_term(quad.predicate), plain_term(quad.object)

    def term(self, value: RawTerm) -> Term:
        """Return a term of the store as its author wrote it."""
        return plain_term(value)

    @staticmethod
    def is_blank(value: RawTerm) -> bool:
        """Return whether a term of the store is a blank node."""
        return isinstance(value, ox.BlankNode)

    def raw(self, term: Term) -> RawTerm:
        """Return ``term`` as the store holds it."""
        return sealed_term(term) if self.exact else to_oxigraph(term)

    def text(self, term: Term) -> str:
        """Return ``term`` in SPARQL, to be compared as a term.

        Raises:
            ValueError: ``term`` is a blank node, which a query can't name.
        """
        if isinstance(term, Blank):
            raise ValueError(term)
        return str(self.raw(term))

    @staticmethod
    def value_text(term: Term) -> str:
        """Return ``term`` in SPARQL, to be compared by value."""
        return str(to_oxigraph(term))

    def is_sealed(self, term: Term) -> bool:
        """Return whether ``term`` is a literal whose value the store doesn't know."""
        return (
            self.exact
            and isinstance(term, Literal)
            and term.language is None
            and is_rewritten(term.value, term.datatype)
        )


def _set_quads(name: str, nodes: Iterable[RawTerm]) -> Iterator[ox.Quad]:
    mark, graph = ox.NamedNode(name), ox.NamedNode(NODES_GRAPH)
    return (ox.Quad(mark, graph, node, graph) for node in nodes)


def is_regex(pattern: str, flags: str) -> bool:
    """Return whether the store can match ``pattern`` with ``flags``."""
    texts = " , ".join(str(ox.Literal(text)) for text in ("", pattern, flags))
    return bool(ox.Store().query(f"ASK {{ BIND(REGEX({texts}) AS ?x) FILTER(BOUND(?x)) }}"))
