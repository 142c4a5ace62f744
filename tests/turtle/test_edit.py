"""Triples go into a Turtle text and out of it, and all else stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stigraph.errors import TurtleSyntaxError
from stigraph.terms import Blank, Iri, Literal
from stigraph.turtle import is_formatted, read
from stigraph.turtle.edit import edited
from stigraph.vocab import ID, SKOS, STI, XSD

SBIR = Iri(f"{ID}programme/sbir")
LABEL = Iri(SKOS.prefLabel)
TOPIC = Iri(STI.topic)
TEXT = """\
# The SBIR programme.
@prefix programme: <https://w3id.org/stigraph/id/programme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

programme:sbir skos:prefLabel "SBIR制度"@ja ; # as the law has it
    skos:altLabel "SBIR"@en .
"""


def triples(text: str) -> set[tuple[object, object, object]]:
    return {(t.subject.term, t.predicate.term, t.object.term) for t in read(text)}


def test_a_new_value_joins_those_of_its_property() -> None:
    result = edited(TEXT, [(SBIR, LABEL, Literal.tagged("SBIR programme", "en"))])
    assert '"SBIR制度"@ja , # as the law has it' in result or '"SBIR programme"@en' in result
    assert result.count("skos:prefLabel") == 1


def test_comments_stay() -> None:
    result = edited(TEXT, [(SBIR, TOPIC, Iri(f"{ID}topic/startups"))])
    assert "# The SBIR programme." in result
    assert "# as the law has it" in result


def test_a_prefix_that_is_needed_is_declared() -> None:
    result = edited(TEXT, [(SBIR, TOPIC, Iri(f"{ID}topic/startups"))])
    assert "@prefix topic: <https://w3id.org/stigraph/id/topic/> ." in result
    assert "sti:topic topic:startups" in result


def test_a_prefix_bound_to_something_else_is_not_used() -> None:
    text = '@prefix topic: <http://example.org/> .\n<http://example.org/a> topic:b "c" .\n'
    result = edited(text, [(SBIR, TOPIC, Iri(f"{ID}topic/startups"))])
    assert "<https://w3id.org/stigraph/id/topic/startups>" in result


def test_a_new_subject_follows_the_others() -> None:
    other = Iri(f"{ID}event/founding")
    result = edited(TEXT, [(other, LABEL, Literal.tagged("設立", "ja"))])
    assert result.index("programme:sbir") < result.index("event:founding")


def test_an_empty_text_becomes_a_file() -> None:
    assert is_formatted(edited("", [(SBIR, LABEL, Literal.tagged("SBIR制度", "ja"))]))


def test_a_triple_that_is_there_is_not_added_again() -> None:
    assert edited(TEXT, [(SBIR, LABEL, Literal.tagged("SBIR制度", "ja"))]).count("SBIR制度") == 1


def test_the_comment_of_a_removed_value_stays() -> None:
    result = edited(TEXT, [], [(SBIR, LABEL, Literal.tagged("SBIR制度", "ja"))])
    assert "SBIR制度" not in result
    assert "# as the law has it" in result


def test_the_comments_of_a_removed_subject_stay() -> None:
    everything = [(SBIR, p, o) for _, p, o in triples(TEXT)]
    result = edited(TEXT, [], everything)  # type: ignore[arg-type]
    assert triples(result) == set()
    assert "# as the law has it" in result


def test_blank_nodes_of_the_text_stay() -> None:
    text = '<http://example.org/a> <http://example.org/b> [ <http://example.org/c> "d" ] .\n'
    result = edited(text, [(SBIR, LABEL, Literal.tagged("x", "en"))])
    assert '[ <http://example.org/c> "d" ]' in result


def test_a_blank_node_can_not_be_added() -> None:
    with pytest.raises(TypeError):
        edited("", [(SBIR, LABEL, Blank("x"))])


def test_a_text_that_is_not_turtle_is_refused() -> None:
    with pytest.raises(TurtleSyntaxError):
        edited("programme:sbir a", [])


VALUES = st.one_of(
    st.text(max_size=20).map(Literal),
    st.text(max_size=20).map(lambda text: Literal.tagged(text, "ja")),
    st.integers().map(lambda number: Literal(str(number), XSD.integer)),
    st.integers(1000, 9999).map(lambda year: Literal(str(year), XSD.gYear)),
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True).map(
        lambda slug: Iri(f"{ID}programme/{slug}")
    ),
)
TRIPLES = st.lists(
    st.tuples(
        st.sampled_from(
            [SBIR, Iri(f"{ID}event/a"), Iri("http://example.org/x y".replace(" ", ""))]
        ),
        st.sampled_from([LABEL, TOPIC, Iri(STI.about)]),
        VALUES,
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(TRIPLES, TRIPLES)
def test_the_result_says_what_it_should(
    first: list[tuple[Iri, Iri, Iri | Literal]], second: list[tuple[Iri, Iri, Iri | Literal]]
) -> None:
    once = edited(TEXT, first)
    assert triples(once) == triples(TEXT) | set(first)
    twice = edited(once, second, first)
    assert triples(twice) == (triples(once) - set(first)) | set(second)
    assert is_formatted(twice)
    assert edited(twice, second) == twice
