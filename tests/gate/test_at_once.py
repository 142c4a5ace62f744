"""What two processes find in the texts at once is what is found in the files read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stigraph.dataset import GraphNames
from stigraph.gate import Finding, validate_project
from stigraph.gate.census import Census, subjects_of
from stigraph.gate.inputs import Input, Inputs, read_inputs
from stigraph.gate.names import check_names
from stigraph.gate.reading import read_all
from stigraph.gate.vocabulary import Vocabulary
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.store.reading import load_plain
from stigraph.terms import Iri

CASES = Path(__file__).parent / "cases"
UNREAD = ("STI001", "STI003", "STI012")
"""Codes of files that no store holds, and of nodes whose labels mean nothing elsewhere."""
FORM = ("STI004", "STI007", "STI019", "STI850")
NAMES = ("STI008", "STI009", "STI010", "STI011", "STI013", "STI014", "STI015", "STI016", "STI017")
NAMED = (*NAMES, "STI018", "STI596")


def codes_of(case: Path) -> set[str]:
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[1] for line in lines}


READ = sorted(case for case in CASES.iterdir() if not codes_of(case).intersection(UNREAD))


def told(findings: Iterator[Finding] | tuple[Finding, ...]) -> list[tuple[object, ...]]:
    return [(f.file, f.place, f.code, f.focus, f.path, f.value, f.message) for f in findings]


def test_all_broken_entries_have_the_same_findings_at_once(project: Project) -> None:
    alone = validate_project(project, READ, here=CASES)
    both = validate_project(project, READ, here=CASES, processes=2)
    assert len({finding.code for finding in alone.findings}) > 40
    assert told(both.findings) == told(alone.findings)
    assert both.checked == alone.checked


@pytest.fixture(scope="module")
def inputs(project: Project) -> Inputs:
    return read_inputs(project, [], project.root, {})


def read(project: Project, case: Path) -> list[Input]:
    names = GraphNames(project)
    return [
        Input(path, path.as_uri(), path.name, names(path), path.read_bytes())
        for path in sorted(case.rglob("*.ttl"))
    ]


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in READ
        if case.name.startswith("pass-")
        or (codes_of(case).intersection(NAMED) and not codes_of(case).intersection(FORM))
    ],
    ids=lambda case: case.name,
)
def test_the_census_has_faults_where_names_have(
    case: Path, project: Project, inputs: Inputs
) -> None:
    mine = read(project, case)
    has_faults, found = names_in(replace(inputs, data=(*inputs.data, *mine)))
    assert has_faults == bool(found)
    assert bool(codes_of(case).intersection(NAMED)) <= has_faults


def names_in(inputs: Inputs) -> tuple[bool, list[Finding]]:
    store = LocalStore()
    assert load_plain(store.raw, inputs.data) == []
    census = Census.of(store)
    for each in inputs.ontology:
        store.load(each.content, each.base)
    files = read_all(replace(inputs, shapes=())).data
    return census.has_faults(inputs.data, store), list(
        check_names(files, store, Vocabulary.of(store))
    )


def test_the_subjects_of_a_text_are_those_of_its_triples(inputs: Inputs) -> None:
    for source in read_all(replace(inputs, ontology=(), shapes=())).data:
        nodes = {subject.value for subject, _, _ in source.triples if isinstance(subject, Iri)}
        assert subjects_of(source.text.encode()) == nodes


def test_names_with_escapes_and_whole_iris_are_subjects_too() -> None:
    text = b"@prefix a: <urn:a:> .\n\na:b\\,c a a:d .\n\n<urn:e/f> a a:d .\n"
    assert subjects_of(text) == {"urn:a:b,c", "urn:e/f"}


def test_a_number_that_stores_rewrite_is_looked_at_as_it_is_written(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "programme").mkdir()
    number = tmp_path / "programme" / "zz-number.ttl"
    number.write_text(
        "@prefix programme: <https://w3id.org/stigraph/id/programme/> .\n"
        "@prefix sti: <https://w3id.org/stigraph/ontology#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
        'programme:zz-number a sti:Programme ;\n    sti:order "5"^^xsd:byte .\n',
        encoding="utf-8",
    )
    alone = validate_project(project, [number])
    both = validate_project(project, [number], processes=2)
    assert "STI014" in {finding.code for finding in alone.findings}
    assert told(both.findings) == told(alone.findings)
