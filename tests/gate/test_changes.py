"""Which lines a change touched."""

from __future__ import annotations

import subprocess
from pathlib import Path

from stigraph.gate.changes import changed_lines, file_at


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


def test_the_lines_of_the_working_tree_that_differ_are_named(tmp_path: Path) -> None:
    changed, untouched = tmp_path / "a.ttl", tmp_path / "b.ttl"
    for path in (changed, untouched):
        path.write_text("one\ntwo\nthree\n", "utf-8")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "commit", "-qm", "start")
    changed.write_text("zero\none\n2\nthree\n", "utf-8")
    (tmp_path / "新しい.ttl").write_text("one\ntwo\n", "utf-8")
    assert changed_lines(tmp_path, "HEAD") == {
        "a.ttl": frozenset({1, 3}),
        "新しい.ttl": frozenset({1, 2}),
    }


def test_a_file_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.ttl"
    path.parent.mkdir()
    path.write_text("old", "utf-8")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "commit", "-qm", "start")
    path.write_text("new", "utf-8")
    assert file_at(path, "HEAD") == b"old"
    assert file_at(tmp_path / "other.ttl", "HEAD") is None
