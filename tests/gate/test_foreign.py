"""The gate over anybody's data and shapes, by the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PREFIXES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
SHAPES = """ex:Shape a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:property ex:Shape-name , ex:Shape-age .

ex:Shape-name a sh:PropertyShape ;
    sh:path ex:name ;
    sh:minCount 1 ;
    sh:maxCount 1 .

ex:Shape-age a sh:PropertyShape ;
    sh:path ex:age ;
    sh:datatype xsd:integer ;
    sh:message "年齢は整数で書く"@ja , "An age is a whole number"@en .
"""
DATA = """ex:ann a ex:Person ;
    ex:name "Ann" , "Anna" ;
    ex:age "four" .

[] a ex:Person ;
    ex:age 4 .
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(PREFIXES + SHAPES, encoding="utf-8")
    data.write_text(PREFIXES + DATA, encoding="utf-8")
    return shapes, data


def _validate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stigraph", "--lang", "en", "validate", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("engine", ["stigraph", "pyshacl"])
def test_faults_are_found_at_their_place_outside_any_project(tmp_path: Path, engine: str) -> None:
    done = _validate(
        tmp_path, "--shapes", "shapes.ttl", "data.ttl", "--engine", engine, "--format", "json"
    )
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["checked"] == 2
    places = {
        (f["component"].rpartition("#")[2], f["file"], f["line"], f["column"])
        for f in report["findings"]
    }
    assert places == {
        ("MaxCountConstraintComponent", "data.ttl", 6, 21),
        ("DatatypeConstraintComponent", "data.ttl", 7, 12),
        ("MinCountConstraintComponent", "data.ttl", 9, 1),
    }


@pytest.mark.usefixtures("files")
def test_a_message_of_the_shape_is_told_in_the_readers_language(tmp_path: Path) -> None:
    done = _validate(tmp_path, "--shapes", "shapes.ttl", "data.ttl")
    assert "data.ttl:7:12: violation STI900 An age is a whole number" in done.stdout


def test_conforming_data_exit_with_0(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[1].write_text(PREFIXES + 'ex:ann a ex:Person ; ex:name "Ann" .\n', encoding="utf-8")
    done = _validate(tmp_path, "--shapes", "shapes.ttl", "data.ttl")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.usefixtures("files")
def test_the_turtle_format_is_the_standard_report(tmp_path: Path) -> None:
    done = _validate(tmp_path, "--shapes", "shapes.ttl", "data.ttl", "--format", "turtle")
    assert "sh:ValidationReport" in done.stdout
    assert done.stdout.count("sh:sourceConstraintComponent") == 3
    assert "sh:conforms false" in done.stdout


def test_a_misspelt_term_of_the_shapes_is_a_finding_in_their_file(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    files[0].write_text((PREFIXES + SHAPES).replace("sh:minCount", "sh:mincount"), "utf-8")
    done = _validate(tmp_path, "--shapes", "shapes.ttl", "data.ttl")
    assert done.returncode == 1
    assert "shapes.ttl:11:5: violation STI700" in done.stdout
    assert "did you mean sh:minCount?" in done.stdout


@pytest.mark.usefixtures("files")
def test_a_target_that_the_ontology_lacks_is_a_finding_only_with_an_ontology(
    tmp_path: Path,
) -> None:
    (tmp_path / "ontology.ttl").write_text(
        PREFIXES + "ex:Persona a <http://www.w3.org/2002/07/owl#Class> .\n", "utf-8"
    )
    arguments = ("--shapes", "shapes.ttl", "data.ttl")
    assert "STI700" not in _validate(tmp_path, *arguments).stdout
    told = _validate(tmp_path, *arguments, "--ontology", "ontology.ttl").stdout
    assert "STI700" in told
    assert "did you mean" in told


@pytest.mark.parametrize(
    "broken",
    [
        "ex:Shape sh:property ex:Shape-loop . ex:Shape-loop sh:path ex:p ; sh:node ex:Shape .",
        'ex:Shape sh:sparql [ sh:select "SELECT $this {" ] .',
    ],
)
def test_shapes_that_cannot_be_run_end_with_2_and_no_report(
    files: tuple[Path, Path], tmp_path: Path, broken: str
) -> None:
    files[0].write_text(PREFIXES + SHAPES + broken + "\n", encoding="utf-8")
    done = _validate(tmp_path, "--shapes", "shapes.ttl", "data.ttl")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.usefixtures("files")
def test_a_data_file_that_does_not_parse_is_a_finding_and_the_others_are_checked(
    tmp_path: Path,
) -> None:
    (tmp_path / "broken.ttl").write_text("ex:a ex:b", encoding="utf-8")
    done = _validate(tmp_path, "--shapes", "shapes.ttl", "data.ttl", "broken.ttl")
    assert done.returncode == 1
    assert "broken.ttl:1:1: violation STI001" in done.stdout
    assert "data.ttl:7:12" in done.stdout


def test_the_shapes_may_be_in_the_data_file(tmp_path: Path) -> None:
    (tmp_path / "both.ttl").write_text(PREFIXES + SHAPES + DATA, encoding="utf-8")
    done = _validate(tmp_path, "--shapes", "both.ttl", "both.ttl", "--format", "json")
    assert len(json.loads(done.stdout)["findings"]) == 3
