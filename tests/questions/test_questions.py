"""The competency questions against answers that were read beside the source texts.

A golden file holds the answers of one question, case by case: parameters as people type
them, and rows of cells; a cell lists prefixed names and lexical forms.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rdflib

from stigraph.api import Graph
from stigraph.errors import UsageError
from stigraph.project import Project
from stigraph.questions import Question, Table, answer, bind, in_language, read_question, show_cell
from stigraph.store import LocalStore
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import STI, XSD, expand, kind_of

GOLDEN = Path(__file__).resolve().parent / "golden"
QUESTIONS = Path(__file__).resolve().parents[2] / "ontology" / "questions"
NAMES = sorted(path.stem for path in QUESTIONS.glob("*.rq"))
NUMBERS = set(range(1, 41))


def _golden(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return read


def _cases() -> Iterator[Any]:
    for path in sorted(GOLDEN.glob("*.json")):
        for case in _golden(path.stem)["cases"]:
            given = ",".join(f"{key}={value}" for key, value in case["parameters"].items())
            yield pytest.param(path.stem, case, id=f"{path.stem}[{given}]")


def _cells(table: Table) -> list[list[list[str]]]:
    return [[[str(term) for term in cell] for cell in row] for row in table.rows]


@pytest.fixture(scope="module")
def graph(project: Project, store: LocalStore) -> Graph:
    return Graph(project, store)


def _first(graph: Graph, name: str) -> Table:
    return graph.ask(name, **_golden(name)["cases"][0]["parameters"])


def test_every_question_has_golden_answers_and_every_golden_file_a_question() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(NAMES)


@pytest.mark.parametrize(("name", "case"), list(_cases()))
def test_answer_is_the_one_read_from_the_texts(
    graph: Graph, name: str, case: dict[str, Any]
) -> None:
    table = graph.ask(name, **case["parameters"])
    assert list(table.variables) == _golden(name)["columns"]
    assert _cells(table) == case["rows"]


@pytest.mark.parametrize("name", NAMES)
def test_golden_cases_ask_without_parameters_where_all_are_optional(
    graph: Graph, name: str
) -> None:
    optional = all(parameter.optional for parameter in graph.questions[name].parameters)
    cases = [case["parameters"] for case in _golden(name)["cases"]]
    assert ({} in cases) == optional
    assert any(case["rows"] for case in _golden(name)["cases"])


def test_every_number_of_the_list_is_answered(graph: Graph) -> None:
    assert {question.number for question in graph.questions.values()} == NUMBERS


@pytest.mark.parametrize("name", NAMES)
def test_header_and_columns_agree(graph: Graph, name: str) -> None:
    question = graph.questions[name]
    variables = _first(graph, name).variables
    assert set(question.titles) == set(question.columns) == {"ja", "en"}
    assert all(question.titles.values())
    for titles in question.columns.values():
        assert len(titles) == len(variables)
        assert len(set(titles)) == len(titles)
    named = question.collect | question.yen | question.unstated
    assert named <= set(variables)
    assert set(question.not_stated) in (set(), {"ja", "en"})


@pytest.mark.parametrize("name", NAMES)
def test_every_row_names_its_sources(graph: Graph, name: str) -> None:
    table = _first(graph, name)
    place = table.variables.index("source")
    for row in table.rows:
        counted_nothing = name == "pillar-field-matrix" and not row[place]
        if counted_nothing:
            assert [str(row[at][0]) for at in (2, 3)] == ["0", "0"]
        else:
            assert row[place]
        for source in row[place]:
            assert isinstance(source, Iri)
            assert kind_of(source.value) in ("passage", "source")


def _rdflib_term(term: Term) -> rdflib.URIRef | rdflib.Literal | None:
    match term:
        case Iri(value):
            return rdflib.URIRef(value)
        case Literal(value, _, str() as language):
            return rdflib.Literal(value, lang=language)
        case Literal(value, XSD.string, None):
            return rdflib.Literal(value)
        case Literal(value, datatype, None):
            return rdflib.Literal(value, datatype=rdflib.URIRef(datatype))
    return None  # blank nodes: only in the axioms of the ontology


@pytest.fixture(scope="module")
def smaller(store: LocalStore) -> LocalStore:
    """Return what the documents state and a quarter of what web sources add to it.

    The other engine is slow; whether two engines agree shows on any graph.
    """
    rows = store.select(
        f"SELECT DISTINCT ?node WHERE {{ ?node <{STI.statedIn}> ?web FILTER NOT EXISTS "
        f"{{ ?node <{STI.statedIn}>/<{STI.ofDocument}> ?document }} }}"
    )
    nodes = (node for (node,) in rows if isinstance(node, Iri))
    return store.without({node for node in nodes if zlib.crc32(node.value.encode()) % 4})


@pytest.fixture(scope="module")
def other_engine(smaller: LocalStore) -> rdflib.Graph:
    held = rdflib.Graph()
    for triple in smaller.quads():
        subject, predicate, value = (_rdflib_term(term) for term in triple[:3])
        if subject is not None and predicate is not None and value is not None:
            held.add((subject, predicate, value))
    return held


@pytest.mark.parametrize("name", NAMES)
def test_another_sparql_engine_gives_the_same_answer(
    graph: Graph, smaller: LocalStore, other_engine: rdflib.Graph, name: str
) -> None:
    text = bind(graph.catalogue, graph.questions[name], _golden(name)["cases"][0]["parameters"])
    ours = [tuple(term and _value(term) for term in row) for row in smaller.select(text)]
    rows: Any = other_engine.query(text)
    theirs = [tuple(None if term is None else str(term) for term in row) for row in rows]
    assert Counter(ours) == Counter(theirs)


def _value(term: Term) -> str:
    return term.value


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("amounts-not-to-add", "kind"),
        ("evidence-of", "entry"),
        ("facts-to-check", "doubt"),
        ("facts-with-one-source", "kind"),
        ("hub-cities-on-date", "date"),
        ("money-of-field", "field"),
        ("passages-about", "entry"),
        ("passages-naming", "text"),
        ("state-on-date", "date"),
    ],
)
def test_a_parameter_that_is_needed_is_asked_for(graph: Graph, name: str, parameter: str) -> None:
    with pytest.raises(UsageError, match=f"needs --{parameter}"):
        graph.ask(name)


def test_no_other_question_needs_a_parameter(graph: Graph) -> None:
    needing = {
        question.name
        for question in graph.questions.values()
        if not all(parameter.optional for parameter in question.parameters)
    }
    assert len(needing) == 9


def test_an_unknown_parameter_is_refused_with_those_that_there_are(graph: Graph) -> None:
    with pytest.raises(UsageError, match="takes: programme, pillar, field"):
        graph.ask("programme-money", ministry="MEXT")


def test_an_ambiguous_label_lists_its_candidates(graph: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        graph.ask("programme-money", pillar="イノベーション・エコシステムの形成")
    for year in ("2022", "2023", "2025"):
        assert f"pillar:{year}-innovation-ecosystem" in caught.value.text("ja")
        assert f"pillar:{year}-innovation-ecosystem" in caught.value.text("en")


def test_a_name_that_nothing_has_is_refused(graph: Graph) -> None:
    with pytest.raises(UsageError, match="no entry"):
        graph.ask("programme-money", programme="月面基地")


def test_an_entry_of_another_kind_is_refused(graph: Graph) -> None:
    with pytest.raises(UsageError, match="another kind"):
        graph.ask("programme-money", field="programme:sbir")


@pytest.mark.parametrize("typed", ["2025-2", "February 2025", "FY25", "2025-02-30", ""])
def test_a_period_that_is_none_is_refused(graph: Graph, typed: str) -> None:
    with pytest.raises(UsageError, match="write --period as"):
        graph.ask("events-in-period", period=typed)


def test_a_text_cannot_leave_its_quotes(graph: Graph) -> None:
    assert not graph.ask("passages-naming", text='" ) } #\n\\').rows


@pytest.mark.parametrize("typed", ["2022", "FY2022", "2022年度", "fiscal-year:2022"])
def test_a_fiscal_year_may_be_typed_in_many_ways(graph: Graph, typed: str) -> None:
    assert len(graph.ask("supplementary-budgets", year=typed).rows) == 6


def _amounts(table: Table) -> list[list[str]]:
    place = table.variables.index("amount")
    return [[str(term) for term in row[place]] for row in table.rows]


def _as_of(graph: Graph, day: date, name: str, **given: str) -> Table:
    """Ask what was known on ``day``, naming entries as they are named today."""
    return answer(graph.as_of(day).store, graph.catalogue, graph.question(name), given)


def test_the_amount_of_bridge_is_unknown_before_the_overview(graph: Graph) -> None:
    assert ["30000000000"] in _amounts(graph.ask("programme-money", programme="BRIDGE"))
    since = _as_of(graph, date(2025, 6, 6), "programme-money", programme="BRIDGE")
    assert ["30000000000"] in _amounts(since)
    for day in (date(2025, 6, 5), date(2025, 5, 1)):
        known = _amounts(_as_of(graph, day, "programme-money", programme="BRIDGE"))
        assert known == [["10000000000"], ["5600000000"]]


def _from_web(table: Table) -> bool:
    sources = [source.value for cell in _cells_of(table, "source") for source in cell]
    return all(kind_of(source) == "source" for source in sources)


def test_before_the_overview_every_amount_comes_from_the_web(graph: Graph) -> None:
    table = graph.ask("amounts-without-one-year", as_of=date(2025, 5, 1))
    assert table.rows
    assert _from_web(table)
    sbir = _as_of(graph, date(2025, 5, 1), "programme-money", programme="SBIR")
    assert _amounts(sbir) == [[]]


def test_before_the_direction_paper_neither_document_is_known(graph: Graph) -> None:
    day = date(2025, 4, 22)
    assert not graph.ask("plan-completion-and-debate", as_of=day).stated
    events = graph.ask("events-in-period", as_of=day)
    assert events.stated
    assert _from_web(events)


def test_a_source_that_states_a_fact_names_what_the_fact_is_about(graph: Graph) -> None:
    money = _as_of(graph, date(2023, 7, 1), "programme-money", programme="BRIDGE")
    assert money.stated
    assert not _as_of(graph, date(2022, 1, 1), "programme-money", programme="BRIDGE").stated


def test_before_the_overview_no_measure_has_a_counterpart(graph: Graph) -> None:
    day = date(2025, 5, 1)
    assert not graph.ask("measures-without-counterpart-in-direction", as_of=day).stated
    assert not graph.ask("measure-alignments", as_of=day).stated
    assert len(graph.ask("measures-without-counterpart-in-overview", as_of=day).rows) == 34


def _cells_of(table: Table, variable: str) -> list[tuple[Term, ...]]:
    place = table.variables.index(variable)
    return [row[place] for row in table.rows]


def _shown(graph: Graph, table: Table, variable: str, lang: str) -> list[str]:
    return [
        show_cell(graph.catalogue, table, variable, cell, lang)
        for cell in _cells_of(table, variable)
    ]


def test_an_empty_cell_says_that_nothing_is_stated_only_where_it_means_that(graph: Graph) -> None:
    table = graph.ask("programme-money", programme="programme:gsap")
    assert _shown(graph, table, "amount", "ja") == ["記載なし"]
    assert _shown(graph, table, "amount", "en") == ["not stated"]
    assert _shown(graph, table, "part", "en") == [""]


def test_a_text_in_both_languages_is_shown_in_the_reader_s(graph: Graph) -> None:
    table = graph.ask("amounts-not-to-add", kind="appropriation")
    both = next(cell for cell in _cells_of(table, "why") if len(cell) == 4)
    assert len(in_language(both, "ja")) == len(in_language(both, "en")) == 2
    assert "種別が違う" in _shown(graph, table, "why", "ja")
    assert "of another kind" in _shown(graph, table, "why", "en")
    assert in_language(both, "fr") == both


def test_amounts_are_shown_as_people_write_them(graph: Graph) -> None:
    table = graph.ask("supplementary-budgets", programme="SBIR")
    assert _shown(graph, table, "amount", "ja") == ["2,060億円"]
    assert _shown(graph, table, "amount", "en") == ["¥206.0 bn"]


def test_totals_are_those_of_the_texts(graph: Graph) -> None:
    table = graph.ask("totals-by-kind", kind="cumulative-appropriation")
    [[total]] = _cells_of(table, "total")
    assert int(total.value) == (5000 + 840 + 300 + 4114 + 620) * 10**8


def test_a_part_is_not_counted_beside_its_whole(project: Project, store: LocalStore) -> None:
    part, kind = Iri(expand("allocation:part")), expand("amount-kind:cumulative-appropriation")
    whole = Iri(expand("allocation:bridge-fy2023-2025"))
    copy = store.without(set())
    copy.add_graph(
        "https://example.org/part",
        [
            (part, Iri(STI.amountKind), Iri(kind)),
            (part, Iri(STI.forInitiative), Iri(expand("programme:bridge"))),
            (part, Iri(STI.partOfAmount), whole),
            (part, Iri(expand("schema:value")), Literal("1", XSD.integer)),
            (part, Iri(expand("schema:currency")), Literal("JPY")),
            (part, Iri(STI.statedIn), Iri(expand("overview-2025:3-a-3-2"))),
        ],
    )
    graph = Graph(project, copy)
    table = graph.ask("totals-by-kind", kind="cumulative-appropriation")
    assert [str(cell[0]) for cell in _cells_of(table, "number")] == ["5"]
    refused = graph.ask("amounts-not-to-add", kind="cumulative-appropriation")
    assert (whole,) in _cells_of(refused, "whole")


def _question(folder: Path, text: str) -> Question:
    path = folder / "broken.rq"
    path.write_text(text, encoding="utf-8")
    return read_question(path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# title.en: One language\nSELECT ?a WHERE {}", "title.ja"),
        ("# number: one\n# title.ja: 一\n# title.en: One", "integer"),
        ("# title.ja: 一\n# title.en: One\n# parameter: a", "write a parameter as"),
        ("# title.ja: 一\n# title.en: One\n# parameter: a (text)\nSELECT ?a WHERE {}", "VALUES"),
    ],
)
def test_a_header_that_breaks_the_contract_is_refused(
    tmp_path: Path, text: str, complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        _question(tmp_path, text)


def test_a_question_must_select(graph: Graph, tmp_path: Path) -> None:
    question = _question(tmp_path, "# title.ja: 一\n# title.en: One\nASK {}")
    with pytest.raises(UsageError, match="SELECT"):
        answer(graph.store, graph.catalogue, question, {})
