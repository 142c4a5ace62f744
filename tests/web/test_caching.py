"""Validators, compression, and what is answered from the cache."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest
import zstandard

QUERY = {"query": "SELECT ?amount { ?a schema:value ?amount }"}
PLAIN = {"accept-encoding": "identity"}


def test_a_client_that_has_the_answer_gets_304(client: httpx.Client) -> None:
    first = client.get("/sparql", params=QUERY)
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]+"', tag)
    assert "must-revalidate" in first.headers["cache-control"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get("/sparql", params=QUERY, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "Accept" in again.headers["vary"]


def test_an_answer_that_is_not_this_one_is_given(client: httpx.Client) -> None:
    response = client.get("/sparql", params=QUERY, headers={"if-none-match": '"other"'})
    assert response.status_code == 200


def test_each_form_each_compression_and_each_query_has_its_own_validator(
    client: httpx.Client,
) -> None:
    asked: list[tuple[dict[str, str], dict[str, str]]] = [
        (QUERY, PLAIN),
        ({**QUERY, "format": "xml"}, PLAIN),
        ({**QUERY, "format": "csv"}, PLAIN),
        (QUERY, {"accept-encoding": "gzip"}),
        (QUERY, {"accept-encoding": "zstd"}),
        ({"query": f"{QUERY['query']} LIMIT 1"}, PLAIN),
        ({**QUERY, "default-graph-uri": "http://x.example/"}, PLAIN),
    ]
    tags = [
        client.get("/sparql", params=params, headers=headers).headers["etag"]
        for params, headers in asked
    ]
    assert len(set(tags)) == len(asked)


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_an_answer_that_changes_by_itself_is_not_kept(client: httpx.Client, call: str) -> None:
    query = {"query": f"SELECT ({call} AS ?x) {{}}"}
    first, second = client.get("/sparql", params=query), client.get("/sparql", params=query)
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers
    assert first.content != second.content


def test_the_letters_of_now_elsewhere_keep_nothing_from_being_kept(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": 'SELECT ("now" AS ?now) {} # rand'})
    assert "etag" in response.headers


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_answers_are_compressed_for_who_wants_it(client: httpx.Client, encoding: str) -> None:
    plain = client.get("/sparql", params=QUERY, headers=PLAIN)
    with client.stream(
        "GET", "/sparql", params=QUERY, headers={"accept-encoding": encoding}
    ) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == encoding
    assert "Accept-Encoding" in response.headers["vary"]
    unpacked = (
        gzip.decompress(raw)
        if encoding == "gzip"
        else zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    )
    assert unpacked == plain.content
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("gzip;q=0.5, zstd;q=0.9", "zstd"),
        ("gzip;q=0.9, zstd;q=0.5", "gzip"),
        ("*", "zstd"),
        ("*;q=0.1, gzip;q=0", "zstd"),
        ("gzip;q=0", None),
        ("br", None),
        ("identity, gzip;q=0.5", None),
        ("", None),
    ],
)
def test_quality_values_choose_the_compression(
    client: httpx.Client, wanted: str, given: str | None
) -> None:
    response = client.get("/sparql", params=QUERY, headers={"accept-encoding": wanted})
    assert response.headers.get("content-encoding") == given


def test_every_answer_has_an_id_and_keeps_the_one_it_was_given(client: httpx.Client) -> None:
    ids = {client.get("/sparql", params=QUERY).headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    given = client.get("/sparql", params=QUERY, headers={"x-request-id": "mine-1"})
    assert given.headers["x-request-id"] == "mine-1"
    bad = client.get("/sparql", params=QUERY, headers={"x-request-id": "<script>"})
    assert bad.headers["x-request-id"] != "<script>"


def test_errors_have_the_same_fields(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "x"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-request-id"]
