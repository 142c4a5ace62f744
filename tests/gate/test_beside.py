"""Work beside the caller's comes back, fails as it would here, and ends with its caller."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from stigraph.errors import ShapesError, StigraphError
from stigraph.gate import Progress, Report, validate_project, within
from stigraph.gate.beside import Beside
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
