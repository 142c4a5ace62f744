"""CSV for Gephi, Excel and Neo4j, read back by pandas and Polars."""

from __future__ import annotations

import io

import pandas as pd
import polars as pl
import pytest

from stigraph.network.model import Edge, File, Network, Node, attributes
from stigraph.network.writers import gephi_csv, neo4j_csv

FORMULAS = ("=1+1", "+81", "-2", "@SUM(A1)", "\tx", "\rx")
BOM = b"\xef\xbb\xbf"


def contents(files: list[File]) -> dict[str, bytes]:
    """Return the files by name."""
    return {
        file.name: b"".join(c if isinstance(c, bytes) else c.encode() for c in file.chunks)
        for file in files
    }


@pytest.fixture
def gephi(awkward: Network) -> dict[str, bytes]:
    """Return the awkward network in Gephi's CSV."""
    return contents(list(gephi_csv.write(awkward)))


@pytest.fixture
def neo4j(awkward: Network) -> dict[str, bytes]:
    """Return the awkward network in Neo4j's CSV."""
    return contents(list(neo4j_csv.write(awkward)))


def one_line(text: str) -> str:
    """Return a text as Neo4j's import takes it."""
    return text.replace("\n", " ").replace("\0", "")


def test_pandas_reads_every_node_and_attribute_of_gephi_s(
    gephi: dict[str, bytes], awkward: Network
) -> None:
    frame = pd.read_csv(io.BytesIO(gephi["nodes.csv"]), encoding="utf-8-sig", keep_default_na=False)
    assert frame["Id"].tolist() == [node.id for node in awkward.nodes]
    for row, node in zip(frame.to_dict("records"), awkward.nodes, strict=True):
        for name, value in attributes(node):
            wanted = value.replace("\0", "") if isinstance(value, str) else value
            assert row[name] == wanted, name


def test_polars_reads_every_edge_of_gephi_s(gephi: dict[str, bytes], awkward: Network) -> None:
    frame = pl.read_csv(gephi["edges.csv"])
    ids = {node.iri: node.id for node in awkward.nodes}
    assert frame.select("Source", "Target", "Id").rows() == [
        (ids[e.source], ids[e.target], e.id) for e in awkward.edges
    ]
    assert frame["Type"].unique().to_list() == ["Directed"]
    assert frame["weight"].to_list() == [edge.weight for edge in awkward.edges]
    assert frame["label"].to_list() == [e.label.replace("\0", "") for e in awkward.edges]


def test_excel_is_told_the_encoding_and_neo4j_isn_t(
    gephi: dict[str, bytes], neo4j: dict[str, bytes]
) -> None:
    assert set(gephi) == set(neo4j) == {"nodes.csv", "edges.csv"}
    assert all(content.startswith(BOM) for content in gephi.values())
    assert not any(BOM in content for content in neo4j.values())


def test_neo4j_s_headers_name_ids_labels_and_types(neo4j: dict[str, bytes]) -> None:
    nodes, edges = (content.decode().partition("\n")[0] for content in neo4j.values())
    assert nodes == (
        "id:ID,iri,kind,label,label_ja,label_en,color,size:double,x:double,y:double,"
        "start:date,end:date,evidence:string[],:LABEL"
    )
    assert edges == (
        ":START_ID,:END_ID,id,iri,kind,label,label_ja,label_en,color,weight:double,"
        "start:date,end:date,evidence:string[],:TYPE"
    )


def test_neo4j_s_rows_hold_everything_on_lines_of_their_own(
    neo4j: dict[str, bytes], awkward: Network
) -> None:
    nodes = pl.read_csv(neo4j["nodes.csv"])
    edges = pd.read_csv(io.BytesIO(neo4j["edges.csv"]))
    assert len(neo4j["nodes.csv"].splitlines()) == len(awkward.nodes) + 1
    assert nodes["label"].to_list() == [one_line(node.label) for node in awkward.nodes]
    assert nodes[":LABEL"].to_list() == ["Entry;Field", "Entry;Programme", "Entry"]
    assert nodes["evidence:string[]"][1] == ";".join(awkward.nodes[1].evidence)
    assert edges[":TYPE"].tolist() == ["P", "Q", "P"]
    assert edges[":START_ID"].tolist() == ["programme:sbir"] * 2 + [awkward.nodes[2].id]


def test_neo4j_s_labels_and_types_are_in_its_own_style() -> None:
    node = Node("https://e.org/a", "annual-strategy", "a", "a", "a")
    edge = Edge("e1", node.iri, node.iri, "p", "firstFiscalYear", "p", "p", "p")
    told = contents(list(neo4j_csv.write(Network((node,), (edge,), {}))))
    assert told["nodes.csv"].decode().rstrip().endswith(",Entry;AnnualStrategy")
    assert told["edges.csv"].decode().rstrip().endswith(",FIRST_FISCAL_YEAR")


def test_dates_that_are_none_make_the_column_text() -> None:
    node = Node("https://e.org/a", "x", "a", "a", "a", start="2025")
    header = contents(list(neo4j_csv.write(Network((node,), (), {}))))["nodes.csv"].decode()
    assert ",start,end:date," in header


@pytest.mark.parametrize("label", FORMULAS)
@pytest.mark.parametrize("module", [gephi_csv, neo4j_csv])
def test_a_label_that_looks_like_a_formula_stays_text(module: object, label: str) -> None:
    node = Node("https://e.org/a", "x", label, label, label, x=-1.5)
    told = contents(list(module.write(Network((node,), (), {}))))  # type: ignore[attr-defined]
    (row,) = pl.read_csv(told["nodes.csv"]).to_dicts()
    assert not row["label"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["label"].endswith(label[1:])
    assert -1.5 in row.values()


def test_an_empty_network_has_headers_all_the_same() -> None:
    for module in (gephi_csv, neo4j_csv):
        told = contents(list(module.write(Network((), (), {}))))
        assert [len(pd.read_csv(io.BytesIO(content))) for content in told.values()] == [0, 0]
