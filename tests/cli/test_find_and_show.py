"""``stigraph find`` and ``stigraph show``: looking things up in both languages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("text", ["quantum", "QUANTUM", "量子", "ｑｕａｎｔｕｍ", "uantu"])
def test_find_knows_both_languages_widths_cases_and_insides_of_words(run: Run, text: str) -> None:
    found = {line.split()[0] for line in run("find", text).stdout.splitlines()[1:]}
    assert found == {"field:quantum", "goal:quantum"}


def test_find_keeps_to_a_kind_and_lists_one_without_a_text(run: Run) -> None:
    assert "goal:quantum" not in run("find", "quantum", "--kind", "field").stdout
    assert len(run("find", "--kind", "programme").stdout.splitlines()) == 3


def test_find_shows_the_reader_s_language_first(run: Run) -> None:
    ja = run("find", "quantum", "--kind", "field", lang="ja_JP.UTF-8").stdout.splitlines()
    assert ja == [
        "ID             日本語  English",
        "field:quantum  量子    Quantum technology",
    ]


def test_find_as_json_is_one_object(run: Run) -> None:
    found = json.loads(run("find", "SBIR制度", "--kind", "programme", "--format", "json").stdout)
    assert found["version"] == 1
    assert found["entries"][0]["other_names"] == ["SBIR"]
    assert found["entries"][0]["label"]["ja"] == "SBIR制度"


def test_nothing_found_is_a_message_and_no_failure(run: Run) -> None:
    done = run("find", "zzz", "--lang", "ja")
    assert (done.returncode, done.stdout) == (0, "")
    assert "「zzz」に当たる項目はない" in done.stderr


def test_show_tells_facts_sources_and_phrases(run: Run) -> None:
    shown = run("show", "allocation:sbir-fy2022").stdout
    assert "for initiative: Small Business Innovation Research (SBIR) programme" in shown
    assert "¥206.0 bn" in shown
    assert "phrases: 2,060億円" in shown
    assert "page 3 · lines 273–275 · overview-2025:3-c-1-3" in shown


def test_show_speaks_japanese(run: Run) -> None:
    shown = run("show", "SBIR", "--lang", "ja").stdout
    assert shown.startswith("SBIR制度 / Small Business")
    assert "種類：制度・プログラム" in shown
    assert "3頁 · 273–275行" in shown
    assert "お知らせ · Example · 2024-05 · https://example.org/news" in shown
    assert "  対象の取組：SBIR制度の拡充（2022年度補正） [allocation:sbir-fy2022]" in shown


def test_show_of_a_passage_lists_what_it_states(run: Run) -> None:
    shown = run("show", "overview-2025:3-c-1-3").stdout
    stated = shown.partition("what is stated here:")[2]
    assert "[programme:sbir]" in stated
    assert "[allocation:sbir-fy2022]" in stated


def test_show_as_json_has_both_labels_and_the_place_of_each_source(run: Run) -> None:
    shown = json.loads(run("show", "SBIR", "--format", "json").stdout)
    assert shown["version"] == 1
    assert shown["entry"]["id"] == "programme:sbir"
    assert shown["phrases"] == ["SBIR制度"]
    passage, web = shown["sources"]
    assert (passage["first_line"], passage["last_line"]) == (273, 275)
    assert passage["section"] == {"ja": "3頁", "en": "page 3"}
    assert (web["url"], web["date"]) == ("https://example.org/news", "2024-05")


def test_an_ambiguous_name_lists_the_candidates(run: Run) -> None:
    done = run("show", "quantum", "--lang", "ja")
    assert (done.returncode, done.stdout) == (2, "")
    assert "field:quantum（量子）、goal:quantum（量子産業エコシステム）" in done.stderr


def test_an_unknown_name_gets_the_nearest(run: Run) -> None:
    done = run("show", "SBIB")
    assert done.returncode == 2
    assert "nearest: sbir" in done.stderr
