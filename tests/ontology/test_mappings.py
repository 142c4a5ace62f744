"""Mappings are SSSOM: a YAML header in comments, then one mapping a row, from a term of ours."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from stigraph.vocab import STI

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "ontology" / "mappings").glob("*.sssom.tsv"))
ONTOLOGY = Graph().parse(ROOT / "ontology" / "stigraph.ttl", format="turtle")
VERSION = ONTOLOGY.value(URIRef("https://w3id.org/stigraph/ontology"), OWL.versionInfo)

COLUMNS = [
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "comment",
]
PREDICATES = {f"skos:{name}Match" for name in ("exact", "close", "broad", "narrow", "related")}
NAMESPACES = {
    "dingo": "https://w3id.org/dingo#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eurio": "http://data.europa.eu/s66#",
    "fabio": "http://purl.org/spar/fabio/",
    "frapo": "http://purl.org/cerif/frapo/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sti": str(STI),
}
# Vocabularies whose terms rdflib carries, so that a misspelt object is found.
CLOSED: dict[str, type[DefinedNamespace]] = {"org": ORG, "prov": PROV, "schema": SDO, "skos": SKOS}


@dataclass(frozen=True, slots=True)
class MappingSet:
    header: dict[str, str]
    curies: dict[str, str]
    columns: list[str]
    rows: list[dict[str, str]]

    @classmethod
    def read(cls, path: Path) -> MappingSet:
        lines = path.read_text(encoding="utf-8").splitlines()
        comments = [line.removeprefix("#") for line in lines if line.startswith("#")]
        header: dict[str, str] = {}
        curies: dict[str, str] = {}
        for line in comments:
            key, _, value = line.partition(": ")
            if line.startswith("  ") and not line.lstrip().startswith("-"):
                curies[key.strip()] = value
            elif not line.startswith(" "):
                header[key.removesuffix(":")] = value
        table = csv.DictReader(
            (line for line in lines if not line.startswith("#")),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
        rows = list(table)
        return cls(header, curies, list(table.fieldnames or []), rows)


each_set = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.partition(".")[0])


def test_there_is_a_set_for_each_vocabulary() -> None:
    targets = [path.name.removesuffix(".sssom.tsv") for path in FILES]
    assert targets == sorted(NAMESPACES.keys() - {"semapv", "sti"})


@each_set
def test_the_header_says_what_the_set_is(path: Path) -> None:
    header = MappingSet.read(path).header
    name = path.name.removesuffix(".sssom.tsv")
    assert header["mapping_set_id"] == f"https://w3id.org/stigraph/mappings/{name}"
    assert header["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert header["subject_source"] == "https://w3id.org/stigraph/ontology"
    assert header["subject_source_version"] == str(VERSION)
    assert NAMESPACES[name].startswith(header["object_source"])


@each_set
def test_the_header_binds_each_prefix_it_needs_to_its_namespace(path: Path) -> None:
    mappings = MappingSet.read(path)
    needed = {
        row[column].partition(":")[0]
        for row in mappings.rows
        for column in COLUMNS
        if column.endswith("_id") or column == "mapping_justification"
    }
    assert mappings.curies == {prefix: NAMESPACES[prefix] for prefix in needed}


@each_set
def test_every_row_fills_the_columns(path: Path) -> None:
    mappings = MappingSet.read(path)
    assert mappings.columns == COLUMNS
    assert mappings.rows
    required = COLUMNS[:-1]
    assert [row for row in mappings.rows if None in row or not all(map(row.get, required))] == []


@each_set
def test_every_subject_is_a_term_of_ours_under_its_label(path: Path) -> None:
    wrong = []
    for row in MappingSet.read(path).rows:
        prefix, _, name = row["subject_id"].partition(":")
        labels = ONTOLOGY.objects(URIRef(STI[name]), RDFS.label)
        if prefix != "sti" or row["subject_label"] not in map(str, labels):
            wrong.append(row["subject_id"])
    assert wrong == []


@each_set
def test_every_row_is_a_curated_match_with_the_vocabulary_of_the_set(path: Path) -> None:
    target = path.name.removesuffix(".sssom.tsv")
    for row in MappingSet.read(path).rows:
        assert row["predicate_id"] in PREDICATES
        assert row["object_id"].partition(":")[0] == target
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"


@pytest.mark.parametrize("target", sorted(CLOSED))
def test_objects_exist_in_vocabularies_whose_terms_rdflib_knows(target: str) -> None:
    rows = MappingSet.read(ROOT / "ontology" / "mappings" / f"{target}.sssom.tsv").rows
    names = [row["object_id"].partition(":")[2] for row in rows]
    assert [name for name in names if name not in CLOSED[target]] == []


def test_no_pair_of_terms_is_mapped_twice() -> None:
    pairs = [
        (row["subject_id"], row["object_id"])
        for path in FILES
        for row in MappingSet.read(path).rows
    ]
    assert sorted(pairs) == sorted(set(pairs))


@each_set
def test_rows_are_sorted(path: Path) -> None:
    keys = [
        (row["subject_id"], row["predicate_id"], row["object_id"])
        for row in MappingSet.read(path).rows
    ]
    assert keys == sorted(keys)


@each_set
def test_asserted_superclasses_and_superproperties_are_broad_matches(path: Path) -> None:
    mappings = MappingSet.read(path)
    for row in mappings.rows:
        subject = URIRef(STI[row["subject_id"].partition(":")[2]])
        prefix, _, name = row["object_id"].partition(":")
        value = URIRef(NAMESPACES[prefix] + name)
        asserted = {*ONTOLOGY.objects(subject, RDFS.subClassOf)} | {
            *ONTOLOGY.objects(subject, RDFS.subPropertyOf)
        }
        assert (value in asserted) == row["comment"].startswith("asserted as"), row
        assert value not in asserted or row["predicate_id"] == "skos:broadMatch", row


def test_declared_terms_of_a_mapped_vocabulary_keep_its_namespace() -> None:
    declared = {str(s) for s in ONTOLOGY.subjects(RDF.type, None) if isinstance(s, URIRef)}
    spelt_otherwise = ("http://schema.org/", "https://www.w3.org/ns/")
    assert [iri for iri in declared if iri.startswith(spelt_otherwise)] == []
