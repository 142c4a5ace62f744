"""``stigraph explain``: one code, all codes, and codes that there are not."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("An allocation has one amount", "Why it matters: Amounts", "Bad:", "Good:")),
        ("ja", ("金額は円単位の整数", "なぜ大切か: 金額は比べたり", "悪い例:", "良い例:")),
    ],
)
def test_a_code_is_explained_in_the_readers_language(
    lang: str, said: tuple[str, ...], root: Path, run: Run
) -> None:
    done = run("explain", "STI031", "--lang", lang, cwd=root)
    assert done.returncode == 0
    assert done.stdout.startswith("STI031 violation (ontology/shapes/BudgetAllocation.ttl)\n")
    for each in said:
        assert each in done.stdout


def test_a_rule_says_what_to_do(root: Path, run: Run) -> None:
    assert "What to do: Make one of them" in run("explain", "STI557", cwd=root).stdout


def test_a_code_may_be_written_in_small_letters(root: Path, run: Run) -> None:
    assert run("explain", "sti031", cwd=root).stdout == run("explain", "STI031", cwd=root).stdout


def test_signs_for_what_cannot_be_seen_are_explained(root: Path, run: Run) -> None:
    assert "␉: tab" in run("explain", "STI005", cwd=root).stdout


def test_without_a_code_all_are_listed(root: Path, run: Run) -> None:
    lines = run("explain", cwd=root).stdout.splitlines()
    assert len(lines) > 300
    assert lines[0] == "STI001  The file can't be read as Turtle"


def test_a_program_gets_both_languages(root: Path, run: Run) -> None:
    document = json.loads(run("explain", "STI031", "--format", "json", cwd=root).stdout)
    (code,) = document["codes"]
    assert document["version"] == 1
    assert set(code["why"]) == {"ja", "en"}
    assert code["bad"][0]["text"].startswith("allocation:")


def test_an_unknown_code_is_told_with_the_nearest(root: Path, run: Run) -> None:
    done = run("explain", "STI9O0", cwd=root)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "STI900" in done.stderr


def test_outside_a_project_the_shipped_graph_explains(tmp_path: Path, run: Run) -> None:
    assert run("explain", "STI031", cwd=tmp_path).returncode == 0
