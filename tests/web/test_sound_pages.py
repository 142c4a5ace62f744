"""Every page is sound: for everybody to read, in both languages, and safe."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from .html_page import Page, get

LABELLED = {"input", "select", "textarea"}

PAGES = [
    ("/{lang}/", 200),
    ("/{lang}/find", 200),
    ("/{lang}/find?q=alpha", 200),
    ("/{lang}/find?q=nothing+like+it", 200),
    ("/{lang}/find?class=sti:Programme", 200),
    ("/{lang}/ask/programmes", 200),
    ("/{lang}/ask/programmes?programme=programme:gamma", 200),
    ("/{lang}/ask/about", 200),
    ("/{lang}/ask/about?entry=alph", 400),
    ("/{lang}/ask/in-period?period=never", 400),
    ("/{lang}/ask/nothing", 404),
    ("/{lang}/entry/programme/alpha", 200),
    ("/{lang}/entry/programme/beta", 200),
    ("/{lang}/entry/programme/gamma", 200),
    ("/{lang}/entry/passage/overview-2025/1-1", 200),
    ("/{lang}/entry/source/news", 200),
    ("/{lang}/entry/pillar/2025-first", 200),
    ("/{lang}/entry/programme/nothing", 404),
    ("/{lang}/nothing", 404),
    ("/sparql?lang={lang}", 200),
    ("/sparql?lang={lang}&query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D", 200),
    ("/sparql?lang={lang}&query=ASK%7B%7D", 200),
    ("/sparql?lang={lang}&query=DESCRIBE+programme:alpha", 200),
    ("/sparql?lang={lang}&query=ASK%7B", 400),
]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("path", "status"), PAGES)
def test_every_page_is_sound(client: httpx.Client, path: str, status: int, lang: str) -> None:
    page = get(client, path.format(lang=lang), status)
    assert page.faults == []
    assert page.values("html", "lang") == [lang]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    ids = [each["id"] for _, each in page.elements if each.get("id")]
    assert len(ids) == len(set(ids))
    fields = [each for each in page.all(*LABELLED) if each.get("type") != "hidden"]
    assert {each.get("id") for each in fields} <= set(page.values("label", "for"))
    named = {word for _, e in page.elements for word in (e.get("aria-labelledby") or "").split()}
    described = {w for _, e in page.elements for w in (e.get("aria-describedby") or "").split()}
    assert named | described <= set(ids)
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(each.get("scope") in ("row", "col") for each in page.all("th"))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("path", "status"), PAGES)
def test_no_page_runs_scripts_or_asks_another_origin(
    client: httpx.Client, path: str, status: int, lang: str
) -> None:
    page = get(client, path.format(lang=lang), status)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "iframe", "object", "embed", "style", "base", "img"}
    assert not [name for _, each in page.elements for name in each if re.match("on|style$", name)]
    loaded = page.values("link", "href") + page.values("form", "action")
    assert all(urlsplit(address).netloc == "" for address in loaded)
    addresses = page.values("a", "href")
    assert all(urlsplit(address).scheme in ("", "http", "https") for address in addresses)


def test_every_link_on_the_way_leads_somewhere(client: httpx.Client) -> None:
    seen: set[str] = set()
    todo = ["/ja/", "/en/"]
    while todo:
        path = todo.pop()
        response = client.get(path, headers={"accept": "text/html"})
        assert response.status_code == 200, path
        if not response.headers["content-type"].startswith("text/html"):
            continue
        for href in Page(response.text).values("a", "href"):
            target = urljoin(path, href).partition("#")[0]
            if not urlsplit(target).netloc and target not in seen and "sparql?query" not in target:
                seen.add(target)
                todo.append(target)
    assert "/ja/entry/programme/alpha" in seen
    assert "/en/ask/programmes?format=csv" in seen


@pytest.mark.parametrize("path", ["/ja/", "/sparql", "/nothing", "/static/style.css"])
def test_answers_carry_the_fields_that_protect_readers(client: httpx.Client, path: str) -> None:
    fields = client.get(path).headers
    assert fields["content-security-policy"].startswith("default-src 'self'")
    assert fields["x-content-type-options"] == "nosniff"
    assert fields["referrer-policy"] == "same-origin"


def test_no_link_is_made_of_a_path_that_names_a_host(client: httpx.Client) -> None:
    page = Page(
        client.get(f"{client.base_url}//evil.example/", headers={"accept": "text/html"}).text
    )
    assert "/evil.example/?lang=ja" in page.values("a", "href")
    assert not [href for href in page.values("a", "href") if href.startswith("//")]


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ja/find?q={}", 200),
        ("/ja/find?class={}", 200),
        ("/ja/ask/about?entry={}", 400),
        ("/ja/ask/programmes?{}=1", 400),
        ("/ja/ask/{}", 404),
        ("/ja/entry/programme/{}", 404),
        ("/sparql?query={}", 400),
        ("/ja/find?lang={}", 200),
        ("/{}", 404),
    ],
)
def test_what_a_reader_sends_is_text(client: httpx.Client, path: str, status: int) -> None:
    page = get(client, path.format(httpx.QueryParams({"a": HOSTILE})["a"].replace("&", "")), status)
    assert not {"script", "img"} & {tag for tag, _ in page.elements}


@pytest.mark.parametrize("path", ["entry/programme/beta", "find?q=alphabet", "ask/programmes"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_labels_are_text(client: httpx.Client, lang: str, path: str) -> None:
    page = get(client, f"/{lang}/{path}")
    assert "alert(1)" in page.text
    assert not {"script", "img"} & {tag for tag, _ in page.elements}
