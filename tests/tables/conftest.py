"""A small project to import into, a mapping, and tables written on the spot."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from stigraph.project import Project
from stigraph.tables import Fault, Mapping, Outcome, check_table, import_table, read_mapping

HEADER = "id,class,name_ja,name_en,of,amount,fiscal_year,date,url,title,stated_on,basis,kind,status"

MAPPING = """\
format = 1
sheet = "facts.csv"
key = "id"

[use]
status = ["confirmed"]

[columns]
money = "amount"

[source]
url = "url"
title = "title"
date = "stated_on"
basis = "basis"
kind = "kind"
read = "2026-11"

[model.base]
node = "{class}:{id}"
file = "{of}"
[model.base.set]
"skos:prefLabel@ja" = "{name_ja}"
"skos:prefLabel@en" = "{name_en}"
"sti:translationStatus" = "translation-status:own"

[[node]]
when = { class = "allocation" }
model = "base"
a = "sti:BudgetAllocation"
[node.set]
"sti:forInitiative" = "{of|id}"
"schema:value" = "{money|integer}"
"schema:currency" = "JPY"
"sti:amountKind" = "amount-kind:appropriation"
"sti:budgetStage" = "budget-stage:{fiscal_year|stage|else:initial}"
"sti:firstFiscalYear" = "{fiscal_year|first-fiscal-year}"
"sti:lastFiscalYear" = "{fiscal_year|last-fiscal-year}"

[[node]]
when = { class = "event" }
model = "base"
a = "sti:PolicyEvent"
[node.set]
"sti:about" = "{of|id}"
"sti:eventKind" = "event-kind:call-opening"
"dcterms:date" = "{date|date}"
"""

PROGRAMME = """\
# A programme that somebody wrote by hand.
@prefix programme: <https://w3id.org/stigraph/id/programme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sti: <https://w3id.org/stigraph/ontology#> .
@prefix topic: <https://w3id.org/stigraph/id/topic/> .
@prefix translation-status: <https://w3id.org/stigraph/id/translation-status/> .

programme:trial a sti:Programme ;
    skos:prefLabel "試行事業"@ja , "Trial programme"@en ; # our translation
    sti:topic topic:startups ;
    sti:translationStatus translation-status:own .
"""

SOURCE = "https://example.org/a.html,題 / 発行者,2025-03,shown,press_or_other,confirmed"
GRANT = (
    f"grant-2024,allocation,試行事業の予算,Budget of the trial,programme:trial,1000,2024,,{SOURCE}"
)
CALL = f"call-2024,event,試行事業の公募,Call of the trial,programme:trial,,,2024-05,{SOURCE}"

Write = Callable[..., Path]


def no_faults(project: Project) -> Collection[Fault]:
    """A gate that lets everything pass."""
    del project
    return ()


@pytest.fixture
def small(tmp_path: Path, root: Path) -> Project:
    """Return a project with the repository's ontology and one programme."""
    folder = tmp_path / "project"
    for name in ("schemes", "shapes", "rules"):
        shutil.copytree(root / "ontology" / name, folder / "ontology" / name)
    shutil.copy(root / "ontology" / "stigraph.ttl", folder / "ontology")
    years = folder / "data" / "ttl" / "fiscal-year"
    years.mkdir(parents=True)
    for year in (2022, 2023, 2024, 2025):
        shutil.copy(root / "data" / "ttl" / "fiscal-year" / f"{year}.ttl", years)
    (folder / "data" / "ttl" / "programme").mkdir()
    (folder / "data" / "ttl" / "programme" / "trial.ttl").write_text(PROGRAMME, encoding="utf-8")
    return Project(folder)


@pytest.fixture
def table(tmp_path: Path) -> Write:
    """Return a function that writes a table of rows and gives its path."""

    def write(*rows: str, header: str = HEADER, name: str = "facts.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def mapping_file(tmp_path: Path) -> Path:
    """Return the path of the mapping."""
    path = tmp_path / "facts.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def mapping(mapping_file: Path) -> Mapping:
    """Return the mapping."""
    return read_mapping(mapping_file)


@pytest.fixture
def take(small: Project, mapping: Mapping) -> Callable[..., Outcome]:
    """Return a function that imports a table into the small project."""

    def take(path: Path, **options: bool) -> Outcome:
        return import_table(path, mapping, small, no_faults, **options)

    return take


@pytest.fixture
def compare(small: Project, mapping: Mapping) -> Callable[[Path], Outcome]:
    """Return a function that compares a table with the small project."""
    return lambda path: check_table(path, mapping, small)


def data_of(project: Project) -> dict[str, str]:
    """Return the files of a project's data by name."""
    return {
        path.relative_to(project.data).as_posix(): path.read_text(encoding="utf-8")
        for path in project.data_files()
    }
