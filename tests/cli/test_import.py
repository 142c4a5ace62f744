"""``stigraph import``: from a table on the command line to entries that the gate lets pass."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.tables.conftest import CALL, GRANT, HEADER, MAPPING

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """Return a project with a hand-written entry and its sources, a table and its mapping."""
    project = tmp_path / "project"
    shutil.copytree(root / "ontology", project / "ontology")
    for name in ("fiscal-year/2023", "fiscal-year/2024", "organisation/mext", "source/ror-mext"):
        target = project / "data" / "ttl" / f"{name}.ttl"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / "data" / "ttl" / f"{name}.ttl", target)
    programme = project / "data" / "ttl" / "programme" / "trial.ttl"
    programme.parent.mkdir()
    programme.write_text(
        """\
@prefix programme: <https://w3id.org/stigraph/id/programme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/stigraph/id/source/> .
@prefix sti: <https://w3id.org/stigraph/ontology#> .
@prefix topic: <https://w3id.org/stigraph/id/topic/> .
@prefix translation-status: <https://w3id.org/stigraph/id/translation-status/> .

programme:trial a sti:Programme ;
    skos:prefLabel "試行事業"@ja , "Trial programme"@en ;
    sti:topic topic:startups ;
    sti:translationStatus translation-status:own ;
    sti:statedIn source:ror-mext .
""",
        encoding="utf-8",
    )
    (tmp_path / "facts.toml").write_text(MAPPING, encoding="utf-8")
    return project


def table(folder: Path, *rows: str) -> str:
    path = folder.parent / "facts.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return "../facts.csv"


def test_a_table_becomes_entries_and_agrees_with_them(folder: Path, run: Run) -> None:
    name = table(folder, GRANT, CALL)
    done = run("import", name, "--mapping", "../facts.toml", cwd=folder)
    assert done.stdout.splitlines()[0] == "M data/ttl/programme/trial.ttl +20"
    assert done.stderr == "usable rows: 2, nodes: 3, files written: 2, refusals: 0\n"
    assert done.returncode == 0
    again = run("import", name, "--mapping", "../facts.toml", cwd=folder)
    assert (again.stdout, again.returncode) == ("", 0)
    check = run("import", name, "--mapping", "../facts.toml", "--check", cwd=folder)
    assert check.stderr == "rows compared: 2, nodes compared: 2, differences: 0\n"
    assert check.returncode == 0


@pytest.mark.parametrize("changed", ["the data", "the table"])
def test_one_changed_digit_fails_the_check(folder: Path, run: Run, changed: str) -> None:
    name = table(folder, GRANT, CALL)
    run("import", name, "--mapping", "../facts.toml", cwd=folder)
    path = {
        "the data": folder / "data/ttl/programme/trial.ttl",
        "the table": folder.parent / "facts.csv",
    }[changed]
    text = path.read_text(encoding="utf-8")
    assert text.count("1000") == 1
    path.write_text(text.replace("1000", "1001"), encoding="utf-8")
    check = run("import", name, "--mapping", "../facts.toml", "--check", cwd=folder)
    assert "row grant-2024, column amount" in check.stdout
    assert check.returncode == 1


@pytest.mark.skipif(os.name != "posix", reason="signals are sent")
def test_killed_at_any_moment_the_data_are_those_before_or_those_after(
    folder: Path, run: Run
) -> None:
    calls = [
        CALL.replace("call-2024", f"call-{number}")
        .replace("の公募", f"の公募{chr(ord('ア') + number)}")
        .replace("Call of", f"Call {chr(ord('A') + number)} of")
        .replace("2024-05", f"{2000 + number}-05")
        for number in range(20)
    ]
    name = table(folder, GRANT, *calls)
    command = [sys.executable, "-m", "stigraph", "import", name, "--mapping", "../facts.toml"]
    data = folder / "data" / "ttl"
    before = _contents(data)
    standing = run("validate", cwd=folder).stdout
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    whole = time.monotonic() - start
    assert done.returncode == 0, done.stdout
    after = _contents(data)
    assert after != before
    assert run("validate", cwd=folder).stdout == standing
    for step in range(6):
        shutil.rmtree(data)
        for path, content in before.items():
            (data / path).parent.mkdir(parents=True, exist_ok=True)
            (data / path).write_bytes(content)
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as killed:
            time.sleep(whole * (0.4 + 0.12 * step))
            killed.kill()
        # The next command puts right what a killed one left in the middle.
        run("import", name, "--mapping", "../facts.toml", "--dry-run", cwd=folder)
        assert _contents(data) in (before, after)


def _contents(data: Path) -> dict[str, bytes]:
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file()
    }


def test_a_dry_run_shows_the_lines(folder: Path, run: Run) -> None:
    name = table(folder, GRANT)
    done = run("import", name, "--mapping", "../facts.toml", "--dry-run", "--diff", cwd=folder)
    assert "+    schema:value 1000 ;" in done.stdout
    assert "allocation" not in (folder / "data/ttl/programme/trial.ttl").read_text("utf-8")


def test_a_refusal_names_row_and_column_in_the_language_of_the_reader(
    folder: Path, run: Run
) -> None:
    name = table(folder, GRANT.replace(",1000,", ",約20兆円規模,"))
    ja = run("import", name, "--mapping", "../facts.toml", "--lang", "ja", cwd=folder)
    assert ja.stdout.startswith(
        "facts.csv:2: 行 grant-2024、列 amount：「約20兆円規模」は整数でない"
    )
    assert ja.returncode == 1
    en = run("import", name, "--mapping", "../facts.toml", cwd=folder)
    assert en.stdout.startswith("facts.csv:2: row grant-2024, column amount: “約20兆円規模” is not")


def test_the_gate_stands_in_front(folder: Path, run: Run) -> None:
    name = table(folder, GRANT.replace(",2024,", ",1950,"))
    done = run("import", name, "--mapping", "../facts.toml", cwd=folder)
    assert "STI011 row grant-2024, column fiscal_year: there is no entry" in done.stdout
    assert done.returncode == 1
    assert "allocation" not in (folder / "data/ttl/programme/trial.ttl").read_text("utf-8")


def test_a_second_id_of_an_organisation_is_refused(folder: Path, run: Run) -> None:
    mapping = folder.parent / "facts.toml"
    rule = (
        '\n[[node]]\nwhen = { class = "organisation" }\nmodel = "base"\nfile = "{class}:{id}"\n'
        'a = "sti:PublicBody"\n'
    )
    mapping.write_text(MAPPING + rule, encoding="utf-8")
    row = GRANT.replace(
        "grant-2024,allocation,試行事業の予算,", "monkasho,organisation,文部科学省,"
    )
    done = run("import", table(folder, row), "--mapping", "../facts.toml", cwd=folder)
    assert "STI801 row monkasho, column name_ja: organisation:mext is called “文部科学省” too" in (
        done.stdout
    )
    assert done.returncode == 1


def test_programs_read_json(folder: Path, run: Run) -> None:
    name = table(folder, GRANT, CALL.replace("2024-05", "2024-05-40"))
    done = run(
        "import", name, "--mapping", "../facts.toml", "--keep-going", "--format", "json", cwd=folder
    )
    document = json.loads(done.stdout)
    assert (document["version"], document["rows"], len(document["files"])) == (1, 2, 2)
    (refusal,) = document["refusals"]
    assert (refusal["row"], refusal["column"], refusal["number"]) == ("call-2024", "date", 3)
    assert set(refusal["message"]) == {"ja", "en"}


def test_a_workbook_is_taken_as_a_table_is(folder: Path, run: Run) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append([int(cell) if cell == "1000" else cell for cell in GRANT.split(",")])
    book.save(folder.parent / "facts.xlsx")
    done = run("import", "../facts.xlsx", "--mapping", "../facts.toml", cwd=folder)
    assert done.returncode == 0
    assert "schema:value 1000 ;" in (folder / "data/ttl/programme/trial.ttl").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("none.csv", "--mapping", "../facts.toml"), "can't read none.csv"),
        (("../facts.csv",), "--mapping is missing"),
        (("../facts.csv", "--mapping", "none.toml"), "can't read none.toml"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    folder: Path, run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    table(folder, GRANT)
    done = run("import", *arguments, cwd=folder)
    assert sentence in done.stderr
    assert done.returncode == 2
