"""RDF exports read back are the triples behind the selection, whoever reads them.

Graphs are compared in canonical form (RDFC-1.0).
"""

from __future__ import annotations

import json
from collections import defaultdict

import pyoxigraph as ox
import pytest
import rdflib

from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.network.lenses import lens
from stigraph.network.selection import Selection
from stigraph.network.writers import jsonld, nanopub, rdf, rdf12
from stigraph.release import read_release
from stigraph.store import LocalStore
from stigraph.vocab import DATASET, DERIVED_GRAPH, ID, NP, PREFIXES, PROV, RDF, STI, XSD

MODULES = {"jsonld": jsonld, "nanopub": nanopub, "rdf12": rdf12}
SYNTAX = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "rdf12": ox.RdfFormat.TURTLE,
    "nanopub": ox.RdfFormat.TRIG,
}
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
REIFIES = ox.NamedNode(RDF.reifies)
AWKWARD = """
CONSTRUCT { <https://e.org/s> <https://e.org/p> ?v . ?b <https://e.org/q#label> ?v } WHERE {
  VALUES ?v { "量子 <&> \\"x\\" \\\\ \\n\\t'" "a"@ja "a"@en 5 true
              "x"^^<https://e.org/type> "2025-04"^^xsd:gYearMonth 1.50 <https://e.org/a?b=c> sti:x }
  BIND(BNODE() AS ?b)
}"""


def selected(store: LocalStore, name: str) -> Selection:
    """Return a lens on ``store``."""
    return Selection(store, Catalogue.of(store), read_release(store), lens(name), "ja")


def answered(store: LocalStore, query: str) -> Selection:
    """Return the answer to a query."""
    answer = store.query(query, prefixes=PREFIXES)
    return Selection(store, Catalogue.of(store), read_release(store), answer, "ja")


def written(selection: Selection, form: str) -> bytes:
    """Return the selection in a form of RDF."""
    chunks = MODULES.get(form, rdf).write(selection, form)
    return b"".join(c if isinstance(c, bytes) else c.encode() for c in chunks)


def read(selection: Selection, form: str) -> list[ox.Quad]:
    """Return what Oxigraph reads from a form of RDF."""
    return list(ox.parse(written(selection, form), format=SYNTAX[form]))


def canonical(quads: list[ox.Quad]) -> ox.Dataset:
    """Return the triples of ``quads`` in canonical form."""
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.fixture(scope="module")
def everything(store: LocalStore) -> Selection:
    """Return the whole of the repository's graph."""
    return selected(store, "everything")


@pytest.fixture(scope="module")
def expected(store: LocalStore) -> ox.Dataset:
    """Return what the files say of every entry and of the graph, by another way."""
    entries = {DATASET} | {
        str(s.value) for (s,) in store.select("SELECT ?s { ?s a ?c }") if s is not None
    }
    return canonical(
        [
            ox.Quad(triple.subject, triple.predicate, triple.object)
            for triple in store.oxigraph_triples(without=DERIVED_GRAPH)
            if isinstance(triple.subject, ox.NamedNode)
            and triple.subject.value in entries
            and (triple.subject.value.startswith(ID) or triple.subject.value == DATASET)
        ]
    )


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_oxigraph_reads_the_graph_again(
    everything: Selection, expected: ox.Dataset, form: str
) -> None:
    assert canonical(read(everything, form)) == expected


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # within rdflib itself
@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_the_small_graph_again(small: LocalStore, form: str) -> None:
    selection = selected(small, "everything")
    found = rdflib.Graph().parse(data=written(selection, form), format=RDFLIB[form])
    same = rdflib.Graph().parse(data=written(selection, "ntriples"), format="nt")
    assert set(found) == set(same)  # there are no blank nodes


@pytest.mark.parametrize("form", SYNTAX)
def test_the_same_graph_gives_the_same_bytes(store: LocalStore, form: str) -> None:
    assert written(selected(store, "programmes"), form) == written(
        selected(store, "programmes"), form
    )


@pytest.mark.parametrize("form", [form for form in SYNTAX if form != "nanopub"])
def test_awkward_terms_and_blank_nodes_come_back(small: LocalStore, form: str) -> None:
    answer = list(small.query(AWKWARD, prefixes=PREFIXES))  # type: ignore[arg-type]
    found = read(answered(small, AWKWARD), form)
    assert len(found) == len(answer) == 20
    assert canonical(found) == canonical(read(answered(small, AWKWARD), "ntriples"))


@pytest.mark.parametrize("form", SYNTAX)
def test_an_answer_without_triples_is_refused(small: LocalStore, form: str) -> None:
    with pytest.raises(UsageError, match=f"{form} takes a CONSTRUCT"):
        written(answered(small, "SELECT ?a ?b { ?a sti:inField ?b }"), form)


def test_rdf12_annotates_each_statement_with_what_states_it(
    everything: Selection, expected: ox.Dataset, store: LocalStore
) -> None:
    quads = read(everything, "rdf12")
    reified = {q.subject: q.object for q in quads if q.predicate == REIFIES}
    plain = [q for q in quads if q.subject not in reified]
    assert canonical(plain) == expected
    evidence = defaultdict(set)
    for q in quads:
        if q.subject in reified and q.predicate != REIFIES:
            assert q.predicate == ox.NamedNode(STI.statedIn)
            evidence[reified[q.subject]].add(str(q.object))
    sources = defaultdict(set)
    for node, source in store.select(f"SELECT ?node ?s {{ ?node <{STI.statedIn}> ?s }}"):
        if node is not None and source is not None:
            sources[f"<{node.value}>"].add(f"<{source.value}>")
    facts = [q.triple for q in plain if q.predicate.value not in (STI.statedIn, STI.phrase)]
    assert {t: evidence[t] for t in facts if t in evidence} == {
        t: sources[str(t.subject)] for t in facts if str(t.subject) in sources
    }


def test_rdf12_comes_back_from_oxigraph_s_own_hand(everything: Selection) -> None:
    quads = read(everything, "rdf12")
    again = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert canonical(list(ox.parse(again, format=ox.RdfFormat.N_QUADS))) == canonical(quads)


def test_nanopublications_hold_the_graph_and_nothing_else_of_it(
    everything: Selection, expected: ox.Dataset
) -> None:
    quads = read(everything, "nanopub")
    content = [
        q
        for q in quads
        if isinstance(q.graph_name, ox.NamedNode)
        and q.graph_name.value.endswith(("#assertion", "#provenance"))
        and q.predicate.value != PROV.wasDerivedFrom
    ]
    assert canonical(content) == expected


def test_each_nanopublication_is_well_formed(everything: Selection) -> None:
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in read(everything, "nanopub"):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs[quad.graph_name.value].append(quad)
    heads = [name for name in graphs if name.endswith("#Head")]
    assert len(heads) * 4 == len(graphs)
    for head in heads:
        this = head.removesuffix("#Head")
        parts = {q.predicate.value.removeprefix(NP): q.object.value for q in graphs[head]}  # type: ignore[union-attr]
        assert {q.subject.value for q in graphs[head]} == {this}  # type: ignore[union-attr]
        assert parts.pop(RDF.type) == f"{NP}Nanopublication"
        assert parts == {
            "hasAssertion": f"{this}#assertion",
            "hasProvenance": f"{this}#provenance",
            "hasPublicationInfo": f"{this}#pubinfo",
        }
        assert graphs[f"{this}#assertion"]
        about = {str(q.subject) for q in graphs[f"{this}#provenance"]}
        assert f"<{this}#assertion>" in about
        assert {str(q.subject) for q in graphs[f"{this}#pubinfo"]} == {f"<{this}>"}


def test_jsonld_is_compact_json_that_people_can_read(small: LocalStore) -> None:
    told = json.loads(written(selected(small, "everything"), "jsonld"))
    nodes = {node["id"]: node for node in told["@graph"]}
    allocation = nodes["allocation:sbir-fy2022"]
    assert allocation["type"] == "sti:BudgetAllocation"
    assert allocation["prefLabel"]["ja"] == "SBIR制度の拡充（2022年度補正）"
    assert allocation["forInitiative"] == "programme:sbir"
    assert allocation["value"] == 206_000_000_000
    assert told["@context"]["forInitiative"] == {"@id": "sti:forInitiative", "@type": "@id"}
    assert told["@context"]["value"]["@type"] == f"xsd:{XSD.integer.rpartition('#')[2]}"
