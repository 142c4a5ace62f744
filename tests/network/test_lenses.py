"""The lenses of the repository's own graph: what they show, what they fold, what filters leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import networkx as nx
import pytest

from stigraph.dates import Bounds, parse_bounds
from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.network.build import network_of_lens
from stigraph.network.filters import NO_FILTERS, Filters
from stigraph.network.lenses import LENSES, lens
from stigraph.network.model import Network
from stigraph.network.to_networkx import to_networkx
from stigraph.release import read_release
from stigraph.store import LocalStore
from stigraph.vocab import ID, SCHEMES

See = Callable[..., Network]


@pytest.fixture(scope="module")
def see(store: LocalStore) -> See:
    """Return a function that looks at the repository's graph through a lens."""
    given = (store, Catalogue.of(store), read_release(store))

    def see(name: str, filters: Filters = NO_FILTERS) -> Network:
        return network_of_lens(*given, LENSES[name], "ja", filters)

    return see


def kinds(network: Network) -> set[str]:
    return {node.kind for node in network.nodes}


def span(text: str) -> Bounds:
    found = parse_bounds(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("strategy", {"basic-plan", "annual-strategy", "document", "pillar", "measure", "field"}),
        ("programmes", {"programme", "fund", "hub", "pillar", "field", "organisation"}),
        ("money", {"programme", "fund", "fiscal-year"}),
        ("institutions", {"organisation", "post", "document", "law"}),
        ("evolution", {"annual-strategy", "document", "pillar", "measure"}),
        ("everything", {"passage", "event", "assessment", "source", "post"}),
    ],
)
def test_a_lens_shows_its_kinds_and_no_code_list(see: See, name: str, shown: set[str]) -> None:
    network = see(name)
    assert shown <= kinds(network)
    assert kinds(network).isdisjoint((*SCHEMES, "scheme"))


@pytest.mark.parametrize("name", LENSES)
def test_edges_join_nodes_of_the_lens_and_have_ids_of_their_own(see: See, name: str) -> None:
    network = see(name)
    nodes = {node.iri for node in network.nodes}
    assert all({edge.source, edge.target} <= nodes for edge in network.edges)
    assert len({edge.id for edge in network.edges}) == len(network.edges) > 0
    assert nodes <= set(network.behind)


def test_the_strategy_runs_from_documents_over_pillars_and_measures_to_fields(see: See) -> None:
    graph = to_networkx(see("strategy")).to_undirected()
    paths = nx.all_shortest_paths(graph, "annual-strategy:2025", "field:quantum")
    kinds_on = [[name.partition(":")[0] for name in path] for path in paths]
    assert ["annual-strategy", "pillar", "measure", "field"] in kinds_on
    columns = {node.kind: node.x for node in see("strategy").nodes}
    assert columns["document"] < columns["pillar"] < columns["measure"] < columns["field"]


def test_an_alignment_is_an_edge_with_its_type_as_kind_and_its_own_evidence(see: See) -> None:
    edges = [e for e in see("evolution").edges if e.iri.startswith(f"{ID}alignment/")]
    assert {edge.kind for edge in edges} == {"kept", "reworded", "split", "widened"}
    one = next(edge for edge in edges if edge.kind == "kept")
    assert one.source.startswith(f"{ID}measure/direction-")
    assert one.target.startswith(f"{ID}measure/overview-")
    assert {e.split("/")[-2] for e in one.evidence} == {"direction-2025-04", "overview-2025"}


def test_an_allocation_is_an_edge_with_its_kind_its_yen_and_its_years(see: See) -> None:
    edge = next(e for e in see("money").edges if "sbir-reform" in e.iri)
    assert (edge.source, edge.target) == (f"{ID}fiscal-year/2022", f"{ID}programme/sbir")
    assert (edge.kind, edge.weight) == ("appropriation", 206_000_000_000.0)
    assert (edge.start, edge.end) == ("2022-04-01", "2023-03-31")
    assert edge.label_ja == "SBIR制度の抜本拡充（2022年度補正）"


def test_an_event_is_an_edge_from_who_acts_to_what_it_is_about(see: See) -> None:
    edge = next(e for e in see("institutions").edges if "ai-bill-cabinet-decision" in e.iri)
    assert (edge.source, edge.target) == (f"{ID}organisation/cabinet", f"{ID}law/ai-bill")
    assert (edge.kind, edge.start, edge.end) == ("cabinet-decision", "2025-02-01", "2025-02-28")


def test_what_lacks_an_end_or_is_referred_to_stays_a_node(see: See) -> None:
    assert "allocation:university-fund-size" in {node.id for node in see("money").nodes}
    events = {node.id for node in see("everything").nodes if node.kind == "event"}
    assert "event:g-quat-founded" in events


def test_keeping_n_ary_nodes_keeps_each_of_them(see: See, store: LocalStore) -> None:
    network = see("everything", Filters(keep_nary=True))
    rows = store.select("SELECT ?s WHERE { ?s a ?class }")
    stated = {s.value for (s,) in rows if s and s.value.startswith(f"{ID}alignment/")}
    assert stated == {node.iri for node in network.nodes if node.kind == "alignment"}
    assert not [e for e in network.edges if e.iri.startswith(ID)]


def test_money_makes_nodes_large_by_the_largest_amount_and_never_by_a_sum(see: See) -> None:
    size = {node.id: node.size for node in see("money").nodes}
    assert size["fund:university-fund"] == 60.0 == size["allocation:university-fund-size"]
    assert size["programme:bridge"] < size["programme:sbir"] < size["programme:k-program"]


def test_a_measure_joins_what_it_uses_with_its_field_and_bears_the_evidence(see: See) -> None:
    links = [e for e in see("programmes").edges if e.kind == "usedInField"]
    assert links
    assert all(edge.evidence and edge.weight >= 1 for edge in links)


def test_the_timeline_runs_from_left_to_right(see: See) -> None:
    x = {node.id: node.x for node in see("evolution").nodes}
    years = [x[f"annual-strategy:{year}"] for year in range(2021, 2026)]
    assert years == sorted(years)
    assert years[3] < x["document:direction-2025-04"] < years[4] < x["document:overview-2025"]


def test_kind_leaves_only_these_kinds(see: See) -> None:
    assert kinds(see("strategy", Filters(kinds=("measure", "field")))) == {"measure", "field"}


def test_pillar_leaves_what_is_under_it_and_what_that_is_joined_to(see: See) -> None:
    pillar = f"{ID}pillar/2025-innovation-ecosystem"
    network = see("strategy", Filters(pillars=(pillar,)))
    assert {node.iri for node in network.nodes if node.kind == "pillar"} == {pillar}
    measures = {node.iri for node in network.nodes if node.kind == "measure"}
    under = {e.source for e in network.edges if e.kind == "underPillar" and e.target == pillar}
    assert measures == under
    assert 0 < len(measures) < 65


def test_field_and_document_narrow_each_other(see: See) -> None:
    field, document = f"{ID}field/quantum", f"{ID}document/overview-2025"
    one = see("strategy", Filters(fields=(field,)))
    both = see("strategy", Filters(fields=(field,), documents=(document,)))
    assert {n.iri for n in both.nodes} < {n.iri for n in one.nodes}
    assert not [n for n in both.nodes if n.id.startswith("measure:direction-")]


def test_date_leaves_out_what_cannot_hold_then(see: See) -> None:
    network = see("money", Filters(date=span("2022")))
    assert {n.id for n in network.nodes if n.kind == "fiscal-year"} == {
        "fiscal-year:2021",
        "fiscal-year:2022",
    }
    assert "programme:sbir" in {n.id for n in network.nodes}  # it has no date of its own


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_depth_counts_edges_in_either_direction(see: See, store: LocalStore, depth: int) -> None:
    entry = Catalogue.of(store).resolve("programme:sbir")
    network = see("everything", Filters(entry=entry, depth=depth))
    whole = to_networkx(see("everything")).to_undirected()
    near = nx.single_source_shortest_path_length(whole, "programme:sbir", cutoff=depth)
    assert {node.id for node in network.nodes} == set(near)


def test_an_entry_outside_the_lens_is_told(see: See, store: LocalStore) -> None:
    entry = Catalogue.of(store).resolve("programme:sbir")
    with pytest.raises(UsageError, match=r"programme:sbir .* isn't in this network"):
        see("strategy", Filters(entry=entry))


def test_the_largest_component_hangs_together(see: See) -> None:
    network = see("programmes", Filters(largest_component=True))
    assert nx.is_connected(to_networkx(network).to_undirected())
    assert 10 < len(network.nodes) < len(see("programmes").nodes)


def test_a_projection_joins_bodies_by_how_much_they_share(see: See) -> None:
    network = see("institutions", Filters(project="organisation"))
    assert kinds(network) == {"organisation"}
    pair = next(e for e in network.edges if e.kind == "shares" and e.weight > 1)
    council, group = (
        f"{ID}organisation/ai-institutional-study-group",
        f"{ID}organisation/ai-strategy-council",
    )
    assert (pair.source, pair.target, pair.weight) == (council, group, 2.0)
    assert pair.evidence


def test_an_empty_answer_to_the_filters_is_an_empty_network(see: See) -> None:
    network = see("strategy", Filters(kinds=("law",)))
    assert (network.nodes, network.edges, network.behind) == ((), (), ())


def test_the_language_changes_no_place(see: See, store: LocalStore) -> None:
    given = (store, Catalogue.of(store), read_release(store))
    english = network_of_lens(*given, LENSES["strategy"], "en")
    for ja, en in zip(see("strategy").nodes, english.nodes, strict=True):
        assert replace(ja, label="") == replace(en, label="")


@pytest.mark.parametrize(
    ("name", "near"), [("Strategie", "strategy"), ("programs", "programmes"), ("monney", "money")]
)
def test_an_unknown_lens_gets_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"nearest: {near}"):
        lens(name)
