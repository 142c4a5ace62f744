"""A newcomer's first day: clone, hook, entry, mistake, finding, fix, commit, review."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from stigraph.turtle import is_formatted

Run = Callable[..., subprocess.CompletedProcess[str]]

FILE = "data/ttl/programme/university-start-ups.ttl"
ANSWERS = (
    *("大学発スタートアップの創出", "University start-ups"),
    *("", "", "", ""),  # other names and descriptions
    "",  # the document that sets it up
    "innovation ecosystem",  # several pillars: the list is shown
    *("1", ""),
    "",  # fields
    *("startups", ""),
    *("", "", "", ""),  # part of, funded by, where, what it succeeds
    *("", "own"),  # basis, whose translation
    *("overview-2025:3-c-1-3", ""),
    *("SBIR制度", ""),
    "",  # the slug that is suggested
)


def test_a_newcomer_s_first_entry(clone: Path, do: Run) -> None:
    # `clone` is a clone in which `pre-commit install` was run.
    answers = "".join(f"{answer}\n" for answer in ANSWERS)
    written = do(clone, "stigraph", "new", "programme", "--ask", text=answers)
    assert written.stdout == f"{FILE}\n"
    assert is_formatted((clone / FILE).read_text("utf-8"))
    assert do(clone, "stigraph", "validate", FILE).stdout == ""

    _mistake(clone / FILE, "sti:topic topic:startups", "sti:topics topic:startups")
    do(clone, "git", "add", "-A")
    refused = do(clone, "git", "commit", "-qm", "Add a programme", code=1)
    told = refused.stdout + refused.stderr
    assert f"{FILE}:12:5: violation STI010" in told
    assert "did you mean sti:topic?" in told

    do(clone, "stigraph", "validate", "--fix", FILE)
    assert "sti:topic topic:startups" in (clone / FILE).read_text("utf-8")
    do(clone, "git", "add", "-A")
    do(clone, "git", "commit", "-qm", "Add a programme")

    told = do(clone, "stigraph", "diff", "origin/main", "HEAD", "--format", "markdown").stdout
    assert told == (
        "### Changes to the graph\n\norigin/main → HEAD: 1 change\n\n"
        "**University start-ups** (programme:university-start-ups)\n\n- programme added\n"
    )


def _mistake(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
