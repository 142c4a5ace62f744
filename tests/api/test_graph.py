"""What a loaded graph can do besides answering queries."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib

import stigraph
from stigraph import Graph
from stigraph.errors import UsageError
from stigraph.terms import Blank, Iri, Literal
from stigraph.vocab import DERIVED_GRAPH, ID, SKOS, STI


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """Return a copy of the repository's graph that may be changed."""
    for name in ("ontology", "data"):
        shutil.copytree(root / name, tmp_path / name)
    return tmp_path


def test_an_entry_has_names_facts_and_evidence(graph: Graph) -> None:
    entry = graph.entry("SBIR")
    assert (entry.id, entry.kind) == ("programme:sbir", "programme")
    assert "SBIR" in entry.other_names
    assert entry.iri == f"{ID}programme/sbir"
    assert entry.label("ja") == entry.labels["ja"] == "SBIR制度"
    assert entry.values(STI.underPillar) == entry.values("sti:underPillar") != []
    assert "SBIR制度" in entry.phrases
    assert {source.document for source in entry.evidence} >= {
        f"{ID}document/overview-2025",
        f"{ID}document/direction-2025-04",
    }
    assert any(fact.inverse for fact in entry.facts)


def test_a_notebook_shows_an_entry_and_runs_nothing(small: Graph) -> None:
    shown = small.entry("programme:bridge")._repr_html_()
    assert "&lt;&amp; &quot;quoted&quot;&gt;" in shown
    assert "<code>programme:bridge</code>" in shown


def test_an_unknown_entry_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(UsageError, match="nearest"):
        graph.entry("programme:sbirr")


def test_networkx_gets_every_attribute(graph: Graph) -> None:
    drawn = graph.to_networkx("programmes", lang="ja")
    node = drawn.nodes["programme:sbir"]
    assert node["label"] == node["label_ja"] == "SBIR制度"
    assert node["color"].startswith("#")
    assert drawn.graph["licence"].startswith("https://creativecommons.org/")
    with pytest.raises(UsageError, match="nearest: programmes"):
        graph.to_networkx("programmers")


def test_rdflib_gets_the_same_triples_in_the_same_spelling(graph: Graph) -> None:
    found = graph.to_rdflib()
    assert len(found) == len(list(graph.store.triples(without=DERIVED_GRAPH)))
    label = (rdflib.URIRef(f"{ID}programme/sbir"), rdflib.URIRef(SKOS.prefLabel))
    assert (*label, rdflib.Literal("SBIR制度", lang="ja")) in found
    assert dict(found.namespaces())["programme"] == rdflib.URIRef(f"{ID}programme/")


def test_validating_gives_the_gate_s_report(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "cli" / "project", tmp_path / "project")
    file = tmp_path / "project" / "data" / "ttl" / "field" / "quantum.ttl"
    file.write_text(file.read_text("utf-8").replace("sti:PriorityField", "sti:PriorityFild"))
    report = stigraph.load(tmp_path / "project").validate()
    assert not report.conforms
    assert "STI010" in {finding.code for finding in report.findings}


def test_a_difference_is_what_was_added_and_what_was_removed(graph: Graph, copy: Path) -> None:
    file = copy / "data" / "ttl" / "field" / "quantum.ttl"
    file.write_text(file.read_text("utf-8").replace('"量子"@ja', '"量子技術"@ja'))
    changed = graph.diff(stigraph.load(copy))
    subject, label = Iri(f"{ID}field/quantum"), Iri(SKOS.prefLabel)
    assert (subject, label, Literal.tagged("量子技術", "ja")) in changed.added
    assert (subject, label, Literal.tagged("量子", "ja")) in changed.removed
    assert not [t for t in changed.added if t[1].value == STI.knownFrom]
    assert stigraph.load(copy).diff(graph).added == changed.removed


def test_a_graph_doesn_t_differ_from_itself_read_again(graph: Graph, root: Path) -> None:
    assert any(isinstance(s, Blank) for s, _, _ in graph.store.triples())  # in the ontology
    assert not graph.diff(stigraph.load(root))


def test_a_change_by_a_blank_node_is_told_with_its_part_alone(graph: Graph, copy: Path) -> None:
    ontology = copy / "ontology" / "stigraph.ttl"
    ontology.write_text(
        ontology.read_text("utf-8") + "\n[] a owl:AllDifferent ; owl:members ( sti:a sti:b ) .\n"
    )
    changed = graph.diff(stigraph.load(copy))
    assert (len(changed.added), changed.removed) == (6, ())
