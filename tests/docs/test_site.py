"""The documentation builds without a warning, and its pages ask no other host for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stigraph.gate.explanations import read_explanations
from stigraph.gate.reporters.view import page_url
from stigraph.project import Project

_FOREIGN = re.compile(r"(https?:)?//")


class _Requests(HTMLParser):
    """Collects what a browser fetches to show a page; links are only followed by people."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = ("src", "srcset", "data", "poster") + (("href",) if tag == "link" else ())
        self.found += [value for name, value in attrs if name in wanted and value]


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def _fetched(site: Path) -> Iterator[tuple[str, str]]:
    for page in site.rglob("*.html"):
        requests = _Requests()
        requests.feed(page.read_text("utf-8"))
        yield from ((page.name, address) for address in requests.found)
    for style in site.rglob("*.css"):
        for address in re.findall(
            r"(?:url\(|@import)\s*[\"']?([^\"')]+)", style.read_text("utf-8")
        ):
            yield style.name, address


def test_pages_fetch_something(site: Path) -> None:
    assert any(address.endswith(".css") for _, address in _fetched(site))


def test_no_page_fetches_from_another_host(site: Path) -> None:
    foreign = [(name, address) for name, address in _fetched(site) if _FOREIGN.match(address)]
    assert not foreign


def test_no_source_code_is_published(site: Path) -> None:
    assert not list(site.rglob("*.py"))


def test_every_code_has_a_page_in_both_languages(site: Path, root: Path) -> None:
    for code, each in read_explanations(Project(root)).items():
        page = unescape((site / "reference" / "codes" / f"{code}.html").read_text("utf-8"))
        for lang in ("ja", "en"):
            for message in (each.title, each.why):
                assert message
                assert message.text(lang) in page, (code, lang)
        assert page.count("Bad / 悪い例") == len(each.example.bad)
        assert page.count("Good / 良い例") == len(each.example.good)


def test_the_page_of_checks_leads_to_the_page_of_every_code(site: Path, root: Path) -> None:
    page = (site / "reference" / "shapes.html").read_text("utf-8")
    assert all(f'href="codes/{code}.html"' in page for code in read_explanations(Project(root)))


def test_the_page_of_a_code_is_where_findings_point(site: Path) -> None:
    path = page_url("STI031").partition("/docs/")[2]
    assert (site / path).is_file()
