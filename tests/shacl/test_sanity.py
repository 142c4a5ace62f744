"""Shapes that mean nothing are named, with what was perhaps meant."""

from __future__ import annotations

import pytest

from stigraph.shacl.sanity import Ontology, problems
from stigraph.store.reading import parse_triples

PREFIXES = """\
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = Ontology.of(
    parse_triples(PREFIXES + ":Programme a owl:Class . :label a owl:DatatypeProperty .")
)
GOOD = """:S a sh:NodeShape ; sh:targetClass :Programme ;
    sh:property [ sh:path :label ; sh:datatype xsd:string ; sh:minCount 1 ] ."""


def said(shapes: str) -> list[str]:
    return [problem.en for problem in problems(parse_triples(PREFIXES + shapes), ONTOLOGY)]


def test_good_shapes_have_no_problem() -> None:
    assert said(GOOD) == []


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("sh:minCount", "sh:mincount", "there is no term sh:mincount; did you mean sh:minCount?"),
        ("sh:datatype", "sh:dataType", "there is no term sh:dataType; did you mean sh:datatype?"),
        ("sh:targetClass", "sh:targetclass", "did you mean sh:targetClass?"),
        ("a sh:NodeShape", "a sh:NodeShap", "did you mean sh:NodeShape?"),
        ("xsd:string", "xsd:strin", "there is no term xsd:strin; did you mean xsd:string?"),
        (":Programme", ":Program", "no class http://e/Program is declared; did you mean"),
        ("sh:path :label", "sh:path :lable", "no property http://e/lable is declared"),
        ("sh:path :label", "sh:path ( :label :no )", "no property http://e/no is declared"),
        ("sh:minCount 1", 'sh:minCount "1"', "needs a whole number"),
        ("sh:minCount 1", "sh:qualifiedMinCount 1", "means nothing without sh:qualifiedValueShape"),
        ("sh:minCount 1", 'sh:flags "i"', "sh:flags means nothing without sh:pattern"),
        ("sh:minCount 1", 'sh:pattern "["', "needs a regular expression"),
        ("sh:minCount 1", "sh:rule :r", "sh:rule is not something this engine can run"),
        ("sh:minCount 1", 'sh:sparql [ sh:select "SELECT" ]', "braces that don't match"),
        ("sh:minCount 1", 'sh:sparql [ sh:select "SELECT $this { ?x }" ]', "not SPARQL 1.1"),
    ],
)
def test_problem_is_named(right: str, wrong: str, sentence: str) -> None:
    assert any(sentence in text for text in said(GOOD.replace(right, wrong)))


def test_every_bad_shape_is_named() -> None:
    shapes = ':S a sh:NodeShape ; sh:in 1 . :T a sh:NodeShape ; sh:pattern "(" .'
    assert len(said(shapes)) == 2
