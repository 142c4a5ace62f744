"""The run over a project: read → syntax → form → names and terms → SHACL → rules → evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from stigraph.dataset import GraphNames, add_derived
from stigraph.errors import UsageError
from stigraph.gate.aside import Rules, check_phrases
from stigraph.gate.at_once import check_at_once
from stigraph.gate.beside import Beside
from stigraph.gate.census import subjects_of
from stigraph.gate.echoes import without_echoes, without_lesser
from stigraph.gate.finding import Finding, Report, node_name
from stigraph.gate.inputs import Input, Inputs, read_inputs
from stigraph.gate.memory import Memory
from stigraph.gate.model import Shapes
from stigraph.gate.names import check_names
from stigraph.gate.of_change import of_change
from stigraph.gate.paths import Overlay, name_of, turtle_files
from stigraph.gate.reading import Files, located, read_all
from stigraph.gate.selection import Selection
from stigraph.gate.task import Checked, Task
from stigraph.gate.vocabulary import Vocabulary
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.terms import Iri, Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import Change
    from stigraph.gate.deadline import Progress
    from stigraph.gate.evidence import SourceText

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
        processes: With two, the texts are checked at once, the shapes in a forked process, and
            changes are followed; only for a caller with a single thread.
        cache: A folder in which to remember that these very files had no fault.

    Raises:
        UnreadableError: A path or the folder of sources is missing or can't be read.
        ShapesError: The shapes of the project can't be run.
        UsageError: ``since`` isn't a revision of the project's repository.
    """
    base = here or Path.cwd()
    texts = _texts(sources)
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
    task = Task(project, inputs, engine, texts, changes, None, base, memory.known)
    if processes > 1:
        task = replace(task, since_clean=_since_clean(task, memory, given))
    report = _report(_check(task, progress, processes), chosen, reported)
    if not report.findings:
        memory.keep_clean(question, report.checked)
    return report


def _texts(sources: Path | None) -> Sequence[SourceText] | None:
    if sources is None:
        return None
    from stigraph.gate.evidence import read_texts

    return read_texts(sources)


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
    if processes > 1:
        found = check_at_once(task)
        if found is not None:
            return found
    return _check_files(task, progress, processes)


def _check_files(task: Task, progress: Progress | None, processes: int) -> Checked:
    """Check the files, read one by one."""
    task = replace(task, since_clean=None)
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
    listed: Iterable[Finding] = _all(task, files, aside, shapes)
    if shapes.scope is not None:
        listed = of_change(task, files, aside.rules, shapes.scope, listed, aside.told)
    return Checked(located(files, listed), shapes.results, shapes.count)


def _store(files: Files) -> LocalStore:
    store = LocalStore()
    store.extend_graphs((s.graph, s.quads) for s in (*files.model.ontology, *files.data))
    add_derived(store)
    return store


def _shapes(task: Task, files: Files) -> Shapes:
    """Run the shapes over what was read, and check the form of its texts."""
    from stigraph.gate.delta import delta_of
    from stigraph.gate.shapes_run import run_shapes

    shapes = run_shapes(
        files.model,
        files.data,
        task.engine,
        None if task.changes is None else delta_of(task.changes, files.data),
        model_changed=task.model_changed,
    )
    return replace(shapes, form=_forms(task, files))


def _forms(task: Task, files: Files) -> tuple[Finding, ...]:
    from stigraph.gate.form import check_forms

    return tuple(check_forms(((s.name, s.text) for s in files.data), task.known.formed))


@dataclass(frozen=True, slots=True)
class _Aside:
    """What is found without the shapes: of names, by rules, in phrases and texts."""

    names: Sequence[Finding]
    told: Sequence[Finding]
    figures: Sequence[Finding]
    rules: Rules


def _aside(task: Task, files: Files, store: LocalStore) -> _Aside:
    rules = Rules(task.project, store)
    figures = check_phrases(store, task.texts)
    if files.faults:
        return _Aside((), (), figures, rules)
    names = list(check_names(files.data, store, Vocabulary.of(store)))
    return _Aside(names, list(rules(store)), figures, rules)


def _all(task: Task, files: Files, aside: _Aside, shapes: Shapes) -> list[Finding]:
    """Return everything that is found in the whole graph."""
    unread = _unread(task.inputs, files)
    found = [*files.findings, *shapes.form, *aside.figures]
    named = without_echoes([*aside.names, *shapes.problems, *shapes.told])
    # What refers to a file that can't be read is no fault of its own.
    found += (each for each in named if each.code != "STI011" or each.value not in unread)
    return [*found, *aside.told]


def _unread(inputs: Inputs, files: Files) -> frozenset[Term]:
    """Return what the files that can't be read seem to be about."""
    read = {source.name for source in files.data}
    unread = (each for each in inputs.data if each.name not in read)
    return frozenset(Iri(node) for each in unread for node in subjects_of(each.content))


def _since_clean(task: Task, memory: Memory, overlay: Overlay) -> list[Change] | None:
    """Return what changed in the data since they were without fault, None if that isn't known.

    That is known of what the changes that are asked about began with, or else of the last commit.
    """
    if not memory.knows_any:
        return None
    try:
        changes = task.changes
        if changes is None:
            changes = _changes(task.project, "HEAD", overlay)
    except UsageError:  # no repository, or no commit yet
        return None
    old = [change for change in changes or () if change.path.suffix == ".ttl"]
    if replace(task, since_clean=old).model_changed:
        return None
    names = GraphNames(task.project)
    gone = {
        (uri := change.path.resolve().as_uri()): None
        if change.old is None
        else Input(
            change.path, uri, name_of(change.path, task.base), names(change.path), change.old
        )
        for change in old
    }
    before = task.inputs.before(gone)
    question = before.digest(task.engine, Selection(), None, None, task.texts)
    return old if memory.clean(question) is not None else None


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
