"""A curator's workplace: a clone of a graph, and this repository as where its hooks come from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Run = Callable[..., subprocess.CompletedProcess[str]]

_NEVER = ("__editable__", "stigraph", "_stigraph", "__pycache__", "distutils-precedence")


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the libraries of this environment, but not this package."""
    folder = tmp_path_factory.mktemp("libraries")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(_NEVER):
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.fixture(scope="session")
def environ(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which hooks are installed from here, without the network."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PIP_", "STIGRAPH"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {
        **kept,
        "PATH": path,
        "LANG": "C.UTF-8",
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "PYTHONPATH": str(libraries),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it the wrong way round
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "x",
        "GIT_AUTHOR_EMAIL": "x@example.org",
        "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@example.org",
    }


@pytest.fixture(scope="session")
def do(environ: dict[str, str]) -> Run:
    """Return a function that runs a command in a folder, and fails the test if it fails."""

    def do(
        folder: Path, *words: str, code: int | None = 0, text: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            words,
            cwd=folder,
            env={**environ, **more},
            input=text,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        assert code in (None, done.returncode), f"{words}\n{done.stdout}\n{done.stderr}"
        return done

    return do


@pytest.fixture(scope="session")
def source(root: Path, do: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this repository as it is now, with what isn't committed yet, as a repository."""
    folder = tmp_path_factory.mktemp("source")
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = [name for name in do(root, *listed).stdout.split("\0") if (root / name).is_file()]
    if not names:
        pytest.skip("not a repository of git")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, folder / name)
    do(folder, "git", "init", "-q", "-b", "main")
    do(folder, "git", "add", "-A")
    do(folder, "git", "commit", "-q", "-m", "Everything")
    return folder


@pytest.fixture(scope="session")
def hooks(source: Path, do: Run) -> str:
    """Return a configuration of pre-commit that takes the hooks from this repository."""
    revision = do(source, "git", "rev-parse", "HEAD").stdout.strip()
    listed = [{"id": "stigraph-fmt"}, {"id": "stigraph-validate"}]
    return yaml.safe_dump({"repos": [{"repo": str(source), "rev": revision, "hooks": listed}]})


@pytest.fixture
def clone(root: Path, hooks: str, do: Run, tmp_path: Path) -> Path:
    """Return a graph of its own in a repository whose hooks are installed."""
    origin = tmp_path / "origin"
    for name in ("ontology", "data"):
        shutil.copytree(root / name, origin / name)
    (origin / ".pre-commit-config.yaml").write_text(hooks, "utf-8")
    do(origin, "git", "init", "-q", "-b", "main")
    do(origin, "git", "add", "-A")
    do(origin, "git", "commit", "-q", "-m", "The graph")
    do(tmp_path, "git", "clone", "-q", str(origin), "clone")
    folder = tmp_path / "clone"
    do(folder, "pre-commit", "install")
    return folder
