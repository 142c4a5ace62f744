"""``validate`` with ``--fix``, ``--diff`` and standard input, in a project of a few lines."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ONTOLOGY = """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sti: <https://w3id.org/stigraph/ontology#> .

sti:Programme a owl:Class ;
    sti:kind "programme" .
sti:underPillar a owl:ObjectProperty .
sti:kind a owl:DatatypeProperty .
"""
GOOD = """\
@prefix programme: <https://w3id.org/stigraph/id/programme/> .
@prefix sti: <https://w3id.org/stigraph/ontology#> .

# 量子
programme:x a sti:Programme ;
    sti:underPillar programme:x .
"""
BAD = GOOD.replace("sti:underPillar", "sti:underPilar")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology/stigraph.ttl").write_text(ONTOLOGY, "utf-8")
    (tmp_path / "data/ttl/programme").mkdir(parents=True)
    (tmp_path / "data/ttl/programme/x.ttl").write_text(BAD, "utf-8")
    return tmp_path


def _text(folder: Path) -> str:
    return (folder / "data/ttl/programme/x.ttl").read_text("utf-8")


def test_a_safe_fix_is_made_and_the_run_ends_well(folder: Path, run: Run) -> None:
    done = run("validate", "--fix", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("mended 1 finding\n")
    assert _text(folder) == GOOD


def test_fixing_twice_is_fixing_once(folder: Path, run: Run) -> None:
    run("validate", "--fix", cwd=folder)
    done = run("validate", "--fix", cwd=folder, lang="ja_JP.UTF-8")
    assert done.returncode == 0
    assert done.stderr.startswith("0件を直した\n")
    assert _text(folder) == GOOD


def test_only_the_files_asked_for_are_changed(folder: Path, run: Run) -> None:
    other = folder / "data/ttl/programme/y.ttl"
    other.write_text(BAD.replace("programme:x", "programme:y"), "utf-8")
    done = run("validate", "--fix", "data/ttl/programme/y.ttl", cwd=folder)
    assert done.returncode == 0
    assert "underPillar " in other.read_text("utf-8")
    assert _text(folder) == BAD


def test_only_the_codes_asked_for_are_mended(folder: Path, run: Run) -> None:
    run("validate", "--fix", "--select", "STI011", cwd=folder)
    assert _text(folder) == BAD
    run("validate", "--fix", "--select", "STI010", cwd=folder)
    assert _text(folder) == GOOD


def test_a_file_beside_the_project_is_mended_too(folder: Path, run: Run) -> None:
    path = folder / "draft" / "programme" / "z.ttl"
    path.parent.mkdir(parents=True)
    path.write_text(BAD.replace("programme:x", "programme:z"), "utf-8")
    assert run("validate", "--fix", str(path), cwd=folder).returncode == 0
    assert path.read_text("utf-8") == GOOD.replace("programme:x", "programme:z")


def test_what_cannot_be_mended_is_reported(folder: Path, run: Run) -> None:
    path = folder / "data/ttl/programme/x.ttl"
    path.write_text(BAD.replace("a sti:Programme", "a sti:Mystery"), "utf-8")
    done = run("validate", "--fix", "--format", "concise", cwd=folder)
    assert done.returncode == 1
    assert "STI010 there is no class or property sti:Mystery" in done.stdout
    assert "underPilar" not in done.stdout
    assert "mended 1 finding\n1 finding\n" in done.stderr


def test_the_difference_is_shown_and_nothing_written(folder: Path, run: Run) -> None:
    done = run("validate", "--diff", cwd=folder)
    assert done.returncode == 1
    assert _text(folder) == BAD
    assert "-    sti:underPilar programme:x .\n+    sti:underPillar programme:x .\n" in done.stdout


def test_git_applies_the_difference(folder: Path, run: Run) -> None:
    path = folder / "data/ttl/programme/x.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + BAD.rstrip("\n").encode())
    wrong = folder / "data/ttl/programme/y.ttl"
    wrong.write_text(GOOD.replace("programme:x a", "programme:z a"), "utf-8")
    difference = run("validate", "--diff", cwd=folder).stdout
    subprocess.run(
        ["git", "apply", "-"], cwd=folder, input=difference.encode(), check=True, timeout=60
    )
    assert _text(folder) == GOOD
    assert not wrong.exists()
    assert (folder / "data/ttl/programme/z.ttl").is_file()
    assert run("validate", cwd=folder).returncode == 0


def test_standard_input_stands_for_its_file(folder: Path, run: Run) -> None:
    name = "data/ttl/programme/x.ttl"
    done = run("validate", "-", "--stdin-filename", name, cwd=folder, text=GOOD)
    assert done.returncode == 0
    told = run("validate", "-", "--stdin-filename", name, "--format", "json", cwd=folder, text=BAD)
    (found,) = json.loads(told.stdout)["findings"]
    assert (found["file"], found["line"], found["fix"]["safe"]) == (name, 6, True)


def test_the_excerpt_is_from_standard_input(folder: Path, run: Run) -> None:
    text = f"# one line more\n{BAD}"
    done = run(
        "validate", "-", "--stdin-filename", "data/ttl/programme/x.ttl", cwd=folder, text=text
    )
    assert "7 |     sti:underPilar programme:x ." in done.stdout


def test_a_file_that_is_new_may_come_from_standard_input(folder: Path, run: Run) -> None:
    name = "data/ttl/programme/new.ttl"
    text = GOOD.replace("programme:x a", "programme:new a")
    done = run("validate", "-", "--stdin-filename", name, cwd=folder, text=text)
    assert (done.returncode, done.stdout) == (0, "")
    assert not (folder / name).exists()


def test_what_came_in_goes_out_mended(folder: Path, run: Run) -> None:
    name = "data/ttl/programme/x.ttl"
    done = run("validate", "--fix", "-", "--stdin-filename", name, cwd=folder, text=BAD)
    assert (done.returncode, done.stdout) == (0, GOOD)
    assert _text(folder) == BAD


def test_anybodys_data_may_come_from_standard_input(folder: Path, run: Run) -> None:
    (folder / "shapes.ttl").write_text(
        "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "ex:S sh:targetClass ex:P ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .\n",
        "utf-8",
    )
    data = "@prefix ex: <http://example.org/> .\nex:a a ex:P .\n"
    done = run("validate", "--shapes", "shapes.ttl", "-", cwd=folder, text=data)
    assert done.returncode == 1
    assert done.stdout.startswith("stdin.ttl:2:1: violation STI900 ")
    assert "2 | ex:a a ex:P ." in done.stdout
    named = run(
        "validate", "--shapes", "shapes.ttl", "-", "--stdin-filename", "x/y.ttl",
        "--format", "concise", cwd=folder, text=data,
    )  # fmt: skip
    assert named.stdout.startswith("x/y.ttl:2:1: ")


def test_fixes_do_not_go_with_anybodys_data(folder: Path, run: Run) -> None:
    done = run("validate", "--fix", "--shapes", "shapes.ttl", "data.ttl", cwd=folder)
    assert done.returncode == 2
    assert "--fix" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-",), "--stdin-filename"),
        (("-", "data", "--stdin-filename", "x.ttl"), "beside"),
        (("--stdin-filename", "x.ttl"), "goes with"),
    ],
)
def test_a_wrong_use_of_standard_input_is_told(
    args: tuple[str, ...], said: str, folder: Path, run: Run
) -> None:
    done = run("validate", *args, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_link_stays_a_link_to_the_file_that_is_mended(folder: Path, run: Run) -> None:
    path = folder / "data/ttl/programme/x.ttl"
    target = folder / "elsewhere"
    path.rename(target)
    path.symlink_to(target)
    done = run("validate", "--fix", cwd=folder)
    assert done.returncode == 0
    assert path.is_symlink()
    assert target.read_text("utf-8") == GOOD
