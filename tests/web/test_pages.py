"""What the pages tell, over a real port."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import httpx
import pytest

from .html_page import get


@pytest.mark.parametrize(("accept", "lang"), [("ja", "ja"), ("en", "en"), ("fr", "en")])
def test_the_front_door_leads_to_the_language_of_the_reader(
    client: httpx.Client, accept: str, lang: str
) -> None:
    response = client.get("/", headers={"accept-language": accept})
    assert (response.status_code, response.headers["location"]) == (302, f"/{lang}/")
    assert response.headers["vary"] == "Accept-Language"


def test_the_front_page_tells_what_is_in_the_graph(client: httpx.Client) -> None:
    text = get(client, "/ja/").text
    for told in (
        "9.8.7",
        "2026-01-02",
        "試験の作成者が作成",
        "戦略2025",
        "第一の柱",
        "量子",
        "制度 3",
    ):
        assert told in text


def test_headings_of_the_debate_come_after_the_pillars(client: httpx.Client) -> None:
    text = get(client, "/ja/").text
    assert text.index("第一の柱") < text.index("議論の柱")


def test_a_question_is_one_click_away(client: httpx.Client) -> None:
    assert "/ja/ask/programmes" in get(client, "/ja/").values("a", "href")


def test_an_answer_shows_labels_amounts_and_sources(client: httpx.Client) -> None:
    page = get(client, "/ja/ask/programmes")
    for told in ("アルファ制度", "2,060億円", "記載なし", "概要の文書 1-1", "ある記事"):
        assert told in page.text
    addresses = page.values("a", "href")
    assert "/ja/entry/passage/overview-2025/1-1" in addresses
    assert "/ja/entry/source/news" in addresses


def test_an_amount_is_written_as_the_reader_does(client: httpx.Client) -> None:
    assert "¥206.0 bn" in get(client, "/en/ask/programmes").text


def test_an_empty_answer_says_that_the_sources_do_not_say(client: httpx.Client) -> None:
    page = get(client, "/ja/ask/programmes?programme=gamma")
    assert "その制度の金額は書かれていない" in page.text
    page = get(client, "/ja/ask/in-period?period=1999")
    assert "資料には書かれていない" in page.text


def test_a_parameter_with_few_entries_is_a_list(client: httpx.Client) -> None:
    page = get(client, "/en/ask/programmes?programme=Alpha+programme")
    options = page.all("option")
    assert [each["value"] for each in options if "selected" in each] == ["programme:alpha"]
    assert {each["value"] for each in options} == {
        "",
        "programme:alpha",
        "programme:beta",
        "programme:gamma",
    }


def test_a_question_that_needs_a_value_asks_for_it(client: httpx.Client) -> None:
    page = get(client, "/en/ask/about?entry=")
    assert "needs a value" in page.text
    assert page.all("table") == []


def test_an_ambiguous_value_lists_what_it_may_mean(client: httpx.Client) -> None:
    page = get(client, "/en/ask/about?entry=alph", 400)
    assert "Choose one" in page.text
    assert "/en/ask/about?entry=programme%3Aalpha" in page.values("a", "href")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/en/ask/about?entry=nobody", "There is no entry “nobody”"),
        ("/en/ask/in-period?period=soon", "“soon” can’t be read as a period"),
        ("/en/ask/programmes?colour=red", "takes no “colour”"),
    ],
)
def test_a_wrong_value_is_400_with_a_sentence(
    client: httpx.Client, path: str, sentence: str
) -> None:
    assert sentence in get(client, path, 400).text


def test_a_period_and_a_text_are_taken_as_typed(client: httpx.Client) -> None:
    found = get(client, "/ja/ask/in-period?period=FY2024&text=開始")
    assert "制度の開始" in found.text
    assert "資料には書かれていない" in get(client, '/ja/ask/in-period?period=2025&text="').text


def test_an_answer_comes_as_csv_for_spreadsheets(client: httpx.Client) -> None:
    response = client.get("/ja/ask/programmes?format=csv")
    assert response.headers["content-disposition"] == 'attachment; filename="programmes.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        ["制度", "金額", "年度", "典拠"],
        ["アルファ制度", "206000000000", "", "概要の文書 1-1; ある記事"],
    ]


def test_an_answer_comes_as_json(client: httpx.Client) -> None:
    page = get(client, "/ja/ask/programmes?programme=programme:alpha")
    address = next(each for each in page.values("a", "href") if "format=json" in each)
    rows = client.get(address).json()["results"]["bindings"]
    assert {row["amount"]["value"] for row in rows} == {"206000000000"}


def test_an_entry_shows_names_facts_sources_and_phrases(client: httpx.Client) -> None:
    text = get(client, "/ja/entry/programme/alpha").text
    for told in ("アルファ制度", "Alpha programme", "ALPHA", "programme:alpha", "第一の柱"):
        assert told in text
    for told in ("概要の文書", "1頁／はじめに", "12–14行", "ある新聞", "2025-06-07"):
        assert told in text


def test_an_entry_shows_what_points_at_it(client: httpx.Client) -> None:
    text = get(client, "/en/entry/programme/alpha").text
    assert "Budget of the Alpha programme sti:BudgetAllocation, ¥206.0 bn" in text
    assert "Launch of the programme sti:PolicyEvent, 2025-02" in text


def test_a_passage_shows_what_it_states(client: httpx.Client) -> None:
    text = get(client, "/ja/entry/passage/overview-2025/1-1").text
    assert "アルファ制度の予算" in text


def test_a_web_source_leads_to_its_page(client: httpx.Client) -> None:
    page = get(client, "/ja/entry/source/news")
    link = next(e for e in page.all("a") if e.get("href") == "https://news.example/a?b=1&c=2")
    assert link["rel"] == "noopener"


def test_a_name_in_another_language_says_so(client: httpx.Client) -> None:
    page = get(client, "/ja/entry/programme/gamma")
    assert page.values("h1", "lang") == ["en"]


@pytest.mark.parametrize("path", ["entry/programme/nothing", "entry/x%3E%20%3Fp%20%3Fo%7D/y"])
def test_an_unknown_entry_is_404(client: httpx.Client, path: str) -> None:
    assert "There is no entry" in get(client, f"/en/{path}", 404).text


def test_search_finds_names_in_both_languages(client: httpx.Client) -> None:
    for text in ("アルファ", "alpha", "ＡＬＰＨＡ"):
        page = get(client, f"/ja/find?q={text}")
        assert "/ja/entry/programme/alpha" in page.values("a", "href")


def test_a_class_lists_its_entries(client: httpx.Client) -> None:
    page = get(client, "/ja/find?class=sti:Programme")
    assert "「制度」の項目：3件" in page.text


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/ja/", "/en/"),
        ("/ja/find?q=%E9%87%8F%E5%AD%90", "/en/find?q=%E9%87%8F%E5%AD%90"),
        ("/ja/ask/programmes?programme=beta", "/en/ask/programmes?programme=beta"),
        ("/ja/entry/programme/alpha", "/en/entry/programme/alpha"),
        ("/sparql?lang=ja&query=ASK%7B%7D", "/sparql?query=ASK%7B%7D&lang=en"),
    ],
)
def test_the_other_language_is_the_same_place(client: httpx.Client, path: str, other: str) -> None:
    page = get(client, path)
    switch = next(each for each in page.all("a") if each.get("hreflang"))
    assert (switch["href"], switch["lang"]) == (other, "en")


def test_an_endpoint_page_shows_query_result_and_forms(client: httpx.Client) -> None:
    page = get(client, "/sparql?query=SELECT+%3Fp+%7Bprogramme%3Aalpha+sti%3Aphrase+%3Fp%7D")
    assert "SELECT ?p {programme:alpha sti:phrase ?p}" in page.text
    assert "アルファ制度" in page.text
    assert {"json", "xml", "csv", "tsv"} <= set(page.text.split())


def test_a_wrong_query_keeps_its_text_and_tells_the_place(client: httpx.Client) -> None:
    page = get(client, "/sparql?query=SELECT+*+%7B", 400, **{"accept-language": "ja"})
    assert "SELECT * {" in page.text
    assert "1行" in page.text


def test_foreign_data_have_a_page_of_their_graphs(foreign: httpx.Client) -> None:
    for lang, told in (("ja", "2個のグラフ"), ("en", "2 graphs")):
        page = get(foreign, f"/{lang}/")
        assert page.faults == []
        assert told in page.text
        assert "http://d.example/graph/1" in page.text
        assert len(page.all("textarea")) == 1


def test_foreign_data_have_no_questions(foreign: httpx.Client) -> None:
    assert "Page not found" in get(foreign, "/en/ask/programmes", 404).text


def test_a_long_result_is_cut_and_says_so(client: httpx.Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 600"
    page = get(client, f"/sparql?query={quote(query)}")
    assert "The first 500 of 600 rows" in page.text
