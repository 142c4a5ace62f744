"""What goes wrong is told with its status, in the form and language of the client."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from stigraph.web.protocol import BODY_LIMIT

DIRECT = {"content-type": "application/sparql-query"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def problem(response: httpx.Response, status: int) -> dict[str, object]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    told: dict[str, object] = response.json()
    assert told["status"] == status
    assert told["detail"]
    return told


def test_a_malformed_query_has_its_line_and_column(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"})
    told = problem(response, 400)
    assert told["line"] == 2
    assert isinstance(told["column"], int)
    assert told["column"] > 8


def test_places_on_the_first_line_count_what_was_written(client: httpx.Client) -> None:
    told = problem(client.get("/sparql", params={"query": "SELECT * { ?s sti:phrase }"}), 400)
    assert (told["line"], told["column"]) == (1, 26)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"default-graph-uri": "http://x.example/"}, "missing or empty"),
        ({"query": ""}, "missing or empty"),
        ({"query": "  \n"}, "missing or empty"),
        ({"query": ["ASK {}", "SELECT * {}"]}, "more than one"),
        ({"update": "CLEAR ALL"}, "only reads"),
        ({"query": "INSERT DATA {}"}, "only reads"),
        ({"query": "LOAD <http://x.example/>"}, "only reads"),
        ({"query": "SELECT * { SERVICE <http://x.example/> {} }"}, "SERVICE is refused"),
        ({"query": "SELECT * FROM <http://x.example/> {}"}, "not in this dataset"),
        ({"query": "ASK {}", "default-graph-uri": "no iri"}, "IRI"),
        ({"query": "ASK {"}, "SPARQL"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_request_is_400_with_a_sentence(
    client: httpx.Client, method: str, sent: dict[str, str | list[str]], sentence: str
) -> None:
    if method == "GET":
        response = client.get("/sparql", params=sent)
    else:
        response = client.post("/sparql", data=sent, headers=FORM)
    assert sentence in str(problem(response, 400)["detail"])


def test_a_query_in_the_address_and_in_the_body_is_one_too_many(client: httpx.Client) -> None:
    problem(client.post("/sparql?query=ASK%7B%7D", content=b"ASK {}", headers=DIRECT), 400)


@pytest.mark.parametrize("encoded", ["query=%FF%FE", "query=ASK%7B%7D%ED%A0%80"])
def test_what_is_not_utf_8_is_refused(client: httpx.Client, encoded: str) -> None:
    problem(client.get(f"/sparql?{encoded}"), 400)
    problem(client.post("/sparql", content=encoded.encode(), headers=FORM), 400)


def test_a_body_that_is_not_utf_8_is_refused(client: httpx.Client) -> None:
    problem(client.post("/sparql", content="ASK {}".encode("utf-16"), headers=DIRECT), 400)


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/json", "", "application/sparql-query; charset=UTF-16"],
)
def test_another_media_type_is_415(client: httpx.Client, kind: str) -> None:
    response = client.post("/sparql", content=b"ASK {}", headers={"content-type": kind})
    problem(response, 415)
    assert "application/sparql-query" in response.headers["accept"]


def test_an_update_is_415_and_told_that_this_endpoint_only_reads(client: httpx.Client) -> None:
    headers = {"content-type": "application/sparql-update"}
    response = client.post("/sparql", content=b"CLEAR ALL", headers=headers)
    assert "only reads" in str(problem(response, 415)["detail"])


def test_a_compressed_body_is_415(client: httpx.Client) -> None:
    headers = {**DIRECT, "content-encoding": "gzip"}
    problem(client.post("/sparql", content=b"x", headers=headers), 415)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_405_and_told_which_are_allowed(
    client: httpx.Client, method: str
) -> None:
    response = client.request(method, "/sparql", params={"query": "ASK {}"})
    problem(response, 405)
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    ("query", "accept", "offer"),
    [
        ("ASK {}", "image/png", "application/sparql-results+json"),
        ("ASK {}", "text/turtle", "text/csv"),
        ("DESCRIBE <http://x.example/>", "text/csv", "text/turtle"),
        ("ASK {}", "*/*;q=0", "text/tab-separated-values"),
    ],
)
def test_a_form_that_is_not_on_offer_is_406_and_the_offers_are_listed(
    client: httpx.Client, query: str, accept: str, offer: str
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    offers = problem(response, 406)["offers"]
    assert isinstance(offers, list)
    assert offer in offers


def test_an_unknown_format_is_406(client: httpx.Client) -> None:
    problem(client.get("/sparql", params={"query": "ASK {}", "format": "docx"}), 406)


def test_a_body_over_the_limit_is_413(client: httpx.Client) -> None:
    problem(client.post("/sparql", content=b"#" * (BODY_LIMIT + 1), headers=DIRECT), 413)


def test_a_body_over_the_limit_without_a_length_is_413(client: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b"#" * (BODY_LIMIT // 10)

    problem(client.post("/sparql", content=chunks(), headers=DIRECT), 413)


def test_a_client_that_closes_the_connection_hears_of_413_too(client: httpx.Client) -> None:
    headers = {**DIRECT, "connection": "close"}
    problem(client.post("/sparql", content=b"#" * (5 * BODY_LIMIT), headers=headers), 413)


def test_a_body_at_the_limit_is_read(client: httpx.Client) -> None:
    query = "ASK {}".ljust(BODY_LIMIT)
    assert client.post("/sparql", content=query.encode(), headers=DIRECT).status_code == 200


def test_the_detail_is_in_the_language_of_the_client(client: httpx.Client) -> None:
    response = client.get("/sparql?query=", headers={"accept-language": "ja-JP"})
    assert "問い合わせ" in str(problem(response, 400)["detail"])
    assert response.headers["content-language"] == "ja"


def test_who_asks_for_text_gets_text(client: httpx.Client) -> None:
    response = client.get("/nothing", headers={"accept": "text/plain"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text == "there is nothing at this address; start from the front page\n"


def test_browsers_get_a_page(client: httpx.Client) -> None:
    response = client.get("/ja/nothing", headers=PAGE)
    assert (response.status_code, response.headers["content-language"]) == (404, "ja")
    assert "<h1>ページがない</h1>" in response.text


@pytest.mark.parametrize("path", ["/", "/ja/", "/en/find", "/ja/ask/programmes"])
def test_pages_are_only_read(client: httpx.Client, path: str) -> None:
    response = client.post(path)
    problem(response, 405)
    assert response.headers["allow"] == "GET, HEAD"
