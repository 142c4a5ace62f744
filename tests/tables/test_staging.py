"""Files are written all at once or not at all, also when the run is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from tests.tables.conftest import data_of

from stigraph.errors import UsageError
from stigraph.project import Project
from stigraph.tables.staging import recover, staged

WRITER = """
import sys
from pathlib import Path
from stigraph.project import Project
from stigraph.tables.staging import staged

project = Project(Path(sys.argv[1]))
print("ready", flush=True)
for turn in range(10_000):
    with staged(project) as stage:
        for number in range(60):
            path = project.data / "event" / f"e{number}.ttl"
            stage.write(path, f"# turn {turn}\\n")
        stage.put_in_place()
"""


def test_what_is_staged_is_not_in_place(small: Project) -> None:
    before = data_of(small)
    with staged(small) as stage:
        stage.write(small.data / "programme" / "trial.ttl", "# other\n")
        assert data_of(stage.project)["programme/trial.ttl"] == "# other\n"
        assert data_of(small) == before
    assert data_of(small) == before
    assert list(small.data.parent.iterdir()) == [small.data]


def test_what_is_put_in_place_is_all_there(small: Project) -> None:
    with staged(small) as stage:
        stage.write(small.data / "event" / "a.ttl", "# a\n")
        stage.write(small.data / "programme" / "trial.ttl", "# other\n")
        stage.put_in_place()
    after = data_of(small)
    assert after["event/a.ttl"] == "# a\n"
    assert after["programme/trial.ttl"] == "# other\n"
    assert "fiscal-year/2024.ttl" in after
    assert list(small.data.parent.iterdir()) == [small.data]


def test_the_mode_of_a_file_stays(small: Project) -> None:
    path = small.data / "programme" / "trial.ttl"
    path.chmod(0o640)
    with staged(small) as stage:
        stage.write(path, "# other\n")
        stage.put_in_place()
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_at_once_are_refused(small: Project) -> None:
    with staged(small), pytest.raises(UsageError, match="another import"), staged(small):
        pass


def test_one_that_only_looks_may_run_beside(small: Project) -> None:
    with staged(small), staged(small, write=False) as stage:
        assert data_of(stage.project) == data_of(small)


def test_data_that_changed_meanwhile_are_not_overwritten(small: Project) -> None:
    path = small.data / "programme" / "trial.ttl"
    with staged(small) as stage:
        stage.write(path, "# ours\n")
        path.write_text("# theirs, and longer\n", encoding="utf-8")
        with pytest.raises(UsageError, match="the data changed"):
            stage.put_in_place()
    assert path.read_text(encoding="utf-8") == "# theirs, and longer\n"


def test_data_moved_away_by_a_killed_run_come_back(small: Project) -> None:
    before = data_of(small)
    left = small.data.parent / ".stigraph-import-0"
    (left / "data").mkdir(parents=True)
    small.data.rename(left / "data" / "old")
    recover(small.root)
    assert data_of(small) == before
    assert not left.exists()


@pytest.mark.skipif(os.name != "posix", reason="signals are sent")
def test_a_killed_run_leaves_all_of_one_state(small: Project) -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(small.root)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.2))
            writer.send_signal(signal.SIGKILL)
        found = data_of(small)
        turns = {text for name, text in found.items() if name.startswith("event/")}
        assert len(turns) <= 1
        assert sum(name.startswith("event/") for name in found) in {0, 60}
        assert "programme/trial.ttl" in found
    with staged(small) as stage:
        stage.put_in_place()
    assert [path.name for path in small.data.parent.iterdir()] == ["ttl"]
