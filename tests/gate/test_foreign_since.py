"""``validate --shapes --since``: of anybody's data, what a change can affect."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.shacl.random_shapes import PREFIXES, cases

from stigraph.errors import ShapesError
from stigraph.gate.finding import Finding
from stigraph.gate.foreign import Request
from stigraph.gate.foreign_since import validate_cached

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SHAPES = """@prefix ex: <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Person a sh:NodeShape ; sh:targetClass ex:Person ; sh:property ex:name , ex:boss .
ex:name a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 .
ex:boss a sh:PropertyShape ; sh:path [ sh:inversePath ex:leads ] ; sh:maxCount 1 .
"""
PEOPLE = {
    "ann.ttl": "<http://e/ann> a <http://e/Person> ; <http://e/name> 'Ann' .\n",
    "bob.ttl": "<http://e/bob> a <http://e/Person> ; <http://e/leads> <http://e/ann> .\n",
}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


def committed(folder: Path, shapes: str, files: dict[str, str]) -> None:
    (folder / "data").mkdir()
    (folder / "shapes.ttl").write_text(shapes, encoding="utf-8")
    for name, text in files.items():
        (folder / "data" / name).write_text(text, encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "start", "--allow-empty")


def found(folder: Path, since: str | None = None, *, cache: bool = False) -> set[Finding]:
    asked = Request([folder / "data"], [folder / "shapes.ttl"], here=folder)
    kept = folder / "cache" if cache else None
    return set(validate_cached(asked, cache=kept, since=since).findings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    committed(tmp_path, SHAPES, PEOPLE)
    return tmp_path


@pytest.fixture(params=["cache", "memory"])
def cache(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "cache")


def run(folder: Path, *data: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stigraph", "--lang", "en", "validate", "--since", "HEAD"]
    arguments = [*command, "--shapes", "shapes.ttl", *data]
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)


def test_a_fault_that_the_change_cannot_affect_is_not_reported(folder: Path, cache: bool) -> None:
    assert {f.file for f in found(folder)} == {"data/bob.ttl"}
    (folder / "data/ann.ttl").write_text(PEOPLE["ann.ttl"] + "# a remark\n", encoding="utf-8")
    assert found(folder, "HEAD", cache=cache) == set()


def test_a_fault_is_reported_where_the_change_can_affect_it(folder: Path, cache: bool) -> None:
    extra = "<http://e/eve> <http://e/leads> <http://e/ann> .\n"
    (folder / "data/eve.ttl").write_text(extra, encoding="utf-8")
    (fault,) = found(folder, "HEAD", cache=cache)
    assert (fault.file, fault.focus) == ("data/ann.ttl", "http://e/ann")


def test_a_triple_that_another_file_states_too_is_no_change(folder: Path, cache: bool) -> None:
    (folder / "data/more.ttl").write_text(PEOPLE["bob.ttl"], encoding="utf-8")
    assert found(folder, "HEAD", cache=cache) == set()
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "more")
    (folder / "data/bob.ttl").unlink()
    assert found(folder, "HEAD", cache=cache) == set()


def test_a_file_that_no_longer_parses_is_told_and_takes_its_triples_with_it(
    folder: Path, cache: bool
) -> None:
    (folder / "data/bob.ttl").write_text("<http://e/bob> a", encoding="utf-8")
    assert {f.code for f in found(folder, "HEAD", cache=cache)} == {"STI001"}


def test_changed_shapes_concern_everything(folder: Path, cache: bool) -> None:
    (folder / "shapes.ttl").write_text(SHAPES.replace("maxCount", "minCount"), encoding="utf-8")
    assert found(folder, "HEAD", cache=cache) == found(folder)


def test_from_the_command_line_the_cache_is_in_gits_own_folder(folder: Path) -> None:
    (folder / "data/bob.ttl").write_text(PEOPLE["bob.ttl"] + "# more\n", encoding="utf-8")
    done = run(folder, "data")
    assert (done.returncode, done.stderr) == (0, "no findings; 0 focus nodes checked\n")
    assert (folder / ".git" / "stigraph").is_dir()


def test_data_outside_the_repository_are_refused(folder: Path) -> None:
    done = run(folder, "data", os.devnull)
    assert done.returncode == 2
    assert "one repository" in done.stderr


def test_a_literal_may_be_what_is_at_fault(folder: Path, cache: bool) -> None:
    more = "ex:Text a sh:NodeShape ; sh:targetObjectsOf ex:name ; sh:minLength 9 .\n"
    (folder / "shapes.ttl").write_text(SHAPES + more, encoding="utf-8")
    (fault,) = (f for f in found(folder, "HEAD", cache=cache) if f.focus == "Ann")
    assert (fault.file, fault.place and fault.place.line) == ("data/ann.ttl", 1)


def test_two_runs_at_once_find_the_same(folder: Path) -> None:
    extra = "<http://e/eve> <http://e/leads> <http://e/ann> .\n"
    (folder / "data/eve.ttl").write_text(extra, encoding="utf-8")
    command = [sys.executable, "-m", "stigraph", "validate", "--since", "HEAD", "--shapes"]
    runs = [
        subprocess.Popen([*command, "shapes.ttl", "data"], cwd=folder, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [run.communicate(timeout=60)[0] for run in runs]
    assert said[0] == said[1] == said[2]
    assert b"data/ann.ttl:1:1: violation" in said[0]


@settings(max_examples=300 if LONG else 15, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.data())
def test_random_changes_are_reported_as_a_full_run_reports_them(
    case: tuple[str, str], data: st.DataObject
) -> None:
    graph, shapes = case
    lines = [line for line in graph.removeprefix(PREFIXES).splitlines() if line.strip()]
    assume(lines)
    before = [line for line in lines if data.draw(st.booleans())]
    after = [line for line in lines if data.draw(st.booleans())]
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        half = len(before) // 2
        first = {"a.ttl": before[:half], "b.ttl": before[half:]}
        files = {name: PREFIXES + "\n".join(part) for name, part in first.items()}
        committed(folder, shapes, files)
        try:
            old = found(folder)
        except ShapesError:
            assume(False)
        found(folder, cache=True)
        for other, part in {"a.ttl": after[: half + 1], "c.ttl": after[half + 1 :]}.items():
            (folder / "data" / other).write_text(PREFIXES + "\n".join(part), encoding="utf-8")
        (folder / "data" / "b.ttl").unlink()
        new = found(folder)
        some = found(folder, "HEAD", cache=True)
        assert placed(some) == placed(found(folder, "HEAD"))
        assert placed(some) <= placed(new)
        standing = {placeless(fault) for fault in old}
        assert placed({f for f in new if placeless(f) not in standing}) <= placed(some)


def placeless(finding: Finding) -> tuple[object, ...]:
    """Return what a finding says; a shape without a name is called otherwise in each run."""
    shape = "" if (finding.source_shape or "").startswith("_:") else finding.source_shape
    return finding.focus, finding.path, finding.value, finding.component, shape, finding.message


def placed(findings: set[Finding]) -> set[tuple[object, ...]]:
    return {(*placeless(fault), fault.file, fault.place) for fault in findings}
