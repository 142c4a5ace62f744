"""The run over a project: read → syntax → form → names and terms → SHACL → rules → evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from stigraph.dataset import add_derived
from stigraph.gate.aside import check_phrases, rules_of
from stigraph.gate.at_once import check_at_once
from stigraph.gate.beside import Beside
from stigraph.gate.echoes import without_echoes, without_lesser
from stigraph.gate.evidence import read_texts
from stigraph.gate.finding import Finding, Report, node_name
from stigraph.gate.inputs import read_inputs
from stigraph.gate.memory import Memory
from stigraph.gate.model import Shapes
from stigraph.gate.names import Vocabulary, check_names
from stigraph.gate.paths import Overlay, name_of, turtle_files
from stigraph.gate.reading import Files, located, read_all
from stigraph.gate.selection import Selection
from stigraph.gate.task import Checked, Task
from stigraph.project import Project
from stigraph.store import LocalStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import Change
    from stigraph.gate.deadline import Progress
    from stigraph.gate.since import Scope

__all__ = ["validate_project"]


def validate_project(
    project: Project,
    paths: Sequence[Path] = (),
    *,
    sources: Path | None = None,
    selection: Selection | None = None,
    engine: str = "stigraph",
    since: str | None = None,
    here: Path | None = None,
    overlay: Overlay | None = None,
    progress: Progress | None = None,
    processes: int = 1,
    cache: Path | None = None,
) -> Report:
    """Validate a project.

    Args:
        project: The project; the whole graph is read in any case.
        paths: Files or folders to report on, in or beside the project's data; none: all.
        sources: The folder of the source texts, to compare the evidence with.
        selection: Which codes to report.
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        since: A git revision; only what the change since then can affect is reported.
        here: What file names in the report are relative to; the working directory by default.
        overlay: Files of the data that are to be taken as given here.
        progress: Is told what was found so far, before what may take long.
        processes: With two, the shapes are run in a forked process beside the rest; only for a
            caller with a single thread.
        cache: A folder in which to remember that these very files had no fault.

    Raises:
        UnreadableError: A path or the folder of sources is missing or can't be read.
        ShapesError: The shapes of the project can't be run.
        UsageError: ``since`` isn't a revision of the project's repository.
    """
    base = here or Path.cwd()
    texts = read_texts(sources) if sources else None
    given = overlay or {}
    wanted = [file for path in paths for file in turtle_files(path, given)]
    changes = _changes(project, since, given)
    if changes == []:
        return Report.of((), 0)
    inputs = read_inputs(project, wanted, base, given)
    reported = {name_of(path, base) for path in wanted} if paths else None
    chosen = selection or Selection()
    memory = Memory.at(cache)
    question = inputs.digest(engine, chosen, reported and sorted(reported), changes, texts)
    remembered = memory.clean(question)
    if remembered is not None:
        return Report.of((), remembered)
    task = Task(project, inputs, engine, texts, changes, base, memory.formed)
    report = _report(_check(task, progress, processes), chosen, reported)
    if not report.findings:
        memory.keep_clean(question, report.checked)
    return report


def _report(checked: Checked, selection: Selection, reported: set[str] | None) -> Report:
    """Return what was found, of ``selection`` and in the files ``reported`` only."""
    kept = [
        found
        for found in checked.findings
        if selection.holds(found.code) and (reported is None or found.file in reported)
    ]
    kept = list(without_lesser(kept))
    focus = {found.focus for found in kept if found.component}
    results = (result for result in checked.results if node_name(result.focus) in focus)
    return Report.of(kept, checked.count, results)


def _check(task: Task, progress: Progress | None, processes: int) -> Checked:
    if processes > 1 and task.changes is None:
        found = check_at_once(task)
        if found is not None:
            return found
    return _check_files(task, progress, processes)


def _check_files(task: Task, progress: Progress | None, processes: int) -> Checked:
    """Check the files, read one by one."""
    files = read_all(task.inputs)
    beside: Beside[Shapes] | None = None
    if processes > 1 and not files.faults:
        beside = Beside(partial(_shapes, task, files))
    store = _store(files)
    if progress:
        progress([*files.findings, *files.faults])
    aside = _aside(task, files, store)
    if files.faults:
        form = _forms(task, files)
        found = [*files.findings, *form, *files.faults, *aside.figures]
        return Checked(located(files, found), (), 0)
    shapes = beside.result() if beside else _shapes(task, files)
    listed: Iterable[Finding] = _all(files, aside, shapes)
    if shapes.scope is not None:
        listed = _of_change(task, files, aside, shapes.scope, listed)
    return Checked(located(files, listed), shapes.results, shapes.count)


def _store(files: Files) -> LocalStore:
    store = LocalStore()
    store.extend_graphs((s.graph, s.quads) for s in (*files.model.ontology, *files.data))
    add_derived(store)
    return store


def _shapes(task: Task, files: Files) -> Shapes:
    """Run the shapes over what was read, and check the form of its texts."""
    from stigraph.gate.shapes_run import run_shapes

    inside = task.project.ontology
    shapes = run_shapes(
        files.model,
        files.data,
        task.engine,
        task.changes,
        model_changed=any(c.path.is_relative_to(inside) for c in task.changes or ()),
    )
    return replace(shapes, form=_forms(task, files))


def _forms(task: Task, files: Files) -> tuple[Finding, ...]:
    from stigraph.gate.form import check_forms

    return tuple(check_forms(((s.name, s.text) for s in files.data), task.formed))


@dataclass(frozen=True, slots=True)
class _Aside:
    """What is found without the shapes: of names, by rules, in phrases and texts."""

    names: Sequence[Finding]
    told: Sequence[Finding]
    figures: Sequence[Finding]
    rules: Callable[[LocalStore], Iterator[Finding]]


def _aside(task: Task, files: Files, store: LocalStore) -> _Aside:
    rules = rules_of(task.project, store)
    figures = check_phrases(store, task.texts)
    if files.faults:
        return _Aside((), (), figures, rules)
    names = list(check_names(files.data, store, Vocabulary.of(store)))
    return _Aside(names, list(rules(store)), figures, rules)


def _all(files: Files, aside: _Aside, shapes: Shapes) -> list[Finding]:
    """Return everything that is found in the whole graph."""
    found = [*files.findings, *shapes.form, *aside.figures]
    found += without_echoes([*aside.names, *shapes.problems, *shapes.told])
    return [*found, *aside.told]


def _of_change(
    task: Task, files: Files, aside: _Aside, scope: Scope, findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield the findings that belong to a change."""
    changed = {name_of(change.path, task.base) for change in task.changes or ()}
    yield from (f for f in findings if _is_unread(f, changed) or scope.holds(f))
    if aside.told:  # else there is nothing that could be new
        before = {_identity(found) for found in aside.rules(_before(files, scope))}
        yield from (found for found in aside.told if _identity(found) not in before)


def _is_unread(found: Finding, changed: set[str]) -> bool:
    """Whether a finding is about the text of a changed file and not about a node."""
    return found.focus is None and found.file in changed


def _identity(found: Finding) -> tuple[object, ...]:
    return found.code, found.focus, found.path, found.value


def _before(files: Files, scope: Scope) -> LocalStore:
    """Return the graph as it was before the change."""
    store = LocalStore()
    for source in (*files.model.ontology, *files.data):
        kept = (triple for triple in source.triples if triple not in scope.added)
        store.add_graph(source.graph, kept)
    store.add_graph("urn:x-stigraph:removed", scope.removed)
    add_derived(store)
    return store


def _changes(project: Project, since: str | None, overlay: Overlay) -> list[Change] | None:
    """Return what changed, None where the whole project is to be reported."""
    if since is None:
        return None
    from stigraph.gate.changes import Change, changed_files

    changes = changed_files(project.root, since, (project.data, project.ontology))
    known = {change.path.resolve() for change in changes}
    # What is only in the overlay differs from the disk, which is as it was at the revision.
    differing = (path for path in overlay if path not in known)
    return [*changes, *(Change(p, p.read_bytes() if p.exists() else None) for p in differing)]
