"""Looking for a few nodes finds what reading the whole text finds of them, at the same places."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given, settings
from tests.turtle.test_random_texts import texts

from stigraph.terms import Blank, Iri
from stigraph.turtle import LocatedTriple, read
from stigraph.turtle.excerpt import Index, read_about, read_mentioning

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
BASE = "http://example.org/file.ttl"


def test_each_node_of_a_case_is_found_where_it_stands(positive_case: Path) -> None:
    assert_found_as_read(positive_case.read_bytes().decode())


@settings(max_examples=4000 if LONG else 150, deadline=None)
@given(texts())
def test_each_node_of_a_random_text_is_found_where_it_stands(text: str) -> None:
    assert_found_as_read(text)


def test_a_text_of_a_million_characters_is_not_read_whole() -> None:
    others = "".join(
        f"<http://e/{n}> <http://e/p> 'not. here', [ <x> 1.5 ] .\n" for n in range(9000)
    )
    text = f"{others}<http://e/last> <http://e/p> 7 .\n"
    (triple,) = read_about(text, BASE, {"http://e/last"})
    assert triple.object.span.line == 9001


def test_directives_between_statements_hold_from_there_on() -> None:
    text = "@prefix p: <http://a/> . p:x p:p 1 .\nPREFIX p: <http://b/> p:x p:p 2 ."
    (triple,) = read_about(text, None, {"http://b/x"})
    assert triple.object.text == "2"


def test_a_node_that_begins_no_statement_is_found_by_what_is_written() -> None:
    text = "@prefix p: <http://a/> .\np:x p:p 1 .\np:y p:p p:z .\n"
    (triple,) = read_mentioning(text, None, {"z"})
    assert (triple.object.text, triple.object.span.line) == ("p:z", 3)


def assert_found_as_read(text: str) -> None:
    whole = list(read(text, BASE))
    nodes = {t.subject.term for t in whole if isinstance(t.subject.term, Iri)}
    for index in (None, Index(text)):
        for node in nodes:
            expected = [placed(t) for t in whole if t.subject.term == node]
            found = read_about(text, BASE, {node.value}, index)
            assert [placed(t) for t in found if t.subject.term == node] == expected
        together = read_about(text, BASE, {node.value for node in nodes}, index)
        expected = [placed(t) for t in whole if t.subject.term in nodes]
        assert [placed(t) for t in together if t.subject.term in nodes] == expected


def test_an_index_is_looked_into_where_a_token_tells_the_subject() -> None:
    head = "@prefix p: <http://a/> . PREFIX q: <http://a/b/>\n"
    index = Index(f"{head}p:x p:p 1 . q:c p:p 2 . <http://a/d> p:p 3 . p:x p:p 4 .")
    assert index.is_plain
    assert {name: len(found) for name, found in index.by_subject.items()} == {
        "p:x": 2,
        "q:c": 1,
        "<http://a/d>": 1,
    }
    for odd in ("<d> p:p 1 .", "p:a\\.b p:p 1 .", "p:x p:p 1 . @prefix p: <http://b/> ."):
        assert not Index(head + odd).is_plain


def placed(triple: LocatedTriple) -> list[tuple[object, int, int]]:
    """Return the terms with their places; the labels of blank nodes may differ."""
    return [("_:" if isinstance(t.term, Blank) else t.term, t.start, t.end) for t in triple]
