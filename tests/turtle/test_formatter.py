"""The canonical form, by the files of `cases/format`, and what holds of every file."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.errors import TurtleSyntaxError
from stigraph.turtle import MAX_DEPTH, UnfaithfulError, format_text, formatter, is_formatted, read
from stigraph.turtle.verify import same_triples

ROOT = Path(__file__).resolve().parents[2]
REPOSITORY = [*(ROOT / "data" / "ttl").rglob("*.ttl"), *(ROOT / "ontology").rglob("*.ttl")]


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


def test_a_text_takes_its_canonical_form(format_case: Path) -> None:
    assert format_text(text_of(format_case)) == text_of(format_case.with_suffix(".txt"))


def test_the_canonical_form_is_formatted(format_case: Path) -> None:
    assert is_formatted(text_of(format_case.with_suffix(".txt")))


def test_another_form_is_not_formatted() -> None:
    assert not is_formatted("<x:s>  <x:p> 1 .\n")


def test_any_good_text_can_be_formatted(positive_case: Path) -> None:
    formatted = format_text(text_of(positive_case))
    assert format_text(formatted) == formatted


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in REPOSITORY}), ids=lambda p: p.name
)
def test_files_of_the_repository_can_be_formatted(folder: Path) -> None:
    for path in REPOSITORY:
        if path.parent == folder:
            formatted = format_text(text_of(path))
            assert format_text(formatted) == formatted


def test_a_bad_text_is_refused() -> None:
    with pytest.raises(TurtleSyntaxError):
        format_text("<x:s> <x:p> .")


@pytest.mark.parametrize(("opening", "closing"), [("( ", ") "), ("[ <x:p> ", "] ")])
def test_brackets_may_nest_up_to_the_limit(opening: str, closing: str) -> None:
    text = f"<x:s> <x:p> {opening * MAX_DEPTH}1 , {closing * MAX_DEPTH}.".replace("1 ,", "1")
    assert is_formatted(format_text(text))


@pytest.mark.parametrize(
    "changed",
    [
        '<x:s> <x:p> "1" . # c\n',
        "<x:s> <x:p> 1 , 1 . # c\n",
        "<x:s> <x:p> 01 . # c\n",
        "<x:s> <x:p> 1 .\n",
        "<x:s> <x:p> 1 . # C\n",
    ],
)
def test_a_form_that_says_something_else_is_never_returned(
    changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formatter, "render", lambda _: changed)
    with pytest.raises(UnfaithfulError):
        format_text("<x:s> <x:p> 1 . # c")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("[ <x:p> 1 ; <x:q> 2 ] .", "[ <x:q> 2 ; <x:p> 1 ] .", True),
        ("[ <x:p> 1 ] . [ <x:p> 2 ] .", "[ <x:p> 2 ] . [ <x:p> 1 ] .", True),
        ("[ <x:p> 1 ] . [ <x:p> 1 ] .", "[ <x:p> 1 ] .", False),
        ("<x:s> <x:p> [ <x:p> [] ] .", "<x:s> <x:p> [ <x:p> () ] .", False),
        ("<x:s> <x:p> ( 1 2 ) .", "<x:s> <x:p> ( 2 1 ) .", False),
        ("<x:s> <x:p> ( _:a ) .", "<x:s> <x:p> ( _:b ) .", False),
        ("<x:s> <x:p> ( _:a ) .", "<x:s> <x:p> ( [] ) .", False),
        ("<x:s> <x:p> 'a'@en .", "<x:s> <x:p> 'a'@EN .", False),
    ],
)
def test_triples_are_compared_to_the_letter(left: str, right: str, same: bool) -> None:
    assert same_triples(list(read(left)), list(read(right))) is same
