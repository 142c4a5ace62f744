"""The pages as a browser shows them."""

from __future__ import annotations

import html
import json
import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

import stigraph.web

STYLE = Path(stigraph.web.__file__).parent / "static" / "style.css"
PAGES = (
    "/ja/",
    "/en/",
    "/ja/find?q=SBIR",
    "/ja/ask/programme-money",
    "/en/ask/supplementary-budgets",
    "/ja/ask/evidence-of?entry=SBIR",
    "/ja/entry/programme/sbir",
    "/en/entry/document/overview-2025",
    "/ja/entry/passage/overview-2025/1-7a",
    "/sparql?lang=ja&query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+20",
    "/ja/nothing",
)

Browse = Callable[..., subprocess.CompletedProcess[str]]


def test_the_front_page_is_shown_in_japanese(browse: Browse, address: str) -> None:
    dom = browse(f"{address}/ja/", "--dump-dom").stdout
    assert '<html lang="ja">' in dom
    assert "日本の科学技術・イノベーション戦略の知識グラフ" in dom


def test_a_click_on_a_question_shows_its_answer(browse: Browse, address: str) -> None:
    front = browse(f"{address}/ja/", "--dump-dom").stdout
    link = re.search(r'<a href="([^"]*programme-money[^"]*)"', front)
    assert link
    answer = browse(f"{address}{html.unescape(link[1])}", "--dump-dom").stdout
    assert "2,060億円" in answer
    assert "統合イノベーション戦略2025（概要）" in answer


def test_a_page_is_painted(browse: Browse, address: str, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    browse(f"{address}/ja/", f"--screenshot={picture}", "--window-size=320,900")
    data = picture.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (320, 900)
    assert len(data) > 20_000  # a blank page of this size has a few hundred bytes


def test_no_request_leaves_the_origin_and_the_console_is_silent(
    browse: Browse, address: str, tmp_path: Path
) -> None:
    log = tmp_path / "net.json"
    flags = (f"--log-net-log={log}", "--enable-logging=stderr", "--dump-dom")
    ran = browse(f"{address}/ja/ask/programme-money", *flags)
    assert "</html>" in ran.stdout
    assert "CONSOLE" not in ran.stderr
    asked = requests_of(json.loads(log.read_text("utf-8")), address)
    assert any(url.startswith(f"{address}/static/style.css") for url in asked)
    assert [url for url in asked if not url.startswith(f"{address}/")] == []


def requests_of(log: dict[str, Any], origin: str) -> list[str]:
    """Return what pages of ``origin`` asked for; what Chromium asks for itself has no initiator."""
    started = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    events = [each.get("params", {}) for each in log["events"] if each["type"] == started]
    return [each["url"] for each in events if each.get("initiator") == origin]


def test_pages_reflow_at_320_pixels(browse: Browse, address: str, tmp_path: Path) -> None:
    """WCAG 2.2, 1.4.10: nothing but tables in their frames needs scrolling sideways."""
    style = f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
    frames = []
    with httpx.Client(base_url=address, headers={"accept": "text/html"}) as client:
        for path in PAGES:
            page = re.sub('<link rel="stylesheet"[^>]*>', lambda _: style, client.get(path).text)
            frames.append(
                f'<iframe width="320" height="900" srcdoc="{html.escape(page)}"></iframe>'
            )
    script = """<script>onload = () => document.title = JSON.stringify([...document.querySelectorAll
      ("iframe")].map(each => [each.contentWindow.innerWidth,
      each.contentDocument.documentElement.scrollWidth]))</script>"""
    harness = tmp_path / "harness.html"
    harness.write_text(f"<!doctype html><title></title>{script}{''.join(frames)}", "utf-8")
    dom = browse(harness.as_uri(), "--dump-dom").stdout
    title = re.search(r"<title>([^<]*)</title>", dom)
    assert title
    widths = dict(zip(PAGES, json.loads(html.unescape(title[1])), strict=True))
    assert {path: width for path, width in widths.items() if width != [320, 320]} == {}
