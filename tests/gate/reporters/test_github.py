"""Annotations of GitHub Actions, read as its runner reads them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tests.gate.reporters.conftest import HOSTILE, make

from stigraph.gate import Place, Report, View, render
from stigraph.gate.reporters.github import LIMIT

_COMMAND = re.compile(r"::(error|warning|notice)(?: ([^:]*))?::(.*)")


def _unescaped(text: str, *, in_property: bool = False) -> str:
    if in_property:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _read(text: str) -> list[tuple[str, dict[str, str], str]]:
    commands = []
    for line in text.splitlines():
        match = _COMMAND.fullmatch(line)
        assert match, line
        pairs = (pair.partition("=") for pair in (match[2] or "").split(","))
        properties = {key: _unescaped(value, in_property=True) for key, _, value in pairs}
        commands.append((match[1], properties, _unescaped(match[3])))
    return commands


def test_an_annotation_names_file_span_and_code(view: View) -> None:
    kind, properties, message = _read(render("github", Report.of([make(line=7)], 1), view))[0]
    assert kind == "error"
    assert properties == {
        "file": "data/x.ttl",
        "line": "7",
        "endLine": "7",
        "col": "1",
        "endColumn": "4",
        "title": "stigraph STI011",
    }
    assert message.startswith("no such entry [name]\nhttps://")


def test_a_span_of_several_lines_has_no_columns(view: View) -> None:
    found = replace(make(), place=Place(2, 5, 4, 1))
    properties = _read(render("github", Report.of([found], 1), view))[0][1]
    assert "col" not in properties
    assert (properties["line"], properties["endLine"]) == ("2", "4")


def test_no_value_can_begin_a_command_or_a_property(hostile: Report, view: View) -> None:
    text = render("github", hostile, view)
    lines = re.split(r"[\r\n]", text.rstrip("\n"))
    assert len(lines) == 2  # the annotation and the count
    match = _COMMAND.fullmatch(lines[0])
    assert match
    assert match[2].count(",") == 5
    assert "file=data/a%2Cb%3Ac%25d%0A%3A%3Ae.ttl," in lines[0]
    assert HOSTILE in _unescaped(match[3])


def test_no_more_are_written_than_github_shows(many: Report, view: View) -> None:
    commands = _read(render("github", many, view))
    assert Counter(kind for kind, _, _ in commands) == {
        "error": LIMIT,
        "warning": LIMIT,
        "notice": LIMIT,
    }


def test_the_last_one_counts_all_and_what_is_left_out(many: Report, view: View) -> None:
    message = _read(render("github", many, view))[-1][2]
    assert "38 in all (15 violation, 12 warning, 11 info)" in message
    assert "9 are not shown here" in message


def test_changed_lines_come_first(many: Report, view: View) -> None:
    changed = {"data/x.ttl": frozenset({11, 14})}
    commands = _read(render("github", many, replace(view, changed=changed)))
    errors = [properties["line"] for kind, properties, _ in commands if kind == "error"]
    assert errors[:3] == ["11", "14", "1"]


def test_nothing_found_is_nothing_written(view: View) -> None:
    assert render("github", Report.of([], 9), view) == ""
