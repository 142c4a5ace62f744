"""Tables: cells of a terminal, and what gives way when there are too few."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest

from stigraph.cli.options import Settings
from stigraph.cli.render import markdown_table, shorten, text_table, tsv_table
from stigraph.display import width


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that makes standard output a terminal of so many columns."""

    def make(columns: int) -> None:
        size = os.terminal_size((columns, 24))
        monkeypatch.setattr("shutil.get_terminal_size", lambda: size)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    return make


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("量子", 4), ("ＡＢ", 4), ("ｱ", 1), ("e\u0301", 1), ("–“”", 3)]
)
def test_a_character_takes_the_cells_that_terminals_give_it(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("room", "expected"), [(8, "量子技術"), (7, "量子技…"), (6, "量子…"), (2, "…")]
)
def test_a_wide_character_is_never_cut_in_half(room: int, expected: str) -> None:
    assert shorten("量子技術", room) == expected


def test_a_line_fits_the_terminal_and_ids_stay_whole(terminal: Callable[[int], None]) -> None:
    terminal(40)
    rows = [["programme:a-very-long-name", "量子" * 20, "x" * 40]]
    text = text_table(["ID", "日本語", "English"], rows, Settings(color="never"), whole=1)
    assert "programme:a-very-long-name" in text
    roomy = text_table(["日本語", "English"], [row[1:] for row in rows], Settings(color="never"))
    assert max(map(width, roomy.splitlines())) <= 40


def test_off_a_terminal_nothing_is_cut() -> None:
    text = text_table(["a"], [["x" * 500]], Settings())
    assert "x" * 500 in text


def test_numbers_stand_right() -> None:
    lines = text_table(["name", "n"], [["a", "5"], ["b", "1,200"]], Settings()).splitlines()
    assert lines == ["name      n", "a         5", "b     1,200"]


def test_no_color_is_respected_on_a_terminal(
    terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal(80)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Settings().colored()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Settings().colored()
    assert Settings(color="always").colored()


def test_cells_can_t_break_a_table() -> None:
    assert tsv_table(["a"], [["x\ty\nz"]], Settings()) == "a\nx y z\n"
    assert markdown_table(["a"], [["x|y\nz"]], Settings()).splitlines()[2] == "| x\\|y z |"
