"""The hooks of ``.pre-commit-hooks.yaml``, run by pre-commit itself."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

from stigraph.turtle import is_formatted

Run = Callable[..., subprocess.CompletedProcess[str]]

SBIR = "data/ttl/programme/sbir.ttl"
BRIDGE = "data/ttl/programme/bridge.ttl"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_commit_without_a_fault_goes_through(
    clone: Path, do: Run, environ: dict[str, str]
) -> None:
    change(clone / SBIR, "SBIR制度の抜本拡充", "SBIR制度の拡充")
    done = do(clone, "git", "commit", "-qam", "Shorten a label")
    assert (done.stdout + done.stderr).count("Passed") == 2
    installed = Path(environ["PRE_COMMIT_HOME"]).glob("repo*/py_env-*/bin/stigraph")
    assert len(list(installed)) == 1
    assert do(clone, "git", "status", "--porcelain").stdout == ""


def test_a_fault_in_the_files_of_the_commit_stops_it(clone: Path, do: Run) -> None:
    before = do(clone, "git", "rev-parse", "HEAD").stdout
    change(clone / SBIR, "206000000000", "20600000000")
    done = do(clone, "git", "commit", "-qam", "Change an amount", code=1)
    assert f"{SBIR}:" in done.stderr + done.stdout
    assert "STI610" in done.stderr + done.stdout
    assert do(clone, "git", "rev-parse", "HEAD").stdout == before


def test_a_fault_in_another_file_is_left_to_its_own_commit(clone: Path, do: Run) -> None:
    change(clone / BRIDGE, "30000000000", "3000000000")
    do(clone, "git", "commit", "-qam", "A fault", "--no-verify")
    change(clone / SBIR, "SBIR制度の抜本拡充", "SBIR制度の拡充")
    do(clone, "git", "commit", "-qam", "Shorten a label")
    done = do(clone, "pre-commit", "run", "stigraph-validate", "--all-files", code=1)
    assert f"{BRIDGE}:" in done.stdout


def test_the_whole_graph_is_read_for_one_file(clone: Path, do: Run) -> None:
    change(clone / SBIR, "pillar:2025-innovation-ecosystem", "pillar:2025-no-such-pillar")
    done = do(clone, "git", "commit", "-qam", "Dangle", code=1)
    assert "pillar:2025-no-such-pillar" in done.stderr + done.stdout
    assert "no entry pillar:2025-innovation" not in done.stderr + done.stdout


def test_a_file_in_another_form_is_formatted_and_committed_the_second_time(
    clone: Path, do: Run
) -> None:
    change(clone / SBIR, "    skos:altLabel", "  skos:altLabel")
    done = do(clone, "git", "commit", "-qam", "Indent", code=1)
    assert "files were modified by this hook" in done.stderr + done.stdout
    assert is_formatted((clone / SBIR).read_text("utf-8"))
    assert do(clone, "git", "diff", "HEAD").stdout == ""


def test_files_that_are_no_part_of_a_graph_are_left_alone(clone: Path, do: Run) -> None:
    (clone / "notes.ttl").write_text("no Turtle", "utf-8")
    do(clone, "git", "add", "-A")
    done = do(clone, "git", "commit", "-qm", "Add notes")
    assert "no files to check" in done.stderr + done.stdout


def test_this_repository_uses_its_own_hooks(root: Path) -> None:
    offered = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (own,) = yaml.safe_load((root / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook, used in zip(offered, own["hooks"], strict=True):
        assert (used["id"], used["name"]) == (hook["id"], hook["name"])
        assert used["entry"] == f".venv/bin/{hook['entry']}"
