"""Every rule in ``ontology/rules`` finds the faults it is for.

``rules/<name>.ru`` holds changes to the graph (SPARQL Update) that rule ``<name>`` must find,
separated by lines ``# or``. The graph as it stands is the passing case.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from stigraph.dataset import add_derived, graph_name, read_turtle
from stigraph.entries import Catalogue
from stigraph.gate.rules import Rule, check_rules, read_rule, read_rules
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.vocab import PREFIXES

FOLDER = Path(__file__).parent / "rules"
ROOT = Path(__file__).parents[2]
RULES = {path.stem: path for path in Project(ROOT).rule_files()}
PROLOGUE = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())


def _changes(name: str) -> list[str]:
    return re.split(r"^# or$", (FOLDER / f"{name}.ru").read_text("utf-8"), flags=re.MULTILINE)


CASES = [
    pytest.param(name, change, id=f"{name}-{number}")
    for name in sorted(RULES)
    if (FOLDER / f"{name}.ru").exists()
    for number, change in enumerate(_changes(name), start=1)
]


def _of_the_documents(path: Path) -> bool:
    """Whether a file holds an entry of the two documents, a year, an interval or a ROR record."""
    if path.parent.name in {"fiscal-year", "interval"} or path.stem.startswith("ror-"):
        return True
    return "/id/passage/" in path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def quads(project: Project) -> list[ox.Quad]:
    """Return the entries of the two documents, without what is derived from them.

    Every change is made to entries of the documents; the whole graph would only cost time.
    """
    paths = [*project.ontology_files(), *filter(_of_the_documents, project.data_files())]
    return [quad for path in paths for quad in read_turtle(path, graph_name(project, path))]


@pytest.fixture(scope="module")
def catalogue(store: LocalStore) -> Catalogue:
    return Catalogue.of(store)


def _changed(quads: list[ox.Quad], change: str) -> LocalStore:
    """Return the graph after ``change``, which is written against the union of all files.

    A new triple belongs to no file, unless the change says with GRAPH which.
    """
    default = ox.DefaultGraph()
    editor = ox.Store()
    union = {(q.subject, q.predicate, q.object) for q in quads}
    editor.bulk_extend(ox.Quad(*triple, default) for triple in union)
    editor.update(f"{PROLOGUE}\n{change}")
    left = {(q.subject, q.predicate, q.object) for q in editor if q.graph_name == default}
    gone, new = union - left, left - union
    store = LocalStore()
    store.extend(q for q in quads if (q.subject, q.predicate, q.object) not in gone)
    store.extend(q for q in editor if q.graph_name != default)
    store.extend(ox.Quad(*triple, ox.NamedNode("https://example.org/change")) for triple in new)
    add_derived(store)
    return store


@pytest.mark.parametrize(("name", "change"), CASES)
def test_a_rule_finds_the_fault_it_is_for(
    name: str, change: str, quads: list[ox.Quad], catalogue: Catalogue
) -> None:
    changed = _changed(quads, change)
    rule = read_rule(RULES[name])
    found = list(check_rules([rule], changed, lambda: catalogue))
    assert found, rule.header["title.en"]
    for finding in found:
        assert finding.code == rule.code
        assert finding.focus
        assert "{" not in finding.message.en + finding.message.ja


def test_no_rule_is_without_a_failing_case() -> None:
    assert sorted(RULES) == sorted(path.stem for path in FOLDER.glob("*.ru"))


def test_the_graph_as_it_stands_passes_every_rule(store: LocalStore, project: Project) -> None:
    rules = read_rules(project.rule_files())
    assert list(check_rules(rules, store, lambda: Catalogue.of(store))) == []


def test_every_rule_says_title_problem_and_fix_in_both_languages(project: Project) -> None:
    for rule in read_rules(project.rule_files()):
        _check_header(rule)


def _check_header(rule: Rule) -> None:
    for part in ("title", "problem", "fix", "message"):
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", rule.header[f"{part}.ja"]), rule.code
        assert rule.header[f"{part}.en"].isascii() or "“" in rule.header[f"{part}.en"], rule.code


def test_codes_of_rules_and_shapes_are_unique(project: Project) -> None:
    codes = [rule.code for rule in read_rules(project.rule_files())]
    for path in project.shape_files():
        codes += re.findall(r'sti:code "(STI\d{3})"', path.read_text(encoding="utf-8"))
    assert len(codes) == len(set(codes))
    assert len(codes) > 250
