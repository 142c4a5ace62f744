"""What holds for every command: help, languages, errors, endings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import stigraph
from stigraph.cli import language, overview
from stigraph.cli.commands import COMMANDS

Run = Callable[..., subprocess.CompletedProcess[str]]

ALL = "SELECT * WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(
    "args", [["--help"], ["-h"], [], ["--version"], ["--lang", "ja", "--help"]]
)
def test_the_overview_needs_no_library(args: list[str]) -> None:
    slow = ("click", "re", "dataclasses", "typing", "enum", "pyoxigraph", "pathlib")
    code = (
        f"import sys; before = set(sys.modules); from stigraph.cli import main; main({args});"
        f"print([m for m in {slow} if m in set(sys.modules) - before], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(Path(stigraph.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_help_names_every_command_in_both_languages() -> None:
    for lang, position in (("ja", 1), ("en", 2)):
        text = overview(["--help"], lang)
        assert text is not None
        for name, row in COMMANDS.items():
            assert f"  {name} " in text
            assert row[position] in text


def test_every_command_in_the_table_explains_itself_in_both_languages(run: Run) -> None:
    for name, (_, ja, en) in COMMANDS.items():
        assert en in run(name, "--help").stdout
        done = run(name, "-h", "--lang", "ja")
        assert ja in done.stdout
        assert "使い方" in done.stdout
        assert done.returncode == 0


def test_the_version_is_the_package_s(spawn: Run) -> None:
    assert spawn("--version").stdout == f"stigraph {stigraph.__version__}\n"


@pytest.mark.parametrize(
    ("args", "environ", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "de_DE"}, "en"),
        ([], {"LANG": "de_DE", "LC_ALL": "ja"}, "ja"),
        ([], {"LC_ALL": "", "LANG": "ja_JP"}, "ja"),
        (["--lang", "en"], {"LANG": "ja_JP"}, "en"),
        (["find", "--lang=ja"], {}, "ja"),
        (["find", "--", "--lang=ja"], {}, "en"),
    ],
)
def test_the_language_is_the_option_s_else_the_environment_s(
    args: list[str], environ: dict[str, str], expected: str
) -> None:
    assert language(args, environ) == expected


def test_common_options_stand_on_either_side_of_the_command(run: Run) -> None:
    before = run("--lang", "ja", "find", "quantum")
    after = run("find", "quantum", "--lang", "ja")
    assert before.stdout == after.stdout
    assert before.stdout.split()[:2] == ["ID", "日本語"]


def test_quiet_leaves_messages_out_and_keeps_errors(run: Run) -> None:
    assert "nothing" in run("find", "zzz").stderr
    assert run("-q", "find", "zzz").stderr == ""
    assert run("find", "-q").stderr != ""


def test_verbose_says_what_was_read(run: Run, small: Path) -> None:
    assert str(small) in run("-v", "find", "quantum").stderr


def test_colour_is_only_where_it_is_asked_for_or_on_a_terminal(run: Run) -> None:
    assert "\x1b" not in run("find", "quantum").stdout
    assert "\x1b[1m" in run("find", "quantum", "--color", "always").stdout
    assert "\x1b" not in run("find", "quantum", "--color=never").stdout


WRONG = [
    (["fnd"], "近いもの：find", "nearest: find"),
    (["find", "--knd", "x"], "--kind", "nearest: --kind"),
    (["find", "--kind", "pogramme"], "近いもの：programme", "nearest: programme"),
    (["find", "a", "b"], "余計な引数がある：b", "arguments too many: b"),
    (["show"], "ENTRY がない", "ENTRY is missing"),
    (["show", "x", "--format"], "--format には値がいる", "--format needs a value"),
    (["export", "--list=x"], "--list は値をとらない", "--list takes no value"),
    (["serve", "--port", "x"], "--port は 0 から 65535", "--port takes a whole number"),
    (["--color", "red", "find"], "使えるもの：auto", "choose from auto"),
]


@pytest.mark.parametrize(("args", "ja", "en"), WRONG)
def test_a_wrong_call_ends_with_2_and_one_sentence_in_the_user_s_language(
    run: Run, args: list[str], ja: str, en: str
) -> None:
    for lang, sentence in (("ja_JP.UTF-8", ja), ("en_US.UTF-8", en)):
        done = run(*args, lang=lang)
        assert done.returncode == 2
        assert done.stdout == ""
        assert sentence in done.stderr
        assert done.stderr.startswith("stigraph: ")
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("args", "shown"), [(["find", "x"], False), (["-v", "find", "x"], True)])
def test_a_fault_of_our_own_is_one_sentence_and_with_verbose_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, args: list[str], shown: bool
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("inside")

    monkeypatch.setattr("stigraph.cli.find.open_graph", broken)
    done = run(*args)
    assert done.returncode == 2
    assert ("Traceback" in done.stderr) == shown
    assert "stigraph itself failed (KeyError: 'inside')" in done.stderr


def test_an_interrupted_command_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("stigraph.cli.find.open_graph", interrupted)
    done = run("find", "x")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize(
    "args", [["query", ALL], ["export", "everything", "--format", "turtle"], []]
)
def test_a_closed_pipe_ends_quietly(spawn: Run, args: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = spawn(*args, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("args", [["query", ALL], ["--help"]])
def test_a_full_disk_is_told_in_one_sentence(spawn: Run, args: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = spawn(*args, stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr.startswith("stigraph: ")
    assert done.stderr.count("\n") == 1


def test_outside_a_project_the_installed_graph_is_used(spawn: Run, tmp_path: Path) -> None:
    done = spawn("find", "SBIR", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    assert "programme:sbir" in [entry["id"] for entry in json.loads(done.stdout)["entries"]]


def test_output_is_utf_8_whatever_the_locale(spawn: Run) -> None:
    done = spawn("find", "quantum", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "量子" in done.stdout


def test_a_file_that_does_not_parse_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    folder = tmp_path / "data" / "ttl" / "field"
    folder.mkdir(parents=True)
    (folder / "bad.ttl").write_text("@prefix x: <http://x/> .\nx:a x:b\n", encoding="utf-8")
    done = run("find", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert "bad.ttl:" in done.stderr
