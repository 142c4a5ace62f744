"""The run over a project: read → syntax → form → names and terms → SHACL → rules → evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stigraph.dataset import add_derived, graph_name
from stigraph.entries import Catalogue
from stigraph.errors import UnreadableError
from stigraph.gate.evidence import check_texts, read_texts
from stigraph.gate.files import SourceFile, read_file
from stigraph.gate.finding import Finding, Report
from stigraph.gate.locate import Locator
from stigraph.gate.names import Vocabulary, check_names
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import check_rules, read_rules
from stigraph.gate.shapes import (
    node_name,
    problem_findings,
    result_findings,
    without_echoes,
)
from stigraph.project import Project
from stigraph.shacl import Ontology, ShapeResult, Shapes, Validation
from stigraph.store import LocalStore
from stigraph.store.data import DataGraph
from stigraph.terms import Term

__all__ = ["ENGINES", "Selection", "name_of", "turtle_files", "validate_project"]

Triple = tuple[Term, Term, Term]

ENGINES = ("stigraph", "pyshacl")
"""Our own engine, and the reference that tests compare it with."""

_UNREADABLE = ("STI001", "STI002", "STI003")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which codes a report holds: all by default; ``select`` narrows, ``ignore`` takes away.

    A code may be given by its beginning (``STI6`` for all evidence).
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def holds(self, code: str) -> bool:
        """Whether findings of ``code`` are reported."""
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))


def validate_project(
    project: Project,
    paths: Sequence[Path] = (),
    *,
    sources: Path | None = None,
    selection: Selection | None = None,
    engine: str = "stigraph",
    here: Path | None = None,
) -> Report:
    """Validate a project.

    Args:
        project: The project; the whole graph is read in any case.
        paths: Files or folders to report on, in or beside the project's data; none: all.
        sources: The folder of the source texts, to compare the evidence with.
        selection: Which codes to report.
        engine: One of :data:`ENGINES`.
        here: What file names in the report are relative to; the working directory by default.

    Raises:
        UnreadableError: A path or the folder of sources is missing or can't be read.
        ShapesError: The shapes of the project can't be run.
    """
    base = here or Path.cwd()
    texts = read_texts(sources) if sources else []
    wanted = [file for path in paths for file in turtle_files(path)]
    files, findings = _read_data(project, wanted, base)
    ontology, shapes, faults = _read_model(project, base)
    findings += faults
    store = _store(ontology, files)
    results: list[ShapeResult] = []
    checked = 0
    if not faults:
        found, results, checked = _check(project, store, ontology, shapes, files, engine)
        findings += found
    nodes = read_nodes(store)
    findings += check_figures(store, nodes)
    if sources:
        findings += check_texts(store, nodes, texts)
    chosen = selection or Selection()
    reported = {name_of(path, base) for path in wanted} if paths else None
    kept = [
        found
        for found in Locator([*files, *ontology, *shapes]).all(findings)
        if chosen.holds(found.code) and (reported is None or found.file in reported)
    ]
    nodes_of_interest = {found.focus for found in kept if found.component}
    return Report.of(kept, checked, (r for r in results if node_name(r.focus) in nodes_of_interest))


def turtle_files(path: Path) -> list[Path]:
    """Return ``path``, or the Turtle files below it where it is a folder.

    Raises:
        UnreadableError: There is nothing at ``path``.
    """
    if path.is_dir():
        return sorted(path.rglob("*.ttl"))
    if not path.exists():
        raise UnreadableError(
            f"{path} というファイルもフォルダーもない。場所を確かめる",
            f"there is no file or folder {path}; check the path",
        )
    return [path]


def name_of(path: Path, base: Path) -> str:
    """Return the path as reports give it: relative to ``base`` where it lies below it."""
    full, start = path.resolve(), base.resolve()
    return full.relative_to(start).as_posix() if full.is_relative_to(start) else full.as_posix()


def _read_data(
    project: Project, wanted: Sequence[Path], base: Path
) -> tuple[list[SourceFile], list[Finding]]:
    own = list(project.data_files())
    inside = {path.resolve() for path in own}
    extra = [path for path in dict.fromkeys(wanted) if path.resolve() not in inside]
    return _read(project, [*own, *extra], base)


def _read(
    project: Project, paths: Iterable[Path], base: Path
) -> tuple[list[SourceFile], list[Finding]]:
    files = []
    findings = []
    for path in paths:
        source, faults = read_file(path, name_of(path, base), graph_name(project, path))
        findings += faults
        if source is not None:
            files.append(source)
    return files, findings


def _read_model(
    project: Project, base: Path
) -> tuple[list[SourceFile], list[SourceFile], list[Finding]]:
    """Return the files of the ontology and of the shapes, and what makes them unreadable."""
    ontology, found = _read(project, project.ontology_files(), base)
    shapes, more = _read(project, project.shape_files(), base)
    return ontology, shapes, [fault for fault in (*found, *more) if fault.code in _UNREADABLE]


def _store(ontology: Iterable[SourceFile], files: Iterable[SourceFile]) -> LocalStore:
    store = LocalStore()
    for source in (*ontology, *files):
        store.extend(source.quads)
    add_derived(store)
    return store


def _check(
    project: Project,
    store: LocalStore,
    ontology: Sequence[SourceFile],
    shapes: Sequence[SourceFile],
    files: Sequence[SourceFile],
    engine: str,
) -> tuple[list[Finding], list[ShapeResult], int]:
    """Return the findings, the SHACL results among them, and the number of focus nodes."""
    findings = list(check_names(files, store, Vocabulary.of(store)))
    declared = Ontology.of(triple for source in ontology for triple in source.triples)
    shapes_graph = [triple for source in shapes for triple in source.triples]
    findings += problem_findings(shapes_graph, declared)
    data = [triple for source in (*ontology, *files) for triple in source.triples]
    results, checked = run_engine(engine, DataGraph.of_triples(data), shapes_graph)
    infos = Shapes(_as_store(shapes)).infos()
    findings = list(without_echoes([*findings, *result_findings(results, infos)]))
    rules = read_rules(project.rule_files())
    findings += check_rules(rules, store, Catalogue.of(store))
    return findings, results, checked


def run_engine(
    engine: str, data: DataGraph, shapes: Sequence[Triple]
) -> tuple[list[ShapeResult], int]:
    """Return the results of one of :data:`ENGINES`, and how many focus nodes it checked.

    Raises:
        ShapesError: The shapes can't be run.
    """
    validation = Validation(data, shapes)
    if engine == "pyshacl":
        # Imported where it is used: it costs more than the whole of our own run.
        from stigraph.shacl.reference import validate_reference

        targets = sum(1 for _ in validation.focus_nodes())
        return validate_reference(data.triples(), shapes), targets
    results = list(validation.results())
    return results, validation.checked


def _as_store(files: Iterable[SourceFile]) -> LocalStore:
    store = LocalStore()
    for source in files:
        store.extend(source.quads)
    return store
