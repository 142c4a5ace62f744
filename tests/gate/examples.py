"""The examples of the explanations, run: what the gate finds in the bad one and in the good one.

Statements are set into a copy of the graph: those of the good example are there, those that the
bad one shows differently are exchanged. Most are set in under names of their own, all in one
graph. A rule looks at the whole graph, so its examples are set in one after the other. Samples
that name a file are read from it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from stigraph.dataset import add_derived, graph_name
from stigraph.entries import Catalogue
from stigraph.gate import Finding, validate_data, validate_project
from stigraph.gate.echoes import without_echoes
from stigraph.gate.engines import run_engine
from stigraph.gate.evidence import SourceText, check_texts
from stigraph.gate.explanations import Explanation, Sample
from stigraph.gate.files import SourceFile, read_file
from stigraph.gate.names import check_names
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import check_rules, read_rules
from stigraph.gate.shapes import result_findings
from stigraph.gate.vocabulary import Vocabulary
from stigraph.oxigraph import to_oxigraph
from stigraph.project import Project
from stigraph.shacl import shape_infos
from stigraph.store import LocalStore
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples
from stigraph.terms import Iri, Term
from stigraph.vocab import DERIVED_GRAPH, ID, PREFIXES

Triple = tuple[Term, Term, Term]
Codes = Mapping[tuple[str, str], list[Finding]]
"""What was found, by code and role (``bad`` or ``good``)."""

ROLES = ("bad", "good")
_UNION = ox.DefaultGraph()
_PROLOGUE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
_VISIBLE = {"␍": "\r", "␉": "\t", "␠": " ", "⟨BOM⟩": "\ufeff"}
"""What an example shows of characters that can't be seen."""


def statements(sample: Sample) -> list[Triple]:
    """Return the statements of a sample; the prefixes of the project needn't be declared."""
    return parse_triples(_PROLOGUE + sample.text)


def content(sample: Sample) -> bytes:
    """Return the bytes of the file that a sample shows."""
    text = sample.text
    for shown, real in _VISIBLE.items():
        text = text.replace(shown, real)
    text = text.replace("⏎\n", "")  # the file ends here, without a line feed
    text = re.sub(r"⟨(\d+) MiB⟩", lambda m: "." * (int(m[1]) * 2**20), text)
    raw = re.split(r"⟨([0-9A-F]{2})⟩", text)
    parts = (bytes.fromhex(p) if n % 2 else p.encode() for n, p in enumerate(raw))
    return b"".join(parts)


@dataclass(frozen=True)
class Graph:
    """The project's graph, read once."""

    project: Project

    @cached_property
    def files(self) -> list[SourceFile]:
        paths = [*self.project.ontology_files(), *self.project.data_files()]
        named = ((path, graph_name(self.project, path)) for path in paths)
        read = (read_file(path, path.as_posix(), name)[0] for path, name in named)
        return [source for source in read if source]

    @cached_property
    def homes(self) -> dict[Term, str]:
        return {t[0]: source.graph for source in self.files for t in source.triples}

    @cached_property
    def described(self) -> dict[Term, list[Triple]]:
        found: dict[Term, list[Triple]] = {}
        for source in self.files:
            for triple in source.triples:
                found.setdefault(triple[0], []).append(triple)
        return found

    @cached_property
    def shapes(self) -> list[Triple]:
        return [t for path in self.project.shape_files() for t in parse_triples(path)]

    def store(self) -> LocalStore:
        store = LocalStore()
        store.extend_graphs((source.graph, source.quads) for source in self.files)
        return store


@dataclass
class Setting:
    """One example, set into the graph: the statements of its nodes."""

    code: str
    role: str
    nodes: dict[Term, list[Triple]]
    texts: list[SourceText] = field(default_factory=list)


def settings(graph: Graph, explanation: Explanation) -> Iterator[Setting]:
    """Yield the bad and the good example as the statements of the nodes that they are about."""
    good, bad = (_of(each) for each in (explanation.example.good, explanation.example.bad))
    for role, samples in zip(
        ROLES, (explanation.example.bad, explanation.example.good), strict=True
    ):
        nodes: dict[Term, list[Triple]] = {}
        for subject in dict.fromkeys(s for s, _, _ in (*good, *bad)):
            base = _with(graph.described.get(subject, ()), [t for t in good if t[0] == subject])
            if role == "bad":
                base = [t for t in base if t not in good or t in bad]
                base += [t for t in bad if t[0] == subject]
            nodes[subject] = list(dict.fromkeys(base))
        yield Setting(explanation.code, role, nodes, [_text(s) for s in samples if s.file])


def _with(described: Iterable[Triple], good: list[Triple]) -> list[Triple]:
    """Return what is said of a node, with the values of the good example."""
    known = set(described)
    other = {p for s, p, o in good if (s, p, o) not in known}
    return [*(t for t in described if t[1] not in other), *good]


def _of(samples: Iterable[Sample]) -> list[Triple]:
    return [t for sample in samples if sample.file is None for t in statements(sample)]


def _text(sample: Sample) -> SourceText:
    data = content(sample)
    return SourceText(Path(sample.file or ""), data.decode(), hashlib.sha256(data).hexdigest())


def _named_apart(setting: Setting) -> Setting:
    names: dict[Term, Term] = {
        node: Iri(f"{node.value}--{setting.code.lower()}-{setting.role}") for node in setting.nodes
    }
    nodes = {
        names[node]: [(names[s], p, names.get(o, o)) for s, p, o in triples]
        for node, triples in setting.nodes.items()
    }
    return Setting(setting.code, setting.role, nodes, setting.texts)


def found_together(graph: Graph, explanations: Iterable[Explanation]) -> Codes:
    """Return what names, shapes, figures and evidence find, all examples in one graph."""
    apart = [_named_apart(s) for each in explanations for s in settings(graph, each)]
    sources = [_source(node, triples) for s in apart for node, triples in s.nodes.items()]
    store = graph.store()
    for source in sources:
        store.add_graph(source.graph, source.triples)
    add_derived(store)
    triples = (t for source in (*graph.files, *sources) for t in source.triples)
    results, _ = run_engine("stigraph", DataGraph.of_triples(triples), graph.shapes)
    found = list(check_names(sources, store, Vocabulary.of(store)))
    found = list(without_echoes([*found, *result_findings(results, shape_infos(graph.shapes))]))
    nodes = [node for node in read_nodes(store) if "--sti" in node.iri]
    found += check_figures(store, nodes)
    by_focus: dict[str, list[Finding]] = {}
    for each in found:
        by_focus.setdefault(each.focus or "", []).append(each)
    told = {}
    for setting in apart:
        names = {node.value for node in setting.nodes}
        own = [f for name in names for f in by_focus.get(name, ())]
        if setting.texts:
            mine = [node for node in nodes if node.iri in names]
            own += [f for f in check_texts(store, mine, setting.texts) if f.focus in names]
        told[setting.code, setting.role] = own
    return told


def _source(node: Term, triples: list[Triple]) -> SourceFile:
    kind, _, slug = node.value.removeprefix(ID).partition("/")
    name = f"{kind}/{slug.partition('/')[0] if kind == 'passage' else slug}.ttl"
    return SourceFile(Path(name), name, f"urn:example:{node.value}", "", (), tuple(triples))


def found_by_rules(graph: Graph, explanations: Iterable[Explanation]) -> Codes:
    """Return what each rule finds in its own examples, set in one after the other."""
    rules = {rule.code: rule for rule in read_rules(graph.project.rule_files())}
    store = graph.store()
    add_derived(store)
    catalogue = Catalogue.of(store)
    told = {}
    for explanation in explanations:
        rule = [rules[explanation.code]]
        for setting in settings(graph, explanation):
            with _set_in(graph, store, setting):
                told[setting.code, setting.role] = list(check_rules(rule, store, lambda: catalogue))
    return told


@contextmanager
def _set_in(graph: Graph, store: LocalStore, setting: Setting) -> Iterator[None]:
    """Exchange what the graph says of the example's nodes for as long as it is looked at."""
    gone, new = set(), set()
    for node, triples in setting.nodes.items():
        before = set(graph.described.get(node, ()))
        home = ox.NamedNode(graph.homes.get(node, f"urn:example:{node.value}"))
        gone |= {_quad(t, g) for t in before.difference(triples) for g in (home, _UNION)}
        new |= {_quad(t, g) for t in set(triples) - before for g in (home, _UNION)}
    _exchange(store, gone, new)
    try:
        yield
    finally:
        _exchange(store, new, gone)


def _exchange(store: LocalStore, gone: set[ox.Quad], new: set[ox.Quad]) -> None:
    if not gone and not new:
        return
    raw = store._store
    derived = ox.NamedNode(DERIVED_GRAPH)
    for quad in [*raw.quads_for_pattern(None, None, None, derived), *gone]:
        raw.remove(quad)
        raw.remove(ox.Quad(quad.subject, quad.predicate, quad.object, _UNION))
    raw.extend(new)
    add_derived(store)


def _quad(triple: Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    subject, predicate, value = map(to_oxigraph, triple)
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def found_in_files(graph: Graph, explanations: Iterable[Explanation]) -> Codes:
    """Return what the whole gate finds in the files that examples show, bad and good in turn."""
    listed = list(explanations)
    told: dict[tuple[str, str], list[Finding]] = {}
    for role in ROLES:
        overlay: dict[Path, bytes | None] = {}
        owners: dict[str, str] = {}
        for each in listed:
            for sample in each.example.bad if role == "bad" else each.example.good:
                assert sample.file
                assert sample.file not in owners, f"{each.code} needs a file of its own"
                overlay[(graph.project.root / sample.file).resolve()] = content(sample)
                owners[sample.file] = each.code
            told[each.code, role] = []
        report = validate_project(graph.project, overlay=overlay, here=graph.project.root)
        for finding in report.findings:
            if finding.file in owners:
                told[owners[finding.file], role].append(finding)
    return told


def found_elsewhere(explanation: Explanation, folder: Path) -> Codes:
    """Return what is found in the data and shapes of others that an example shows."""
    told = {}
    for role in ROLES:
        samples = explanation.example.bad if role == "bad" else explanation.example.good
        data: list[Path] = []
        shapes: list[Path] = []
        for sample in samples:
            path = folder / role / (sample.file or "")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(sample))
            (shapes if path.name == "shapes.ttl" else data).append(path)
        ontology = [path for path in data if path.name == "ontology.ttl"]
        told[explanation.code, role] = list(
            validate_data(data, shapes, ontology=ontology, here=folder).findings
        )
    return told
