"""The run over a project: read → syntax → form → names and terms → SHACL → rules → evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stigraph.dataset import add_derived, graph_name
from stigraph.entries import Catalogue
from stigraph.gate.beside import Beside
from stigraph.gate.changes import Change, changed_files
from stigraph.gate.deadline import Progress
from stigraph.gate.engines import run_engine
from stigraph.gate.evidence import check_texts, read_texts
from stigraph.gate.files import SourceFile, read_file
from stigraph.gate.finding import Finding, Report
from stigraph.gate.identity import check_identity, read_legal_forms
from stigraph.gate.layout import without_lesser
from stigraph.gate.locate import Locator
from stigraph.gate.names import Vocabulary, check_names
from stigraph.gate.paths import Names, Overlay, name_of, turtle_files
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import check_rules, read_rules
from stigraph.gate.selection import Selection
from stigraph.gate.shapes import (
    node_name,
    problem_findings,
    result_findings,
    without_echoes,
)
from stigraph.gate.since import Scope, scope_of
from stigraph.project import Project
from stigraph.shacl import Ontology, ShapeResult, Validation, shape_infos
from stigraph.store import LocalStore
from stigraph.store.data import DataGraph
from stigraph.terms import Term

__all__ = ["validate_project"]

Triple = tuple[Term, Term, Term]

_UNREADABLE = ("STI001", "STI002", "STI003")


@dataclass(frozen=True, slots=True)
class _Model:
    """The files of a project that say what its data may be, and what is wrong with them."""

    ontology: list[SourceFile]
    shapes: list[SourceFile]
    faults: list[Finding]

    @property
    def shapes_graph(self) -> list[Triple]:
        return [triple for source in self.shapes for triple in source.triples]


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

    Raises:
        UnreadableError: A path or the folder of sources is missing or can't be read.
        ShapesError: The shapes of the project can't be run.
        UsageError: ``since`` isn't a revision of the project's repository.
    """
    base = here or Path.cwd()
    texts = read_texts(sources) if sources else []
    given = overlay or {}
    wanted = [file for path in paths for file in turtle_files(path, given)]
    changes = _changes(project, since, given)
    if changes == []:
        return Report.of((), 0)
    files, findings = _read_data(project, wanted, base, given)
    model = _read_model(project, base)
    shacl: Beside[_Shacl] | None = None
    if processes > 1 and changes is None and not model.faults:
        shacl = Beside(lambda: _run_shapes(model, files, engine))
    store = _store(model.ontology, files)
    findings += model.faults
    if progress:
        progress(findings)
    checked = _Checked([], [], 0, None)
    if not model.faults:
        checked = _check(project, store, model, files, engine, changes, shacl)
    nodes = read_nodes(store)
    findings += [*checked.findings, *check_figures(store, nodes)]
    if sources:
        findings += check_texts(store, nodes, texts)
    if checked.scope is not None:
        changed = {name_of(change.path, base) for change in changes or ()}
        findings = [f for f in findings if _is_unread(f, changed) or checked.scope.holds(f)]
        findings += checked.new
    located = Locator([*files, *model.ontology, *model.shapes]).all(findings)
    chosen = selection or Selection()
    reported = {name_of(path, base) for path in wanted} if paths else None
    kept = [
        found
        for found in located
        if chosen.holds(found.code) and (reported is None or found.file in reported)
    ]
    kept = list(without_lesser(kept))
    focus = {found.focus for found in kept if found.component}
    return Report.of(
        kept, checked.count, (r for r in checked.results if node_name(r.focus) in focus)
    )


def _is_unread(found: Finding, changed: set[str]) -> bool:
    """Whether a finding is about the text of a changed file and not about a node."""
    return found.focus is None and found.file in changed


def _changes(project: Project, since: str | None, overlay: Overlay) -> list[Change] | None:
    """Return what changed, None where the whole project is to be reported."""
    if since is None:
        return None
    changes = changed_files(project.root, since, (project.data, project.ontology))
    known = {change.path.resolve() for change in changes}
    # What is only in the overlay differs from the disk, which is as it was at the revision.
    differing = (path for path in overlay if path not in known)
    return [*changes, *(Change(p, p.read_bytes() if p.exists() else None) for p in differing)]


def _read_data(
    project: Project, wanted: Sequence[Path], base: Path, overlay: Overlay
) -> tuple[list[SourceFile], list[Finding]]:
    own = list(project.data_files())
    if not overlay and not wanted:
        return _read(project, own, base)
    inside = {path.resolve() for path in own}
    others = {path.resolve(): path for path in (*overlay, *wanted)}
    extra = [path for resolved, path in others.items() if resolved not in inside]
    there = (p for p in (*own, *extra) if overlay.get(p.resolve(), b"") is not None)
    return _read(project, there, base, overlay)


def _read(
    project: Project, paths: Iterable[Path], base: Path, overlay: Overlay | None = None
) -> tuple[list[SourceFile], list[Finding]]:
    files = []
    findings = []
    named = Names(base)
    for path in paths:
        content = overlay.get(path.resolve()) if overlay else None
        source, faults = read_file(path, named(path), graph_name(project, path), content)
        findings += faults
        if source is not None:
            files.append(source)
    return files, findings


def _read_model(project: Project, base: Path) -> _Model:
    ontology, found = _read(project, project.ontology_files(), base)
    shapes, more = _read(project, project.shape_files(), base)
    faults = [fault for fault in (*found, *more) if fault.code in _UNREADABLE]
    return _Model(ontology, shapes, faults)


def _store(ontology: Iterable[SourceFile], files: Iterable[SourceFile]) -> LocalStore:
    store = LocalStore()
    for source in (*ontology, *files):
        store.extend(source.quads)
    add_derived(store)
    return store


@dataclass(frozen=True, slots=True)
class _Checked:
    """What names, SHACL and rules found; ``new`` is what rules find since the change only."""

    findings: list[Finding]
    results: list[ShapeResult]
    count: int
    scope: Scope | None
    new: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shacl:
    """What the shapes found, and what is wrong with them."""

    results: list[ShapeResult]
    count: int
    problems: list[Finding]
    scope: Scope | None = None


def _run_shapes(
    model: _Model,
    files: Sequence[SourceFile],
    engine: str,
    changes: Sequence[Change] | None = None,
    *,
    model_changed: bool = False,
) -> _Shacl:
    declared = Ontology.of(triple for source in model.ontology for triple in source.triples)
    shapes_graph = model.shapes_graph
    faults = list(problem_findings(shapes_graph, declared))
    data = DataGraph.of_triples(t for source in (*model.ontology, *files) for t in source.triples)
    scope = None
    if changes is not None:
        validation = Validation(data, shapes_graph)
        scope = scope_of(changes, files, data, validation, model_changed=model_changed)
    results, count = run_engine(engine, data, shapes_graph, scope.only if scope else None)
    return _Shacl(results, count, faults, scope)


def _check(
    project: Project,
    store: LocalStore,
    model: _Model,
    files: Sequence[SourceFile],
    engine: str,
    changes: Sequence[Change] | None,
    beside: Beside[_Shacl] | None,
) -> _Checked:
    findings = list(check_names(files, store, Vocabulary.of(store)))
    rules, catalogue = read_rules(project.rule_files()), Catalogue.of(store)
    forms = read_legal_forms(project.ontology / "legal-forms.csv")
    told = [*check_rules(rules, store, catalogue), *check_identity(store, forms)]
    if beside is not None:
        shacl = beside.result()
    else:
        model_changed = any(c.path.is_relative_to(project.ontology) for c in changes or ())
        shacl = _run_shapes(model, files, engine, changes, model_changed=model_changed)
    told_by_shapes = result_findings(shacl.results, shape_infos(model.shapes_graph))
    findings = list(without_echoes([*findings, *shacl.problems, *told_by_shapes]))
    scope = shacl.scope
    new: Iterable[Finding] = ()
    if scope is not None:
        before = _before(model.ontology, files, scope)
        new = _new(told, [*check_rules(rules, before, catalogue), *check_identity(before, forms)])
    return _Checked([*findings, *told], shacl.results, shacl.count, scope, tuple(new))


def _before(
    ontology: Iterable[SourceFile], files: Iterable[SourceFile], scope: Scope
) -> LocalStore:
    """Return the graph as it was before the change."""
    store = LocalStore()
    for source in (*ontology, *files):
        kept = (triple for triple in source.triples if triple not in scope.added)
        store.add_graph(source.graph, kept)
    store.add_graph("urn:x-stigraph:removed", scope.removed)
    add_derived(store)
    return store


def _new(told: Iterable[Finding], before: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what is found now and wasn't before the change."""
    old = {(f.code, f.focus, f.path, f.value) for f in before}
    return (f for f in told if (f.code, f.focus, f.path, f.value) not in old)


def _as_store(files: Iterable[SourceFile]) -> LocalStore:
    store = LocalStore()
    for source in files:
        store.extend(source.quads)
    return store
