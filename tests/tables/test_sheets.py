"""The wider graph is what its mappings make of the sheets, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from stigraph.project import Project
from stigraph.tables import Mapping, import_table, read_mapping
from stigraph.tables.nodes import Reading, read_rows
from stigraph.tables.present import Present, read_present
from stigraph.tables.sheet import read_sheet
from stigraph.tables.sources import Sources
from stigraph.terms import Iri
from stigraph.vocab import ID, STI, shorten

STATED_IN = Iri(STI.statedIn)


def mappings(project: Project) -> Iterator[Mapping]:
    """Yield the mappings of the project that are for a sheet, not for other mappings."""
    for path in sorted((project.root / "data" / "import").glob("*.toml")):
        if path.read_text(encoding="utf-8").startswith("format ="):
            yield read_mapping(path)


@pytest.fixture(scope="module")
def facts(root: Path) -> Path:
    """Return the folder of the sheets; the test is skipped where it isn't at hand."""
    folder = root.parent / "shared" / "facts"
    if not (folder / "strategies.csv").is_file():
        pytest.skip("the sheets of public facts are not at hand")
    return folder


def test_every_mapping_can_be_read(project: Project) -> None:
    assert {mapping.sheet for mapping in mappings(project)} >= {"univ.csv", "people.csv"}


@pytest.fixture(scope="module")
def present(project: Project) -> Present:
    """Return the entries as they are, read once."""
    return read_present(project)


@pytest.fixture(scope="module")
def readings(project: Project, facts: Path) -> list[Reading]:
    """Return what every mapping makes of its sheet."""
    found = []
    for mapping in mappings(project):
        sheet = read_sheet(facts / mapping.sheet, mapping.sheet, mapping.key)
        found.append(read_rows(sheet, mapping, Sources(mapping, {})))
    return found


def test_every_row_that_may_be_used_is_taken_or_left_out_with_a_reason(
    project: Project, readings: list[Reading]
) -> None:
    with (project.root / "data" / "left-out.csv").open(encoding="utf-8", newline="") as stream:
        reasons = {(line["file"], line["row"]) for line in csv.DictReader(stream)}
    unread = {(reading.sheet.name, row.name) for reading in readings for row in reading.unread}
    assert [r.text("en") for reading in readings for r in reading.refusals] == []
    assert unread == reasons


def test_every_imported_value_is_that_of_its_row(present: Present, readings: list[Reading]) -> None:
    differences = [
        (reading.sheet.name, node.row.name, shorten(node.iri.value), str(statement.value))
        for reading in readings
        for node in reading.nodes
        for statement in node.statements
        if statement.predicate != STATED_IN  # a source may have an id from before
        and not node.iri.value.startswith(f"{ID}source/")
        and statement.value not in present.of(node.iri, statement.predicate)
    ]
    assert differences == []


def test_importing_again_changes_nothing(project: Project, facts: Path) -> None:
    mapping = read_mapping(project.root / "data" / "import" / "univ.toml")
    outcome = import_table(facts / mapping.sheet, mapping, project, lambda _: (), write=False)
    assert (outcome.changes, outcome.refusals) == ((), ())


def test_what_rests_on_the_web_comes_from_a_row(present: Present, readings: list[Reading]) -> None:
    made = {node.iri for reading in readings for node in reading.nodes}
    on_web = {
        node
        for node, values in present.values.items()
        if values.get(STATED_IN)
        and all(source.value.startswith(f"{ID}source/") for source in values[STATED_IN])
    }
    assert sorted(shorten(node.value) for node in on_web - made) == []
