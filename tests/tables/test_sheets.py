"""The wider graph is what its mappings make of the sheets, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stigraph.project import Project
from stigraph.tables import Mapping, check_table, read_mapping
from stigraph.tables.nodes import read_rows
from stigraph.tables.present import read_present
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


def test_every_imported_value_is_that_of_its_row(project: Project, facts: Path) -> None:
    differences = [
        refusal.text("en")
        for mapping in mappings(project)
        for refusal in check_table(facts / mapping.sheet, mapping, project).refusals
    ]
    assert differences == []


def test_what_rests_on_the_web_comes_from_a_row(project: Project, facts: Path) -> None:
    made: set[Iri] = set()
    for mapping in mappings(project):
        sheet = read_sheet(facts / mapping.sheet, mapping.sheet, mapping.key)
        made |= {node.iri for node in read_rows(sheet, mapping, Sources(mapping, {})).nodes}
    on_web = {
        node
        for node, values in read_present(project).values.items()
        if values.get(STATED_IN)
        and all(source.value.startswith(f"{ID}source/") for source in values[STATED_IN])
    }
    assert sorted(shorten(node.value) for node in on_web - made) == []
