"""Every term knows where it is written, in lines and columns of code points."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.turtle import Blank, Literal, LocatedTerm, Span, read
from stigraph.turtle.builder import build
from stigraph.turtle.tree import Directive
from stigraph.vocab import RDF

HEAD = "@prefix p: <http://example.org/> .\n"


def spans(text: str) -> list[tuple[tuple[int, int, int, int], ...]]:
    """Return the places of each triple's terms, lines counted from that after the head."""
    return [tuple(_numbers(place.span) for place in triple) for triple in read(HEAD + text)]


def _numbers(span: Span) -> tuple[int, int, int, int]:
    return span.line - 1, span.column, span.end_line - 1, span.end_column


def test_a_statement_on_one_line() -> None:
    assert spans("p:s p:p p:o .") == [((1, 1, 1, 4), (1, 5, 1, 8), (1, 9, 1, 12))]


def test_objects_share_their_subject_and_predicate() -> None:
    first, second = spans("p:s a p:o ,\n  p:u .")
    assert first[:2] == second[:2] == ((1, 1, 1, 4), (1, 5, 1, 6))
    assert second[2] == (2, 3, 2, 6)


def test_predicates_share_their_subject() -> None:
    assert spans("p:s p:p 1 ;\n  p:q true .")[1] == ((1, 1, 1, 4), (2, 3, 2, 6), (2, 7, 2, 11))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_end_in_three_ways(line_end: str) -> None:
    assert spans(f"p:s{line_end}  p:p{line_end}{line_end} p:o .")[0][2] == (4, 2, 4, 5)


def test_columns_count_code_points() -> None:
    assert spans('p:s p:柱 "😀日本"@ja , 1 .')[1][2] == (1, 20, 1, 21)


def test_a_string_over_several_lines_ends_where_it_is_closed() -> None:
    assert spans('p:s p:p """one\r\ntwo\rthree\nfour"""@en .')[0][2] == (1, 9, 4, 11)


def test_a_literal_has_its_language_and_datatype_apart() -> None:
    text = 'p:s p:p "a" @en , "b"\n  ^^ p:d .'
    assert [triple[2] for triple in spans(text)] == [(1, 9, 1, 16), (1, 19, 2, 9)]


def test_a_property_list_reaches_to_its_closing_bracket() -> None:
    outer, inner = spans("p:s p:p [ p:q\n  1 ] .")
    assert outer[2] == inner[0] == (1, 9, 2, 6)


def test_a_property_list_as_subject() -> None:
    assert [triple[0] for triple in spans("[ p:p 1 ] p:q 2 .")] == [(1, 1, 1, 10)] * 2


def test_a_collection_stands_at_its_bracket_and_its_cells_at_their_items() -> None:
    text = "p:s p:p ( p:a [] ) ."
    whole, first, second, end = (1, 9, 1, 19), (1, 11, 1, 14), (1, 15, 1, 17), (1, 18, 1, 19)
    assert spans(text) == [
        ((1, 1, 1, 4), (1, 5, 1, 8), whole),
        (whole, first, first),
        (whole, second, second),
        (second, second, second),
        (second, end, end),
    ]


def test_only_what_a_collection_implies_is_not_written() -> None:
    triples = list(read(f"{HEAD}p:s p:p ( 1 2 ) , () ."))
    implied = {place.term for triple in triples for place in triple if not place.written}
    assert {"cell" if isinstance(term, Blank) else term.value for term in implied} == {
        RDF.first,
        RDF.rest,
        RDF.nil,
        "cell",
    }


def test_an_item_with_its_datatype_apart_gives_its_cell_the_same_place() -> None:
    text = 'p:s p:p ( 1 "a" ^^ p:d ) .'
    places = [place for triple in spans(text) for place in triple if place[1] == 13]
    assert set(places) == {(1, 13, 1, 23)}


def test_an_empty_collection_is_written() -> None:
    nil = next(read(f"{HEAD}p:s p:p () .")).object
    assert (nil.text, nil.written) == ("()", True)


def test_labels_of_brackets_are_not_those_of_the_text() -> None:
    labels = [place.term for triple in read(f"{HEAD}[] p:p _:genid1, [] .") for place in triple]
    assert len({term for term in labels if isinstance(term, Blank)}) == 3


def test_what_stands_at_a_place_reads_back_to_the_term(positive_case: Path) -> None:
    text = positive_case.read_bytes().decode()
    triples = list(read(text))
    terms = {place.start: place.term for triple in triples for place in triple if place.written}
    directives = [block for block in build(text, terms).blocks if isinstance(block, Directive)]
    prefixes = {directive.prefix: directive.iri for directive in directives}
    if None in prefixes or len(prefixes) < len(directives):
        pytest.skip("what a name means depends on where it stands")
    head = "".join(f"@prefix {prefix}: {iri} .\n" for prefix, iri in prefixes.items())
    for triple in triples:
        for position, place in enumerate(triple):
            if place.written:
                assert_reads_back(head, place, position)


def assert_reads_back(head: str, place: LocatedTerm, position: int) -> None:
    written = ["<x:x>", "<x:x>", "<x:x>"]
    written[position] = place.text
    context = f"{head}{' '.join(written)} ."
    found = next(triple for triple in read(context) if triple[position].text == place.text)
    term = found[position].term
    if isinstance(place.term, Blank) and not place.text.startswith("_:"):
        assert isinstance(term, Blank)
    else:
        assert term == place.term


def test_a_term_shows_its_place() -> None:
    place = next(read(f"{HEAD}p:s p:p 1 .")).object
    assert place.term == Literal("1", "http://www.w3.org/2001/XMLSchema#integer")
    assert repr(place).endswith(" at 2:9-2:10>")
