"""The run over a project: read → syntax → form → names and terms → SHACL → rules → evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from stigraph.dataset import add_derived
from stigraph.digests import Digests
from stigraph.entries import Catalogue
from stigraph.gate.beside import Beside
from stigraph.gate.echoes import without_echoes, without_lesser
from stigraph.gate.evidence import SourceText, check_texts, read_texts
from stigraph.gate.files import SourceFile, read_file
from stigraph.gate.finding import Finding, Report, node_name
from stigraph.gate.identity import check_identity, read_legal_forms
from stigraph.gate.inputs import Input, Inputs, read_inputs
from stigraph.gate.memory import Memory
from stigraph.gate.model import Model, Shapes
from stigraph.gate.names import Vocabulary, check_names
from stigraph.gate.paths import Overlay, name_of, turtle_files
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import check_rules, read_rules
from stigraph.gate.selection import Selection
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.terms import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import Change
    from stigraph.gate.deadline import Progress
    from stigraph.gate.since import Scope
    from stigraph.shacl.results import ShapeResult

__all__ = ["validate_project"]

_UNREADABLE = ("STI001", "STI002", "STI003")


@dataclass(frozen=True, slots=True)
class _Task:
    """What a run is to do, once its files are read."""

    project: Project
    inputs: Inputs
    engine: str
    texts: Sequence[SourceText] | None
    changes: Sequence[Change] | None
    base: Path
    formed: Digests


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
    task = _Task(project, inputs, engine, texts, changes, base, memory.formed)
    report = _report(_check(task, progress, processes), chosen, reported)
    if not report.findings:
        memory.keep_clean(question, report.checked)
    return report


@dataclass(frozen=True, slots=True)
class _Checked:
    """Everything that was found, with its places."""

    findings: Iterable[Finding]
    results: Sequence[ShapeResult]
    count: int


def _report(checked: _Checked, selection: Selection, reported: set[str] | None) -> Report:
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


@dataclass(frozen=True, slots=True)
class _Files:
    """The files that parse; what keeps others from it, in the data and in the model."""

    data: Sequence[SourceFile]
    model: Model
    findings: Sequence[Finding]
    faults: Sequence[Finding]


def _check(task: _Task, progress: Progress | None, processes: int) -> _Checked:
    beside: Beside[Shapes | None] | None = None
    # Each process reads for itself: to wait for what the other has read takes longer.
    from_texts = processes > 1 and task.changes is None
    if from_texts:
        beside = Beside(partial(_texts, task))
    files = _read_all(task.inputs, with_shapes=not from_texts)
    if processes > 1 and not from_texts and not files.faults:
        beside = Beside(partial(_shapes, task, files))
    store = _store(files)
    if progress:
        progress([*files.findings, *files.faults])
    aside = _aside(task, files, store)
    shapes = beside.result() if beside else None
    if shapes is None and from_texts:
        files = _read_all(task.inputs, with_shapes=True)
    if shapes is None and not files.faults:
        shapes = _shapes(task, files)
    found: Iterable[Finding] = _all(task, files, aside, shapes)
    if shapes is None:
        return _Checked(_located(files, found), (), 0)
    if shapes.scope is not None:
        found = _of_change(task, files, aside, shapes.scope, found)
    return _Checked(_located(files, found), shapes.results, shapes.count)


def _read_all(inputs: Inputs, *, with_shapes: bool) -> _Files:
    known: dict[object, Term] = {}
    data, findings = _read(inputs.data, known)
    ontology, faults = _read(inputs.ontology, known)
    shapes, more = _read(inputs.shapes, known) if with_shapes else ([], [])
    broken = [fault for fault in (*faults, *more) if fault.code in _UNREADABLE]
    return _Files(data, Model(ontology, shapes), findings, broken)


def _read(
    inputs: Iterable[Input], known: dict[object, Term]
) -> tuple[list[SourceFile], list[Finding]]:
    files: list[SourceFile] = []
    findings: list[Finding] = []
    for each in inputs:
        source, faults = read_file(
            each.path, each.name, each.graph, (each.content, each.base), known
        )
        findings += faults
        if source is not None:
            files.append(source)
    return files, findings


def _store(files: _Files) -> LocalStore:
    store = LocalStore()
    store.extend_graphs((s.graph, s.quads) for s in (*files.model.ontology, *files.data))
    add_derived(store)
    return store


def _texts(task: _Task) -> Shapes | None:
    """Run the shapes over the texts, and check their form; None where that can't be done."""
    # Imported in the process that runs the engine; the other one needs it only if this fails.
    from stigraph.gate.shapes_run import run_texts

    return run_texts(task.inputs, task.engine, task.formed)


def _shapes(task: _Task, files: _Files) -> Shapes:
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


def _forms(task: _Task, files: _Files) -> tuple[Finding, ...]:
    from stigraph.gate.form import check_forms

    return tuple(check_forms(((s.name, s.text) for s in files.data), task.formed))


@dataclass(frozen=True, slots=True)
class _Aside:
    """What is found without the shapes: of names, by rules, in phrases and texts."""

    names: Sequence[Finding]
    told: Sequence[Finding]
    figures: Sequence[Finding]
    rules: Callable[[LocalStore], Iterator[Finding]]


def _aside(task: _Task, files: _Files, store: LocalStore) -> _Aside:
    rules = _rules(task.project, store)
    nodes = read_nodes(store)
    figures = [*check_figures(store, nodes)]
    if task.texts is not None:
        figures += check_texts(store, nodes, task.texts)
    if files.faults:
        return _Aside((), (), figures, rules)
    names = list(check_names(files.data, store, Vocabulary.of(store)))
    return _Aside(names, list(rules(store)), figures, rules)


def _rules(project: Project, store: LocalStore) -> Callable[[LocalStore], Iterator[Finding]]:
    """Return what tells the findings of rules in a store, in the words of ``store``."""
    rules = read_rules(project.rule_files())
    catalogue = lru_cache(maxsize=1)(partial(Catalogue.of, store))
    forms = read_legal_forms(project.legal_forms_file())

    def tell(graph: LocalStore) -> Iterator[Finding]:
        yield from check_rules(rules, graph, catalogue)
        yield from check_identity(graph, forms)

    return tell


def _all(task: _Task, files: _Files, aside: _Aside, shapes: Shapes | None) -> list[Finding]:
    """Return everything that is found in the whole graph."""
    form = _forms(task, files) if shapes is None else shapes.form
    found = [*files.findings, *form, *files.faults, *aside.figures]
    if shapes is None:
        return found
    found += without_echoes([*aside.names, *shapes.problems, *shapes.told])
    return [*found, *aside.told]


def _of_change(
    task: _Task, files: _Files, aside: _Aside, scope: Scope, findings: Iterable[Finding]
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


def _before(files: _Files, scope: Scope) -> LocalStore:
    """Return the graph as it was before the change."""
    store = LocalStore()
    for source in (*files.model.ontology, *files.data):
        kept = (triple for triple in source.triples if triple not in scope.added)
        store.add_graph(source.graph, kept)
    store.add_graph("urn:x-stigraph:removed", scope.removed)
    add_derived(store)
    return store


def _located(files: _Files, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with file and place; where there are none, nothing is searched for."""
    listed = list(findings)
    if listed:
        from stigraph.gate.locate import Locator

        locator = Locator([*files.data, *files.model.ontology, *files.model.shapes])
        yield from locator.all(listed)


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
