"""Random data graphs and shapes graphs, as Turtle."""

from __future__ import annotations

import re

from hypothesis import strategies as st

PREFIXES = """\
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

NODES = [":a", ":b", ":c", ":d", "_:x", "_:y"]
LITERALS = [
    "1",
    "2",
    "3",
    "1.5",
    '"a"',
    '"b"',
    '"abc"',
    '"a"@en',
    '"b"@en',
    '"a"@de',
    '"c"@en-GB',
    "true",
    '"2020-01-01"^^xsd:date',
    '"2021-06-01"^^xsd:date',
    '"x"^^xsd:integer',
    '"5"^^xsd:int',
    '"2020-01-01T00:00:00"^^xsd:dateTime',
]
PREDICATES = [":p", ":q", ":r"]
ORDERED = [":m", ":n"]
"""Properties whose values are numbers, or else dates: what pySHACL compares as SPARQL does."""
CLASSES = [":C", ":D", ":E"]

DATES = [literal for literal in LITERALS if "date" in literal]
NUMBERS = ["1", "2", "3", "1.5", '"5"^^xsd:int', '"x"^^xsd:integer', "true"]


def graphs(literals: list[str], comparable: list[str]) -> st.SearchStrategy[str]:
    subjects, predicates = st.sampled_from(NODES), st.sampled_from(PREDICATES)
    triples = st.one_of(
        st.tuples(subjects, predicates, st.sampled_from(NODES)),
        st.tuples(subjects, predicates, st.sampled_from(literals)),
        st.tuples(subjects, st.sampled_from(ORDERED), st.sampled_from(comparable)),
        st.tuples(subjects, st.just("a"), st.sampled_from(CLASSES)),
    )
    return st.lists(triples, max_size=24).map(
        lambda found: (
            PREFIXES
            + ":D rdfs:subClassOf :C .\n"
            + "".join(" ".join(triple) + " .\n" for triple in found)
        )
    )


SEQUENCE = re.compile(r"(?<!sh:alternativePath )\(")
simple_paths = st.sampled_from([*PREDICATES, *(f"[ sh:inversePath {p} ]" for p in PREDICATES)])
paths = st.recursive(
    simple_paths,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"( {two[0]} {two[1]} )"),
        st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ( {two[0]} {two[1]} ) ]"),
        inner.filter(lambda path: not SEQUENCE.search(path)).map(
            lambda path: f"[ sh:inversePath {path} ]"
        ),
        inner.map(lambda path: f"[ sh:zeroOrMorePath {path} ]"),
        inner.map(lambda path: f"[ sh:oneOrMorePath {path} ]"),
        inner.map(lambda path: f"[ sh:zeroOrOnePath {path} ]"),
    ),
    max_leaves=3,
)

DATATYPES = ["xsd:integer", "xsd:string", "rdf:langString", "xsd:date", "xsd:int", "xsd:boolean"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
TERMS = [":a", ":b", *LITERALS]


def one(name: str, values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(values).map(lambda value: f"sh:{name} {value}")


def listed(name: str, values: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), max_size=4, unique=True).map(
        lambda items: f"sh:{name} ( {' '.join(items)} )"
    )


value_parts = st.one_of(
    one("class", CLASSES),
    one("datatype", DATATYPES),
    one("nodeKind", [f"sh:{kind}" for kind in KINDS]),
    *(
        one(name, ["1", "2", "1.5"])
        for name in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
    ),
    one("minLength", ["1", "2"]),
    one("maxLength", ["0", "1", "2"]),
    one("pattern", ['"a"', '"^[ab]$"', '"e/"', '"A" ; sh:flags "i"']),
    listed("languageIn", ['"en"', '"de"', '"en-GB"']),
    one("hasValue", TERMS),
    listed("in", TERMS),
    one("equals", PREDICATES),
    one("disjoint", PREDICATES),
)
property_parts = st.one_of(
    value_parts,
    one("minCount", ["0", "1", "2"]),
    one("maxCount", ["0", "1", "2"]),
    one("uniqueLang", ["true", "false"]),
)


def unique_parts(parts: list[str]) -> list[str]:
    """Keep the first of each parameter: most may have one value only."""
    return list({part.split()[0]: part for part in reversed(parts)}.values())


def bodies(inner: st.SearchStrategy[str], parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=2).map(" ".join)
    nested = st.one_of(
        inner.map(lambda shape: f"sh:node {shape}"),
        inner.map(lambda shape: f"sh:not {shape}"),
        several.map(lambda shapes: f"sh:and ( {shapes} )"),
        several.map(lambda shapes: f"sh:or ( {shapes} )"),
        several.map(lambda shapes: f"sh:xone ( {shapes} )"),
    )
    return st.lists(st.one_of(parts, parts, nested), max_size=3).map(unique_parts).map(" ; ".join)


def property_shape(path: str, body: str, more: str) -> str:
    return f"[ sh:path {path} {'; ' + body if body else ''} {'; ' + more if more else ''} ]"


compared = st.sampled_from(["lessThan", "lessThanOrEquals"]).map(
    lambda name: f"[ sh:path :m ; sh:{name} :n ]"
)


def shapes_around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    node_body = bodies(inner, value_parts)
    prop = st.builds(property_shape, paths, bodies(inner, property_parts), qualified(inner))
    return st.builds(
        lambda body, props, closed: (
            "[ a sh:NodeShape "
            + "".join(
                f"; {part}" for part in (body, *(f"sh:property {p}" for p in props), closed) if part
            )
            + " ]"
        ),
        node_body,
        st.lists(st.one_of(prop, prop, compared), max_size=2),
        st.sampled_from(
            ["", "", "", "sh:closed true", "sh:closed true ; sh:ignoredProperties ( rdf:type )"]
        ),
    )


def qualified(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.just(""),
        st.just(""),
        st.builds(
            lambda shape, low, high, apart: (
                f"sh:qualifiedValueShape {shape} ; {low} ; {high} {apart}"
            ),
            inner,
            one("qualifiedMinCount", ["0", "1", "2"]),
            one("qualifiedMaxCount", ["0", "1"]),
            st.sampled_from(["", "; sh:qualifiedValueShapesDisjoint true"]),
        ),
    )


leaves = bodies(st.just("[ sh:nodeKind sh:IRI ]"), value_parts).map(
    lambda body: f"[ a sh:NodeShape {'; ' + body if body else ''} ]"
)
nested_shapes = st.recursive(leaves, shapes_around, max_leaves=2)
targets = st.lists(
    st.one_of(
        one("targetClass", CLASSES),
        one("targetNode", [":a", ":b", ":zz", '"b"', '"a"@en']),
        one("targetSubjectsOf", PREDICATES),
        one("targetObjectsOf", PREDICATES),
    ),
    min_size=1,
    max_size=2,
)
others = st.sampled_from(
    ["", "", "", "sh:severity sh:Warning", 'sh:message "m"@en', "sh:deactivated true"]
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = [PREFIXES]
    for number in range(draw(st.integers(1, 3))):
        target, other = " ; ".join(draw(targets)), draw(others)
        shape = draw(shapes_around(nested_shapes))
        body = shape.removeprefix("[ a sh:NodeShape ").removesuffix("]")
        lines.append(
            f":S{number} a sh:NodeShape ; {target} {'; ' + other if other else ''} {body} ."
        )
    return "\n".join(lines)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, str]:
    shapes = draw(documents())
    world = draw(st.sampled_from(["dates", "numbers", "no ranges"]))
    left_out: list[str] = []
    comparable = DATES[:2]
    if world == "no ranges":
        shapes = re.sub(r"sh:(?:min|max)(?:In|Ex)clusive [\d.]+(?=[ ;])", "sh:disjoint :r", shapes)
    elif world == "dates":
        left_out = NUMBERS
        for limit in ("1", "2", "1.5"):
            shapes = re.sub(
                rf"(sh:(?:min|max)(?:In|Ex)clusive) {limit}(?=[ ;])",
                r'\1 "2020-06-01"^^xsd:date',
                shapes,
            )
    else:
        left_out = [*DATES, "true", '"x"^^xsd:integer', "true"]
        comparable = ["1", "2", "1.5", '"5"^^xsd:int']
    literals = [item for item in LITERALS if item not in left_out]
    return draw(graphs(literals, comparable)), shapes
