"""Where the reader and the store's own reader differ: each difference is known, and pinned.

RDF 1.2 syntax, which the store reads and Turtle 1.1 doesn't have, is in
`cases/rdf12`. A test that fails here says that the store has changed.
"""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from stigraph.errors import TurtleSyntaxError
from stigraph.oxigraph import to_oxigraph
from stigraph.turtle import MAX_DEPTH, Iri, read

Read = Callable[..., list[ox.Triple]]
P = "<http://example.org/p>"


@pytest.mark.parametrize(
    ("base", "reference", "by_rfc_3986", "by_the_store"),
    [
        ("http://a/b/../c", "d", "http://a/d", "http://a/b/../d"),
        ("http://a/b/./c", "d", "http://a/b/d", "http://a/b/./d"),
        ("http://a/b", "//c/d/../e", "http://c/e", "http://c/d/../e"),
        ("urn:a/b", "../c", "urn:/c", "urn:c"),
    ],
)
def test_dot_segments_go_as_rfc_3986_says(
    base: str, reference: str, by_rfc_3986: str, by_the_store: str, theirs: Read
) -> None:
    text = f"<{reference}> {P} 1 ."
    assert next(read(text, base)).subject.term == Iri(by_rfc_3986)
    assert theirs(text, base)[0].subject == ox.NamedNode(by_the_store)


def test_an_escaped_dot_ends_a_name(theirs: Read) -> None:
    text = f"@prefix p: <http://example.org/> . p:s {P} p:a\\.."
    assert next(read(text)).object.term == Iri("http://example.org/a.")
    assert theirs(text)[0].object == ox.NamedNode("http://example.org/a")


@pytest.mark.parametrize("objects", ["2.ex:a <http://example.org/q> 1", "(2ex:b)"])
def test_a_number_may_be_followed_by_a_name_with_e(objects: str, theirs: Read) -> None:
    # The store takes the e for an exponent. The grammar doesn't: an exponent has digits.
    text = f"@prefix ex: <http://example.org/> . ex:s {P} {objects} ."
    assert list(read(text))
    with pytest.raises(SyntaxError, match="double exponent"):
        theirs(text)


def test_a_path_is_not_taken_for_an_authority(theirs: Read) -> None:
    text = f"<..//a> {P} 1 ."
    with pytest.raises(TurtleSyntaxError, match="its path would begin with //"):
        list(read(text, "urn:x/y"))
    assert theirs("</..//a> " + P + " 1 .", "urn:x/y")


def test_depth_has_a_limit(theirs: Read) -> None:
    deep = MAX_DEPTH + 1
    text = f"<http://example.org/s> {P} {'(' * deep}1{')' * deep} ."
    with pytest.raises(TurtleSyntaxError):
        list(read(text))
    assert theirs(text)


@pytest.mark.parametrize("run_together", ["a1", "a-1", "a.5"])
def test_a_keyword_run_into_a_number_is_refused_by_both(run_together: str, theirs: Read) -> None:
    # The grammar, taken to the letter, reads two tokens; no one means them.
    text = f"<http://example.org/s> {run_together} ."
    with pytest.raises(TurtleSyntaxError):
        list(read(text))
    with pytest.raises(SyntaxError):
        theirs(text)


@pytest.mark.parametrize("tag", ["a", "abcdefghi", "de-419-DE", "en-x", "i-none"])
def test_a_tag_against_bcp_47_is_refused_by_both(tag: str, theirs: Read) -> None:
    # Turtle's grammar lets it pass; RDF 1.1 Concepts §3.3 doesn't.
    text = f'<http://example.org/s> {P} "x"@{tag} .'
    with pytest.raises(TurtleSyntaxError):
        list(read(text))
    with pytest.raises(SyntaxError):
        theirs(text)


def test_the_case_of_a_language_tag_is_kept() -> None:
    triple = next(read(f'<http://example.org/s> {P} "x"@EN-gb .'))
    assert triple.object.term.language == "EN-gb"  # type: ignore[union-attr]
    assert to_oxigraph(triple.object.term) == ox.Literal("x", language="en-gb")
