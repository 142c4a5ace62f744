"""Rows become entries, once; what is wrong with a row is said, and nothing is half written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from tests.tables.conftest import CALL, GRANT, MAPPING, SOURCE, Write, data_of

from stigraph.errors import UsageError
from stigraph.project import Project
from stigraph.tables import Fault, Mapping, Outcome, import_table, read_mapping
from stigraph.vocab import ID, SCHEMA

Take = Callable[..., Outcome]
Compare = Callable[[Path], Outcome]


def reasons(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(refusal.row, refusal.column, refusal.en) for refusal in outcome.refusals]


def test_a_row_becomes_a_node_in_the_file_of_its_entry(
    take: Take, table: Write, small: Project
) -> None:
    outcome = take(table(GRANT))
    assert [change.path.name for change in outcome.changes] == [
        "trial.ttl",
        "example-org-5fd867.ttl",
    ]
    text = data_of(small)["programme/trial.ttl"]
    assert "allocation:grant-2024 a sti:BudgetAllocation ;" in text
    assert "schema:value 1000 ;" in text
    assert "sti:firstFiscalYear fiscal-year:2024 ;" in text


def test_the_source_is_an_entry_of_its_own(take: Take, table: Write, small: Project) -> None:
    take(table(GRANT))
    text = data_of(small)["source/example-org-5fd867.ttl"]
    assert 'sti:url "https://example.org/a.html"^^xsd:anyURI ;' in text
    assert 'sti:publisherName "発行者" ;' in text
    assert 'dcterms:date "2025-03"^^xsd:gYearMonth ;' in text
    assert "sti:dateBasis date-basis:shown ;" in text


def test_a_second_run_changes_nothing(take: Take, table: Write, small: Project) -> None:
    path = table(GRANT, CALL)
    take(path)
    before = {file: file.stat().st_mtime_ns for file in small.data_files()}
    assert take(path).changes == ()
    assert {file: file.stat().st_mtime_ns for file in small.data_files()} == before


def test_what_people_wrote_stays(take: Take, table: Write, small: Project) -> None:
    take(table(GRANT, CALL))
    text = data_of(small)["programme/trial.ttl"]
    assert "# A programme that somebody wrote by hand." in text
    assert "# our translation" in text
    assert "sti:topic topic:startups" in text


def test_a_dry_run_writes_nothing(take: Take, table: Write, small: Project) -> None:
    before = data_of(small)
    assert len(take(table(GRANT), write=False).changes) == 2
    assert data_of(small) == before


def test_a_row_that_may_not_be_used_is_skipped(take: Take, table: Write) -> None:
    outcome = take(table(GRANT.replace("confirmed", "unconfirmed")))
    assert (outcome.used, outcome.changes, outcome.refusals) == (0, (), ())


def test_two_rows_of_one_node_give_it_two_sources(take: Take, table: Write, small: Project) -> None:
    take(table(GRANT, GRANT.replace("a.html", "b.html")))
    assert data_of(small)["programme/trial.ttl"].count("source:example-org-") == 2


def test_two_rows_that_disagree_are_refused(take: Take, table: Write, small: Project) -> None:
    outcome = take(table(GRANT, GRANT.replace(",1000,", ",2000,")))
    assert reasons(outcome)[0][1] == "amount"
    assert "is “1000” in row grant-2024 and “2000” here" in outcome.refusals[0].en
    assert "allocation" not in data_of(small)["programme/trial.ttl"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (GRANT.replace("https://example.org/a.html", ""), "url", "the source is missing"),
        (
            GRANT.replace(",1000,", ",約20兆円規模,"),
            "amount",
            "“約20兆円規模” is not a whole number",
        ),
        (GRANT.replace(",1000,", ",=1+1,"), "amount", "is a formula"),
        (GRANT.replace(",2024,,", ",2024年度,,"), "fiscal_year", "names no fiscal year"),
        (CALL.replace("2024-05", "2024-02-30"), "date", "there is no date “2024-02-30”"),
        (CALL.replace("programme:trial", "program:trial"), "of", "there is no kind “program”"),
        (GRANT.replace("https://", "ftp://"), "url", "is not a URL"),
        (GRANT.replace("2025-03", "2025-13"), "url", "there is no date “2025-13”"),
    ],
)
def test_a_bad_cell_is_refused_with_row_column_and_reason(
    take: Take, table: Write, small: Project, row: str, column: str, reason: str
) -> None:
    before = data_of(small)
    outcome = take(table(row))
    found = reasons(outcome)
    assert found[0][:2] == (row.partition(",")[0], column)
    assert reason in found[0][2]
    assert outcome.refusals[0].ja != outcome.refusals[0].en
    assert outcome.refusals[0].number == 2
    assert data_of(small) == before


def test_the_other_rows_wait_for_a_refused_one(take: Take, table: Write, small: Project) -> None:
    take(table(GRANT.replace(",1000,", ",千,"), CALL))
    assert "event:call-2024" not in data_of(small)["programme/trial.ttl"]


def test_the_other_rows_go_on_when_asked(take: Take, table: Write, small: Project) -> None:
    outcome = take(table(GRANT.replace(",1000,", ",千,"), CALL), keep_going=True)
    assert len(outcome.refusals) == 1
    text = data_of(small)["programme/trial.ttl"]
    assert "event:call-2024" in text
    assert "allocation:" not in text


def test_a_value_beside_a_hand_made_one_is_refused(
    take: Take, table: Write, small: Project
) -> None:
    take(table(GRANT))
    outcome = take(table(GRANT.replace(",1000,", ",1001,")))
    assert "schema:value is “1000” already and can't be “1001” too" in outcome.refusals[0].en
    assert "schema:value 1000 ;" in data_of(small)["programme/trial.ttl"]


def test_replacing_puts_the_new_value_in_its_place(
    take: Take, table: Write, small: Project
) -> None:
    take(table(GRANT))
    outcome = take(table(GRANT.replace(",1000,", ",1001,")), replace=True)
    assert [(change.added, change.removed) for change in outcome.changes] == [(1, 1)]
    assert "schema:value 1001 ;" in data_of(small)["programme/trial.ttl"]


def test_what_was_imported_agrees_with_its_table(
    take: Take, compare: Compare, table: Write
) -> None:
    path = table(GRANT, CALL)
    take(path)
    outcome = compare(path)
    assert (outcome.nodes, outcome.refusals) == (2, ())


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("schema:value 1000 ", "schema:value 1001 ", "amount"),
        ('"2024-05"^^xsd:gYearMonth', '"2024-06"^^xsd:gYearMonth', "date"),
        ("fiscal-year:2024", "fiscal-year:2023", "fiscal_year"),
    ],
)
def test_a_changed_digit_in_the_data_is_found(
    take: Take, compare: Compare, table: Write, small: Project, old: str, new: str, column: str
) -> None:
    path = table(GRANT, CALL)
    take(path)
    file = small.data / "programme" / "trial.ttl"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert {refusal.column for refusal in compare(path).refusals} == {column}


def test_a_changed_digit_in_the_table_is_found(take: Take, compare: Compare, table: Write) -> None:
    take(table(GRANT))
    outcome = compare(table(GRANT.replace(",1000,", ",1007,")))
    assert "is “1007” in the table and “1000” in the data" in outcome.refusals[0].en


def refuse_events(project: Project) -> Collection[Fault]:
    """A gate that finds fault with every event, and with a thing that no row is about."""
    faults = [Fault("STI999", f"{ID}fund/old", None, None, "前からある", "was there before")]
    if "event:call-2024" in data_of(project)["programme/trial.ttl"]:
        faults.append(Fault("STI998", f"{ID}event/call-2024", None, None, "だめ", "no events"))
    return faults


def test_what_the_gate_finds_is_told_of_the_row(
    table: Write, small: Project, mapping: Mapping
) -> None:
    outcome = import_table(table(GRANT, CALL), mapping, small, refuse_events)
    assert [(r.code, r.row) for r in outcome.refusals] == [("STI998", "call-2024")]
    assert "allocation:" not in data_of(small)["programme/trial.ttl"]


def test_what_the_gate_refuses_stays_out_and_the_rest_goes_on(
    table: Write, small: Project, mapping: Mapping
) -> None:
    outcome = import_table(table(GRANT, CALL), mapping, small, refuse_events, keep_going=True)
    assert [refusal.row for refusal in outcome.refusals] == ["call-2024"]
    text = data_of(small)["programme/trial.ttl"]
    assert "allocation:grant-2024" in text
    assert "event:" not in text


def test_the_gate_names_the_column_of_a_value(
    table: Write, small: Project, mapping: Mapping
) -> None:
    def too_small(project: Project) -> Collection[Fault]:
        if "schema:value" not in data_of(project)["programme/trial.ttl"]:
            return ()
        node = f"{ID}allocation/grant-2024"
        return [Fault("STI031", node, SCHEMA.value, None, "小さい", "too small")]

    outcome = import_table(table(GRANT), mapping, small, too_small)
    assert [(r.row, r.column) for r in outcome.refusals] == [("grant-2024", "amount")]


def test_a_row_that_nothing_takes_is_named(take: Take, table: Write) -> None:
    outcome = take(table(GRANT.replace(",allocation,", ",song,")))
    assert "nothing says how to take this row" in outcome.refusals[0].en


def test_a_row_that_was_left_out_with_a_reason_is_no_fault(
    take: Take, table: Write, small: Project
) -> None:
    left = small.root / "data" / "left-out.csv"
    left.write_text("file,row,reason\nfacts.csv,grant-2024,a song\n", encoding="utf-8")
    assert take(table(GRANT.replace(",allocation,", ",song,"))).refusals == ()


def test_a_row_that_is_taken_may_not_be_said_to_be_left_out(
    take: Take, table: Write, small: Project
) -> None:
    left = small.root / "data" / "left-out.csv"
    left.write_text("file,row,reason\nfacts.csv,grant-2024,a song\n", encoding="utf-8")
    assert "says that it was left out, but it is taken" in take(table(GRANT)).refusals[0].en


def test_readings_say_what_a_row_means(tmp_path: Path, small: Project, table: Write) -> None:
    readings = tmp_path / "readings.csv"
    readings.write_text(
        "row,model,where,sti:topic,skos:altLabel@en\n"
        "grant-2024,more,programme:trial,topic:startups;topic:investment,{name_en}\n",
        encoding="utf-8",
    )
    mapping = tmp_path / "read.toml"
    models = MAPPING.partition("[[node]]")[0].replace("[use]", 'readings = "readings.csv"\n[use]')
    mapping.write_text(models + '[model.more]\nnode = "{where}"\n', encoding="utf-8")
    import_table(table(GRANT), read_mapping(mapping), small, lambda _: ())
    text = data_of(small)["programme/trial.ttl"]
    assert "sti:topic topic:investment , topic:startups ;" in text
    assert 'skos:altLabel "Budget of the trial"@en ;' in text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("format = 1", "format = 7"), "format = 1 is missing"),
        (lambda text: text + "[strange]\n", "there is no table “strange”"),
        (lambda text: text.replace("{money|integer}", "{money|whole}"), "a converter “whole”"),
        (lambda text: text.replace("{money|integer}", "{money|integer"), "a brace"),
        (lambda text: text.replace('"schema:value"', '"value"'), "“value” names no property"),
        (lambda text: text.replace("key =", "key"), "it is not TOML"),
        (lambda text: text.replace('model = "base"', 'model = "bass"'), "a model “bass”"),
        (lambda text: text.replace("{money|", "{coins|"), "there is no column “coins”"),
        (lambda text: text.replace('status = ["c', 'state = ["c'), "has no column “state”"),
    ],
)
def test_a_wrong_mapping_is_told(
    mapping_file: Path,
    small: Project,
    table: Write,
    change: Callable[[str], str],
    reason: str,
) -> None:
    mapping_file.write_text(change(MAPPING), encoding="utf-8")
    with pytest.raises(UsageError) as told:
        import_table(table(GRANT), read_mapping(mapping_file), small, lambda _: ())
    assert reason in told.value.en


def test_a_source_that_is_there_is_used_again(take: Take, table: Write, small: Project) -> None:
    take(table(GRANT))
    old = small.data / "source" / "example-org-5fd867.ttl"
    text = old.read_text(encoding="utf-8").replace("example-org-5fd867", "a-page")
    old.with_name("a-page.ttl").write_text(text, encoding="utf-8")
    old.unlink()
    programme = small.data / "programme" / "trial.ttl"
    cited = programme.read_text(encoding="utf-8").replace("example-org-5fd867", "a-page")
    programme.write_text(cited, encoding="utf-8")
    take(table(GRANT, CALL))
    assert not old.exists()
    assert data_of(small)["programme/trial.ttl"].count("source:a-page") == 2


def test_a_url_of_one_column_may_stand_for_a_date_unknown(
    take: Take, table: Write, small: Project
) -> None:
    take(table(GRANT.replace(SOURCE, "https://example.org/c.html,,,,press_or_other,confirmed")))
    (text,) = (text for name, text in data_of(small).items() if name.startswith("source/"))
    assert "dcterms:date" not in text
    assert 'sti:publisherName "example.org" ;' in text
