"""Every command that a page shows runs, and prints what the page shows."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def _pages(root: Path) -> list[Path]:
    written = (page for page in root.glob("docs/**/*.md") if page.parent.name != "reference")
    return sorted([*root.glob("*.md"), *written])


def _run(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "docs.consoles", *args],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_commands_print_what_their_page_shows(root: Path) -> None:
    done = _run(root)
    mend = "run `python -m docs.consoles --write PAGE` and read what changed"
    assert done.returncode == 0, f"{mend}\n{done.stdout}{done.stderr}"


def test_what_a_page_shows_wrongly_is_told_and_mended(root: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo two lines; echo of text\n…\nof words\n```\n", "utf-8")
    assert "-of words" in _run(root, str(page)).stdout
    assert _run(root, "--write", str(page)).returncode == 0
    assert page.read_text("utf-8").splitlines()[2:4] == ["two lines", "of text"]
    assert _run(root, str(page)).returncode == 0


def test_commands_stand_in_blocks_that_are_run(root: Path) -> None:
    unchecked = [
        f"{page.name}: {line}"
        for page in _pages(root)
        for language, body in re.findall(
            r"^```(\w*)\n(.*?)^```", page.read_text("utf-8"), re.M | re.S
        )
        for line in body.splitlines()
        if language != "console" and re.match(r"(\$ )?stigraph (?!serve)", line)
    ]
    assert not unchecked, "put them into ```console blocks"
