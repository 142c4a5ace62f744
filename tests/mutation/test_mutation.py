"""The gate finds what is spoilt in the data: a seeded sample; ``make mutate`` tries everything."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.mutation.corpus import Corpus
from tests.mutation.detect import Gate
from tests.mutation.mutants import Kind, Mutant, mutants, sample
from tests.mutation.report import GOAL, check, rates, table

from stigraph.gate.evidence import read_texts
from stigraph.gate.run import validate_project
from stigraph.oxigraph import to_oxigraph
from stigraph.project import Project
from stigraph.vocab import shorten

SEED = 1
SIZE = 2000
WITHOUT_TEXTS = [kind for kind in Kind if kind is not Kind.DIGIT]


@pytest.fixture(scope="module")
def corpus(project: Project) -> Corpus:
    return Corpus.read(project)


@pytest.fixture(scope="module")
def everything(corpus: Corpus) -> list[Mutant]:
    return list(mutants(corpus, SEED))


@pytest.fixture(scope="module")
def chosen(everything: list[Mutant]) -> list[Mutant]:
    return sample(everything, SIZE, SEED)


@pytest.fixture(scope="module")
def gate(corpus: Corpus) -> Gate:
    """Return the gate without source texts, as a contributor may run it."""
    return Gate(corpus)


def of_kinds(found: Sequence[Mutant], kinds: Sequence[Kind]) -> list[Mutant]:
    return [mutant for mutant in found if mutant.kind in kinds]


def assert_found(gate: Gate, spoilt: Sequence[Mutant], kinds: Sequence[Kind]) -> None:
    outcomes = list(check(spoilt, gate.finds))
    told = "\n".join(table(outcomes))
    counted = rates(outcomes)
    assert set(counted) == set(kinds)
    assert all(found >= GOAL * applied for applied, found in counted.values()), told


def test_the_sample_has_as_many_mutants_of_each_kind(chosen: list[Mutant]) -> None:
    counts = {kind: len(of_kinds(chosen, [kind])) for kind in Kind}
    assert sum(counts.values()) == SIZE
    assert min(counts.values()) >= SIZE // len(Kind)


def test_no_class_of_the_data_is_spared(corpus: Corpus, everything: list[Mutant]) -> None:
    classes = {shorten(cls) for cls in corpus.classes}
    for kind in (Kind.PREDICATE, Kind.DATATYPE, Kind.DROPPED, Kind.CLASS):
        assert {mutant.cls for mutant in of_kinds(everything, [kind])} == classes, kind


def test_the_unspoilt_data_have_no_finding(gate: Gate) -> None:
    assert not gate.before


def test_spoilt_triples_are_found_without_the_texts(gate: Gate, chosen: list[Mutant]) -> None:
    assert_found(gate, of_kinds(chosen, WITHOUT_TEXTS), WITHOUT_TEXTS)


def test_spoilt_figures_are_found_with_the_texts(
    corpus: Corpus, chosen: list[Mutant], sources: Path
) -> None:
    gate = Gate(corpus, read_texts(sources))
    assert_found(gate, of_kinds(chosen, [Kind.DIGIT]), [Kind.DIGIT])


@pytest.fixture(scope="module")
def copy(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of the project that may be spoilt."""
    root = tmp_path_factory.mktemp("spoilt")
    shutil.copytree(project.ontology, root / "ontology")
    shutil.copytree(project.data, root / "data" / "ttl")
    return Project(root)


@pytest.mark.parametrize("kind", WITHOUT_TEXTS)
def test_the_stages_say_what_the_command_says(
    kind: Kind, gate: Gate, chosen: list[Mutant], copy: Project
) -> None:
    mutant = of_kinds(chosen, [kind])[0]
    path = copy.root / mutant.source.name
    path.write_text(written(mutant), encoding="utf-8")
    report = validate_project(copy, here=copy.root)
    path.write_text(mutant.source.text, encoding="utf-8")
    assert (gate.finds(mutant) is None) == report.conforms
    assert gate.finds(mutant) in {None, *(found.code for found in report.findings)}


def written(mutant: Mutant) -> str:
    """Return the spoilt file as Turtle."""
    lines = (" ".join(str(to_oxigraph(term)) for term in triple) for triple in mutant.triples)
    return "".join(f"{line} .\n" for line in lines)
