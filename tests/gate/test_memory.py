"""What a run remembers is true: nothing that could have changed the answer is left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stigraph.digests import Numbers
from stigraph.gate import Report, Selection, run, validate_project
from stigraph.gate.task import Checked
from stigraph.project import Project

ENTRY = "data/ttl/programme/sbir.ttl"


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Project:
    """Return a copy of the graph that may be changed."""
    for part in ("ontology", "data"):
        shutil.copytree(root / part, tmp_path / "project" / part)
    return Project(tmp_path / "project")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets a line each time that files would be looked at; none has a fault."""
    lines: list[str] = []

    def check(*_: object) -> Checked:
        lines.append("looked")
        return Checked((), (), 5)

    monkeypatch.setattr(run, "_check", check)
    return lines


def _validate(project: Project, cache: Path | None, **options: object) -> Report:
    given: dict[str, object] = {"here": project.root, "cache": cache, **options}
    return validate_project(project, **given)  # type: ignore[arg-type]


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_files_are_looked_at_once(
    project: Project, tmp_path: Path, looked: list[str]
) -> None:
    first = _validate(project, tmp_path / "cache")
    assert first.findings == ()
    assert first.checked == 5
    assert _validate(project, tmp_path / "cache") == first
    assert looked == ["looked"]


def test_without_a_cache_they_are_looked_at_each_time(project: Project, looked: list[str]) -> None:
    assert _validate(project, None) == _validate(project, None)
    assert looked == ["looked"] * 2


def test_a_fault_is_found_each_time(project: Project, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert _validate(project, cache).conforms
    _change(project.root / ENTRY, "206000000000", "206000000001")
    once = _validate(project, cache)
    assert not once.conforms
    assert _validate(project, cache) == once == _validate(project, None)
    _change(project.root / ENTRY, "206000000001", "206000000000")
    assert _validate(project, cache).conforms


def test_any_file_that_changes_is_a_new_question(
    project: Project, tmp_path: Path, looked: list[str]
) -> None:
    _validate(project, tmp_path / "cache")
    changed = [
        project.root / ENTRY,
        project.ontology / "stigraph.ttl",
        project.legal_forms_file(),
        project.rule_files()[0],
        project.shape_files()[0],
        project.data / "programme" / "new.ttl",
    ]
    for path in changed:
        with path.open("a", encoding="utf-8") as stream:
            stream.write("\n")
        _validate(project, tmp_path / "cache")
        _validate(project, tmp_path / "cache")
    (project.data / "programme" / "new.ttl").rename(project.data / "programme" / "newer.ttl")
    _validate(project, tmp_path / "cache")
    assert looked == ["looked"] * (len(changed) + 2)


def test_what_was_asked_for_is_part_of_the_question(
    project: Project, tmp_path: Path, looked: list[str], sources: Path
) -> None:
    cache = tmp_path / "cache"
    _validate(project, cache)
    _validate(project, cache, sources=sources)
    _validate(project, cache, selection=Selection(ignore=("STI6",)))
    _validate(project, cache, paths=[project.root / ENTRY])
    _validate(project, cache, overlay={(project.root / ENTRY).resolve(): b""})
    assert looked == ["looked"] * 5


def test_a_program_that_changed_forgets(tmp_path: Path) -> None:
    (program := tmp_path / "program").mkdir()
    (program / "module.py").write_text("1", encoding="utf-8")
    Numbers(tmp_path / "kept", program, "library 1").add(b"x" * 32, 7)
    assert Numbers(tmp_path / "kept", program, "library 1").get(b"x" * 32) == 7
    assert Numbers(tmp_path / "kept", program, "library 1").get(b"y" * 32) is None
    assert Numbers(tmp_path / "kept", program, "library 2").get(b"x" * 32) is None
    (program / "module.py").write_text("12", encoding="utf-8")
    assert Numbers(tmp_path / "kept", program, "library 1").get(b"x" * 32) is None


def test_a_damaged_memory_is_no_memory(project: Project, tmp_path: Path, looked: list[str]) -> None:
    cache = tmp_path / "cache"
    report = _validate(project, cache)
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:-3])
    assert _validate(project, cache) == report
    assert looked == ["looked"] * 2


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(
    project: Project, tmp_path: Path
) -> None:
    (blocked := tmp_path / "file").write_text("", encoding="utf-8")
    assert _validate(project, blocked / "cache").conforms


@pytest.mark.parametrize(
    "text",
    [
        "broken",
        "<urn:a> <urn:b> [] .\n",
        '<urn:a> <urn:b> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    ],
    ids=["syntax", "blank node", "rewritten literal"],
)
def test_two_processes_find_what_one_finds_in_bad_input(project: Project, text: str) -> None:
    (project.data / "programme" / "bad.ttl").write_text(text, encoding="utf-8")
    alone, both = _validate(project, None), _validate(project, None, processes=2)
    assert not alone.conforms
    assert [(f.code, f.place, f.message) for f in both.findings if f.code != "STI012"] == [
        (f.code, f.place, f.message) for f in alone.findings if f.code != "STI012"
    ]
    assert len(both.findings) == len(alone.findings)


@pytest.mark.parametrize("content", [b"# \xff\n", b"broken\n", "\ufeff".encode()])
@pytest.mark.parametrize("kind", ["shapes", "ontology", "data"])
def test_a_spoilt_file_of_any_kind_is_told_alike(
    project: Project, kind: str, content: bytes
) -> None:
    files = {
        "shapes": project.shape_files()[0],
        "ontology": project.ontology_files()[0],
        "data": project.root / ENTRY,
    }
    files[kind].write_bytes(content + files[kind].read_bytes())
    alone, both = _validate(project, None), _validate(project, None, processes=2)
    assert both == alone
    assert not alone.conforms or content.startswith(b"\xef")


def test_no_cache_keeps_nothing(project: Project) -> None:
    command = [sys.executable, "-m", "stigraph", "validate"]
    git = ["git", "-C", str(project.root), "init", "-q"]
    subprocess.run(git, check=True)
    kept = project.root / ".git" / "stigraph"
    subprocess.run([*command, "--no-cache"], cwd=project.root, check=True, capture_output=True)
    assert not kept.exists()
    subprocess.run(command, cwd=project.root, check=True, capture_output=True)
    assert kept.is_dir()


def test_a_file_that_cannot_be_read_brings_no_faults_to_those_that_refer_to_it(
    project: Project,
) -> None:
    _change(project.root / ENTRY, "206000000000", "2,060億")
    report = _validate(project, None)
    assert [(f.code, f.file) for f in report.findings] == [("STI001", ENTRY)]
    assert _validate(project, None, processes=2) == report


def test_what_a_broken_file_does_not_hold_is_still_missed(project: Project) -> None:
    _change(project.root / ENTRY, "206000000000", "2,060億")
    _change(project.root / "data/ttl/measure/direction-sbir.ttl", "programme:sbir", "programme:zz")
    report = _validate(project, None)
    missed = {f.value.value for f in report.findings if f.code == "STI011" and f.value}
    assert missed == {"https://w3id.org/stigraph/id/programme/zz"}
