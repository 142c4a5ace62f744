"""The local store: Oxigraph in memory, one named graph a file.

The default graph holds the union of all named graphs as triples of its own: a
query then joins over one index, and a triple that two files state is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Final

import pyoxigraph as ox

from stigraph.errors import QueryError
from stigraph.oxigraph import from_oxigraph, to_oxigraph
from stigraph.store.answering import answered
from stigraph.store.answers import GRAPH_FORMS, Answer, Solutions
from stigraph.store.exact import sealed_term
from stigraph.terms import Blank, Iri, Term
from stigraph.vocab import PREFIXES, RDF

__all__ = ["LIBRARY", "LocalStore", "Quads", "dump", "triples_of"]

LIBRARY: Final = f"pyoxigraph {ox.__version__}"
"""What the store is made of."""

Quads = Iterable[ox.Quad]

_BATCH: Final = 10_000
_TYPE: Final = ox.NamedNode(RDF.type)


class LocalStore:
    """An RDF dataset in memory that answers SPARQL 1.1 queries."""

    def __init__(self) -> None:
        self._store = ox.Store()

    @property
    def raw(self) -> ox.Store:
        """Oxigraph's store, for what needs its terms as they are."""
        return self._store

    def __len__(self) -> int:
        """Return the number of distinct triples over all graphs."""
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def add_graph(self, name: str, triples: Iterable[tuple[Term, Term, Term]]) -> None:
        """Add ``triples`` to the named graph ``name`` and to the union."""
        quads = (
            ox.Quad(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o))  # type: ignore[arg-type]
            for s, p, o in triples
        )
        self.extend_graphs([(name, quads)])

    def extend(self, quads: Quads) -> None:
        """Add ``quads`` to their graphs and to the union."""
        # In batches: Oxigraph's bulk loader keeps all that it is given until the end.
        union = _with_union(quads)
        while batch := list(islice(union, _BATCH)):
            self._store.extend(batch)

    def extend_graphs(self, graphs: Iterable[tuple[str, Quads]]) -> None:
        """Add quads of the default graph to the named graph they come with, and to the union."""
        batch: list[ox.Quad] = []
        for name, quads in graphs:
            graph = ox.NamedNode(name)
            for quad in quads:
                subject, predicate, value, _ = quad
                batch += (quad, ox.Quad(subject, predicate, value, graph))
                if len(batch) >= _BATCH:
                    self._store.extend(batch)
                    batch.clear()
        self._store.extend(batch)

    def load(self, turtle: bytes, base: str) -> None:
        """Load a Turtle text into the union alone.

        Raises:
            SyntaxError: Oxigraph's: it isn't Turtle. A part of it may be loaded.
        """
        self._store.load(turtle, format=ox.RdfFormat.TURTLE, base_iri=base)

    def load_graph(self, name: str, turtle: bytes, base: str) -> None:
        """Load a Turtle text into the named graph ``name``; :meth:`unite` adds it to the union.

        Raises:
            SyntaxError: Oxigraph's: it isn't Turtle. A part of it may be loaded.
        """
        self._store.load(
            turtle, format=ox.RdfFormat.TURTLE, base_iri=base, to_graph=ox.NamedNode(name)
        )

    def unite(self) -> None:
        """Add all named graphs to the union: once after many is quicker than with each."""
        self._store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")

    def has_blank_nodes(self) -> bool:
        """Return whether a subject or an object in the union is a blank node."""
        return bool(self._store.query("ASK { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }"))

    def states(self, triple: tuple[Term, Term, Term]) -> bool:
        """Return whether the union holds a triple as it is written."""
        subject, predicate, value = map(sealed_term, triple)
        return ox.Quad(subject, predicate, value) in self._store  # type: ignore[arg-type]

    def mentions(self, iri: str) -> bool:
        """Return whether a triple of the union has an IRI as its subject."""
        found = self._store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
        return next(iter(found), None) is not None

    def is_typed(self, iri: str) -> bool:
        """Return whether the union states a class of an IRI."""
        found = self._store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, ox.DefaultGraph())
        return next(iter(found), None) is not None

    def referring(self, iri: str) -> Iterator[str]:
        """Yield the subjects of the triples of the union that have an IRI as their object."""
        found = self._store.quads_for_pattern(None, None, ox.NamedNode(iri), ox.DefaultGraph())
        return (from_oxigraph(quad.subject).value for quad in found)

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs."""
        for name in self._store.named_graphs():
            yield name.value

    def graph(self, name: str) -> Iterator[ox.Triple]:
        """Yield the triples of the named graph ``name``, as Oxigraph's."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)):
            yield quad.triple

    def named_quads(self) -> Iterator[ox.Quad]:
        """Yield the quads of the named graphs, as Oxigraph's."""
        default = ox.DefaultGraph()
        return (quad for quad in self._store if quad.graph_name != default)

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
            QueryError: The query doesn't parse, with line and column, or can't be answered.
        """
        defaults, names = tuple(default_graphs), tuple(named_graphs)
        # SPARQL 1.1 Protocol, section 2.1.4: naming either kind describes the whole dataset.
        described = bool(defaults or names)
        return answered(
            self._store,
            text,
            default_graphs=defaults if described else None,
            named_graphs=names if described else None,
            base=base,
            prefixes=prefixes,
        )

    def without(self, nodes: set[Iri | Blank]) -> LocalStore:
        """Return a copy that lacks every triple with one of ``nodes`` as subject or object."""
        gone = {to_oxigraph(node) for node in nodes}
        copy = LocalStore()
        default = ox.DefaultGraph()
        copy.extend(
            quad
            for quad in self._store
            if quad.graph_name != default and quad.subject not in gone and quad.object not in gone
        )
        return copy

    def local(self) -> LocalStore:
        """Return this store: it is in memory."""
        return self

    def reliable(self) -> LocalStore:
        """Return this store."""
        return self

    def quads(self) -> Iterator[tuple[Term, Term, Term, str]]:
        """Yield every triple with the IRI of its named graph."""
        default = ox.DefaultGraph()
        for quad in self._store:
            if quad.graph_name != default:
                yield (
                    from_oxigraph(quad.subject),
                    from_oxigraph(quad.predicate),
                    from_oxigraph(quad.object),
                    quad.graph_name.value,
                )

    def dump_to(self, output: IO[bytes], form: str) -> None:
        """Write everything in one of the forms of triples.

        TriG and N-Quads hold the named graphs, the others the union. Prefixes are the project's.
        """
        dump(self._store, self._store, output, form)

    def oxigraph_triples(self, *, without: str = "") -> Iterator[ox.Triple]:
        """Yield each triple once, as Oxigraph's; not those of the named graph ``without``."""
        default = ox.DefaultGraph()
        hidden = self._store.quads_for_pattern(None, None, None, ox.NamedNode(without or "x:"))
        gone = {quad.triple for quad in hidden}
        for quad in self._store.quads_for_pattern(None, None, None, default):
            if quad.triple not in gone:
                yield quad.triple

    def triples(self, *, without: str = "") -> Iterator[tuple[Term, Term, Term]]:
        """Yield each triple once; not those of the named graph ``without``."""
        for triple in self.oxigraph_triples(without=without):
            yield (
                from_oxigraph(triple.subject),
                from_oxigraph(triple.predicate),
                from_oxigraph(triple.object),
            )

    def select(self, text: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query of our own."""
        answer = self.query(text)
        if not isinstance(answer, Solutions):
            raise QueryError("SELECT ではない", "not a SELECT query")
        yield from answer


def dump(named: ox.Store, union: ox.Store, output: IO[bytes], form: str) -> None:
    """Write the named graphs of one store or the default graph of another, as the form has it."""
    rdf = GRAPH_FORMS[form][1]
    default = ox.DefaultGraph()
    if rdf.supports_datasets and form != "jsonld":
        quads = (quad for quad in named if quad.graph_name != default)
        ox.serialize(quads, output, format=rdf, prefixes=dict(PREFIXES))
    else:
        union.dump(output, format=rdf, from_graph=default, prefixes=dict(PREFIXES))


def triples_of(
    quads: Quads, known: dict[object, Term] | None = None
) -> Iterator[tuple[Term, Term, Term]]:
    """Yield ``quads`` as triples of our own terms; an IRI is made once however often it comes.

    Args:
        quads: What to yield; graphs are left out.
        known: The IRIs that were made before, to share them among calls.
    """
    made = {} if known is None else known

    def term(value: object) -> Term:
        found = made.get(value)
        if found is None:
            found = from_oxigraph(value)
            if isinstance(found, Iri):
                made[value] = found
        return found

    for subject, predicate, value, _ in quads:
        yield term(subject), term(predicate), term(value)


def _with_union(quads: Quads) -> Iterator[ox.Quad]:
    default = ox.DefaultGraph()
    for quad in quads:
        yield quad
        if quad.graph_name != default:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, default)
