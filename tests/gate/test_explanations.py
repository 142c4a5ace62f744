"""Every code is explained in both languages, with a bad and a good example, and both are run.

To explain a new code, write ``ontology/explanations/<CODE>.md`` as its neighbours are written:
why the fault matters (``why.ja``, ``why.en``), a ``bad`` and a ``good`` block. Statements in them
are set into the graph: those of the good block are as they stand in it (or could), those of the
bad block stand there instead. A block that names a file shows the whole of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.gate.examples import (
    ROLES,
    Codes,
    Graph,
    found_by_rules,
    found_elsewhere,
    found_in_files,
    found_together,
)

from stigraph.gate import Finding
from stigraph.gate.explanations import Explanation, explanation_file, read_explanations
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.store.reading import parse_triples
from stigraph.vocab import SH, STI

ROOT = Path(__file__).parents[2]
EXPLAINED = read_explanations(Project(ROOT))
_FOREIGN = ("STI700", "STI900")
_HOW = "write ontology/explanations/{}.md as its neighbours are written (see this test's docstring)"


@pytest.fixture(scope="module")
def found(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Codes:
    """Return what is found in every example."""
    graph = Graph(project)
    kinds: dict[str, list[Explanation]] = {"rule": [], "file": [], "foreign": [], "node": []}
    for each in EXPLAINED.values():
        kinds[_kind(each)].append(each)
    told: dict[tuple[str, str], list[Finding]] = {}
    told.update(found_together(graph, kinds["node"]))
    told.update(found_by_rules(graph, kinds["rule"]))
    told.update(found_in_files(graph, kinds["file"]))
    for each in kinds["foreign"]:
        told.update(found_elsewhere(each, tmp_path_factory.mktemp(each.code)))
    return told


def _kind(explanation: Explanation) -> str:
    samples = (*explanation.example.bad, *explanation.example.good)
    if explanation.code in _FOREIGN:
        return "foreign"
    if explanation.source.endswith(".rq"):
        return "rule"
    return "file" if samples and all(sample.file for sample in samples) else "node"


@pytest.mark.parametrize("code", EXPLAINED)
def test_a_code_says_what_is_wrong_and_why_in_both_languages(code: str) -> None:
    each = EXPLAINED[code]
    assert each.why, _HOW.format(code)
    for message in (each.title, each.why, each.problem, each.remedy):
        if message is not None:
            assert re.search(r"[ぁ-んァ-ヶ一-龠]", message.ja), code
            assert re.search(r"[a-z]{2}", message.en), code
            quoted = len(re.findall(r"[ぁ-んァ-ヶ一-龠]", message.en))
            assert quoted * 4 < len(message.en), code  # a wording may be quoted, no more
            assert not re.search(r"[{}]", message.ja + message.en), code


@pytest.mark.parametrize("code", EXPLAINED)
def test_a_code_has_a_bad_and_a_good_example(code: str) -> None:
    example = EXPLAINED[code].example
    assert example.bad, _HOW.format(code)
    assert example.good, _HOW.format(code)
    assert example.bad != example.good


@pytest.mark.parametrize("code", EXPLAINED)
def test_the_bad_example_yields_the_code(code: str, found: Codes) -> None:
    told = found[code, "bad"]
    assert code in {f.code for f in told}, [(f.code, f.focus, f.message.en) for f in told]
    for finding in told:
        assert finding.message.ja
        assert finding.message.en


@pytest.mark.parametrize("code", EXPLAINED)
def test_the_good_example_yields_nothing(code: str, found: Codes) -> None:
    told = found[code, "good"]
    assert told == [], [(f.code, f.focus, f.message.en) for f in told]


def test_no_explanation_is_of_a_code_that_there_is_not(project: Project) -> None:
    folder = explanation_file(project, "STI001").parent
    assert {path.stem for path in folder.iterdir()} == set(EXPLAINED)


def test_a_shape_has_a_code_only_if_it_can_be_reported(project: Project) -> None:
    # A shape that only serves others (sh:node, sh:or) is reported under their codes (SHACL 3.4.3).
    shapes = LocalStore()
    for path in project.shape_files():
        shapes.add_graph(path.as_uri(), parse_triples(path))
    rows = shapes.select(
        f"SELECT DISTINCT ?code WHERE {{ ?shape <{STI.code}> ?code FILTER NOT EXISTS {{ "
        f"?target <{SH.targetClass}>|<{SH.targetNode}>|<{SH.targetSubjectsOf}> ?any ; "
        f"<{SH.property}>* ?shape }} }}"
    )
    unreported = sorted(str(row[0]) for row in rows)
    assert not unreported, "take sti:code away from these shapes: they are never reported"


def test_every_role_of_every_code_was_run(found: Codes) -> None:
    assert set(found) == {(code, role) for code in EXPLAINED for role in ROLES}
