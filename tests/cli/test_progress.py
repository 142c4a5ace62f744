"""Progress is for people at a terminal: never in a file, never in a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from stigraph.cli import progress
from stigraph.cli.options import Settings


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in the place of standard error, for the rest of the test."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    return screen


def _slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    clock = iter(range(100))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    return iter([b"x" * 10**6] * 5)


def test_long_work_tells_how_far_it_is_and_clears_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = _terminal(monkeypatch)
    chunks = list(progress.shown(_slow(monkeypatch), Settings(lang="en")))
    assert len(chunks) == 5
    assert "writing… 5.0 MB" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_it_speaks_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = _terminal(monkeypatch)
    list(progress.shown(_slow(monkeypatch), Settings(lang="ja")))
    assert "書き出し中… 5.0 MB" in terminal.getvalue()


def test_short_work_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _terminal(monkeypatch)
    assert list(progress.shown([b"x"], Settings())) == [b"x"]
    assert terminal.getvalue() == ""


def test_who_asks_for_quiet_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _terminal(monkeypatch)
    list(progress.shown(_slow(monkeypatch), Settings(quiet=True)))
    assert terminal.getvalue() == ""


def test_a_pipe_gets_no_progress(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    list(progress.shown(_slow(monkeypatch), Settings()))
    assert capsys.readouterr().err == ""
