"""A comparison as JSON for programs, and as Markdown in which values stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.display import clean
from stigraph.markdown import safe

Told = Callable[..., str]

FILE = "data/ttl/programme/sbir.ttl"
ENTRY = 'programme:sbir a sti:Programme ; skos:prefLabel "SBIR制度"@ja , "SBIR programme"@en .\n'
BUDGET = (
    "allocation:sbir-x a sti:BudgetAllocation ; sti:forInitiative programme:sbir ;"
    ' schema:value 206000000000 ; schema:currency "JPY" .\n'
)


def test_json_has_amounts_as_integers_and_both_languages(told: Told) -> None:
    document = json.loads(told({FILE: ENTRY}, {FILE: ENTRY + BUDGET}, form="json"))
    assert (document["version"], document["from"], document["to"]) == (1, "before", "after")
    (change,) = document["changes"]
    assert (change["kind"], change["action"], change["property"]) == ("added", "added", None)
    assert (change["old"], change["new"]) == (None, {"value": 206_000_000_000, "currency": "JPY"})
    assert change["entry"]["id"] == "allocation:sbir-x"
    assert change["about"]["label"] == {"ja": "SBIR制度", "en": "SBIR programme"}
    assert change["about"]["iri"] == "https://w3id.org/stigraph/id/programme/sbir"
    assert (change["file"], change["old_file"]) == (FILE, None)
    assert change["text"]["en"] == "budget added, 206,000,000,000 JPY"
    assert change["text"]["ja"] == "予算を追加、206,000,000,000 JPY"


def test_json_has_the_amount_before_and_after(told: Told) -> None:
    after = {FILE: ENTRY + BUDGET.replace("206000000000", "1")}
    (change,) = json.loads(told({FILE: ENTRY + BUDGET}, after, form="json"))["changes"]
    assert (change["kind"], change["action"]) == ("amount", "changed")
    assert change["old"] == {"value": 206_000_000_000, "currency": "JPY"}
    assert change["new"] == {"value": 1, "currency": "JPY"}


def test_json_has_links_with_labels_and_texts_with_languages(told: Told) -> None:
    before = ENTRY.replace(" .\n", " ; sti:inField field:quantum .\n")
    after = ENTRY.replace('"SBIR制度"', '"SBIR"')
    found = json.loads(told({FILE: before}, {FILE: after}, form="json"))["changes"]
    link, label = sorted(found, key=lambda change: change["kind"] == "label")
    assert link["old"]["label"] == {"ja": "量子", "en": "quantum"}
    assert label["new"]["language"] == "ja"
    assert label["new"]["value"] == "SBIR"


def test_no_change_is_told_as_that(told: Told) -> None:
    assert told({FILE: ENTRY}, {FILE: ENTRY}) == ""
    assert json.loads(told({FILE: ENTRY}, {FILE: ENTRY}, form="json"))["changes"] == []
    shown = told({FILE: ENTRY}, {FILE: ENTRY}, "ja", "markdown")
    assert shown == "### グラフの変更\n\nbefore → after：変更なし\n"


def test_markdown_groups_changes_by_entry(told: Told) -> None:
    assert told({}, {FILE: ENTRY + BUDGET}, "en", "markdown") == (
        "### Changes to the graph\n\nbefore → after: 2 changes\n\n"
        "**SBIR programme** (programme:sbir)\n\n"
        "- programme added\n- budget added, 206,000,000,000 JPY\n"
    )


HOSTILE = {
    "a mention": "@octocat",
    "a team": "@org/team",
    "an address": "https://evil.example/x",
    "an address without scheme": "www.evil.example",
    "a link": "[click](https://evil.example)",
    "an image": "![x](https://evil.example/x.png)",
    "HTML": "<img src=x onerror=alert(1)>",
    "a comment": "<!-- hidden -->",
    "an entity": "&lt;b&gt;",
    "an issue": "org/repo#12 and #34 and GH-56 and !78",
    "a commit": "0123456789abcdef0123456789abcdef01234567",
    "mail": "someone@example.org mailto:a@b.org",
    "mark-up": "**bold** _it_ `code` ~~no~~ | cell | # heading",
    "a line end": "one\n\n# two\r\n- three",
    "a code fence": "```\nend",
    "control characters": "\x1b[31mred\u202e\u2028\x00",
    "maths": "$x$ and {{ template }}",
}
LIVE = re.compile(
    r"@\w|://|\bwww\.|<|(?<!\\)[`*_\[\]|~$!{}]|[#!]\d|GH-\d|(?=[0-9]*[a-f])[0-9a-f]{7}|mailto:|\n|[\x00-\x1f]|&(?!amp;|lt;|gt;)"
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_value_stays_text_in_markdown(told: Told, name: str) -> None:
    quoted = json.dumps(HOSTILE[name].replace("\0", ""))
    after = ENTRY.replace('"SBIR programme"', quoted)
    shown = told({FILE: ENTRY}, {FILE: after}, "en", "markdown")
    (line,) = (line for line in shown.splitlines() if line.startswith("- "))
    assert not LIVE.search(line), line
    # It stands in the heading too, which has marks of its own.
    assert len([line for line in shown.splitlines() if line.startswith("#")]) == 1


@given(st.text())
def test_safe_markdown_has_nothing_live(text: str) -> None:
    assert not LIVE.search(safe(text))


@given(st.text(alphabet="@#&<>[]()`*_!~|\\:/w.gh-01af \n"))
def test_safe_markdown_of_marks_has_nothing_live(text: str) -> None:
    assert not LIVE.search(safe(text))


@given(st.text())
def test_a_value_keeps_to_its_line(text: str) -> None:
    assert len(clean(text).splitlines()) <= 1
    assert "\x1b" not in clean(text)


def test_a_summary_that_is_too_long_is_cut_and_says_so(told: Told) -> None:
    many = "".join(f'ex:s{n} a ex:C ; skos:prefLabel "{"x" * 5000}"@en .\n' for n in range(200))
    shown = told({}, {"x.ttl": many}, "en", "markdown")
    assert len(shown.encode()) < 1 << 20
    assert re.search(r"\n\d+ more\.\n\Z", shown)
