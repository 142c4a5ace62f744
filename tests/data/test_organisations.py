"""Every organisation is typed, named in both languages, and placed where a source places it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from stigraph.entries import Catalogue
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.vocab import ID, ORG, RDF, RDFS, SKOS, STI, shorten

_NOT_PLACED = {
    "総務省": "the government as such is no entry",
}


@pytest.fixture(scope="module")
def rows(root: Path) -> list[dict[str, str]]:
    """Return the rows of organisations that may be used; skipped where they aren't at hand."""
    path = root.parent / "shared" / "facts" / "organisations.csv"
    if not path.is_file():
        pytest.skip("the sheets of public facts are not at hand")
    with path.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    weak = ("secondary_weak", "none")
    return [r for r in found if r["status"] == "confirmed" and r["source_kind"] not in weak]


@pytest.fixture(scope="module")
def ids(project: Project) -> dict[str, str]:
    """Return the ids of organisations by the names that the sheets use."""
    path = project.root / "data" / "import" / "names" / "organisations.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {line["name"]: line["id"] for line in csv.DictReader(stream)}


def _organisations(store: LocalStore) -> Iterator[str]:
    rows = store.select(
        "SELECT DISTINCT ?s WHERE { ?s ?p ?o "
        f"FILTER(STRSTARTS(STR(?s), '{ID['organisation/']}')) }}"
    )
    yield from (s.value for (s,) in rows if s is not None)


def test_every_organisation_is_an_organisation_named_in_both_languages(store: LocalStore) -> None:
    typed: dict[str, set[str]] = {
        s.value: set()
        for (s,) in store.select(
            f"SELECT ?s WHERE {{ ?s <{RDF.type}>/<{RDFS.subClassOf}>* <{ORG.Organization}> }}"
        )
        if s is not None
    }
    labels = store.select(f"SELECT ?s (LANG(?l) AS ?g) WHERE {{ ?s <{SKOS.prefLabel}> ?l }}")
    for subject, language in labels:
        if subject is not None and language is not None and subject.value in typed:
            typed[subject.value].add(language.value)
    all_of_them = list(_organisations(store))
    assert len(all_of_them) > 150
    assert [iri for iri in all_of_them if typed.get(iri) != {"ja", "en"}] == []


def test_every_organisation_is_placed_where_a_source_places_it(
    store: LocalStore, rows: list[dict[str, str]], ids: dict[str, str]
) -> None:
    found = store.select(
        f"SELECT ?s ?o WHERE {{ ?s <{STI.supervisedBy}>|<{STI.partOfOrganisation}> ?o }}"
    )
    placed = {(shorten(s.value), shorten(o.value)) for s, o in found if s and o}
    asked, missing = 0, []
    for row in rows:
        above = [*row["supervising_ministry"].split(";"), row["parent_body"]]
        for name in filter(None, map(str.strip, above)):
            asked += 1
            pair = (ids.get(row["name_ja"]), ids.get(name))
            if pair not in placed and row["name_ja"] not in _NOT_PLACED:
                missing.append((row["name_ja"], name, pair))
    assert asked > 40
    assert missing == []


def test_a_name_that_is_the_same_in_both_languages_is_told_once(store: LocalStore) -> None:
    assert Catalogue.of(store).entries[ID["organisation/jaxa"]].others == ("JAXA",)
