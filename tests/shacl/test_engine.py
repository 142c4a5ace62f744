"""Cases of our own: exact literals, messages, queries, paths, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.errors import ShapesError
from stigraph.shacl.engine import Validation, validate
from stigraph.shacl.report import report_turtle
from stigraph.shacl.results import ShapeResult
from stigraph.store.data import DataGraph
from stigraph.store.local import LocalStore
from stigraph.store.reading import parse_triples
from stigraph.terms import Blank, Iri, Literal
from stigraph.vocab import SH, XSD

PREFIXES = """\
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def run(data: str, shapes: str) -> list[ShapeResult]:
    graph = DataGraph.of_triples(parse_triples(PREFIXES + data))
    return validate(graph, parse_triples(PREFIXES + shapes))


def values(data: str, shapes: str) -> set[str]:
    return {str(result.value) for result in run(data, shapes)}


def property_shape(body: str) -> str:
    return f":S a sh:PropertyShape ; sh:targetSubjectsOf :p ; sh:path :p ; {body} ."


@pytest.mark.parametrize(
    ("literal", "datatype", "fits"),
    [
        ('"01"^^xsd:integer', "xsd:integer", True),
        ('"5"^^xsd:byte', "xsd:byte", True),
        ('"5"^^xsd:byte', "xsd:integer", False),
        ('"300"^^xsd:byte', "xsd:byte", False),
        ('"99999999999999999999999"^^xsd:integer', "xsd:integer", True),
        ('"2020-02-30"^^xsd:date', "xsd:date", False),
        ('"2024-02-29"^^xsd:date', "xsd:date", True),
        ('"2020-01-01T24:00:00"^^xsd:dateTime', "xsd:dateTime", True),
        ('"1.0"^^xsd:integer', "xsd:integer", False),
        ('"NaN"^^xsd:double', "xsd:double", True),
        ('"1"^^xsd:boolean', "xsd:boolean", True),
        ('"soon"^^xsd:gYear', "xsd:gYear", False),
        ('"P1Y0M"^^xsd:duration', "xsd:duration", True),
        ('"x"@en', "rdf:langString", True),
        ('"x"@en', "xsd:string", False),
        ('"x"', ":own", False),
        ('"x"^^:own', ":own", True),
    ],
)
def test_datatype_looks_at_the_literal_as_written(literal: str, datatype: str, fits: bool) -> None:
    found = run(f":a :p {literal} .", property_shape(f"sh:datatype {datatype}"))
    assert (not found) is fits


def test_literals_of_one_value_are_two_terms() -> None:
    data = ':a :p 1 , "01"^^xsd:integer , "1"^^xsd:byte .'
    assert [r.component for r in run(data, property_shape("sh:maxCount 2"))] == [
        SH.MaxCountConstraintComponent
    ]
    found = run(data, property_shape("sh:in ( 1 )"))
    assert {r.value for r in found} == {Literal("01", XSD.integer), Literal("1", XSD.byte)}


@pytest.mark.parametrize("literal", ['"07"^^xsd:integer', '"7"^^xsd:byte', '"7.0"^^xsd:decimal'])
def test_rewritten_literals_are_compared_by_value(literal: str) -> None:
    assert not run(f":a :p {literal} .", property_shape("sh:minInclusive 7 ; sh:maxExclusive 8"))
    assert run(f":a :p {literal} .", property_shape("sh:maxInclusive 6"))


def test_sealed_literals_are_values_in_queries() -> None:
    shapes = property_shape(
        'sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER(?value < 3) }" ]'
    )
    assert len(run(':a :p "02"^^xsd:integer . :b :p "04"^^xsd:integer .', shapes)) == 1


def test_messages_of_every_language_are_reported() -> None:
    (result,) = run(":a :p 1 .", property_shape('sh:maxCount 0 ; sh:message "多い"@ja , "many"@en'))
    assert result.messages == {"ja": "多い", "en": "many"}


def test_default_messages_are_in_both_languages() -> None:
    (result,) = run(':a :p "x" .', property_shape("sh:datatype xsd:integer"))
    assert result.messages["en"] == "x is not a well-formed xsd:integer"
    assert result.messages["ja"]


def test_message_templates_are_filled() -> None:
    shapes = property_shape(
        'sh:sparql [ sh:message "{$this} has {?value} of {$PATH}" ; '
        'sh:select "SELECT $this ?value { $this $PATH ?value }" ]'
    )
    (result,) = run(":a :p 1 .", shapes)
    assert result.messages == {"": "http://e/a has 1 of http://e/p"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { FILTER($this = :a) }",
        "SELECT $this { { FILTER(false) } UNION { FILTER($this = :a) } }",
        "SELECT $this { BIND($this AS ?that) FILTER(?that = :a) }",
        "SELECT $this { { SELECT $this { FILTER($this = :a) } } }",
        "SELECT $this (COUNT(?v) AS ?n) { $this :p ?v } GROUP BY $this HAVING(COUNT(?v) > 1)",
        "SELECT $this { $this :p ?v } ORDER BY DESC(?v) LIMIT 1",
        "SELECT $this { $this :q ?v OPTIONAL { ?x :q ?w FILTER(?x = $this) } FILTER(bound(?w)) }",
        "SELECT $this { $this ?any ?thing FILTER NOT EXISTS { ?x :r ?y FILTER(?x = $this) } }",
    ],
)
@pytest.mark.parametrize("many", [0, 1500])
def test_queries_of_all_forms_are_pre_bound(query: str, many: int) -> None:
    prefixes = ':x sh:declare [ sh:prefix "" ; sh:namespace "http://e/"^^xsd:anyURI ] .'
    shapes = f"""{prefixes} :S a sh:NodeShape ; sh:targetClass :C ;
        sh:sparql [ sh:prefixes :x ; sh:select '''{query}''' ] ."""
    data = ":a a :C ; :p 1 , 2 ; :q 3 . :b a :C ; :r 4 ."
    data += "".join(f":n{n} a :C ; :r 4 ." for n in range(many))
    found = {str(result.focus) for result in run(data, shapes)}
    assert found == {"http://e/a"}


def test_blank_nodes_are_focus_nodes_of_queries_run_one_by_one() -> None:
    shapes = """:S a sh:NodeShape ; sh:targetClass :C ;
        sh:sparql [ sh:select "SELECT $this { $this <http://e/p> ?v } LIMIT 1" ] ."""
    assert len(run("[] a :C ; :p 1 , 2 . [] a :C .", shapes)) == 1


def test_results_of_a_shared_value_are_reported_for_each_parent() -> None:
    shapes = """:S a sh:NodeShape ; sh:targetClass :C ;
        sh:property [ sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ] ] ."""
    found = run(":a a :C ; :p :v . :b a :C ; :p :v .", shapes)
    assert [str(result.focus) for result in found] == ["http://e/v", "http://e/v"]


def test_paths_of_all_kinds_are_written_in_the_report() -> None:
    path = "( [ sh:inversePath :p ] [ sh:alternativePath ( :q [ sh:zeroOrMorePath :r ] ) ] )"
    (result,) = run(
        ":x :p :a .", f":S a sh:PropertyShape ; sh:targetNode :a ; sh:path {path} ; sh:maxCount 0 ."
    )
    turtle = report_turtle([result])
    assert result.path is None
    for name in ("inversePath", "alternativePath", "zeroOrMorePath"):
        assert f"sh:{name}" in turtle


@pytest.mark.parametrize(
    "shapes",
    [
        ":S a sh:NodeShape ; sh:targetNode :a ; sh:node :S .",
        ":S a sh:NodeShape ; sh:property [ sh:path :p ; sh:node :S ] .",
        ":S a sh:NodeShape ; sh:and ( :T ) . :T sh:not :S .",
        ":S a sh:PropertyShape ; sh:minCount 1 .",
        ":S a sh:PropertyShape ; sh:path ( :p ) .",
        ':S a sh:PropertyShape ; sh:path :p ; sh:minCount "one" .',
        ":S a sh:PropertyShape ; sh:path :p ; sh:minCount 1 , 2 .",
        ":S a sh:NodeShape ; sh:minCount 1 .",
        ":S a sh:NodeShape ; sh:in :a .",
        ":S a sh:NodeShape ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        ':S a sh:NodeShape ; sh:pattern "(" .',
        ":S a sh:NodeShape ; sh:nodeKind :IRI .",
        ":S a sh:NodeShape ; sh:targetClass [] .",
        ':S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select "SELECT $this { $this" ] .',
        ':S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select "SELECT $this { no }" ] .',
        ":S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select "
        '"SELECT $this { \\\\u0053ERVICE <http://x> { $this ?p ?o } }" ] .',
        ":S a sh:NodeShape ; sh:deactivated 1 .",
    ],
)
def test_shapes_that_cannot_be_run_are_refused(shapes: str) -> None:
    with pytest.raises(ShapesError):
        run(":a :p 1 .", shapes)


def test_words_of_sparql_in_strings_are_nothing_special() -> None:
    query = (
        "SELECT $this ?value { $this $PATH ?value FILTER(?value != 'MINUS VALUES {') } # SERVICE"
    )
    assert len(run(":a :p 1 .", property_shape(f'sh:sparql [ sh:select "{query}" ]'))) == 1


def test_custom_component_with_a_blank_node_parameter() -> None:
    shapes = """
    :Component a sh:ConstraintComponent ; sh:parameter [ sh:path :oneOf ] ;
        sh:validator [ sh:ask '''ASK {
            GRAPH $shapesGraph { $oneOf <http://e/member> $value } }''' ] .
    :S a sh:PropertyShape ; sh:targetSubjectsOf :p ; sh:path :p ; :oneOf [ :member 1 , 2 ] .
    """
    assert values(":a :p 1 , 3 .", shapes) == {"3"}


def test_local_store_is_validated_as_it_is() -> None:
    store = LocalStore()
    store.add_graph("http://e/g", [(Iri("http://e/a"), Iri("http://e/p"), Literal("x"))])
    shapes = parse_triples(PREFIXES + property_shape("sh:maxCount 0"))
    assert len(validate(DataGraph.of_local(store), shapes)) == 1


def test_files_with_and_without_rewritten_literals_agree(tmp_path: Path) -> None:
    plain, other = tmp_path / "plain.ttl", tmp_path / "other.ttl"
    plain.write_text(PREFIXES + ':a :p 1 , 2.5 , "2020-01-01"^^xsd:date , true .', encoding="utf-8")
    other.write_text(PREFIXES + ":a :p 01 , 2.50 , 1e0 , 'x'@en .", encoding="utf-8")
    shapes = parse_triples(PREFIXES + property_shape("sh:maxCount 7"))
    assert len(validate(DataGraph.of_files([plain, other]), shapes)) == 1
    assert not validate(DataGraph.of_files([plain]), shapes)


def test_checked_counts_focus_nodes() -> None:
    graph = DataGraph.of_triples(parse_triples(PREFIXES + ":a :p 1 . :b :p 2 ."))
    validation = Validation(graph, parse_triples(PREFIXES + property_shape("sh:minCount 1")))
    assert list(validation.results()) == []
    assert validation.checked == 2


def test_blank_focus_nodes_keep_their_label() -> None:
    triples = [(Blank("x"), Iri("http://e/p"), Literal("v"))]
    shapes = parse_triples(PREFIXES + property_shape("sh:maxCount 0"))
    (result,) = validate(DataGraph.of_triples(triples), shapes)
    assert result.focus == Blank("x")
