"""What was corrected in the data comes back into the cells of its table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tables.conftest import CALL, GRANT, Write

from stigraph.project import Project
from stigraph.tables import Mapping, Outcome, check_table, table_as_it_stands
from stigraph.tables.sheet import read_sheet

Take = Callable[..., Outcome]


def corrected(small: Project) -> None:
    file = small.data / "programme" / "trial.ttl"
    text = file.read_text(encoding="utf-8")
    text = text.replace("schema:value 1000 ", "schema:value 1200 ")
    text = text.replace('"2024-05"^^xsd:gYearMonth', '"2024-05-07"^^xsd:date')
    file.write_text(text.replace('"試行事業の予算"', '"試行の予算"'), encoding="utf-8")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_corrections_come_back(
    take: Take, table: Write, small: Project, mapping: Mapping, tmp_path: Path, form: str
) -> None:
    path = table(GRANT, CALL)
    take(path)
    corrected(small)
    content, corrections = table_as_it_stands(path, mapping, small, form)
    assert [(row, column, new) for row, column, _, new in corrections] == [
        ("grant-2024", "name_ja", "試行の予算"),
        ("grant-2024", "amount", "1200"),
        ("call-2024", "date", "2024-05-07"),
    ]
    new = tmp_path / f"new.{form}"
    new.write_bytes(content)
    assert check_table(new, mapping, small).refusals == ()


def test_all_other_cells_stay(take: Take, table: Write, small: Project, mapping: Mapping) -> None:
    path = table(GRANT, CALL, CALL.replace("confirmed", "unconfirmed").replace("call", "maybe"))
    take(path)
    content, corrections = table_as_it_stands(path, mapping, small, "csv")
    assert corrections == []
    assert content == path.read_bytes()


def test_a_cell_is_no_formula_in_a_workbook(
    take: Take, table: Write, small: Project, mapping: Mapping, tmp_path: Path
) -> None:
    path = table(GRANT.replace("confirmed", "=1+1"), CALL)
    take(path)
    content, _ = table_as_it_stands(path, mapping, small, "xlsx")
    new = tmp_path / "new.xlsx"
    new.write_bytes(content)
    assert read_sheet(new, key="id").rows[0].cells["status"] == "=1+1"
    assert b"<f>" not in content
