"""One entry a thing: doubles are found, and things that only look alike are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.dataset import read_turtle
from stigraph.gate.identity import (
    bare_name,
    check_identity,
    is_corporate_number,
    is_ror_id,
    read_legal_forms,
)
from stigraph.project import Project
from stigraph.store import LocalStore

PREFIXES = """\
@prefix organisation: <https://w3id.org/stigraph/id/organisation/> .
@prefix person: <https://w3id.org/stigraph/id/person/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sti: <https://w3id.org/stigraph/ontology#> .
"""
FORMS = ("国立大学法人", "株式会社")


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    path = folder / "data.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    store = LocalStore()
    store.extend(read_turtle(path, "urn:x:data"))
    findings = check_identity(store, FORMS)
    return sorted((f.code, (f.focus or "").rpartition("/")[2]) for f in findings)


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [
        (
            "skos:exactMatch <https://ror.org/026v1ze26>",
            "skos:exactMatch <https://ror.org/026v1ze26>",
            "STI800",
        ),
        (
            'sti:corporateNumber "7000012050002"',
            'sti:corporateNumber "7000012050002"',
            "STI800",
        ),
        ('skos:prefLabel "国立大学法人東北大学"@ja', 'skos:prefLabel "東北大学"@ja', "STI801"),
        ('skos:prefLabel "ニコン"@ja', 'skos:altLabel "ﾆｺﾝ 株式会社"@ja', "STI801"),
        (
            'skos:prefLabel "The University of Tokyo"@en',
            'skos:prefLabel "Tokyo University"@en',
            "STI802",
        ),
        (
            'skos:prefLabel "Research Centre for Fusion"@en',
            'skos:prefLabel "Fusion Research Center"@en',
            "STI802",
        ),
        (
            'skos:prefLabel "Hiroshima University"@en',
            'skos:prefLabel "Hirosima University"@en',
            "STI802",
        ),
    ],
)
def test_a_double_is_found_at_the_second(tmp_path: Path, one: str, two: str, code: str) -> None:
    assert found(tmp_path, f"organisation:a {one} . organisation:b {two} .") == [(code, "b")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ('skos:prefLabel "香川大学"@ja', 'skos:prefLabel "神奈川大学"@ja'),
        ('skos:prefLabel "Kagawa University"@en', 'skos:prefLabel "Kanagawa University"@en'),
        ('skos:prefLabel "Kobe Institute"@en', 'skos:prefLabel "Koba Institute"@en'),
        ('skos:altLabel "MOE"@ja', 'skos:altLabel "MOE"@ja'),
        ('skos:prefLabel "環境省"@ja', 'skos:prefLabel "環境省"@en'),
    ],
)
def test_what_differs_is_no_double(tmp_path: Path, one: str, two: str) -> None:
    assert found(tmp_path, f"organisation:a {one} . organisation:b {two} .") == []


def test_a_person_and_an_organisation_may_share_a_name(tmp_path: Path) -> None:
    text = 'organisation:a skos:prefLabel "山葉"@ja . person:b skos:prefLabel "山葉"@ja .'
    assert found(tmp_path, text) == []


def test_two_that_only_look_alike_are_told_apart(tmp_path: Path) -> None:
    text = """
    person:a skos:prefLabel "佐藤誠"@ja ; owl:differentFrom person:b .
    person:b skos:prefLabel "佐藤誠"@ja .
    """
    assert found(tmp_path, text) == []


def test_one_entry_may_have_its_name_twice(tmp_path: Path) -> None:
    text = 'organisation:a skos:prefLabel "東北大学"@ja ; skos:altLabel "国立大学法人東北大学"@ja .'
    assert found(tmp_path, text) == []


def test_check_digits_are_looked_at(tmp_path: Path) -> None:
    text = """
    organisation:a sti:corporateNumber "7000012050003" .
    organisation:b skos:exactMatch <https://ror.org/026v1ze27> .
    organisation:c skos:exactMatch <http://www.wikidata.org/entity/Q1> .
    """
    assert found(tmp_path, text) == [("STI803", "a"), ("STI804", "b")]


@pytest.mark.parametrize("text", ["026v1ze26", "004rtk039", "02e16g702"])
def test_ids_of_the_registry_hold(text: str) -> None:
    assert is_ror_id(text)


@given(st.integers(0, 999_999_999_999), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_of_a_corporate_number_is_seen(base: int, place: int, change: int) -> None:
    (number,) = (n for n in (f"{c}{base:012d}" for c in range(1, 10)) if is_corporate_number(n))
    digits = list(number)
    old = int(digits[place + 1])
    digits[place + 1] = str((old + change) % 10)
    # By their rule, nought and nine can stand for each other.
    if {old, int(digits[place + 1])} != {0, 9}:
        assert not is_corporate_number("".join(digits))


def test_the_longest_legal_form_is_taken_off(project: Project) -> None:
    forms = read_legal_forms(project.ontology / "legal-forms.csv")
    assert bare_name("一般社団法人　低炭素投資促進機構", forms) == "低炭素投資促進機構"
    assert bare_name("株式会社ニコン", forms) == "ニコン"


def test_no_organisation_of_the_graph_has_two_entries(project: Project, store: LocalStore) -> None:
    forms = read_legal_forms(project.ontology / "legal-forms.csv")
    assert [found.message.en for found in check_identity(store, forms)] == []
