"""Where caches live, and that losing one loses nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from stigraph.caches import cache_folder
from stigraph.digests import Digests


def git(folder: Path, *words: str) -> None:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_caches_live_in_the_git_directory(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "one")
    (tmp_path / "one" / "data").mkdir()
    assert cache_folder(tmp_path / "one" / "data") == tmp_path / "one" / ".git" / "stigraph"


def test_a_linked_working_tree_has_its_own(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "one")
    git(tmp_path / "one", "commit", "-q", "--allow-empty", "-m", "x")
    git(tmp_path / "one", "worktree", "add", "-q", "../two")
    expected = tmp_path / "one" / ".git" / "worktrees" / "two" / "stigraph"
    assert cache_folder(tmp_path / "two") == expected


@pytest.mark.parametrize(
    ("home", "xdg", "expected"),
    [
        ("/h", "", "/h/.cache/stigraph"),
        ("/h", "/x", "/x/stigraph"),
        ("/h", "relative", "/h/.cache/stigraph"),
        ("", "", None),
        ("h", "x", None),
    ],
)
def test_outside_git_they_are_where_the_desktop_standard_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str, xdg: str, expected: str | None
) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("XDG_CACHE_HOME", xdg)
    assert cache_folder(tmp_path) == (Path(expected) if expected else None)


def test_a_broken_link_to_a_repository_is_no_place(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("nonsense")
    assert cache_folder(tmp_path) is None


def test_what_is_remembered_holds_until_a_maker_changes(tmp_path: Path) -> None:
    maker = tmp_path / "maker"
    maker.write_text("1")
    first = Digests(tmp_path / "folder" / "file", [maker])
    first.add(b"content")
    first.save()
    assert b"content" in Digests(tmp_path / "folder" / "file", [maker])
    assert b"Content" not in Digests(tmp_path / "folder" / "file", [maker])
    maker.write_text("2")
    assert b"content" not in Digests(tmp_path / "folder" / "file", [maker])


def test_where_nothing_can_be_kept_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (None, tmp_path / "file" / "below"):
        known = Digests(place, [])
        known.add(b"content")
        known.save()
        assert b"content" in known
        assert b"content" not in Digests(place, [])
