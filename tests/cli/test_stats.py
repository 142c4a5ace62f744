"""What is in a graph, in numbers that programs rely on."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from stigraph.dataset import load_project
from stigraph.gate import Statistics, measure_statistics
from stigraph.project import Project

Run = Callable[..., subprocess.CompletedProcess[str]]

SOURCED = """
@prefix allocation: <https://w3id.org/stigraph/id/allocation/> .
@prefix event: <https://w3id.org/stigraph/id/event/> .
@prefix overview-2025: <https://w3id.org/stigraph/id/passage/overview-2025/> .
@prefix programme: <https://w3id.org/stigraph/id/programme/> .
@prefix source: <https://w3id.org/stigraph/id/source/> .
@prefix sti: <https://w3id.org/stigraph/ontology#> .

programme:a a sti:Programme ; sti:statedIn overview-2025:1 .
allocation:b a sti:BudgetAllocation ; sti:statedIn overview-2025:1 , source:page .
allocation:c a sti:BudgetAllocation ; sti:statedIn source:page .
event:d a sti:PolicyEvent .
source:page a sti:WebSource .
overview-2025:1 a sti:Passage .
"""


@pytest.fixture
def counted(tmp_path: Path, root: Path) -> Statistics:
    """Return the numbers of a graph of four facts, one of them without a source."""
    shutil.copytree(root / "ontology", tmp_path / "ontology")
    data = tmp_path / "data" / "ttl" / "programme"
    data.mkdir(parents=True)
    (data / "a.ttl").write_text(SOURCED, encoding="utf-8")
    left = tmp_path / "data" / "left-out.csv"
    left.write_text('file,row,reason\nspace.csv,h3,"no page, no fact"\n', encoding="utf-8")
    project = Project(tmp_path)
    return measure_statistics(project, load_project(project))


def test_sources_passages_and_code_lists_are_no_facts(counted: Statistics) -> None:
    assert counted.facts == 4


def test_a_fact_without_a_source_is_told(counted: Statistics) -> None:
    assert counted.facts_with_source == 3


def test_a_fact_with_one_web_page_is_beyond_the_documents(counted: Statistics) -> None:
    assert counted.facts_beyond_documents == 2


def test_entries_are_counted_by_kind(counted: Statistics) -> None:
    assert counted.entries["allocation"] == 2
    assert "amount-kind" not in counted.entries


def test_rows_left_out_carry_their_reason(counted: Statistics) -> None:
    assert counted.rows_left_out == (
        {"file": "space.csv", "row": "h3", "reason": "no page, no fact"},
    )


def test_the_graph_reaches_far_beyond_its_documents(run: Run, root: Path) -> None:
    document = json.loads(run("stats", "--format", "json", cwd=root).stdout)
    assert set(document) == {
        "version",
        "entries",
        "facts",
        "facts_with_source",
        "facts_beyond_documents",
        "rows_left_out",
    }
    assert document["facts"] == document["facts_with_source"]
    assert document["facts_beyond_documents"] >= 850
