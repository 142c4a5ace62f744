"""``stigraph diff``: which two states it compares, and what it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

SBIR = "data/ttl/programme/sbir.ttl"


def git(folder: Path, *words: str) -> str:
    settings = ("user.name=x", "user.email=x@example.org", "commit.gpgsign=false")
    options = [word for setting in settings for word in ("-c", setting)]
    done = subprocess.run(
        ["git", *options, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def clone(small: Path, tmp_path: Path) -> Path:
    """Return a repository with the small project, in which one amount changed since HEAD."""
    folder = tmp_path / "clone"
    shutil.copytree(small, folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    path = folder / SBIR
    text = path.read_text("utf-8")
    assert "206000000000" in text
    path.write_text(text.replace("206000000000", "20600000000"), "utf-8")
    return folder


CHANGED = "budget changed from 206,000,000,000 JPY to 20,600,000,000 JPY"


def test_a_revision_is_compared_with_the_working_tree(run: Run, clone: Path) -> None:
    done = run("diff", "HEAD", cwd=clone)
    assert done.returncode == 0
    assert CHANGED in done.stdout
    assert done.stderr == "1 change\n"
    assert "20,600,000,000 JPY" in run("diff", "HEAD", "--lang", "ja", cwd=clone).stdout


def test_two_revisions_are_compared(run: Run, clone: Path) -> None:
    git(clone, "commit", "-qam", "second")
    assert CHANGED in run("diff", "HEAD~1", "HEAD", cwd=clone).stdout
    done = run("diff", "HEAD", "main", "--lang", "ja", cwd=clone)
    assert (done.stdout, done.stderr) == ("", "違いはない\n")


def test_untracked_and_moved_files_count(run: Run, clone: Path) -> None:
    git(clone, "checkout", "-q", "--", ".")
    (clone / "data/ttl/fund").mkdir()
    (clone / SBIR).rename(clone / "data/ttl/fund/sbir.ttl")
    moved = f"moved from {SBIR} to data/ttl/fund/sbir.ttl"
    assert moved in run("diff", "HEAD", cwd=clone).stdout


def test_a_revision_is_limited_to_the_file_beside_it(run: Run, clone: Path) -> None:
    assert CHANGED in run("diff", "HEAD", SBIR, cwd=clone).stdout
    assert run("diff", "HEAD", "data/ttl/goal", cwd=clone).stdout == ""
    assert CHANGED in run("diff", "HEAD", "sbir.ttl", cwd=clone / "data/ttl/programme").stdout


def test_files_folders_and_projects_are_compared(run: Run, clone: Path, small: Path) -> None:
    assert CHANGED in run("diff", str(small), str(clone), cwd=clone).stdout
    assert CHANGED in run("diff", str(small / "data"), str(clone / "data"), cwd=clone).stdout
    assert CHANGED in run("diff", str(small / SBIR), SBIR, cwd=clone).stdout


def test_a_copy_inside_the_project_is_a_project_of_its_own(run: Run, clone: Path) -> None:
    for name in ("ontology", "data"):
        shutil.copytree(clone / name, clone / "copy" / name)
    assert run("diff", "copy", ".", cwd=clone).stdout == ""
    assert CHANGED in run("diff", "HEAD", "copy", cwd=clone).stdout


def test_files_outside_a_project_are_compared(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<x:s> <x:p> 1 .", "utf-8")
    (tmp_path / "b.ttl").write_text("<x:s> <x:p> 1000 .", "utf-8")
    done = run("diff", "a.ttl", "b.ttl", cwd=tmp_path)
    assert "x:s: x:p changed from 1 to 1,000 [x:s]\n" in done.stdout


def test_json_is_one_object(run: Run, clone: Path) -> None:
    document = json.loads(run("diff", "HEAD", "--format", "json", cwd=clone).stdout)
    assert document["version"] == 1
    assert document["from"] == "HEAD"
    assert [change["kind"] for change in document["changes"]] == ["amount"]


@pytest.mark.parametrize("name", ["--output=pwned", "--upload-pack=touch pwned", "-h", "--all"])
def test_a_revision_is_never_an_option(run: Run, clone: Path, name: str) -> None:
    before = sorted(path.name for path in clone.iterdir())
    done = run("diff", "--", name, "HEAD", cwd=clone)
    assert done.returncode == 2
    assert f"“{name}” is neither a file or folder nor a revision" in done.stderr
    assert sorted(path.name for path in clone.iterdir()) == before


@pytest.mark.parametrize("name", ["nowhere", "main..main", "HEAD:data", "", "a b", "\n"])
def test_what_is_no_state_is_told(run: Run, clone: Path, name: str) -> None:
    done = run("diff", name, "HEAD", "--lang", "ja", cwd=clone)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "git の版もない" in done.stderr


def test_outside_git_there_are_no_revisions(run: Run, tmp_path: Path) -> None:
    assert run("diff", "HEAD", cwd=tmp_path).returncode == 2


def test_a_broken_file_is_told_with_its_state_and_place(run: Run, clone: Path) -> None:
    (clone / SBIR).write_text("<x:s> <x:p> .", "utf-8")
    done = run("diff", "HEAD", cwd=clone)
    assert done.returncode == 2
    assert f"working tree: {SBIR}:1:" in done.stderr


def test_nothing_of_the_repository_runs(run: Run, clone: Path) -> None:
    for key in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand"):
        git(clone, "config", key, "touch pwned; false")
    (clone / ".gitattributes").write_text("*.ttl filter=evil diff=evil\n", "utf-8")
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv"):
        git(clone, "config", key, "touch pwned; cat")
    assert CHANGED in run("diff", "HEAD", cwd=clone).stdout
    assert not list(clone.rglob("pwned"))


def test_links_in_a_revision_are_not_followed(run: Run, clone: Path) -> None:
    (clone / "data/ttl/secret.ttl").symlink_to("/etc/hostname")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "link")
    assert run("diff", "HEAD~1", "HEAD", cwd=clone).returncode == 0
