"""Rows of an answer as Python, pandas, Polars, Arrow and HTML see them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from stigraph import Graph, Result
from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import ID, XSD

SBIR = f"{ID}programme/sbir"


def column(graph: Graph, *cells: tuple[str, str] | None) -> Result:
    """Return a result with one variable and these literals, given by text and datatype."""
    terms = [None if cell is None else Literal(cell[0], XSD[cell[1]]) for cell in cells]
    return Result(("v",), tuple((term,) for term in terms), graph.catalogue)


def test_rows_are_named_and_typed(graph: Graph) -> None:
    result = graph.query(
        "SELECT ?a ?amount { ?a sti:forInitiative programme:sbir ; schema:value ?amount ; "
        "sti:amountKind amount-kind:appropriation }"
    )
    assert result[0].amount == 206_000_000_000
    assert [tuple(row) for row in result] == list(result.rows)
    assert (len(result), result.variables) == (1, ("a", "amount"))
    assert repr(result) == "<Result: 1 rows of a, amount>"


def test_terms_keep_language_and_datatype(graph: Graph) -> None:
    result = graph.query('SELECT ?l { programme:sbir skos:prefLabel ?l FILTER(LANG(?l) = "ja") }')
    assert result.terms == ((Literal.tagged("SBIR制度", "ja"),),)


def test_a_variable_that_python_can_t_name_still_has_its_place(graph: Graph) -> None:
    (row,) = graph.query("SELECT (1 AS ?class) (2 AS ?_x) (3 AS ?count) {}")
    assert tuple(row) == (1, 2, 3)
    assert (row._fields, row.count) == (("_0", "_1", "count"), 3)


def test_an_unbound_variable_is_none(graph: Graph) -> None:
    (row,) = graph.query("SELECT ?x { OPTIONAL { ?x a sti:NoSuchClass } }")
    assert row.x is None


@pytest.mark.parametrize(
    ("kind", "text", "value", "pandas", "polars", "arrow"),
    [
        ("integer", "5", 5, "Int64", pl.Int64, pa.int64()),
        ("double", "1e0", 1.0, "Float64", pl.Float64, pa.float64()),
        ("boolean", "true", True, "boolean", pl.Boolean, pa.bool_()),
        ("string", "量子", "量子", "string", pl.String, pa.string()),
        ("date", "2025-06-06", date(2025, 6, 6), "datetime64[s]", pl.Date, pa.date32()),
        ("decimal", "1.50", Decimal("1.50"), "object", pl.Decimal(38, 2), pa.decimal128(38, 2)),
        (
            "dateTime",
            "2025-06-06T09:00:00",
            datetime(2025, 6, 6, 9),
            "datetime64[us]",
            pl.Datetime("us"),
            pa.timestamp("us"),
        ),
        (
            "dateTime",
            "2025-06-06T09:00:00+09:00",
            datetime.fromisoformat("2025-06-06T00:00:00Z"),
            "datetime64[us, UTC]",
            pl.Datetime("us", "UTC"),
            pa.timestamp("us", "UTC"),
        ),
    ],
)
def test_frames_have_the_types_of_the_values_and_missing_cells(
    graph: Graph, kind: str, text: str, value: object, pandas: str, polars: object, arrow: object
) -> None:
    result = column(graph, (text, kind), None)
    frame = result.to_pandas()
    assert str(frame["v"].dtype) == pandas
    assert frame["v"].isna().tolist() == [False, True]
    assert (result.to_polars().schema["v"], result.to_polars()["v"].to_list()) == (
        polars,
        [value, None],
    )
    assert result.to_arrow().schema.field("v").type == arrow
    assert result.to_arrow().to_pylist() == [{"v": value}, {"v": None}]


def test_whole_numbers_join_the_decimals_or_doubles_beside_them(graph: Graph) -> None:
    mixed = column(graph, ("1", "integer"), ("2.5", "decimal"))
    assert mixed.to_polars()["v"].to_list() == [Decimal("1.0"), Decimal("2.5")]
    assert column(graph, ("1", "integer"), ("2e0", "double")).to_pandas()["v"].sum() == 3.0


def test_dates_of_unlike_exactness_stay_text(graph: Graph) -> None:
    mixed = column(graph, ("2025-06-06", "date"), ("2025-04", "gYearMonth"), ("2025", "gYear"))
    for values in (
        mixed.to_pandas()["v"].tolist(),
        mixed.to_polars()["v"].to_list(),
        mixed.to_arrow().column("v").to_pylist(),
    ):
        assert values == ["2025-06-06", "2025-04", "2025"]


def test_numbers_too_large_for_a_column_are_exact_all_the_same(graph: Graph) -> None:
    large = column(graph, (str(2**64), "integer"))
    assert large.to_polars()["v"].to_list() == [Decimal(2**64)]
    assert column(graph, ("9" * 40, "integer")).to_arrow().to_pylist() == [{"v": "9" * 40}]


def test_an_empty_result_is_an_empty_frame(graph: Graph) -> None:
    empty = graph.query("SELECT ?a ?b { ?a sti:noSuchProperty ?b }")
    assert list(empty.to_pandas().columns) == empty.to_polars().columns == ["a", "b"]
    assert (len(empty.to_pandas()), empty.to_arrow().num_rows) == (0, 0)


def test_labels_name_nodes_and_choose_the_language(graph: Graph) -> None:
    result = graph.query("SELECT ?p ?l { VALUES ?p { programme:sbir } ?p skos:prefLabel ?l }")
    assert result.to_pandas(labels="ja")["p"].unique().tolist() == ["SBIR制度"]
    assert result.to_pandas()["p"].unique().tolist() == [SBIR]
    with pytest.raises(UsageError, match="labels takes ja or en, not fr"):
        result.to_polars(labels="fr")


def test_a_notebook_shows_labels_as_links_and_runs_nothing(graph: Graph) -> None:
    terms: tuple[Term, ...] = (Iri(SBIR), Literal("<script>"), Iri("javascript:alert(1)"))
    shown = Result(("a", "b", "<c>"), (terms,), graph.catalogue)._repr_html_()
    assert f'<a href="{SBIR}">SBIR制度 / Small Business' in shown
    assert "<th>&lt;c&gt;</th>" in shown
    assert "&lt;script&gt;" in shown
    assert 'href="javascript' not in shown


def test_a_notebook_shows_the_first_hundred_rows_and_how_many_there_are() -> None:
    rows = tuple((Literal(str(number)),) for number in range(1234))
    shown = Result(("n",), rows, Catalogue({}))._repr_html_()
    assert shown.count("<tr>") == 101
    assert shown.endswith("<p>… 1,234</p>")


def test_an_answer_to_a_question_is_a_frame_too(graph: Graph) -> None:
    table = graph.ask("programme-money", programme="BRIDGE")
    frame = table.to_pandas(labels="en")
    assert isinstance(frame, pd.DataFrame)
    assert 30_000_000_000 in frame["amount"].tolist()
    assert set(frame["programme"]) == {"BRIDGE"}
    assert table.to_polars(labels="en")["amount"].to_list() == frame["amount"].tolist()
    assert "<th>amount</th>" in table._repr_html_()
