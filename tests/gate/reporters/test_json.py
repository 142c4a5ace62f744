"""The formats for programs: JSON and JSON lines."""

from __future__ import annotations

import json

from tests.gate.reporters.conftest import make

from stigraph.gate import Edit, Finding, Fix, Message, Move, Place, Report, View, render


def test_a_fix_is_written_with_its_edits_and_moves(view: View) -> None:
    fix = Fix(
        Message("移す", "move it"),
        (Edit("a.ttl", Place(1, 2, 3, 4), "x"),),
        (Move("a.ttl", "b.ttl"),),
        safe=True,
    )
    report = Report.of([Finding("STI008", Message("ja", "en"), fix=fix)], 1)
    (found,) = json.loads(render("json", report, view))["findings"]
    assert found["fix"] == {
        "message": {"ja": "移す", "en": "move it"},
        "safe": True,
        "edits": [
            {"file": "a.ttl", "line": 1, "column": 2, "end_line": 3, "end_column": 4, "text": "x"}
        ],
        "moves": [{"file": "a.ttl", "target": "b.ttl"}],
    }


def test_json_lines_hold_what_the_json_report_holds(many: Report, view: View) -> None:
    lines = render("jsonl", many, view).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render("json", many, view))[
        "findings"
    ]


def test_a_finding_has_the_fields_of_the_contract(view: View) -> None:
    (line,) = render("jsonl", Report.of([make()], 1), view).splitlines()
    assert list(json.loads(line)) == [
        "code",
        "severity",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "focus",
        "path",
        "value",
        "component",
        "source_shape",
        "message",
        "fix",
    ]
