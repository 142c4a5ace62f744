"""After a change to data without fault, following the change finds what looking at all finds."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from tests.mutation.corpus import Corpus
from tests.mutation.mutants import Mutant, mutants, sample

from stigraph.gate import Report, validate_project
from stigraph.gate.loading import Loaded, load
from stigraph.gate.task import Task
from stigraph.oxigraph import to_oxigraph
from stigraph.project import Project
from stigraph.terms import Blank

SEED = 7
AUTHOR = ("-c", "user.name=a", "-c", "user.email=a@example.org")
MANY = os.environ.get("HYPOTHESIS_PROFILE") == "long"
Edit = Callable[[Project, Random], None]


@pytest.fixture(scope="module")
def corpus(project: Project) -> Corpus:
    return Corpus.read(project)


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a committed copy of the graph, which was found to have no fault."""
    folder = tmp_path_factory.mktemp("incremental") / "project"
    for part in ("ontology", "data"):
        shutil.copytree(root / part, folder / part)
    for command in (["init", "-q"], ["add", "-A"], [*AUTHOR, "commit", "-qm", "all"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)
    project = Project(folder)
    assert _followed(project).conforms
    return project


@pytest.fixture
def changed(copy: Project) -> Iterator[Project]:
    """Return the copy, to be changed and put back."""
    yield copy
    for command in (["checkout", "-q", "."], ["clean", "-fdq"]):
        subprocess.run(["git", "-C", str(copy.root), *command], check=True)


def _random(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 (to be the same each time)


def _cache(project: Project) -> Path:
    return project.root.parent / "cache"


def _followed(project: Project, since: str | None = None) -> Report:
    cache = _cache(project)
    return validate_project(project, here=project.root, since=since, processes=2, cache=cache)


def _told(report: Report) -> list[tuple[object, ...]]:
    """Return what was found; the labels of blank nodes mean nothing."""
    return [
        (f.file, f.place, f.code, _name(f.focus), f.path, _name(f.value)) for f in report.findings
    ]


def _name(node: object) -> object:
    return Blank("") if isinstance(node, Blank) or str(node).startswith("_:") else node


def _assert_same(project: Project, since: str | None = None) -> None:
    whole = validate_project(project, here=project.root, since=since)
    followed = _followed(project, since)
    assert _told(followed) == _told(whole)
    if not whole.findings:
        assert followed.checked == whole.checked


def _spoil(mutant: Mutant, project: Project) -> None:
    path = project.root / mutant.source.name
    lines = (" ".join(str(to_oxigraph(term)) for term in triple) for triple in mutant.triples)
    path.write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize("number", range(120 if MANY else 3))
def test_a_spoilt_triple_is_found_alike(number: int, changed: Project, corpus: Corpus) -> None:
    chosen = sample(list(mutants(corpus, SEED)), 120, SEED)
    _spoil(chosen[number * (1 if MANY else 40)], changed)
    _assert_same(changed)
    _assert_same(changed, "HEAD")


def _entries(project: Project) -> list[Path]:
    return [path for path in project.data_files() if path.parent.name != "passage"]


def _relabel(project: Project, random: Random) -> None:
    path = random.choice(_entries(project))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"@en', ' anew"@en', 1), encoding="utf-8")


def _delete(project: Project, random: Random) -> None:
    random.choice(_entries(project)).unlink()


def _move(project: Project, random: Random) -> None:
    path = random.choice(_entries(project))
    path.rename(path.with_stem("zz-moved"))


def _double(project: Project, random: Random) -> None:
    path = random.choice(_entries(project))
    shutil.copy(path, path.with_stem("zz-double"))


def _drop(project: Project, random: Random) -> None:
    path = random.choice(_entries(project))
    lines = path.read_text(encoding="utf-8").split("\n")
    inner = [at for at, line in enumerate(lines) if line.startswith("    ") and line.endswith(";")]
    if inner:
        del lines[random.choice(inner)]
    path.write_text("\n".join(lines), encoding="utf-8")


def _comment(project: Project, random: Random) -> None:
    path = random.choice(_entries(project))
    text = path.read_text(encoding="utf-8")
    path.write_text(f"# looked at again\n{text}", encoding="utf-8")


def _break(project: Project, random: Random) -> None:
    with random.choice(_entries(project)).open("a", encoding="utf-8") as stream:
        stream.write("broken\n")


def _garble(project: Project, random: Random) -> None:
    with random.choice(_entries(project)).open("ab") as stream:
        stream.write(b"# \xff\n")


def _blank(project: Project, random: Random) -> None:
    with random.choice(_entries(project)).open("a", encoding="utf-8") as stream:
        stream.write("\n[] a <urn:x> .\n")


def _rewrite(project: Project, random: Random) -> None:
    with random.choice(_entries(project)).open("a", encoding="utf-8") as stream:
        stream.write('\n<urn:a> <urn:b> "05"^^<http://www.w3.org/2001/XMLSchema#integer> .\n')


def _several(project: Project, random: Random) -> None:
    for edit in random.sample([_relabel, _delete, _drop, _double], 3):
        edit(project, random)


def _rule(project: Project, random: Random) -> None:
    path = random.choice(project.rule_files())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("FILTER", "OPTIONAL {} FILTER", 1), encoding="utf-8")
    _relabel(project, random)


EDITS: tuple[Edit, ...] = (
    _relabel,
    _delete,
    _move,
    _double,
    _drop,
    _comment,
    _break,
    _garble,
    _blank,
    _rewrite,
    _several,
    _rule,
)


@pytest.mark.parametrize("seed", range(10 if MANY else 1))
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__.strip("_"))
def test_an_edit_is_judged_alike(edit: Edit, seed: int, changed: Project) -> None:
    edit(changed, _random(f"{seed}{edit.__name__}"))
    _assert_same(changed)


@contextmanager
def _committed(project: Project) -> Iterator[None]:
    """Commit what stands in a copy, and take the commit back at the end."""
    git = ["git", "-C", str(project.root)]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, *AUTHOR, "commit", "-qm", "b"], check=True)
    try:
        yield
    finally:
        subprocess.run([*git, "reset", "-q", "--hard", "HEAD~1"], check=True)


RULE = """# code: STI599
# severity: violation
# title.ja: ファイルの名前
# title.en: The name of a file
# problem.ja: 試し
# problem.en: a trial
# fix.ja: 試し
# fix.en: a trial
# message.ja: 試し
# message.en: a trial
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?focus ?path ?value WHERE {
  GRAPH ?file { ?focus skos:prefLabel ?value }
  FILTER(CONTAINS(STR(?file), "/programme/") && CONTAINS(STR(?value), " anew"))
  BIND(skos:prefLabel AS ?path)
}
"""


def test_a_rule_about_named_graphs_is_asked_alike(changed: Project) -> None:
    (changed.ontology / "rules" / "trial.rq").write_text(RULE, encoding="utf-8")
    with _committed(changed):
        assert _followed(changed).conforms
        path = changed.data / "programme" / "sbir.ttl"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"@en', ' anew"@en', 1), encoding="utf-8")
        _assert_same(changed)
        _assert_same(changed, "HEAD")
        at_once = validate_project(changed, here=changed.root, processes=2)
        assert "STI599" in {finding.code for finding in at_once.findings}
        assert at_once == validate_project(changed, here=changed.root)


def test_a_double_in_a_file_out_of_form_is_found_since_a_commit_with_faults(
    changed: Project,
) -> None:
    path = changed.data / "programme" / "zz-odd.ttl"
    path.write_text(
        "@prefix programme: <https://w3id.org/stigraph/id/programme/> .\n"
        "@prefix sti: <https://w3id.org/stigraph/ontology#> .\n\n"
        "programme:zz-odd a sti:Programme .  programme:sbir sti:order 1 .\n",
        encoding="utf-8",
    )
    with _committed(changed):
        entry = changed.data / "programme" / "sbir.ttl"
        text = entry.read_text(encoding="utf-8")
        entry.write_text(text.replace('"@en', ' anew"@en', 1), encoding="utf-8")
        alone = validate_project(changed, here=changed.root, since="HEAD")
        both = validate_project(changed, here=changed.root, since="HEAD", processes=2)
        assert "STI013" in {finding.code for finding in alone.findings}
        assert _told(both) == _told(alone)


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that says of each run whether a change was followed."""
    runs: list[bool] = []

    def loading(task: Task) -> Loaded | None:
        runs.append(task.since_clean is not None)
        return load(task)

    monkeypatch.setattr("stigraph.gate.at_once.load", loading)
    return runs


def test_a_change_is_followed_from_the_last_commit_if_that_was_clean(
    changed: Project, followed: list[bool]
) -> None:
    _relabel(changed, _random(1))
    _followed(changed)
    assert followed == [True]


def test_a_change_of_a_rule_is_not_followed(changed: Project, followed: list[bool]) -> None:
    with changed.rule_files()[0].open("a", encoding="utf-8") as stream:
        stream.write("\n")
    _relabel(changed, _random(1))
    _followed(changed)
    assert followed == [False]


def test_what_was_never_found_clean_is_looked_at_as_a_whole(
    changed: Project, followed: list[bool], tmp_path: Path
) -> None:
    _relabel(changed, _random(1))
    validate_project(changed, here=changed.root, processes=2, cache=tmp_path / "other")
    validate_project(changed, here=changed.root, processes=2)
    assert followed == [False, False]


def test_a_folder_without_git_is_looked_at_as_a_whole(
    changed: Project, followed: list[bool], tmp_path: Path
) -> None:
    for part in ("ontology", "data"):
        shutil.copytree(changed.root / part, tmp_path / "plain" / part)
    project = Project(tmp_path / "plain")
    cache = tmp_path / "cache"
    for seed in (1, 2):
        validate_project(project, here=project.root, processes=2, cache=cache)
        _relabel(project, _random(seed))
    assert followed == [False, False]
