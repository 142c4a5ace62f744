"""Tokens don't depend on how the text is cut into chunks."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.turtle.scanner import OPENINGS, scan


@pytest.mark.parametrize("chunk_size", [1, 2, 7, 64])
def test_chunks_change_no_token(positive_case: Path, chunk_size: int) -> None:
    text = positive_case.read_bytes().decode()
    assert list(scan(text, chunk_size)) == list(scan(text))


@pytest.mark.parametrize("chunk_size", [1, 2, 7, 64])
def test_chunks_change_no_token_of_bad_text(negative_case: Path, chunk_size: int) -> None:
    text = negative_case.read_bytes().decode()
    assert _to_the_open_string(text, chunk_size) == _to_the_open_string(text, len(text))


def test_tokens_and_gaps_are_the_text(negative_case: Path) -> None:
    text = negative_case.read_bytes().decode()
    assert "".join(gap + token for gap, token in scan(text)) == text


def _to_the_open_string(text: str, chunk_size: int) -> list[tuple[str, str]]:
    pairs = list(scan(text, chunk_size))
    opened = [index for index, (_, token) in enumerate(pairs) if token in OPENINGS]
    return pairs[: opened[0] + 1] if opened else pairs
