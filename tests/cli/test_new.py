"""``stigraph new``: fields from the shapes, ids by label, and a file that validates."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from stigraph.gate import validate_project
from stigraph.project import Project
from stigraph.turtle import is_formatted

Run = Callable[..., subprocess.CompletedProcess[str]]

PROGRAMME = (
    *("new", "programme", "--label-ja", "大学発新産業の創出", "--label-en", "University start-ups"),
    *("--under-pillar", "2025-innovation-ecosystem", "--topic", "startups"),
    *("--translation-status", "own", "--stated-in", "overview-2025:3-c-1-3"),
    *("--phrase", "SBIR制度"),
)


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository's graph."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("ontology", "data"):
        shutil.copytree(root / name, folder / name)
    return folder


def test_an_entry_given_by_options_is_written_and_validates(run: Run, copy: Path) -> None:
    done = run(*PROGRAMME, "--slug", "by-options", cwd=copy)
    assert (done.returncode, done.stdout) == (0, "data/ttl/programme/by-options.ttl\n")
    path = copy / "data/ttl/programme/by-options.ttl"
    assert is_formatted(path.read_text("utf-8"))
    assert validate_project(Project(copy), [path]).findings == ()
    again = run(*PROGRAMME, "--slug", "by-options", cwd=copy)
    assert again.returncode == 2
    assert "there is programme:by-options already" in again.stderr


def test_the_slug_comes_from_the_english_name(run: Run, copy: Path) -> None:
    done = run(*PROGRAMME, "--dry-run", cwd=copy)
    assert done.returncode == 0
    assert "\nprogramme:university-start-ups a sti:Programme ;\n" in done.stdout
    assert not (copy / "data/ttl/programme/university-start-ups.ttl").exists()


def test_what_the_gate_refuses_is_not_written(run: Run, copy: Path) -> None:
    done = run(*PROGRAMME[:-2], "--slug", "refused", "--lang", "ja", cwd=copy)
    assert done.returncode == 1
    assert "data/ttl/programme/refused.ttl:9:1: STI580 " in done.stderr
    assert "上の点を直すまでは書かない" in done.stderr
    assert not (copy / "data/ttl/programme/refused.ttl").exists()


def test_an_amount_goes_into_the_file_of_its_programme(run: Run, copy: Path) -> None:
    path = copy / "data/ttl/programme/sbir.ttl"
    before = path.read_text("utf-8")
    args = (
        *("new", "allocation", "--label-ja", "SBIRの金額", "--label-en", "Amount for SBIR"),
        *("--for-initiative", "SBIR制度", "--value", "2,060", "--currency", "JPY"),
        *("--amount-kind", "予算措置額", "--budget-stage", "supplementary"),
        *("--first-fiscal-year", "FY2022", "--last-fiscal-year", "2022年度"),
        *("--translation-status", "own", "--stated-in", "overview-2025:3-c-1-3"),
    )
    done = run(*args, "--dry-run", cwd=copy)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(before)
    assert "\nallocation:amount-for-sbir a sti:BudgetAllocation ;\n" in done.stdout
    assert "    schema:value 2060 ;\n" in done.stdout
    assert is_formatted(done.stdout)
    refused = run(*args, cwd=copy)
    assert refused.returncode == 1
    assert path.read_text("utf-8") == before


def test_answers_fill_the_fields_that_are_not_given(run: Run, copy: Path) -> None:
    answers = [
        "",  # the Japanese name is required: it is asked for again
        "尋ねて書いた制度",
        "Asked programme",
        *("", "", "", ""),  # other names and descriptions
        "",  # document
        "生態系がない",  # no such pillar
        "イノベーション・エコシステム",  # several pillars
        "1",
        "",
        "",  # field
        "?",
        "startups",
        "",
        *("", "", "", ""),  # part of, funded by, located in, succeeds
        *("", "own"),  # basis, translation status
        "overview-2025:3-c-1-3",
        "",
        "SBIR制度",
        "",
        "asked",
    ]
    done = run("new", "programme", "--ask", cwd=copy, text="\n".join(answers) + "\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "data/ttl/programme/asked.ttl\n"
    assert "name @ja *" in done.stderr
    assert "there is no entry “生態系がない”" in done.stderr
    assert "1. Formation of an innovation ecosystem [pillar:" in done.stderr
    text = (copy / "data/ttl/programme/asked.ttl").read_text("utf-8")
    assert "sti:underPillar pillar:" in text
    assert "sti:topic topic:startups ;" in text


def test_a_conversation_that_is_broken_off_writes_nothing(run: Run, copy: Path) -> None:
    before = sorted((copy / "data").rglob("*"))
    done = run("new", "programme", "--ask", cwd=copy, text="名前\n")
    assert done.returncode == 130
    assert sorted((copy / "data").rglob("*")) == before


@pytest.mark.parametrize(
    ("args", "en", "ja"),
    [
        (["rocket"], "there is no kind “rocket”", "「rocket」という種別はない"),
        (["passage"], "there is no kind “passage”", "という種別はない"),
        (["programme", "--colour", "x"], "there is no field “--colour”", "という欄はない"),
        (["programme", "stray"], "there is no field “stray”", "という欄はない"),
        (["programme", "--topic"], "--topic needs a value", "--topic には値がいる"),
        (["programme"], "fields are missing: --label-ja, --label-en", "足りない欄がある"),
        (["programme", "--topic", "nowhere"], "there is no entry “nowhere”", "という項目はない"),
        (["programme", "--stated-in", "SBIR制度"], "entry “SBIR制度”", "SBIR制度"),
        (["document"], "choose a class with --class", "--class でクラスを選ぶ"),
        (["document", "--class", "sti:Fund"], "choose a class with --class", "--class で"),
        (["event", "--date", "soon"], "--date can't be “soon”", "「soon」は書けない"),
        (["event", "--date", "2025", "--date", "2026"], "takes at most 1", "1個まで"),
        (["programme", "--slug", "A b"], "--slug can't be “A b”", "--slug に「A b」"),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(
    run: Run, root: Path, args: list[str], en: str, ja: str
) -> None:
    for lang, part in (("en", en), ("ja", ja)):
        done = run("new", *args, "--lang", lang, cwd=root)
        assert (done.returncode, done.stdout) == (2, "")
        assert part in done.stderr
        assert done.stderr.count("\n") == 1


def test_kinds_and_fields_are_listed_in_both_languages(run: Run, root: Path) -> None:
    assert "programme" in run("new", cwd=root).stdout
    shown = run("new", "programme", "--fields", "--lang", "ja", cwd=root).stdout
    assert "--label-ja" in shown
    assert "はい" in shown
    assert "文書に載った" in shown or "柱" in shown


def test_outside_a_project_nothing_is_begun(run: Run, tmp_path: Path) -> None:
    assert run("new", "programme", cwd=tmp_path).returncode == 2
