"""Whether the gate finds a mutant: what costs least is asked first.

A finding of one file's names, of one node's evidence or of the focus nodes that the change can
affect is a finding of the whole gate; only what they all let pass is put before all of it. The
stores stay: a mutant's triple is swapped in and out again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

import pyoxigraph as ox
from tests.mutation.corpus import Corpus, Triple
from tests.mutation.mutants import Mutant

from stigraph.derive import derived
from stigraph.entries import Catalogue
from stigraph.gate.evidence import SourceText, check_texts
from stigraph.gate.finding import Finding, Severity
from stigraph.gate.names import check_names
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import check_rules, read_rules
from stigraph.gate.shapes import result_findings
from stigraph.gate.vocabulary import Vocabulary
from stigraph.oxigraph import to_oxigraph
from stigraph.shacl import Affected, Validation
from stigraph.store import LocalStore
from stigraph.store.data import DataGraph
from stigraph.store.exact import sealed_term
from stigraph.terms import Iri, Term
from stigraph.vocab import RDF, STI

__all__ = ["Gate"]

_TELLING = (RDF.type, STI.about)
"""Predicates by whose values names are checked."""

Encode = Callable[[Term], object]
Findings = Generator[Finding, None, None]
Stage = Callable[[Mutant], Findings]
Key = tuple[str, str | None, str | None, Term | None]


class Gate:
    """The gate over a corpus of which one triple changes at a time.

    Args:
        corpus: The repository.
        texts: The source texts; without them phrases and passages aren't compared with anything.
    """

    def __init__(self, corpus: Corpus, texts: Sequence[SourceText] = ()) -> None:
        self._corpus = corpus
        self._texts = list(texts)
        self._local = LocalStore()
        self._local.extend_graphs((source.graph, source.quads) for source in corpus.files())
        self._sealed = ox.Store()
        self._sealed.extend(
            _quad(sealed_term, triple) for source in corpus.files() for triple in source.triples
        )
        self._derived = set(derived(self._local.raw))
        self._local.raw.extend(self._derived)
        self._vocabulary = Vocabulary.of(self._local)
        self._catalogue = Catalogue.of(self._local)
        self._rules = read_rules(corpus.project.rule_files())
        self._stages: tuple[Stage, ...] = (self._names, self._evidence, self._shapes, self._rest)
        self.before = frozenset(map(_key, self._unspoilt()))
        """What the gate finds anyway."""

    def finds(self, mutant: Mutant) -> str | None:
        """Return the code of a finding, more than information, that ``mutant`` brings about."""
        for stage in self._stages:
            with closing(stage(mutant)) as findings:
                for found in findings:
                    if found.severity is not Severity.INFO and _key(found) not in self.before:
                        return found.code
        return None

    def _unspoilt(self) -> Iterator[Finding]:
        graph = DataGraph(self._sealed, exact=True, sealed=True)
        yield from self._results(graph)
        yield from check_names(self._corpus.data, self._local, self._vocabulary)
        yield from self._of_graph()

    def _names(self, mutant: Mutant) -> Findings:
        """Check the one file against what tells of all that it mentions."""
        source = replace(mutant.source, triples=mutant.triples)
        mentioned = dict.fromkeys(
            t.value for s, _, o in source.triples for t in (s, o) if isinstance(t, Iri)
        )
        said = (triple for node in mentioned for triple in self._said(mutant, node))
        nearby = _store(triple for triple in said if triple[1].value in _TELLING)
        yield from check_names([source], nearby, self._vocabulary)

    def _evidence(self, mutant: Mutant) -> Findings:
        """Check the one node against all that it mentions, and what that mentions in turn."""
        subject = mutant.old[0].value
        near = {subject: None}
        for _ in range(2):
            for node in list(near):
                near.update(
                    (o.value, None) for _, _, o in self._said(mutant, node) if isinstance(o, Iri)
                )
        nearby = _store(triple for node in near for triple in self._said(mutant, node))
        nodes = [node for node in read_nodes(nearby) if node.iri == subject]
        yield from check_figures(nearby, nodes)
        if self._texts:
            yield from check_texts(nearby, nodes, self._texts)

    def _said(self, mutant: Mutant, node: str) -> Sequence[Triple]:
        said = self._corpus.described.get(node, ())
        if node != mutant.old[0].value:
            return said
        spoilt = (mutant.new if triple == mutant.old else triple for triple in said)
        return [triple for triple in spoilt if triple is not None]

    def _shapes(self, mutant: Mutant) -> Findings:
        """Validate the focus nodes that the change can affect."""
        changed = [mutant.old] if mutant.new is None else [mutant.old, mutant.new]
        with _swapped(self._sealed, *_quads(mutant, sealed_term)):
            graph = DataGraph(self._sealed, exact=True, sealed=True)
            yield from self._results(graph, Affected(graph, changed))

    def _results(self, graph: DataGraph, only: Affected | None = None) -> Iterator[Finding]:
        validation = Validation(graph, self._corpus.shapes)
        results = validation.results(only) if only else validation.results()
        return result_findings(results, self._corpus.infos)

    def _rest(self, mutant: Mutant) -> Findings:
        """Check the names of all files, all evidence and all rules."""
        home = ox.NamedNode(mutant.source.graph)
        with _swapped(self._local.raw, *_quads(mutant, to_oxigraph, home, ox.DefaultGraph())):
            derived_now = set(derived(self._local.raw))
            gone, come = self._derived - derived_now, derived_now - self._derived
            with _swapped(self._local.raw, gone, come):
                source = replace(mutant.source, triples=mutant.triples)
                files = [source if f is mutant.source else f for f in self._corpus.data]
                yield from check_names(files, self._local, self._vocabulary)
                yield from self._of_graph()

    def _of_graph(self) -> Iterator[Finding]:
        yield from check_rules(self._rules, self._local, lambda: self._catalogue)
        nodes = read_nodes(self._local)
        yield from check_figures(self._local, nodes)
        if self._texts:
            yield from check_texts(self._local, nodes, self._texts)


def _key(found: Finding) -> Key:
    return found.code, found.focus, found.path, found.value


def _store(triples: Iterable[Triple]) -> LocalStore:
    store = LocalStore()
    store.raw.extend(_quad(to_oxigraph, triple) for triple in triples)
    return store


def _quad(
    encode: Encode, triple: Triple, graph: ox.NamedNode | ox.DefaultGraph | None = None
) -> ox.Quad:
    subject, predicate, value = map(encode, triple)
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def _quads(
    mutant: Mutant, encode: Encode, *graphs: ox.NamedNode | ox.DefaultGraph
) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Return what the mutant takes out of ``graphs`` and what it puts in."""
    where = graphs or (ox.DefaultGraph(),)
    gone = [_quad(encode, mutant.old, graph) for graph in where]
    return gone, [_quad(encode, mutant.new, graph) for graph in where if mutant.new]


@contextmanager
def _swapped(store: ox.Store, gone: Iterable[ox.Quad], come: Iterable[ox.Quad]) -> Iterator[None]:
    """Change the store for a while. A node stands in one file: no other graph has its triples."""
    removed = [quad for quad in gone if quad in store]
    added = [quad for quad in come if quad not in store]
    _move(store, removed, added)
    try:
        yield
    finally:
        _move(store, added, removed)


def _move(store: ox.Store, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
    for quad in removed:
        store.remove(quad)
    for quad in added:
        store.add(quad)
