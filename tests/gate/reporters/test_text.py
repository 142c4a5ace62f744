"""The formats for people: ``full`` and ``concise``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.gate.reporters.conftest import make

from stigraph.display import width
from stigraph.gate import Place, Report, View, render

LINE = '    skos:prefLabel "量子技術"@ja , "Quantum technology"@en ;'


def _view(folder: Path, text: str = LINE, **settings: object) -> View:
    (folder / "data").mkdir()
    (folder / "data/x.ttl").write_text(f"\n{text}\n", "utf-8")
    return replace(View(here=folder), **settings)  # type: ignore[arg-type]


def _at(first: int, last: int) -> Report:
    return Report.of([replace(make(), place=Place(2, first, 2, last), fix=None)], 1)


@pytest.mark.parametrize("form", ["full", "concise"])
@pytest.mark.parametrize(("lang", "said"), [("ja", "ない：no such entry"), ("en", "no such entry")])
def test_a_finding_begins_with_its_place_severity_code_and_message(
    form: str, lang: str, said: str, view: View
) -> None:
    text = render(form, Report.of([make(line=3)], 1), replace(view, lang=lang))
    assert text.startswith(f"data/x.ttl:3:1: violation STI011 {said}")


@pytest.mark.parametrize("form", ["full", "concise"])
def test_nothing_found_is_nothing_shown(form: str, view: View) -> None:
    assert render(form, Report.of([], 5), view) == ""


def test_the_concise_line_ends_with_the_label_of_the_node(view: View) -> None:
    assert render("concise", Report.of([make()], 1), view).endswith(" [name]\n")
    assert render("concise", Report.of([replace(make(), label=None)], 1), view).endswith(
        " [programme:x]\n"
    )


def test_the_caret_stands_under_the_fault_even_beside_wide_characters(tmp_path: Path) -> None:
    first = LINE.index('"Q') + 1
    text = render("full", _at(first, first + len('"Quantum technology"@en')), _view(tmp_path))
    excerpt, caret = text.splitlines()[2:4]
    assert width(caret[: caret.index("^")]) == width(excerpt[: excerpt.index('"Q')])
    assert caret.count("^") == len('"Quantum technology"@en')


def test_wide_characters_are_underlined_in_full(tmp_path: Path) -> None:
    text = render("full", _at(21, 25), _view(tmp_path))
    assert text.splitlines()[3].count("^") == width("量子技術")


def test_a_long_line_is_cut_around_the_fault(tmp_path: Path) -> None:
    long = f"{'x' * 300}FAULT{'y' * 300}"
    text = render("full", _at(301, 306), _view(tmp_path, long))
    excerpt, caret = text.splitlines()[2:4]
    assert width(excerpt) < 110
    assert excerpt[caret.index("^") : caret.rindex("^") + 1] == "FAULT"


def test_the_fix_is_proposed_and_said_to_be_safe(view: View) -> None:
    text = render("full", Report.of([make()], 1), view)
    assert "= help: replace (--fix does it)" in text
    assert "= 直し方: 置き換える（--fix で直せる）" in render(
        "full", Report.of([make()], 1), replace(view, lang="ja")
    )


def test_the_page_of_the_code_is_named(view: View) -> None:
    assert "/reference/codes/STI011.html" in render("full", Report.of([make()], 1), view)


def test_there_is_colour_only_if_asked_for(view: View) -> None:
    report = Report.of([make()], 1)
    assert "\x1b" not in render("full", report, view)
    assert "\x1b[1;31mviolation STI011\x1b[0m" in render("full", report, replace(view, color=True))


@pytest.mark.parametrize("form", ["full", "concise"])
def test_a_file_cannot_steer_the_terminal_or_forge_a_line(
    form: str, hostile: Report, view: View
) -> None:
    text = render(form, hostile, view)
    assert not any(sign in text for sign in "\x1b\u202e\x00\r")
    assert not any(line.startswith("::") for line in text.splitlines())


def test_a_file_that_is_gone_is_reported_without_excerpt(view: View) -> None:
    text = render("full", Report.of([make(file="data/gone.ttl")], 1), view)
    assert "^" not in text
    assert "data/gone.ttl:1:1" in text
