"""The wheel carries the graph: installed elsewhere, away from any checkout, it answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the console script of stigraph installed from its wheel into a fresh environment."""
    folder = tmp_path_factory.mktemp("elsewhere")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*build, "-w", folder, root], check=True, capture_output=True)
    (wheel,) = folder.glob("stigraph-*.whl")
    home = folder / "env"
    venv.create(home, with_pip=False)
    # The libraries come from this environment; a .pth line doesn't bring its editable stigraph.
    libraries = sysconfig.get_path("purelib")
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    target = ["--python", str(home / "bin" / "python")]
    pip = [sys.executable, "-m", "pip", *target, "install", "--no-deps", "--no-index", "-q"]
    subprocess.run([*pip, wheel], check=True, capture_output=True)
    return home / "bin" / "stigraph"


def _run(script: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "STIGRAPH"))}
    return subprocess.run(
        [script, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_an_installed_wheel_answers_a_question(installed: Path, tmp_path: Path) -> None:
    done = _run(
        installed,
        "ask",
        "programme-money",
        "--programme",
        "BRIDGE",
        "--format",
        "json",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert "30000000000" in json.dumps(answer["rows"])


def test_an_installed_wheel_runs_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    python = installed.with_name("python")
    done = subprocess.run(
        [python, "-c", "import stigraph; print(stigraph.load().project.root)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(installed.parents[1])


def test_validate_never_works_on_the_files_inside_the_package(
    installed: Path, tmp_path: Path
) -> None:
    done = _run(installed, "--lang", "en", "validate", cwd=tmp_path)
    assert done.returncode == 2
    assert "no project" in done.stderr
