"""The comment for a pull request, rendered as GitHub Flavored Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.gate.reporters.conftest import HOSTILE, make

from stigraph.gate import Report, View, render
from stigraph.markdown import code, safe

_GFM = MarkdownIt("gfm-like", {"html": True})


class _Page(HTMLParser):
    """Collects the elements of a page, where its links lead, and its text outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self.comments: list[str] = []
        self._in_code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}
        self._in_code += tag in ("code", "pre")

    def handle_endtag(self, tag: str) -> None:
        self._in_code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        if not self._in_code:
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def _page(report: Report, view: View) -> _Page:
    return _Page(_GFM.render(render("markdown", report, view)))


OURS = {"h3", "h4", "p", "ul", "li", "strong", "a", "code", "pre"}
_LIVE = re.compile(r"@[A-Za-z\d]|#\d|GH-\d|://|www\.|\b(?=\d*[a-f])[0-9a-f]{7,40}\b")


def test_values_make_no_link_mention_or_html(hostile: Report, view: View) -> None:
    page = _page(hostile, view)
    assert page.tags <= OURS
    assert page.links == {"https://w3id.org/stigraph/docs/reference/codes/STI011.html"}
    assert not _LIVE.search(page.text)
    assert not page.comments


def test_an_excerpt_stands_in_its_block_whatever_it_holds(view: View) -> None:
    (view.here / "data/x.ttl").write_text("```\n</pre> @octocat <b> ````\n", "utf-8")
    report = Report.of([make(line=1), make(line=2)], 1)
    page = _page(report, view)
    assert page.tags <= OURS
    assert not _LIVE.search(page.text)


@given(st.text(max_size=60))
def test_any_text_is_shown_as_text(text: str) -> None:
    page = _Page(_GFM.render(f"x {safe(text)} y"))
    assert page.tags <= {"p"}
    assert not _LIVE.search(page.text)
    assert not page.comments


@given(st.text("`x ", min_size=1, max_size=12))
def test_a_code_span_holds_any_backticks(text: str) -> None:
    page = _Page(_GFM.render(f"x {code(f'a{text}b')} y"))
    assert page.tags == {"p", "code"}
    assert page.text.strip() == "x  y"


def test_a_number_is_left_as_it_is() -> None:
    assert safe("206000000000") == "206000000000"


def test_a_hostile_text_is_still_readable() -> None:
    shown = _Page(_GFM.render(safe(HOSTILE))).text.replace("\u2060", "")
    assert "<script>alert(1)</script> @octocat https://evil.example" in shown


@pytest.mark.parametrize(("lang", "said"), [("ja", "指摘1件"), ("en", "1 finding")])
def test_the_heading_counts(lang: str, said: str, view: View) -> None:
    text = render("markdown", Report.of([make()], 7), replace(view, lang=lang))
    assert text.splitlines()[0] == f"### stigraph validate: {said}"


def test_nothing_found_is_said(view: View) -> None:
    assert "no findings" in render("markdown", Report.of([], 7), view)


def test_a_fix_is_shown_as_a_change(view: View) -> None:
    text = render("markdown", Report.of([make()], 1), view)
    assert "  - abc `x` <b> @octocat\n  + new `x` <b> @octocat\n" in text


def test_what_does_not_fit_into_a_comment_is_counted(view: View) -> None:
    found = [make(line=n, text="x" * 1000) for n in range(1, 101)]
    text = render("markdown", Report.of(found, 1), view)
    assert len(text) < 65536
    shown = text.count("- ❌")
    assert 10 < shown < 100
    assert f"{100 - shown} more" in text
