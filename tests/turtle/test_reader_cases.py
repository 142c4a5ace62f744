"""The reader accepts, refuses and explains the files of `cases` as they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from stigraph.errors import TurtleSyntaxError
from stigraph.turtle import read

Check = Callable[[str], None]
Read = Callable[[str], list[ox.Triple]]


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


def error_in(text: str) -> TurtleSyntaxError:
    with pytest.raises(TurtleSyntaxError) as caught:
        list(read(text))
    return caught.value


def described(error: TurtleSyntaxError) -> str:
    place = f"{error.line}:{error.column}-{error.end_line}:{error.end_column}"
    return f"{place}\n{error.en}\n{error.ja}\n"


def test_a_good_file_reads_as_in_the_store(positive_case: Path, assert_agrees: Check) -> None:
    assert_agrees(text_of(positive_case))


def test_a_bad_file_is_refused_with_its_place_and_reason(negative_case: Path) -> None:
    expected = negative_case.with_suffix(".txt").read_text(encoding="utf-8")
    assert described(error_in(text_of(negative_case))) == expected


def test_a_bad_file_is_refused_by_the_store_too(negative_case: Path, theirs: Read) -> None:
    with pytest.raises(SyntaxError):
        theirs(text_of(negative_case))


def test_rdf_12_is_refused_with_its_place_and_reason(rdf12_case: Path) -> None:
    expected = rdf12_case.with_suffix(".txt").read_text(encoding="utf-8")
    assert described(error_in(text_of(rdf12_case))) == expected


def test_rdf_12_is_read_by_the_store(rdf12_case: Path, theirs: Read) -> None:
    assert theirs(text_of(rdf12_case))


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_other_line_ends_change_no_place(negative_case: Path, line_end: str) -> None:
    text = text_of(negative_case)
    if "\r" in text or '"""' in text:
        pytest.skip("its line ends are part of what it is about")
    assert described(error_in(text.replace("\n", line_end))) == described(error_in(text))
