"""A finding's terms lead to the place where the author must look."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from stigraph.errors import TurtleSyntaxError
from stigraph.turtle import Iri, Literal, SourceMap, Span
from stigraph.turtle.locate import locate
from stigraph.vocab import XSD

EX = "http://example.org/"
TEXT = """@prefix ex: <http://example.org/> .
ex:s a ex:C ;
    ex:label "柱"@ja , "Pillar"@en-GB ;
    ex:value 0206 ; ex:value 7 ;
    ex:to ex:nowhere .

ex:t ex:to ex:s .
ex:s ex:more [ ex:p 1 ] ; ex:value 7 .
"""


def iri(name: str) -> Iri:
    return Iri(f"{EX}{name}")


@pytest.fixture(scope="module")
def places() -> SourceMap:
    return SourceMap.of(TEXT)


def test_something_missing_stands_at_the_first_mention_as_subject(places: SourceMap) -> None:
    assert places.locate(iri("s")) == Span(2, 1, 2, 5)


def test_a_missing_property_stands_at_the_subject(places: SourceMap) -> None:
    assert places.locate(iri("s"), iri("missing")) == Span(2, 1, 2, 5)


def test_a_wrong_term_stands_at_that_term(places: SourceMap) -> None:
    assert places.locate(iri("s"), iri("to"), iri("nowhere")) == Span(5, 11, 5, 21)


def test_a_property_without_a_value_stands_at_the_predicate(places: SourceMap) -> None:
    assert places.locate(iri("s"), iri("to")) == Span(5, 5, 5, 10)


def test_a_value_that_is_not_there_stands_at_the_predicate(places: SourceMap) -> None:
    assert places.locate(iri("s"), iri("to"), iri("elsewhere")) == Span(5, 5, 5, 10)


def test_a_duplicate_stands_at_the_second(places: SourceMap) -> None:
    seven = Literal("7", XSD.integer)
    assert places.locate(iri("s"), iri("value"), seven) == Span(4, 30, 4, 31)
    assert places.locate(iri("s"), iri("value"), seven, occurrence=2) == Span(8, 36, 8, 37)


def test_of_fewer_than_asked_for_the_last_is_taken(places: SourceMap) -> None:
    assert places.locate(iri("s"), occurrence=9) == Span(8, 1, 8, 5)


def test_a_node_that_is_only_referred_to_stands_where_it_is(places: SourceMap) -> None:
    assert places.locate(iri("nowhere")) == Span(5, 11, 5, 21)


def test_a_node_that_is_not_there_stands_nowhere(places: SourceMap) -> None:
    assert places.locate(iri("absent"), iri("to")) is None


def test_terms_of_the_store_are_found(places: SourceMap) -> None:
    english = ox.Literal("Pillar", language="en-gb")
    found = places.locate(ox.NamedNode(f"{EX}s"), ox.NamedNode(f"{EX}label"), english)
    assert found == Span(3, 23, 3, 37)


def test_a_number_that_the_store_has_rewritten_is_found_by_its_value(places: SourceMap) -> None:
    rewritten = ox.Literal("206", datatype=ox.NamedNode(XSD.integer))
    assert places.locate(iri("s"), iri("value"), rewritten) == Span(4, 14, 4, 18)


def test_a_text_is_not_taken_for_a_number(places: SourceMap) -> None:
    assert places.locate(iri("s"), iri("value"), Literal("206")) == Span(4, 5, 4, 13)


def test_triples_come_in_the_order_of_the_file(places: SourceMap) -> None:
    lines = [triple.object.span.line for triple in places.triples(iri("s"), iri("value"))]
    assert lines == [4, 4, 8]
    assert [triple.object.span.line for triple in places.triples(iri("s"))] == [
        2,
        *[3] * 2,
        *[4] * 2,
        5,
        8,
        8,
    ]


def test_every_place_of_a_term_is_known(places: SourceMap) -> None:
    assert [place.span.line for place in places.subjects(iri("s"))] == [2, 8]
    assert [place.span.line for place in places.mentions(iri("s"))] == [2, 7, 8]


def test_a_blank_node_is_found_under_the_label_that_reading_gave_it(places: SourceMap) -> None:
    node = places.triples(iri("s"), iri("more"))[0].object
    assert places.locate(node.term, iri("p")) == Span(8, 16, 8, 20)


def test_the_map_holds_all_triples(places: SourceMap) -> None:
    assert len(places) == len(list(places)) == 10


def test_a_single_finding_needs_no_map() -> None:
    assert locate(TEXT, iri("t"), iri("to"), iri("s")) == Span(7, 12, 7, 16)


def test_a_text_with_an_error_has_no_map() -> None:
    with pytest.raises(TurtleSyntaxError):
        SourceMap.of("ex:s")
