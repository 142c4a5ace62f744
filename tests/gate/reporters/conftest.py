"""Findings as reporters get them: harmless ones, and what a hostile file could make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stigraph.gate import Edit, Finding, Fix, Message, Place, Report, Severity, View

HOSTILE = (
    "100% <script>alert(1)</script> @octocat https://evil.example www.evil.example "
    "[x](http://evil.example) ![i](http://evil.example/i.png) #1 GH-2 octocat/hello#3 `code` "
    "*b* | x\r\n::error file=a::b\n\x1b[31m\u202e::set-output name=x::y a@b.example "
    "0123456789abcdef0123456789abcdef01234567 <!-- x --> &lt; $x$ ]]> \x00"
)


def make(
    code: str = "STI011",
    file: str | None = "data/x.ttl",
    line: int = 1,
    severity: Severity = Severity.VIOLATION,
    text: str = "no such entry",
) -> Finding:
    place = Place(line, 1, line, 4)
    return Finding(
        code,
        Message(f"ない：{text}", text),
        severity,
        file,
        place,
        "https://w3id.org/stigraph/id/programme/x",
        label=Message("名前", "name"),
        fix=Fix(Message("置き換える", "replace"), (Edit(file or "-", place, "new"),), safe=True),
    )


@pytest.fixture
def hostile() -> Report:
    found = make(file="data/a,b:c%d\n::e.ttl", text=HOSTILE)
    return Report.of([found], 1)


@pytest.fixture
def many() -> Report:
    """Return 15 violations, 12 warnings and 11 pieces of information, one a line."""
    counts = ((Severity.VIOLATION, 15), (Severity.WARNING, 12), (Severity.INFO, 11))
    found = [
        make(line=n, severity=s, text=f"{s} {n}") for s, most in counts for n in range(1, most + 1)
    ]
    return Report.of(found, 38)


@pytest.fixture
def view(tmp_path: Path) -> View:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "x.ttl").write_text("abc `x` <b> @octocat\n" * 20, "utf-8")
    return View(here=tmp_path)
