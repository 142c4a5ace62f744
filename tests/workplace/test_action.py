"""The action of ``action.yml``: its steps as GitHub runs them, with GitHub's environment files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

Run = Callable[..., subprocess.CompletedProcess[str]]

SBIR = "data/ttl/programme/sbir.ttl"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@pytest.fixture(scope="session")
def action(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def wheels(source: Path, do: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a released stigraph: the wheel of this repository."""
    folder = tmp_path_factory.mktemp("wheels")
    build = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", str(folder))
    do(source, sys.executable, *build, ".")
    return folder


@dataclass
class Runner:
    """A machine that runs the steps of the action in a checkout."""

    action: Mapping[str, Any]
    checkout: Path
    temporary: Path
    environ: Mapping[str, str]
    inputs: Mapping[str, str]
    base: str
    only: tuple[str, ...] = ()
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Run each step whose condition holds, up to the first that fails."""
        for step in self.action["runs"]["steps"]:
            name = step["name"]
            if "uses" in step or not self._holds(step.get("if", "true")):
                continue
            if self.only and name not in self.only:
                continue
            self._step(step, name)
            if self.codes[name] != 0:
                return

    def summary(self) -> str:
        path = self.temporary / "summary"
        return path.read_text("utf-8") if path.exists() else ""

    def _step(self, step: Mapping[str, Any], name: str) -> None:
        output = self.temporary / "output"
        output.write_text("")
        environ = {
            **self.environ,
            **{key: self._filled(value) for key, value in step.get("env", {}).items()},
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "GITHUB_WORKSPACE": str(self.checkout),
            "RUNNER_TEMP": str(self.temporary),
        }
        # How GitHub runs `shell: bash`.
        script = self.temporary / "step.sh"
        script.write_text(step["run"], "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.checkout,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        self.printed[name], self.codes[name] = done.stdout, done.returncode
        pairs = (line.partition("=") for line in output.read_text("utf-8").splitlines())
        self.outputs[step.get("id", name)] = {key: value for key, _, value in pairs}

    def _filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda match: self._value(match[1]), text)

    def _value(self, expression: str) -> str:
        value: str
        for part in expression.split(" || "):
            match part.split("."):
                case ["inputs", name]:
                    value = self.inputs.get(name, self.action["inputs"][name]["default"])
                case ["steps", step, "outputs", name]:
                    value = self.outputs.get(step, {}).get(name, "")
                case ["github", "event", "pull_request", "base", "sha"]:
                    value = self.base
                case _:
                    raise ValueError(part)
            if value:
                return value
        return ""

    def _holds(self, condition: str) -> bool:
        return all(self._compared(part) for part in condition.split(" && "))

    def _compared(self, part: str) -> bool:
        if part == "true":
            return True
        left, sign, right = part.split(" ")
        return (self._value(left) == right.strip("'")) is (sign == "==")


INSTALL, BASE, TELL = "Install stigraph", "Find what to compare with", "Say what the change means"
REPORT, ANNOTATE = "Report for code scanning", "Annotate the change"


@pytest.fixture(scope="session")
def installed(
    action: dict[str, Any],
    wheels: Path,
    environ: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Runner:
    """Return a machine on which the first step has been run."""
    temporary, checkout = (tmp_path_factory.mktemp(name) for name in ("temporary", "checkout"))
    machine = {**environ, "PIP_FIND_LINKS": str(wheels)}
    found = Runner(action, checkout, temporary, machine, {}, "", (INSTALL,))
    found.run()
    assert found.codes == {INSTALL: 0}, found.printed
    return found


@pytest.fixture
def pull_request(root: Path, do: Run, tmp_path: Path) -> Path:
    """Return a checkout whose branch is yet to get a commit beside main."""
    folder = tmp_path / "checkout"
    for name in ("ontology", "data"):
        shutil.copytree(root / name, folder / name)
    do(folder, "git", "init", "-q", "-b", "main")
    do(folder, "git", "add", "-A")
    do(folder, "git", "commit", "-q", "-m", "The graph")
    return folder


@pytest.fixture
def runner(
    action: dict[str, Any], installed: Runner, pull_request: Path, do: Run, tmp_path: Path
) -> Callable[..., Runner]:
    """Return what commits the change and runs the steps after the first, or only some."""

    def run(*only: str, **inputs: str) -> Runner:
        base = do(pull_request, "git", "rev-parse", "HEAD").stdout.strip()
        do(pull_request, "git", "add", "-A")
        do(pull_request, "git", "commit", "-q", "-m", "The change")
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        steps = only or (BASE, TELL, REPORT, ANNOTATE)
        found = Runner(action, pull_request, temporary, installed.environ, inputs, base, steps)
        found.outputs["install"] = installed.outputs["install"]
        if BASE not in steps:
            found.outputs["base"] = {"commit": base}
        found.run()
        return found

    return run


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def commands(printed: str) -> list[str]:
    """Return the commands that the runner obeys: none between stop-commands and its token."""
    obeyed: list[str] = []
    token = None
    for line in printed.splitlines():
        stop = re.fullmatch(r"::stop-commands::(\w+)", line)
        if token is None and stop:
            token = stop[1]
        elif token is not None:
            token = None if line == f"::{token}::" else token
        elif line.startswith("::"):
            obeyed.append(line)
    assert token is None
    return obeyed


def test_a_fault_is_annotated_and_reported_and_the_change_is_told(
    runner: Callable[..., Runner], pull_request: Path
) -> None:
    change(pull_request / SBIR, "206000000000", "20600000000")
    found = runner()
    *others, last = found.codes.values()
    assert (others, last) == ([0, 0, 0], 1), found.printed
    obeyed = commands(found.printed[ANNOTATE])
    assert any(line.startswith(f"::error file={SBIR},line=") for line in obeyed)
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in obeyed)
    summary = found.summary()
    assert "budget changed from 206,000,000,000 JPY to 20,600,000,000 JPY" in summary
    sarif = json.loads(Path(found.outputs["report"]["sarif"]).read_text("utf-8"))
    assert sarif["version"] == "2.1.0"
    assert {result["ruleId"] for result in sarif["runs"][0]["results"]} >= {"STI610", "STI611"}


def test_a_change_without_a_fault_passes_in_japanese(
    runner: Callable[..., Runner], pull_request: Path
) -> None:
    change(pull_request / SBIR, "SBIR制度の抜本拡充", "SBIR制度の拡充")
    found = runner(language="ja")
    assert set(found.codes.values()) == {0}, found.printed
    assert commands(found.printed[ANNOTATE]) == []
    assert "### グラフの変更" in found.summary()


def test_a_file_in_another_form_fails_the_check(
    runner: Callable[..., Runner], pull_request: Path
) -> None:
    change(pull_request / SBIR, "    skos:altLabel", "  skos:altLabel")
    found = runner(ANNOTATE)
    assert found.codes[ANNOTATE] == 1
    assert f"\n{SBIR}\n" in found.printed[ANNOTATE]


def test_a_file_that_cannot_be_read_is_annotated_though_nothing_is_compared(
    runner: Callable[..., Runner], pull_request: Path
) -> None:
    (pull_request / SBIR).write_text("<x:s> <x:p> .\n", "utf-8")
    found = runner(TELL, ANNOTATE)
    assert found.summary() == ""
    assert found.codes[ANNOTATE] != 0
    assert any(
        line.startswith(f"::error file={SBIR},line=1,")
        for line in commands(found.printed[ANNOTATE])
    )


def test_nothing_of_the_change_runs_or_commands_the_runner(
    runner: Callable[..., Runner], pull_request: Path
) -> None:
    touch = "import pathlib; pathlib.Path('pwned').touch()\n"
    for name in ("sitecustomize.py", "stigraph.py", "click.py", "conftest.py", "setup.py"):
        (pull_request / name).write_text(touch, "utf-8")
    for name in ("stigraph/__init__.py", "stigraph/__main__.py", "ontology/rules/__init__.py"):
        (pull_request / name).parent.mkdir(exist_ok=True)
        (pull_request / name).write_text(touch, "utf-8")
    (pull_request / "Makefile").write_text("all:\n\ttouch pwned\n", "utf-8")
    (pull_request / "pip.conf").write_text("[global]\nindex-url = http://127.0.0.1:9\n", "utf-8")
    (pull_request / "pyproject.toml").write_text(
        "[project]\nname='x'\nversion='1'\n[project.entry-points.'stigraph.rules']\nx='x:y'\n",
        "utf-8",
    )
    (pull_request / ".gitattributes").write_text("*.ttl diff=x filter=x merge=x\n", "utf-8")
    (pull_request / ".githooks").mkdir()
    (pull_request / ".githooks/post-checkout").write_text("#!/bin/sh\ntouch pwned\n", "utf-8")
    evil = "::error::x\n::set-output name=sarif::/etc/passwd\n::add-mask::a%0Ab"
    (pull_request / f"data/ttl/programme/a\n{evil.replace('/', '|')}.ttl").write_text(
        "broken", "utf-8"
    )
    label = json.dumps(f"{evil} @octocat <img src=x> [x](http://evil.example)", ensure_ascii=False)
    change(pull_request / SBIR, '"SBIR制度"@ja', f"{label}@ja")
    found = runner()
    assert not list(pull_request.rglob("pwned"))
    assert not list(found.temporary.rglob("pwned"))
    for name, printed in found.printed.items():
        for line in commands(printed):
            assert re.fullmatch(r"::(error|warning|notice) [^:]*::.*", line), (name, line)
            assert not line.startswith("::error::x")
    summary = found.summary()
    assert not re.search(r"@octocat|<img|(?<!\\)\[x\]|http://evil", summary)


def test_a_release_is_asked_for_by_its_number_only(
    runner: Callable[..., Runner], pull_request: Path
) -> None:
    (pull_request / "note").write_text("", "utf-8")
    found = runner(INSTALL, version="0.1.0 --index-url http://127.0.0.1:9")
    assert found.codes == {INSTALL: 2}


def test_a_base_that_a_shallow_checkout_lacks_is_fetched(
    runner: Callable[..., Runner], pull_request: Path, do: Run, tmp_path: Path
) -> None:
    change(pull_request / SBIR, "SBIR制度の抜本拡充", "SBIR制度の拡充")
    do(pull_request, "git", "commit", "-qam", "The change")
    origin = tmp_path / "origin"
    pull_request.rename(origin)
    base = do(origin, "git", "rev-parse", "HEAD~1").stdout.strip()
    do(origin, "git", "config", "uploadpack.allowAnySHA1InWant", "true")
    do(tmp_path, "git", "clone", "-q", "--depth=1", origin.as_uri(), str(pull_request))
    (pull_request / "note").write_text("", "utf-8")
    found = runner(BASE, TELL, base=base)
    assert found.outputs["base"] == {"commit": base}
    assert "name (ja) of" in found.summary()


def test_values_reach_scripts_by_the_environment_alone(action: dict[str, Any]) -> None:
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert step.get("uses", "").startswith(("", "github/codeql-action/"))


def test_it_is_never_for_pull_request_target(root: Path) -> None:
    pages = [root / "action.yml", *(root / "docs").rglob("*.md")]
    for page in pages:
        for line in page.read_text("utf-8").splitlines():
            assert not re.match(r"\s*(on: *)?pull_request_target", line), page


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_its_scripts_are_clean_shell(action: dict[str, Any]) -> None:
    for step in action["runs"]["steps"]:
        if "run" in step:
            subprocess.run(
                ["shellcheck", "-s", "bash", "-"], input=step["run"].encode(), check=True
            )


def test_gitlab_s_job_reports_and_fails_on_a_fault(
    root: Path, installed: Runner, pull_request: Path, do: Run
) -> None:
    job = yaml.safe_load((root / ".gitlab" / "stigraph.yml").read_text("utf-8"))["stigraph"]
    change(pull_request / SBIR, "206000000000", "20600000000")
    tool = installed.outputs["install"]["command"]
    script = "\n".join(["set -eo pipefail", *job["script"]])
    script = script.replace("/tmp/stigraph/bin/stigraph", tool)  # noqa: S108
    done = do(pull_request, "bash", "-c", script, code=1, CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD")
    assert f"{SBIR}:" in done.stdout
    assert "budget changed" in (pull_request / "stigraph-diff.md").read_text("utf-8")
    assert "<testsuite" in (pull_request / "stigraph-junit.xml").read_text("utf-8")
    assert job["artifacts"]["paths"] == ["stigraph-diff.md"]
    assert job["artifacts"]["reports"]["junit"] == "stigraph-junit.xml"
