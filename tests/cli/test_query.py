"""``stigraph query``: where the query comes from, and the forms of its answer."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from stigraph.store.answers import GRAPH_FORMS

Run = Callable[..., subprocess.CompletedProcess[str]]

NAMES = "SELECT ?p ?name WHERE { ?p a sti:Programme ; skos:altLabel ?name }"
TYPES = "CONSTRUCT { ?p a sti:Programme } WHERE { ?p a sti:Programme }"


def test_text_is_a_query_and_the_project_s_prefixes_need_no_declaration(run: Run) -> None:
    done = run("query", NAMES)
    assert done.stdout.splitlines() == ["p               name", "programme:sbir  SBIR"]


def test_a_file_standard_input_and_a_question_s_name_are_queries_too(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "names.rq"
    file.write_text(f"\ufeff{NAMES}\n", encoding="utf-8")
    expected = run("query", NAMES).stdout
    assert run("query", str(file)).stdout == expected
    assert run("query", "-", text=NAMES).stdout == expected
    assert "206000000000" in run("query", "programme-money").stdout


def test_wide_characters_take_two_cells_of_a_column(run: Run) -> None:
    done = run("query", 'SELECT * WHERE { VALUES (?a ?b) { ("量子" "x") ("abcde" "y") } }')
    assert done.stdout.splitlines() == ["a      b", "量子   x", "abcde  y"]


def test_a_cell_can_t_steer_the_terminal(run: Run) -> None:
    done = run("query", 'SELECT ("a\\u001b[31mb\\nc" AS ?x) WHERE {}')
    assert done.stdout == "x\na [31mb c\n"


def test_json_is_the_sparql_results_format_with_our_version(run: Run) -> None:
    answer = json.loads(run("query", NAMES, "--format", "json").stdout)
    assert answer["version"] == 1
    assert answer["head"]["vars"] == ["p", "name"]
    assert answer["results"]["bindings"][0]["name"] == {
        "type": "literal",
        "value": "SBIR",
        "xml:lang": "en",
    }
    ask = json.loads(run("query", "ASK { ?s a sti:Programme }", "--format", "json").stdout)
    assert (ask["version"], ask["boolean"]) == (1, True)


def test_csv_holds_whole_iris(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("query", NAMES, "--format", "csv").stdout)))
    assert rows[1] == ["https://w3id.org/stigraph/id/programme/sbir", "SBIR"]


def test_ask_prints_one_word(run: Run) -> None:
    assert run("query", "ASK { ?s a sti:Nothing }").stdout == "false\n"


@pytest.mark.parametrize("form", [None, "turtle", "ntriples", "jsonld", "rdfxml"])
def test_construct_gives_triples(run: Run, form: str | None) -> None:
    done = run("query", TYPES, *(["--format", form] if form else []))
    assert len(list(ox.parse(done.stdout.encode(), format=GRAPH_FORMS[form or "turtle"][1]))) == 2


@pytest.mark.parametrize(
    ("query", "form"), [(TYPES, "csv"), (NAMES, "turtle"), ("ASK {}", "jsonld")]
)
def test_a_form_that_can_t_hold_the_answer_is_refused(run: Run, query: str, form: str) -> None:
    done = run("query", query, "--format", form)
    assert (done.returncode, done.stdout) == (2, "")
    assert "choose from" in done.stderr


BROKEN = [
    ("SELECT ?x\nWHERE { ?x ? }\n", "line 2, column 9"),
    ("SELECT ?x WHERE { ?x a sti:Programme", "line 1, column 37: it ends too early"),
    ("SELECT ?x\nWHERE { ?x foo:bar 1 }", "line 2, column 12: prefix foo: is not declared"),
    ("SELCT ?x", "line 1, column 1: can't be read from “SELCT” on"),
    ("DELETE WHERE { ?s ?p ?o }", "line 1, column 1"),
]


@pytest.mark.parametrize(("query", "place"), BROKEN)
def test_a_broken_query_is_told_with_line_and_column(run: Run, query: str, place: str) -> None:
    done = run("query", query)
    assert (done.returncode, done.stdout) == (2, "")
    assert place in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_broken_query_is_told_in_japanese_too(run: Run) -> None:
    done = run("query", "SELECT ?x { ?x foo:bar 1 }", lang="ja_JP.UTF-8")
    assert "1行16列：接頭辞 foo: が宣言されていない" in done.stderr


def test_a_name_that_is_neither_file_nor_question_gets_the_nearest(run: Run) -> None:
    done = run("query", "programe-money")
    assert done.returncode == 2
    assert "nearest questions: programme-money" in done.stderr
    assert "no file" in run("query", "missing.rq").stderr


def test_a_file_that_is_not_utf_8_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sjis.rq"
    file.write_bytes("SELECT ?x { ?x ?p '量子' }".encode("cp932"))
    done = run("query", str(file))
    assert done.returncode == 2
    assert "not UTF-8" in done.stderr
