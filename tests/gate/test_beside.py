"""Work beside the caller's comes back, fails as it would here, and ends with its caller."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stigraph.errors import ShapesError, StigraphError
from stigraph.gate import (
    Progress,
    Report,
    engines,
    foreign,
    validate_data,
    validate_project,
    within,
)
from stigraph.gate.beside import Beside, Helper, Turns
from stigraph.project import Project


def _runs(pid: int) -> bool:
    """Return whether a process runs; one that is only not reaped yet doesn't."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def test_a_value_comes_back() -> None:
    assert Beside(lambda: {"a": [1, "二"]}).result() == {"a": [1, "二"]}


def test_an_error_of_ours_comes_back_in_both_languages() -> None:
    def refuse() -> None:
        raise ShapesError("できない", "no")

    with pytest.raises(StigraphError) as caught:
        Beside(refuse).result()
    assert (caught.value.ja, caught.value.en) == ("できない", "no")


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(StigraphError, match="died"):
        Beside(lambda: os.kill(os.getpid(), 9)).result()


def test_when_the_time_is_over_no_process_is_left(tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    def endless() -> None:
        pid.write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(600)

    def work(_: Progress) -> Report:
        Beside(endless).result()
        return Report.of((), 0)

    assert not within(2, work)[1]
    end = time.monotonic() + 10
    while _runs(int(pid.read_text(encoding="utf-8"))):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_two_processes_find_what_one_finds(project: Project) -> None:
    assert validate_project(project, processes=2) == validate_project(project)


def test_turns_are_taken_once_each_by_whoever_is_free() -> None:
    turns = Turns(1000)
    beside = Beside(lambda: list(turns))
    mine = list(turns)
    theirs = beside.result()
    turns.close()
    assert sorted(mine + theirs) == list(range(1000))


def test_a_call_that_is_dropped_ends(tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    def endless() -> None:
        pid.write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(600)

    beside = Beside(endless)
    while not pid.exists() or not pid.read_text(encoding="utf-8"):
        time.sleep(0.01)
    beside.drop()
    assert not _runs(int(pid.read_text(encoding="utf-8")))


def test_shapes_shared_by_two_processes_find_what_one_finds(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_LARGE", 0)
    folders = [project.data / "programme"]  # what it refers to is missing
    shapes = [project.ontology / "shapes"]
    alone = validate_data(folders, shapes, here=project.root)
    assert len(alone.results) > 100
    shared = validate_data(folders, shapes, here=project.root, processes=2)
    assert (shared.findings, shared.checked) == (alone.findings, alone.checked)
    assert list(map(str, shared.results)) == list(map(str, alone.results))


def test_shapes_that_cannot_be_run_are_refused_by_two_processes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_LARGE", 0)
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:a> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ;\n"
        '  sh:sparql [ sh:select "SELECT $this WHERE { $this <urn:p> " ] .\n',
        encoding="utf-8",
    )
    data = tmp_path / "data.ttl"
    data.write_text("<urn:x> <urn:p> 1 .\n", encoding="utf-8")
    for processes in (1, 2):
        with pytest.raises(StigraphError):
            validate_data([data], [shapes], processes=processes)


def test_a_helper_that_is_ready_answers_one_question() -> None:
    def prepare() -> Callable[[list[int]], int]:
        known = 40
        return lambda asked: known + sum(asked)

    helper: Helper[list[int], int] = Helper(prepare)
    assert helper.ask([1, 1]) == 42
    Helper(prepare).drop()


def test_a_helper_that_dies_is_told() -> None:
    helper: Helper[str, str] = Helper(lambda: os.kill(os.getpid(), 9) or str)  # type: ignore[func-returns-value]
    with pytest.raises(StigraphError, match="died"):
        helper.ask("x" * 200_000)


def test_places_found_beside_are_those_found_afterwards(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "_LARGE", 0)
    folders = [project.data / "programme"]
    shapes = [project.ontology / "shapes"]
    alone = validate_data(folders, shapes, here=project.root)
    assert all(found.place for found in alone.findings)
    assert validate_data(folders, shapes, here=project.root, processes=2).findings == alone.findings


def test_a_file_that_is_not_utf8_is_told_with_places_found_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "_LARGE", 0)
    (tmp_path / "shapes.ttl").write_text("", encoding="utf-8")
    (tmp_path / "data.ttl").write_bytes(b'<urn:a> <urn:b> "\xff" .\n')
    (found,) = validate_data(
        [tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"], processes=2
    ).findings
    assert found.code in ("STI001", "STI003")


def test_what_has_ended_can_be_dropped() -> None:
    beside = Beside(lambda: 1)
    assert beside.result() == 1
    beside.drop()


def test_no_process_is_left_where_a_file_is_broken(project: Project, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("broken", encoding="utf-8")
    before = _children()
    report = validate_project(project, [broken], processes=2)
    assert [finding.code for finding in report.findings] == ["STI001"]
    assert _children() == before


def _children() -> set[str]:
    """Return the processes of this one, those that are not reaped yet included."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended
            state = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(state[1]) == os.getpid():
                found.add(stat.parent.name)
    return found
