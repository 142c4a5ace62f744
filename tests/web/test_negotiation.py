"""Content negotiation: RFC 9110, section 12."""

from __future__ import annotations

import pytest

from stigraph.web.negotiation import Offer, choose, choose_language, foremost, media_type

OFFERS = [
    Offer("json", "application/sparql-results+json"),
    Offer("xml", "application/sparql-results+xml"),
    Offer("csv", "text/csv"),
    Offer("html", "text/html"),
]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/*", "csv"),
        ("text/*, text/csv;q=0", "html"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "xml"),
        ("text/csv, application/sparql-results+json", "csv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("text/csv;charset=utf-8", "csv"),
        ('text/csv;title="a,b;q=0", application/sparql-results+json;q=0.1', "csv"),
        ("text/csv ; q=0.2 , text/html ; q=0.3", "html"),
        ("text/csv;q=nonsense, text/html;q=0.1", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("image/png, */*;q=0.1", "json"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/csv;q=0", None),
    ],
)
def test_the_offer_that_the_client_prefers_is_chosen(accept: str | None, name: str | None) -> None:
    found = choose(accept, OFFERS)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("accept", "first"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/sparql-results+json, text/html;q=0.5", "application/sparql-results+json"),
        ("text/html;q=0.5, text/turtle", "text/turtle"),
        ("*/*", "*/*"),
        ("", ""),
    ],
)
def test_the_foremost_wish_is_told(accept: str, first: str) -> None:
    assert foremost(accept) == first


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", "ja"),
        ("en-US,en;q=0.9,ja;q=0.8", "en"),
        ("fr, ja;q=0.1", "ja"),
        ("fr", "en"),
        ("*", "en"),
        ("en;q=0, *", "ja"),
    ],
)
def test_the_language_that_the_reader_prefers_is_chosen(accept: str, lang: str) -> None:
    assert choose_language(accept, ("ja", "en"), "en") == lang


def test_a_content_type_is_read_without_regard_to_case() -> None:
    assert media_type('Application/SPARQL-Query; Charset="UTF-8"') == (
        "application/sparql-query",
        {"charset": "UTF-8"},
    )
