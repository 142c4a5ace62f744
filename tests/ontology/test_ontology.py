"""The ontology is complete, bilingual, within OWL 2 DL, and covers what data and shapes write."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from stigraph.vocab import DCTERMS, KINDS, SCHEMES, STI, VANN

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology" / "stigraph.ttl"
DATA = sorted((ROOT / "data" / "ttl").rglob("*.ttl"))
SCHEME_FILES = sorted((ROOT / "ontology" / "schemes").glob("*.ttl"))
SHAPES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
QUERIES = sorted((ROOT / "ontology").rglob("*.rq"))

HEADER = URIRef("https://w3id.org/stigraph/ontology")
LANGUAGES = ("en", "ja")
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
TERM_TYPES = (OWL.Class, *PROPERTY_TYPES)
# OWL 2 Structural Specification, section 4: the part of the datatype map that is used here.
OWL2_DATATYPES = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, XSD.anyURI}
BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(XSD))

needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="HermiT runs on Java, and there is no `java` on the PATH"
)


def read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def terms(graph: Graph) -> list[URIRef]:
    """Return the terms of our own namespace that ``graph`` declares."""
    declared = (s for kind in TERM_TYPES for s in graph.subjects(RDF.type, kind))
    return sorted({s for s in declared if isinstance(s, URIRef) and s.startswith(STI)})


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    """Return the language tags of the values, in order; a value without one counts as empty."""
    values = graph.objects(subject, predicate)
    return sorted(v.language or "" for v in values if isinstance(v, Literal))


def used(graph: Graph) -> Iterator[URIRef]:
    """Yield the predicates and classes that ``graph`` uses."""
    for _, predicate, value in graph:
        term = value if predicate == RDF.type else predicate
        if isinstance(term, URIRef) and not str(term).startswith(BUILT_IN):
            yield term


def without_foreign_datatypes(graph: Graph) -> Graph:
    """Return ``graph`` without the literals that a reasoner for OWL 2 may refuse."""
    kept = Graph()
    for triple in graph:
        datatype = triple[2].datatype if isinstance(triple[2], Literal) else None
        if datatype is None or datatype in OWL2_DATATYPES:
            kept.add(triple)
    return kept


def unsatisfiable(graph: Graph, folder: Path) -> list[str]:
    """Return the classes of ``graph`` that HermiT finds empty; raise if it is inconsistent."""
    path = folder / "reasoned.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    try:
        world.get_ontology(path.as_uri()).load()
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        found = [c.iri for c in world.inconsistent_classes()]
    finally:
        world.close()
    return sorted(set(found) - {str(OWL.Nothing)})


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read(ONTOLOGY)


@pytest.fixture(scope="module")
def data() -> Graph:
    return read(*DATA, *SCHEME_FILES)


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (RDF.type, OWL.Ontology),
        (URIRef(DCTERMS.license), URIRef("https://creativecommons.org/licenses/by/4.0/")),
        (URIRef(VANN.preferredNamespacePrefix), Literal("sti")),
        (URIRef(VANN.preferredNamespaceUri), Literal(str(STI))),
    ],
)
def test_the_header_states(ontology: Graph, predicate: URIRef, value: Node) -> None:
    assert list(ontology.objects(HEADER, predicate)) == [value]


def test_the_version_iri_is_the_iri_of_the_ontology_and_its_version(ontology: Graph) -> None:
    (version,) = ontology.objects(HEADER, OWL.versionInfo)
    assert re.fullmatch(r"\d+\.\d+\.\d+", str(version))
    assert list(ontology.objects(HEADER, OWL.versionIRI)) == [URIRef(f"{HEADER}/{version}")]


@pytest.mark.parametrize("name", ["creator", "created", "issued"])
def test_the_header_says_by_whom_and_when(ontology: Graph, name: str) -> None:
    assert len(list(ontology.objects(HEADER, URIRef(DCTERMS[name])))) == 1


@pytest.mark.parametrize(
    "predicate",
    [DCTERMS.title, DCTERMS.description, DCTERMS.rights, str(SKOS.changeNote)],
)
def test_the_header_speaks_both_languages(ontology: Graph, predicate: str) -> None:
    assert languages(ontology, HEADER, URIRef(predicate)) == list(LANGUAGES)


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_every_term_has_one_in_each_language(ontology: Graph, predicate: URIRef) -> None:
    wrong = [t for t in terms(ontology) if languages(ontology, t, predicate) != list(LANGUAGES)]
    assert wrong == []


def test_every_term_is_defined_by_the_ontology(ontology: Graph) -> None:
    wrong = [t for t in terms(ontology) if set(ontology.objects(t, RDFS.isDefinedBy)) != {HEADER}]
    assert wrong == []


def test_no_two_terms_share_a_label(ontology: Graph) -> None:
    owners = defaultdict(list)
    for term in terms(ontology):
        for label in ontology.objects(term, RDFS.label):
            owners[label].append(term)
    assert {label: names for label, names in owners.items() if len(names) > 1} == {}


def test_foreign_terms_are_declared_with_their_vocabulary_and_nothing_is_imported(
    ontology: Graph,
) -> None:
    declared = {s for kind in TERM_TYPES for s in ontology.subjects(RDF.type, kind)}
    foreign = {s for s in declared if isinstance(s, URIRef) and not s.startswith(STI)}
    vocabularies = {
        term: [str(v) for v in ontology.objects(term, RDFS.isDefinedBy)] for term in foreign
    }
    assert [
        term
        for term, found in vocabularies.items()
        if len(found) != 1 or not term.startswith(found[0])
    ] == []
    assert (None, OWL.imports, None) not in ontology


def test_no_term_plays_two_roles(ontology: Graph) -> None:
    roles = defaultdict(set)
    for kind in TERM_TYPES:
        for term in ontology.subjects(RDF.type, kind):
            if isinstance(term, URIRef):
                roles[term].add(kind)
    assert {term: kinds for term, kinds in roles.items() if len(kinds) > 1} == {}


def test_classes_stand_where_owl_expects_classes(ontology: Graph) -> None:
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    named = set(ontology.objects(None, RDFS.subClassOf)) | set(ontology.objects(None, RDFS.domain))
    named |= set(ontology.objects(None, OWL.disjointWith))
    named |= {
        value
        for term in ontology.subjects(RDF.type, OWL.ObjectProperty)
        for value in ontology.objects(term, RDFS.range)
    }
    for axiom in (OWL.unionOf, OWL.disjointUnionOf, OWL.members):
        for head in ontology.objects(None, axiom):
            named |= set(ontology.items(head))
    assert named - classes == set()


def test_a_property_is_under_properties_of_its_own_sort(ontology: Graph) -> None:
    wrong = [
        (term, above)
        for kind in PROPERTY_TYPES
        for term in ontology.subjects(RDF.type, kind)
        for above in ontology.objects(term, RDFS.subPropertyOf)
        if (above, RDF.type, kind) not in ontology
    ]
    assert wrong == []


def test_ranges_of_datatype_properties_are_datatypes_of_owl_2(ontology: Graph) -> None:
    ranges = {
        value
        for kind in (OWL.DatatypeProperty, OWL.AnnotationProperty)
        for term in ontology.subjects(RDF.type, kind)
        for value in ontology.objects(term, RDFS.range)
    }
    assert ranges - OWL2_DATATYPES == set()


def test_literals_of_the_ontology_are_of_owl_2(ontology: Graph) -> None:
    found = {o.datatype for o in ontology.objects() if isinstance(o, Literal)}
    assert found - OWL2_DATATYPES - {None} == set()


def test_every_predicate_of_the_ontology_is_declared_or_built_in(ontology: Graph) -> None:
    declared = {s for kind in PROPERTY_TYPES for s in ontology.subjects(RDF.type, kind)}
    assert {
        t for t in set(ontology.predicates()) - declared if not str(t).startswith(BUILT_IN)
    } == set()


def test_everything_the_data_use_is_declared(ontology: Graph, data: Graph) -> None:
    declared = {s for kind in TERM_TYPES for s in ontology.subjects(RDF.type, kind)}
    assert set(used(data)) - declared == set()


@pytest.mark.parametrize("path", [*SHAPES, *QUERIES], ids=lambda path: path.name)
def test_terms_named_by_shapes_rules_and_questions_are_declared(
    ontology: Graph, path: Path
) -> None:
    named = set(re.findall(r"\bsti:([A-Za-z]\w*)", path.read_text(encoding="utf-8")))
    assert named - {term.removeprefix(STI) for term in terms(ontology)} == set()


def test_object_properties_lead_to_nodes_and_datatype_properties_to_literals(
    ontology: Graph, data: Graph
) -> None:
    objects = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    literals = set(ontology.subjects(RDF.type, OWL.DatatypeProperty))
    wrong = [
        triple
        for triple in data
        if (triple[1] in objects and isinstance(triple[2], Literal))
        or (triple[1] in literals and isinstance(triple[2], URIRef | BNode))
    ]
    assert wrong == []


def test_every_kind_of_identifier_belongs_to_a_class(ontology: Graph) -> None:
    kinds = {str(value) for value in ontology.objects(None, URIRef(STI.kind))}
    assert kinds == {*KINDS, *SCHEMES, "passage", "scheme"}


@needs_java
def test_hermit_finds_the_ontology_consistent_and_every_class_satisfiable(
    ontology: Graph, tmp_path: Path
) -> None:
    assert unsatisfiable(ontology, tmp_path) == []


@needs_java
def test_hermit_reports_a_class_under_two_disjoint_classes(ontology: Graph, tmp_path: Path) -> None:
    impossible = URIRef(STI.Impossible)
    axioms = Graph() + ontology
    axioms.add((impossible, RDF.type, OWL.Class))
    axioms.add((impossible, RDFS.subClassOf, URIRef(STI.Measure)))
    axioms.add((impossible, RDFS.subClassOf, URIRef(STI.Progress)))
    assert unsatisfiable(axioms, tmp_path) == [str(impossible)]


@needs_java
def test_hermit_finds_the_data_consistent_with_the_ontology(
    ontology: Graph, data: Graph, tmp_path: Path
) -> None:
    assert unsatisfiable(without_foreign_datatypes(ontology + data), tmp_path) == []


@needs_java
def test_hermit_reports_a_measure_used_as_a_pillar(ontology: Graph, tmp_path: Path) -> None:
    measure = URIRef("https://w3id.org/stigraph/id/measure/of-a-test")
    facts = Graph() + ontology
    facts.add((measure, RDF.type, URIRef(STI.Measure)))
    facts.add((measure, URIRef(STI.underPillar), measure))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        unsatisfiable(facts, tmp_path)
