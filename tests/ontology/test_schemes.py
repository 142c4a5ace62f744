"""Each code list is a SKOS scheme in its own file, and the data take their codes from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from stigraph.vocab import ID, SCHEMES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ontology" / "schemes"
FILES = sorted(FOLDER.glob("*.ttl"))
DATA = sorted((ROOT / "data" / "ttl").rglob("*.ttl"))

each_scheme = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def scheme_of(name: str) -> URIRef:
    return URIRef(f"{ID}scheme/{name}")


def coded_properties() -> dict[URIRef, URIRef]:
    """Return the scheme that each coded property names with ``rdfs:seeAlso``."""
    ontology = read(ROOT / "ontology" / "stigraph.ttl")
    return {
        term: scheme
        for term, scheme in ontology.subject_objects(RDFS.seeAlso)
        if isinstance(term, URIRef) and isinstance(scheme, URIRef)
    }


def test_the_folder_holds_the_code_lists_of_the_vocabulary() -> None:
    assert [path.stem for path in FILES] == sorted(SCHEMES)


@each_scheme
def test_a_file_holds_one_scheme_named_after_it(path: Path) -> None:
    assert list(read(path).subjects(RDF.type, SKOS.ConceptScheme)) == [scheme_of(path.stem)]


@each_scheme
def test_concepts_are_named_after_their_scheme_and_stand_at_its_top(path: Path) -> None:
    graph = read(path)
    scheme = scheme_of(path.stem)
    wrong = [
        concept
        for concept in graph.subjects(RDF.type, SKOS.Concept)
        if not str(concept).startswith(f"{ID}{path.stem}/")
        or list(graph.objects(concept, SKOS.inScheme)) != [scheme]
        or list(graph.objects(concept, SKOS.topConceptOf)) != [scheme]
    ]
    assert wrong == []


@each_scheme
@pytest.mark.parametrize("predicate", [SKOS.prefLabel, SKOS.definition])
def test_scheme_and_concepts_have_one_in_each_language(path: Path, predicate: URIRef) -> None:
    graph = read(path)
    wrong = [
        subject
        for subject in set(graph.subjects())
        if sorted(
            str(v.language) for v in graph.objects(subject, predicate) if isinstance(v, Literal)
        )
        != ["en", "ja"]
    ]
    assert wrong == []


@each_scheme
def test_no_two_concepts_share_a_label_or_notation(path: Path) -> None:
    graph = read(path)
    for predicate in (SKOS.prefLabel, SKOS.notation):
        values = list(graph.objects(None, predicate))
        assert len(values) == len(set(values))


def test_every_scheme_has_a_property_that_takes_its_codes() -> None:
    assert set(coded_properties().values()) == {scheme_of(name) for name in SCHEMES}


def test_codes_in_the_data_are_concepts_of_the_scheme_their_property_names() -> None:
    properties = coded_properties()
    concepts = {
        (concept, scheme)
        for path in FILES
        for concept, scheme in read(path).subject_objects(SKOS.inScheme)
    }
    wrong = [
        (path.name, predicate, value)
        for path in DATA
        for _, predicate, value in read(path)
        if isinstance(predicate, URIRef)
        and predicate in properties
        and (value, properties[predicate]) not in concepts
    ]
    assert wrong == []
