"""A change affects no node that `Affected` doesn't name: 500 changes in the long profile."""

from __future__ import annotations

import os
from collections import Counter

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from tests.shacl.random_shapes import PREFIXES, cases

from stigraph.shacl.affected import Affected
from stigraph.shacl.engine import Validation
from stigraph.shacl.graph import Triple
from stigraph.shacl.parse import ShapesDocument, parse_shapes
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples

EXAMPLES = 2000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 200

Found = Counter[tuple[str, ...]]

QUERIES = (
    "$this <http://e/p> ?o . ?o <http://e/q> ?value",
    "?value <http://e/p> ?o . ?o <http://e/q> $this",
    "$this <http://e/p> ?value FILTER NOT EXISTS { ?value <http://e/q> ?o ; <http://e/r> ?o2 }",
    "$this <http://e/r> ?value OPTIONAL { ?value <http://e/p> ?x } FILTER(!bound(?x))",
    "{ $this <http://e/p> ?value } UNION { $this <http://e/q> ?x . ?x a <http://e/C>, ?value }",
    "$this <http://e/p> ?x . ?y <http://e/q> ?value FILTER(?y = ?x)",
    "$this ?any ?x . ?x ?more ?value",
    "{ SELECT $this (COUNT(?o) AS ?value) { $this <http://e/p>/<http://e/q> ?o } GROUP BY $this }",
)
SPARQL = "".join(
    f":Q{number} a sh:NodeShape ; sh:targetSubjectsOf :p , :q ; "
    f'sh:sparql [ sh:select "SELECT $this ?value {{ {query} }}" ] .\n'
    for number, query in enumerate(QUERIES)
)


def found(validation: Validation, only: Affected | None) -> Found:
    rooted = validation.rooted_results(only) if only else validation.rooted_results()
    return Counter(
        (
            repr(shape.node),
            repr(root),
            repr(result.focus),
            str(result.path),
            repr(result.value),
            result.component,
            repr(result.shape),
        )
        for shape, root, result in rooted
    )


def full(triples: list[Triple], shapes: ShapesDocument) -> Found:
    return found(Validation(DataGraph.of_triples(triples), shapes), None)


def within(results: Found, shapes: ShapesDocument, affected: Affected) -> Found:
    nodes = {
        repr(shape.node): None if (some := affected(shape)) is None else {repr(n) for n in some}
        for shape in shapes.targeted()
    }
    return Counter(
        {
            key: count
            for key, count in results.items()
            if (near := nodes[key[0]]) is None or key[1] in near
        }
    )


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.data())
def test_only_affected_nodes_change(case: tuple[str, str], data: st.DataObject) -> None:
    graph, turtle = case
    note(graph)
    note(turtle)
    shapes = parse_shapes(parse_triples(turtle + SPARQL))
    triples = sorted(set(parse_triples(graph)), key=repr)
    removed = set(data.draw(st.lists(st.sampled_from(triples), max_size=3)))
    added = set(data.draw(st.lists(st.sampled_from(triples), max_size=2))) - removed
    before = [triple for triple in triples if triple not in added]
    after = [triple for triple in triples if triple not in removed]
    changed = Affected(DataGraph.of_triples(after), [*added, *removed])
    old, new = full(before, shapes), full(after, shapes)
    incremental = found(Validation(DataGraph.of_triples(after), shapes), changed)
    assert incremental == within(new, shapes, changed)
    assert new - incremental == old - within(old, shapes, changed)


def test_a_query_is_walked_from_the_focus_node() -> None:
    shapes = parse_shapes(parse_triples(PREFIXES + SPARQL))
    data = parse_triples(PREFIXES + ":a :p :b . :b :q :c . :d :p :e . :e :q :f .")
    change = parse_triples(PREFIXES + ":b :q :g .")
    affected = Affected(DataGraph.of_triples([*data, *change]), change)
    by_name = {str(shape.node): affected(shape) for shape in shapes.targeted()}
    assert {str(node) for node in by_name["http://e/Q0"] or ()} == {"<http://e/a>", "<http://e/b>"}
    assert by_name["http://e/Q6"] is None
