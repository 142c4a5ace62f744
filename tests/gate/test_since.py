"""``validate --since REV``: what a change can affect, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stigraph.errors import UsageError
from stigraph.gate import Finding, validate_project
from stigraph.project import Project
from stigraph.vocab import expand


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def committed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the graph, whose one commit has a standing fault."""
    folder = tmp_path_factory.mktemp("since") / "project"
    for part in ("ontology", "data"):
        shutil.copytree(root / part, folder / part)
    _edit(folder / "data/ttl/programme/sbir.ttl", "206000000000", "206000000001")
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "start")
    return folder


@pytest.fixture
def project(committed: Path, tmp_path: Path) -> Project:
    folder = tmp_path / "project"
    shutil.copytree(committed, folder)
    return Project(folder)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _since(project: Project, revision: str = "HEAD") -> list[Finding]:
    return list(validate_project(project, since=revision, here=project.root).findings)


def _full(project: Project) -> list[Finding]:
    return list(validate_project(project, here=project.root).findings)


def test_nothing_changed_is_nothing_to_report(project: Project) -> None:
    assert _full(project)
    assert _since(project) == []


def test_a_fault_that_stood_elsewhere_is_not_reported(project: Project) -> None:
    _edit(project.data / "programme/bridge.ttl", "30000000000", "30000000009")
    found = _since(project)
    assert {f.file for f in found} == {"data/ttl/programme/bridge.ttl"}
    assert {f.code for f in found} == {"STI610", "STI611"}


def test_a_fault_that_stood_on_the_changed_node_is_reported_too(project: Project) -> None:
    _edit(
        project.data / "programme/sbir.ttl",
        "sti:budgetStage budget-stage:supplementary",
        "sti:budgetStage budget-stage:unknown",
    )
    assert {f.code for f in _since(project)} >= {"STI610", "STI611"}


def test_a_removed_entry_is_told_where_it_is_referred_to(project: Project) -> None:
    (project.data / "facility/demo-reactor.ttl").unlink()
    found = _since(project)
    assert any(
        f.code == "STI011" and f.file == "data/ttl/measure/direction-fusion-demo-reactor.ttl"
        for f in found
    )


def test_an_untracked_entry_counts(project: Project) -> None:
    text = (project.data / "programme/gsap.ttl").read_text(encoding="utf-8")
    copied = text.replace("programme:gsap", "programme:gsap-again")
    (project.data / "programme/gsap-again.ttl").write_text(copied, encoding="utf-8")
    found = _since(project)
    assert expand("programme:gsap-again") in {f.focus for f in found}
    assert any(f.code.startswith("STI57") for f in found)  # the same name twice


def test_a_syntax_error_in_a_changed_file_is_reported(project: Project) -> None:
    _edit(project.data / "programme/bridge.ttl", "programme:bridge a", "programme:bridge")
    assert "STI001" in {f.code for f in _since(project)}


def test_changed_shapes_concern_everything(project: Project) -> None:
    _edit(
        project.ontology / "shapes/Target.ttl", "sh:targetClass", "# as before\n    sh:targetClass"
    )
    assert _since(project) == _full(project)


CHANGES: list[tuple[str, str, str]] = [
    ("programme/moonshot.ttl", "fiscal-year:2018", "fiscal-year:2021"),
    ("pillar/2021-finance.ttl", "sti:order 5", "sti:order 4"),
    ("hub/g-quat.ttl", '"2023-07"', '"2023-08"'),
    ("measure/direction-qzss.ttl", "sti:pursuesGoal goal:space", "sti:pursuesGoal goal:ai"),
    ("document/overview-2025.ttl", "annual-strategy:2025", "annual-strategy:2024"),
    ("fiscal-year/2022.ttl", '"2022-04-01"', '"2023-04-01"'),
    ("indicator/top10-papers.ttl", "sti:publishedBy", "sti:publishedBi"),
]


@pytest.mark.parametrize(("file", "old", "new"), CHANGES)
def test_what_is_new_in_a_full_run_is_in_the_incremental_one(
    project: Project, file: str, old: str, new: str
) -> None:
    before = set(_full(project))
    _edit(project.data / file, old, new)
    after = set(_full(project))
    found = set(_since(project))
    assert after - before <= found
    assert found <= after
    assert found


def test_a_change_that_is_committed_is_seen_from_the_commit_before(project: Project) -> None:
    _edit(project.data / "programme/bridge.ttl", "30000000000", "30000000009")
    _git(project.root, "commit", "-qam", "change")
    assert _since(project) == []
    assert {f.code for f in _since(project, "HEAD~1")} == {"STI610", "STI611"}


@pytest.mark.parametrize("revision", ["no-such-branch", "--upload-pack=touch x", "HEAD:data"])
def test_a_revision_that_is_none_is_a_clear_error(project: Project, revision: str) -> None:
    with pytest.raises(UsageError, match="revision"):
        _since(project, revision)


def test_outside_a_repository_the_command_says_so(
    root: Path, tmp_path: Path, committed: Path
) -> None:
    for part in ("ontology", "data"):
        shutil.copytree(committed / part, tmp_path / part)
    command = [sys.executable, "-m", "stigraph", "--lang", "en", "validate", "--since", "HEAD"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "git" in done.stderr
    assert root


def test_a_hook_of_the_repository_is_not_run(project: Project) -> None:
    trap = project.root / "trap"
    _git(project.root, "config", "core.fsmonitor", f"touch {trap}")
    _edit(project.data / "programme/bridge.ttl", "30000000000", "30000000009")
    assert _since(project)
    assert not trap.exists()
