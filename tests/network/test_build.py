"""From triples to nodes and edges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.network.build import network_of_answer, network_of_lens
from stigraph.network.filters import NO_FILTERS, Filters
from stigraph.network.lenses import LENSES, lens
from stigraph.network.model import Edge, Network
from stigraph.release import read_release
from stigraph.store import LocalStore
from stigraph.vocab import ID, PREFIXES, SCHEMES, STI, kind_of

YEAR = f"{ID}fiscal-year/2022"
PASSAGE = f"{ID}passage/overview-2025/3-c-1-3"
ALLOCATION = f"{ID}allocation/sbir-fy2022"


@pytest.fixture(scope="module")
def everything(small: LocalStore) -> Network:
    """Return the whole of the small graph, with allocations as nodes."""
    return seen(small, "everything", Filters(keep_nary=True))


def seen(store: LocalStore, name: str, filters: Filters = NO_FILTERS, lang: str = "ja") -> Network:
    """Return what ``filters`` leave of a lens."""
    given = (store, Catalogue.of(store), read_release(store))
    return network_of_lens(*given, LENSES[name], lang, filters)


def answered(store: LocalStore, query: str) -> Network:
    """Return the network of a query's answer."""
    answer = store.query(query, prefixes=PREFIXES)
    return network_of_answer(store, Catalogue.of(store), read_release(store), answer, "en")


def test_everything_holds_each_entry_and_no_term_of_the_ontology(
    small: LocalStore, everything: Network
) -> None:
    rows = small.select("SELECT DISTINCT ?s WHERE { ?s a ?class }")
    entries = {str(s.value) for (s,) in rows if s is not None and s.value.startswith(ID)}
    codes = {iri for iri in entries if kind_of(iri) in (*SCHEMES, "scheme")}
    assert {node.iri for node in everything.nodes} == entries - codes
    assert set(seen(small, "everything").behind) == entries
    assert f"{ID}passage/overview-2025/3-c-1-3" in entries


def test_each_statement_between_entries_is_an_edge_of_its_own(
    small: LocalStore, everything: Network
) -> None:
    nodes = {node.iri for node in everything.nodes}
    rows = small.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isIRI(?o)) }")
    stated = [(s.value, p.value, o.value) for s, p, o in rows if s and p and o]
    assert sorted((e.source, e.iri, e.target) for e in everything.edges) == sorted(
        triple for triple in stated if triple[0] in nodes and triple[2] in nodes
    )
    parallel = [e for e in everything.edges if (e.source, e.target) == (ALLOCATION, YEAR)]
    assert {edge.kind for edge in parallel} == {"firstFiscalYear", "lastFiscalYear"}
    assert len({edge.id for edge in everything.edges}) == len(everything.edges)


def test_a_node_has_labels_span_and_evidence(everything: Network) -> None:
    node = next(node for node in everything.nodes if node.iri == ALLOCATION)
    assert (node.id, node.kind) == ("allocation:sbir-fy2022", "allocation")
    assert node.label == node.label_ja == "SBIR制度の拡充（2022年度補正）"
    assert node.label_en == "Reform of the SBIR programme (FY2022)"
    assert (node.start, node.end) == ("2022-04-01", "2023-03-31")
    assert node.evidence == (PASSAGE,)


def test_an_edge_has_the_property_s_labels_and_its_subject_s_evidence(everything: Network) -> None:
    edge = next(edge for edge in everything.edges if edge.iri == STI.forInitiative)
    assert (edge.label, edge.label_en) == ("対象の取組", "for initiative")
    assert edge.evidence == (PASSAGE,)
    assert edge.weight == 206_000_000_000.0


def test_a_statement_without_an_amount_weighs_one(everything: Network) -> None:
    assert {e.weight for e in everything.edges if e.iri != STI.forInitiative} == {1.0}


def test_the_network_states_its_version_date_licence_and_attribution(everything: Network) -> None:
    said = everything.attributes
    assert (said["version"], said["date"]) == ("9.8.7", "2026-01-02")
    assert said["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["attribution"] == said["attribution_ja"] == "試験のために作成。"


def test_a_select_of_edges_takes_its_columns_by_name(small: LocalStore) -> None:
    network = answered(
        small,
        "SELECT ?kind ?target ?source ?weight ?start ?label WHERE { "
        "?source sti:forInitiative ?target "
        'BIND("gives" AS ?label) BIND(<https://e.org/money> AS ?kind) BIND(3 AS ?weight) '
        'BIND("2022-04-01" AS ?start) }',
    )
    expected = Edge(
        "e1", ALLOCATION, f"{ID}programme/sbir", "https://e.org/money", "money",
        "gives", "gives", "gives", "#bbbbbb", 3.0, "2022-04-01", None, (PASSAGE,),
    )  # fmt: skip
    assert network.edges == (expected,)


def test_a_select_without_those_names_goes_from_its_first_variable_to_its_second(
    small: LocalStore,
) -> None:
    network = answered(small, "SELECT ?a ?b WHERE { ?a sti:inField ?b }")
    assert [(e.source, e.target) for e in network.edges] == [
        (f"{ID}goal/quantum", f"{ID}field/quantum")
    ]


def test_a_construct_keeps_nodes_that_only_have_literals(small: LocalStore) -> None:
    network = answered(small, "CONSTRUCT WHERE { ?a skos:altLabel ?name }")
    assert [node.iri for node in network.nodes] == [f"{ID}programme/sbir"]
    assert network.edges == ()


def test_a_query_without_rows_is_an_empty_network(small: LocalStore) -> None:
    network = answered(small, "SELECT ?a ?b WHERE { ?a sti:nothing ?b }")
    assert (network.nodes, network.edges) == ((), ())


def test_kinds_differ_in_colour_and_hubs_in_size(everything: Network) -> None:
    by_id = {node.id: node for node in everything.nodes}
    assert by_id["programme:sbir"].color != by_id["field:quantum"].color
    assert by_id["overview-2025:3-c-1-3"].size > by_id["field:quantum"].size


def test_nodes_are_apart_and_always_at_the_same_place(
    small: LocalStore, everything: Network
) -> None:
    places = [(node.x, node.y) for node in everything.nodes]
    assert len(set(places)) == len(places)
    again = seen(small, "everything", Filters(keep_nary=True), "en")
    assert [(node.x, node.y) for node in again.nodes] == places


def test_the_language_changes_the_label_alone(small: LocalStore, everything: Network) -> None:
    other = seen(small, "everything", Filters(keep_nary=True), "en")
    for ja, en in zip(everything.nodes, other.nodes, strict=True):
        assert replace(ja, label="") == replace(en, label="")


def test_an_unknown_lens_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="nearest: everything"):
        lens("evrything")
