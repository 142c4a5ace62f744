"""What the reader refuses beyond the files of `cases`, and what it does before."""

from __future__ import annotations

import pytest

from stigraph.errors import TurtleSyntaxError, UsageError
from stigraph.turtle import MAX_DEPTH, Iri, read

HEAD = "@prefix p: <http://example.org/> .\n"


def error_in(text: str, **options: int) -> TurtleSyntaxError:
    with pytest.raises(TurtleSyntaxError) as caught:
        list(read(text, **options))  # type: ignore[arg-type]
    return caught.value


def test_the_statements_before_an_error_are_read() -> None:
    triples = read(f"{HEAD}p:s p:p p:o .\np:t p:p .")
    assert next(triples).object.term == Iri("http://example.org/o")
    with pytest.raises(TurtleSyntaxError):
        next(triples)


def test_the_error_says_what_was_expected() -> None:
    assert error_in(f"{HEAD}p:s p:p p:o p:q").expected == "',', ';' or '.'"


@pytest.mark.parametrize(("opening", "closing"), [("( ", ") "), ("[ p:p ", "] ")])
def test_brackets_may_nest_up_to_the_limit(opening: str, closing: str) -> None:
    assert list(read(f"{HEAD}p:s p:p {opening * MAX_DEPTH}1 {closing * MAX_DEPTH}."))


@pytest.mark.parametrize("opening", ["[ p:p ", "( "])
def test_deeper_brackets_are_refused_where_they_open(opening: str) -> None:
    error = error_in(f"{HEAD}p:s p:p {opening * 1_000_000}")
    assert error.en == f"brackets are nested too deep (up to {MAX_DEPTH} levels are read)"
    assert (error.line, error.column) == (2, 9 + MAX_DEPTH * len(opening))


def test_the_caller_sets_the_limit() -> None:
    assert error_in(f"{HEAD}p:s p:p ((1)) .", max_depth=1).column == 10


def test_a_surrogate_is_refused_where_it_stands() -> None:
    error = error_in(f'{HEAD}p:s p:p "a\ud800" .')
    assert (error.line, error.column, error.end_column) == (2, 11, 12)


def test_a_base_that_is_no_iri_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="the base 'data/' is not an IRI"):
        list(read("", "data/"))


def test_a_name_of_any_length_is_shortened_in_the_message() -> None:
    assert len(error_in(f"{'q' * 1_000_000}:a p:b 1 .").en) < 200


def test_a_hint_for_a_name_near_many_prefixes_comes_at_once() -> None:
    declared = "".join(f"@prefix p{n}: <http://example.org/{n}/> .\n" for n in range(20_000))
    assert "did you mean p" in error_in(f"{declared}pp17: p1:p 1 .").en
