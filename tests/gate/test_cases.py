"""The broken entries in ``cases/``: the gate finds in each exactly what is written beside it.

A case is a folder with Turtle files as they would stand in ``data/ttl`` and ``expected.txt``,
one finding a line: its span, code, focus node and path. A folder named ``pass-…`` expects none.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from stigraph.gate import Finding, Report, validate_project
from stigraph.project import Project
from stigraph.vocab import shorten

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir())


@pytest.fixture(scope="module")
def report(project: Project, sources: Path) -> Report:
    """Return what one run over the repository and all cases finds in the cases."""
    return validate_project(project, [CASES], sources=sources, here=CASES)


@pytest.fixture(scope="module")
def by_case(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[(finding.file or "").partition("/")[0]].append(finding)
    return found


def _line(finding: Finding) -> str:
    place = finding.place
    assert place is not None
    span = f"{place.line}:{place.column}-{place.end_line}:{place.end_column}"
    return f"{span} {finding.code} {shorten(finding.focus or '-')} {shorten(finding.path or '-')}"


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_entry_has_exactly_the_findings_beside_it(
    name: str, by_case: dict[str, list[Finding]]
) -> None:
    expected = (CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(map(_line, by_case[name])) == sorted(expected)


def test_there_are_at_least_thirty_broken_entries_and_some_good_ones() -> None:
    good = [name for name in NAMES if name.startswith("pass-")]
    broken = [name for name in NAMES if name not in good]
    assert len(broken) >= 30
    assert all((CASES / name / "expected.txt").read_text("utf-8") for name in broken)
    assert good


def test_every_message_is_written_in_both_languages(report: Report) -> None:
    for finding in report.findings:
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", finding.message.ja), finding
        assert finding.message.en
        assert not re.search(r"[{}]", finding.message.ja + finding.message.en)


def _spans(report: Report) -> Iterator[tuple[Finding, str]]:
    for finding in report.findings:
        place = finding.place
        if place and place.line == place.end_line and finding.code != "STI003":
            text = (CASES / (finding.file or "")).read_text(encoding="utf-8")
            line = text.split("\n")[place.line - 1]
            yield finding, line[place.column - 1 : place.end_column - 1]


def test_a_span_covers_exactly_the_offending_term(report: Report) -> None:
    for finding, covered in _spans(report):
        if finding.code in {"STI600", "STI610", "STI613", "STI615"}:
            assert covered.startswith('"'), finding
            assert covered.endswith('"'), finding
        elif finding.code == "STI011":
            assert covered == shorten(finding.value.value if finding.value else ""), finding
        elif finding.code in {"STI008", "STI009", "STI013", "STI018"}:
            assert covered == shorten(finding.focus or ""), finding


def test_the_command_names_file_line_and_code_and_exits_with_1(root: Path) -> None:
    case = CASES / "dangling-iri" / "programme" / "zz-dangling.ttl"
    command = [sys.executable, "-m", "stigraph", "--lang", "en", "validate", str(case)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    place = f"{case.relative_to(root)}:12:21: violation STI011 "
    assert done.stdout.startswith(place)
    assert "did you mean pillar:2025-innovation-ecosystem?" in done.stdout


def test_the_json_report_is_the_contract(root: Path) -> None:
    case = CASES / "two-amounts"
    command = [sys.executable, "-m", "stigraph", "validate", "--format", "json", str(case)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    document = json.loads(done.stdout)
    assert document["version"] == 1
    assert document["conforms"] is False
    assert document["checked"] > 200
    (found,) = document["findings"]
    assert found["code"] == "STI031"
    assert found["component"] == "http://www.w3.org/ns/shacl#MaxCountConstraintComponent"
    assert set(found["message"]) == {"ja", "en"}
    assert found["fix"] is None


def test_a_file_that_is_missing_is_an_error_with_exit_2(root: Path) -> None:
    command = [sys.executable, "-m", "stigraph", "--lang", "ja", "validate", "no/such.ttl"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no/such.ttl" in done.stderr
    assert "ない" in done.stderr


def test_a_folder_of_sources_that_is_missing_is_an_error_with_exit_2(root: Path) -> None:
    command = [sys.executable, "-m", "stigraph", "validate", "--sources", "no-such-folder"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no-such-folder" in done.stderr
