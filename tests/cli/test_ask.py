"""``stigraph ask``: the list of questions and their answers."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

SBIR = "https://w3id.org/stigraph/id/programme/sbir"


def test_without_a_name_the_questions_are_listed_in_their_order(run: Run) -> None:
    lines = run("ask").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["name", "sources-of", "programme-money", "hubs"]
    assert lines[2].endswith("[--programme]")
    assert lines[1].endswith("--entry")
    assert "各制度の金額は" in run("ask", lang="ja_JP.UTF-8").stdout


def test_the_list_as_json_has_titles_and_parameters(run: Run) -> None:
    listed = json.loads(run("ask", "--format", "json").stdout)
    assert listed["version"] == 1
    assert listed["questions"][1] == {
        "name": "programme-money",
        "title": {"ja": "各制度の金額は", "en": "Programmes and their amounts"},
        "parameters": [{"name": "programme", "type": "programme", "optional": True}],
    }


def test_people_see_labels_and_amounts_in_their_language(run: Run) -> None:
    ja = run("ask", "programme-money", "--lang", "ja")
    assert ja.stdout.splitlines()[0].split() == ["制度", "金額", "典拠"]
    assert ja.stdout.splitlines()[1].split() == ["SBIR制度", "2,060億円", "概要", "3-c-1-3"]
    en = run("ask", "programme-money", "--lang", "en")
    assert "¥206.0 bn" in en.stdout
    assert "Programmes and their amounts" in en.stderr


@pytest.mark.parametrize("name", ["SBIR制度", "SBIR", "ｓｂｉｒ", "programme:sbir", "sbir", SBIR])
def test_a_parameter_takes_an_id_or_any_label(run: Run, name: str) -> None:
    assert "206" in run("ask", "programme-money", "--programme", name).stdout


def test_json_has_both_labels_and_raw_values_and_nothing_else(run: Run) -> None:
    done = run("ask", "programme-money", "--format", "json", "--programme", "SBIR")
    answer = json.loads(done.stdout)
    assert (answer["version"], answer["question"], answer["stated"]) == (1, "programme-money", True)
    assert answer["title"]["ja"] == "各制度の金額は"
    assert answer["parameters"] == {"programme": "SBIR"}
    assert answer["columns"] == ["programme", "amount", "source"]
    (row,) = answer["rows"]
    label = {"ja": "SBIR制度", "en": "Small Business Innovation Research (SBIR) programme"}
    assert row["programme"] == [{"iri": SBIR, "label": label}]
    assert row["amount"] == [
        {
            "value": "206000000000",
            "datatype": "http://www.w3.org/2001/XMLSchema#integer",
            "language": None,
        }
    ]


def test_programs_get_stable_column_names_and_whole_numbers(run: Run) -> None:
    done = run("ask", "programme-money", "--format", "csv", lang="ja_JP.UTF-8")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows == [["programme", "amount", "source"], ["SBIR制度", "206000000000", "概要 3-c-1-3"]]
    assert run("ask", "--format", "tsv", "programme-money").stdout.count("\t") == 4


def test_markdown_is_a_table(run: Run) -> None:
    lines = run("ask", "programme-money", "--format", "markdown").stdout.splitlines()
    assert lines[:2] == ["| programme | amount | source |", "| --- | --- | --- |"]


def test_where_nothing_is_stated_it_says_so_and_ends_with_0(run: Run) -> None:
    done = run("ask", "hubs")
    assert (done.returncode, done.stdout) == (0, "Not stated: no document names a hub\n")
    money = run("ask", "programme-money", "--programme", "programme:bridge", "--lang", "ja")
    assert (money.returncode, money.stdout) == (0, "資料には書かれていない\n")
    csv_done = run("ask", "hubs", "--format", "csv")
    assert csv_done.stdout == "hub\r\n"
    assert "no document names a hub" in csv_done.stderr
    assert json.loads(run("ask", "hubs", "--format", "json").stdout)["stated"] is False


def test_as_of_leaves_out_what_no_source_had_stated(run: Run) -> None:
    asked = ["ask", "sources-of", "--entry", "programme:sbir"]
    assert len(run(*asked).stdout.splitlines()) == 3
    early = run("ask", "programme-money", "--as-of", "2025-05")
    assert early.stdout == "not stated\n"
    assert "206.0" in run("ask", "programme-money", "--as-of", "2025-06-06").stdout


@pytest.mark.parametrize(
    ("args", "ja", "en"),
    [
        (["progamme-money"], "近いもの：programme-money", "nearest: programme-money"),
        (["sources-of"], "--entry がいる", "needs --entry"),
        (["sources-of", "--entry", "quantum"], "field:quantum（量子）", "goal:quantum"),
        (["sources-of", "--entry", "kvantum"], "近いもの：", "nearest: quantum"),
        (["programme-money", "--programme", "field:quantum"], "種別が違う", "another kind"),
        (["programme-money", "--year", "2022"], "--year", "no option --year"),
        (["programme-money", "--as-of", "x"], "--as-of は", "write --as-of as"),
        (["hubs", "--format", "xls"], "--format に「xls」はない", "can't be “xls”"),
    ],
)
def test_a_wrong_question_or_parameter_says_what_to_do(
    run: Run, args: list[str], ja: str, en: str
) -> None:
    for lang, sentence in (("ja", ja), ("en", en)):
        done = run("ask", *args, "--lang", lang)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)


def test_a_question_explains_its_own_parameters(run: Run) -> None:
    done = run("ask", "programme-money", "--help")
    assert "Programmes and their amounts" in done.stdout
    assert "--programme PROGRAMME" in done.stdout
    assert "--as-of DATE" in done.stdout
