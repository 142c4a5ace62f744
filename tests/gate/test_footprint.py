"""A rule that doesn't name a predicate finds the same, whatever changes about that predicate."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pyoxigraph as ox
import pytest

from stigraph.dataset import load_project
from stigraph.derive import BOUNDS_FROM, KNOWN_FROM, derived
from stigraph.digests import Digests
from stigraph.gate.delta import Delta
from stigraph.gate.footprint import footprint
from stigraph.gate.incremental import Asked
from stigraph.gate.rules import Rule, read_rules
from stigraph.oxigraph import from_oxigraph
from stigraph.project import Project
from stigraph.store import LocalStore, Solutions
from stigraph.vocab import DERIVED_GRAPH, RDF, STI

MANY = os.environ.get("HYPOTHESIS_PROFILE") == "long"
A = "PREFIX a: <urn:a:> SELECT ?x "
BOUNDS = {STI.earliest, STI.latest}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (A + "{ ?x a:b ?y }", {"b"}),
        (A + "{ ?x a:b/a:c*|^a:d 'x'@en ; a:e 5, true . ?y a a:f }", {"b", "c", "d", "e", "f"}),
        (A + "{ ?x (a:b|a:c)/a:d ?y OPTIONAL { ?y a:e ?z } }", {"b", "c", "d", "e"}),
        (A + "{ VALUES ?p { a:b a:c } ?x ?p ?y }", {"b", "c"}),
        (A + "{ ?x ?p ?y VALUES (?p ?q) { (a:b 1) } }", {"b"}),
        (A + "{ { VALUES ?p { a:b } ?x ?p ?y } UNION { ?x a:c ?y } }", {"b", "c"}),
        (A + "{ ?x a:b ?y FILTER(?y > 3 && NOT EXISTS { ?y a:c ?x }) }", {"b", "c"}),
        (
            A + "{ { SELECT ?x { ?x a:b ?y } GROUP BY ?x HAVING(COUNT(*) > 1) } ?x a:c 1 }",
            {"b", "c"},
        ),
        (A + '{ ?x <urn:a:b> "?x ?p ?y" } # ?x ?p ?y', {"b"}),
    ],
)
def test_a_footprint_has_the_predicates_of_patterns_and_paths(query: str, named: set[str]) -> None:
    found = footprint(query)
    assert found is not None
    assert {iri.removeprefix("urn:a:") for iri in found - {RDF.type, "urn:a:"}} == named


@pytest.mark.parametrize(
    "query",
    [
        A + "{ ?x ?p ?y }",
        A + "{ ?x a:b ?y ; ?p ?z }",
        A + "{ ?x !a:b ?y }",
        A + "{ ?x a:b/!(a:c|a:d) ?y }",
        A + "{ ?x a:b [ ?p ?y ] }",
        A + "{ ?x a:b (1 2) }",
        A + "{ GRAPH ?g { ?x a:b ?y } }",
        A + "FROM <urn:g> { ?x a:b ?y }",
        A + "{ { VALUES ?p { a:b } ?x ?p ?y } UNION { ?x ?p ?z } }",
        A + "{ { SELECT ?y { ?y ?p ?z } } VALUES ?p { a:b } }",
        A + "{ ?x a:b ?y FILTER(?y > 3 && NOT EXISTS { ?x ?p ?o }) }",
        A + "{ ?x a:b ?y FILTER NOT EXISTS { ?x ?p ?o } }",
        A + "{ ?x a:b ?y . FILTER(?y",
    ],
)
def test_a_query_that_may_look_at_any_predicate_has_none(query: str) -> None:
    assert footprint(query) is None


@pytest.fixture(scope="module")
def store(project: Project) -> LocalStore:
    return load_project(project)


@pytest.fixture(scope="module")
def rules(project: Project) -> list[Rule]:
    return read_rules(project.rule_files())


def answers(rule: Rule, store: LocalStore) -> frozenset[object]:
    found = store.query(rule.query)
    assert isinstance(found, Solutions)
    return frozenset(found)


@contextmanager
def swapped(store: LocalStore, gone: list[ox.Quad], come: list[ox.Quad]) -> Iterator[None]:
    for quad in gone:
        store.raw.remove(quad)
    store.raw.extend(come)
    try:
        yield
    finally:
        for quad in come:
            store.raw.remove(quad)
        store.raw.extend(gone)


def spoilt(stated: list[ox.Quad], random: Random) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Return triples to take out and to put in: dropped, with another value, of another node."""
    one, other = random.choice(stated), random.choice(stated)
    kind = random.randrange(3)
    new = [
        [],
        [ox.Quad(one.subject, one.predicate, other.object)],
        [ox.Quad(other.subject, one.predicate, one.object)],
    ][kind]
    return [] if kind == 2 else [one], [quad for quad in new if quad not in stated]


def test_rules_that_a_change_is_not_seen_by_find_the_same(
    store: LocalStore, rules: list[Rule]
) -> None:
    random = Random(11)  # noqa: S311
    day = ox.NamedNode(DERIVED_GRAPH)
    old = {quad.triple for quad in store.raw.quads_for_pattern(None, None, None, day)}
    union = [q for q in store.raw if isinstance(q.graph_name, ox.DefaultGraph)]
    stated = [quad for quad in union if quad.triple not in old]
    before = {rule.code: answers(rule, store) for rule in rules}
    skipped = differing = 0
    for _ in range(150 if MANY else 12):
        gone, come = spoilt(stated, random)
        with swapped(store, [*gone, *(ox.Quad(*t) for t in old)], come):
            fresh = list(derived(store.raw))
            with swapped(store, [], fresh):
                triples = (from_oxigraph(x) for quad in (*gone, *come) for x in quad.triple)
                changed = frozenset(zip(triples, triples, triples, strict=True))
                delta = Delta(changed, frozenset(), frozenset())
                asked = Asked.of(rules, delta, Digests(None, ()))
                for rule in rules:
                    is_same = answers(rule, store) == before[rule.code]
                    is_asked = rule in (*asked.stated, *asked.derived)
                    assert is_same or is_asked, (rule.code, gone, come)
                    skipped += not is_asked
                    differing += not is_same
    assert skipped > 100
    assert differing or not MANY


def test_derived_triples_differ_only_where_their_origins_do(store: LocalStore) -> None:
    random = Random(5)  # noqa: S311
    day = ox.NamedNode(DERIVED_GRAPH)
    old = {quad.triple for quad in store.raw.quads_for_pattern(None, None, None, day)}
    union = [q for q in store.raw if isinstance(q.graph_name, ox.DefaultGraph)]
    stated = [quad for quad in union if quad.triple not in old]
    for _ in range(400 if MANY else 40):
        gone, come = spoilt(stated, random)
        with swapped(store, gone, come):
            fresh = {quad.triple for quad in derived(store.raw)}
        predicates = {quad.predicate.value for quad in (*gone, *come)}
        differing = {triple.predicate.value for triple in fresh ^ old}
        assert not differing & BOUNDS or predicates & BOUNDS_FROM
        assert STI.knownFrom not in differing or predicates & KNOWN_FROM


def test_rules_that_look_at_what_is_stated_only_find_the_same_without_derived_triples(
    store: LocalStore, rules: list[Rule]
) -> None:
    chosen = [rule for rule in rules if rule.only_stated]
    day = ox.NamedNode(DERIVED_GRAPH)
    old = [ox.Quad(*q.triple) for q in store.raw.quads_for_pattern(None, None, None, day)]
    before = [answers(rule, store) for rule in chosen]
    assert len(chosen) == 2
    with swapped(store, old, []):
        assert [answers(rule, store) for rule in chosen] == before


def test_nearly_all_rules_have_a_footprint(rules: list[Rule]) -> None:
    without = [rule for rule in rules if footprint(rule.query) is None]
    assert all(rule.only_stated for rule in without)
