"""Parquet, xlsx and StratML, read back by pandas, Polars, PyArrow, openpyxl and lxml."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet
import pytest
from lxml import etree

from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.network.export import export, export_files
from stigraph.network.filters import Filters
from stigraph.network.lenses import lens
from stigraph.network.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, attributes
from stigraph.network.selection import Selection
from stigraph.release import read_release
from stigraph.store import LocalStore
from stigraph.vocab import ID, KINDS, PREFIXES, SKOS, STI, kind_of

STRATML = "{urn:ISO:std:iso:17469:tech:xsd:stratml_core}"
CHILDREN = {
    "StrategicPlan": "Name Description? OtherInformation? StrategicPlanCore "
    "AdministrativeInformation?",
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "Goal": "Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? "
    "Objective*",
    "Objective": "Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation?",
    "AdministrativeInformation": "StartDate? EndDate? PublicationDate? Source? Submitter?",
}
"""Content models of ISO 17469-1: what may stand in an element, in this order."""


@pytest.fixture(scope="module")
def everything(store: LocalStore) -> Selection:
    """Return the whole of the repository's graph."""
    return selected(store, "everything")


def selected(store: LocalStore, name: str, **filters: Any) -> Selection:
    """Return a lens on ``store``."""
    given = (store, Catalogue.of(store), read_release(store), lens(name), "ja")
    return Selection(*given, Filters(**filters))


@pytest.fixture(scope="module")
def parquet(everything: Selection) -> dict[str, bytes]:
    """Return the repository's graph in Parquet."""
    return {name: b"".join(chunks) for name, chunks in export_files(everything, "parquet")}


@pytest.fixture(scope="module")
def workbook(everything: Selection) -> openpyxl.Workbook:
    """Return the repository's graph as openpyxl reads it from xlsx."""
    return openpyxl.load_workbook(io.BytesIO(b"".join(export(everything, "xlsx"))))


@pytest.fixture(scope="module")
def plan(everything: Selection) -> Any:
    """Return the latest strategy as lxml reads it from StratML."""
    return etree.fromstring(b"".join(export(everything, "stratml")))


def test_polars_reads_nodes_with_their_types(
    parquet: dict[str, bytes], everything: Selection
) -> None:
    frame = pl.read_parquet(io.BytesIO(parquet["nodes.parquet"]))
    assert frame.columns == ["id", *NODE_ATTRIBUTES]
    assert frame.schema["start"] == pl.Date
    assert frame.schema["evidence"] == pl.List(pl.String)
    for row, node in zip(frame.to_dicts(), everything.network.nodes, strict=True):
        assert (row["id"], row["label_ja"], row["color"]) == (node.id, node.label_ja, node.color)
        assert row["start"] == (date.fromisoformat(node.start) if node.start else None)
        assert tuple(row["evidence"]) == node.evidence


def test_pandas_reads_edges_with_their_types(
    parquet: dict[str, bytes], everything: Selection
) -> None:
    frame = pd.read_parquet(io.BytesIO(parquet["edges.parquet"]))
    edges, ids = everything.network.edges, {n.iri: n.id for n in everything.network.nodes}
    assert list(frame.columns) == ["id", "source", "target", *EDGE_ATTRIBUTES]
    assert frame["source"].tolist() == [ids[edge.source] for edge in edges]
    assert frame["label_en"].tolist() == [edge.label_en for edge in edges]
    assert frame["weight"].dtype == "float64"


def test_pyarrow_reads_the_triples_and_what_the_graph_says_of_itself(
    parquet: dict[str, bytes], everything: Selection
) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(parquet["triples.parquet"]))
    assert table.num_rows == b"".join(export(everything, "ntriples")).count(b" .\n")
    assert table.schema.metadata[b"licence"].startswith(b"https://creativecommons.org/")
    label = {"subject": f"{ID}programme/sbir", "object": "SBIR制度", "language": "ja"}
    assert any(label.items() <= row.items() for row in table.to_pylist())


def test_the_workbook_has_a_sheet_a_kind_with_every_node(
    workbook: openpyxl.Workbook, everything: Selection
) -> None:
    behind = [
        iri for iri in everything.network.behind if kind_of(iri) in KINDS or "/passage/" in iri
    ]
    kinds = Counter(kind_of(iri) for iri in behind)
    assert workbook.sheetnames == ["about", *sorted(map(str, kinds)), "edges", "evidence"]
    for kind, count in kinds.items():
        rows = list(workbook[str(kind)].iter_rows(values_only=True))
        assert len(rows) == count + 1
        assert set(NODE_ATTRIBUTES) <= set(rows[0])
    for node in everything.network.nodes[:50]:
        header, *rows = workbook[node.kind].iter_rows(values_only=True)
        row = dict(zip(header, next(row for row in rows if row[0] == node.id), strict=True))
        assert {k: row[k] for k, _ in attributes(node)} == dict(attributes(node))


def test_the_workbook_has_every_edge_and_all_evidence(
    workbook: openpyxl.Workbook, everything: Selection
) -> None:
    drawn = sum(len(node.evidence) for node in everything.network.nodes)
    assert workbook["edges"].max_row == len(everything.network.edges) + 1
    assert workbook["evidence"].max_row > drawn  # that of entries folded into edges is there too


def test_facts_are_typed_and_headed_in_both_languages(workbook: openpyxl.Workbook) -> None:
    header, *rows = workbook["allocation"].iter_rows(values_only=True)
    amounts = {row[0]: row[header.index("金額 / amount")] for row in rows}
    assert amounts["allocation:sbir-reform-fy2022"] == 206_000_000_000
    header, *rows = workbook["pillar"].iter_rows(values_only=True)
    assert "柱 / pillar" in {row[header.index("柱の種別 / pillar kind")] for row in rows}


def test_rows_can_be_filtered_and_lead_to_their_sources(workbook: openpyxl.Workbook) -> None:
    for sheet in workbook:
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.freeze_panes == "B2"
    link = workbook["programme"]["A2"].hyperlink
    assert link is not None
    assert (link.target or "").startswith(f"{ID}programme/")
    column = [cell.value for cell in workbook["event"][1]].index("evidence")
    links = [row[column].hyperlink for row in workbook["event"].iter_rows(min_row=2)]
    targets = {link.target or "" for link in links if link}
    assert any(not target.startswith(ID) for target in targets)  # a web page itself


@pytest.mark.parametrize("label", ["=1+1", "+81", "-2", "@SUM(A1)", "\tx", "</script>", "a\x00b"])
def test_a_label_that_looks_like_a_formula_stays_text(small: LocalStore, label: str) -> None:
    query = f"SELECT ?source ?target ('{label}' AS ?label) {{ ?source sti:inField ?target }}"
    if "\x00" in label:
        query = query.replace("\x00", "\\u0000")
    answer = small.query(query, prefixes=PREFIXES)
    selection = Selection(small, Catalogue.of(small), read_release(small), answer)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(export(selection, "xlsx"))))
    header = [cell.value for cell in book["edges"][1]]
    cell = book["edges"].cell(2, header.index("label") + 1)
    assert (cell.value, cell.data_type) == (label.replace("\0", ""), "s")
    assert cell.quotePrefix == label.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("form", ["xlsx", "stratml", "parquet", "gephi-csv", "neo4j-csv"])
def test_the_same_graph_gives_the_same_bytes(store: LocalStore, form: str) -> None:
    def written() -> object:
        selection = selected(store, "strategy")
        if form in ("xlsx", "stratml"):
            return b"".join(export(selection, form))
        return {name: b"".join(chunks) for name, chunks in export_files(selection, form)}

    assert written() == written()


def test_stratml_has_the_elements_of_the_standard_in_its_order(everything: Selection) -> None:
    for name, chunks in export_files(everything, "stratml"):
        root = etree.fromstring(b"".join(chunks))
        assert root.tag == f"{STRATML}StrategicPlan"
        for element in root.iter(f"{STRATML}*"):
            tag = element.tag.removeprefix(STRATML)
            told = "".join(f"{child.tag.removeprefix(STRATML)} " for child in element)
            model = re.sub(r"(\w+)([?*+]?) ?", r"(?:\1 )\2", CHILDREN.get(tag, ""))
            assert re.fullmatch(model, told), (name, tag, told)
            assert not element.attrib


def test_stratml_s_identifiers_are_xml_ids_and_stand_once(plan: Any) -> None:
    found = [element.text for element in plan.iter(f"{STRATML}Identifier")]
    assert len(found) == len(set(found)) > 10
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in found)


def test_stratml_s_goals_are_the_pillars_and_its_objectives_what_is_under_them(
    plan: Any, store: LocalStore
) -> None:
    goals = [goal.findtext(f"{STRATML}Name") for goal in plan.iter(f"{STRATML}Goal")]
    assert plan.findtext(f"{STRATML}Name") == "統合イノベーション戦略2025"
    assert goals[:3] == [
        "先端科学技術の戦略的な推進",
        "知の基盤（研究力）と人材育成の強化",
        "イノベーション・エコシステムの形成",
    ]
    under = {
        str(label)
        for (label,) in store.select(
            f"SELECT ?label {{ ?m a <{STI.Measure}> ; <{STI.underPillar}> ?pillar ; "
            f"<{SKOS.prefLabel}> ?label FILTER(LANG(?label) = 'ja') }}"
        )
    }
    objectives = {o.findtext(f"{STRATML}Name") for o in plan.iter(f"{STRATML}Objective")}
    assert under <= objectives
    assert plan.findtext(f".//{STRATML}PublicationDate") == "2025-06-06"


def test_stratml_names_the_strategies_that_a_single_file_has_no_room_for(
    plan: Any, everything: Selection
) -> None:
    names = [name for name, _ in export_files(everything, "stratml")]
    assert [name for name in names if name.startswith("annual")] == [
        f"annual-strategy.{year}.xml" for year in range(2021, 2026)
    ]
    assert "annual-strategy:2021" in plan.findtext(f"{STRATML}OtherInformation")


def test_stratml_needs_a_strategy(small: LocalStore) -> None:
    with pytest.raises(UsageError, match="needs a strategy with pillars"):
        list(export(selected(small, "everything"), "stratml"))


def test_a_single_file_isn_t_several_and_several_aren_t_one(everything: Selection) -> None:
    with pytest.raises(UsageError, match="graphml is a single file"):
        list(export_files(everything, "graphml"))
    with pytest.raises(UsageError, match="parquet is several files"):
        list(export(everything, "parquet"))
