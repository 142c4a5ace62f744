"""The run: read → syntax → form → names and terms → SHACL → rules → evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stigraph.dataset import add_derived, graph_name, read_turtle
from stigraph.entries import Catalogue
from stigraph.errors import UnreadableError
from stigraph.gate.codes import SHACL_CODE, finding
from stigraph.gate.evidence import check_texts, read_texts
from stigraph.gate.files import SourceFile, read_file
from stigraph.gate.finding import Finding, Message, Report, Severity
from stigraph.gate.locate import Locator
from stigraph.gate.names import Vocabulary, check_names
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import check_rules, read_rules
from stigraph.project import Project
from stigraph.shacl import ShapeResult, Shapes, validate_reference
from stigraph.shacl.results import ShapeInfo, instances
from stigraph.store import LocalStore
from stigraph.terms import Iri, Term
from stigraph.vocab import DERIVED_GRAPH, SH

__all__ = ["Selection", "validate_data", "validate_project"]


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
    here: Path | None = None,
) -> Report:
    """Validate a project.

    Args:
        project: The project; the whole graph is read in any case.
        paths: Files or folders to report on, in or beside the project's data; none: all.
        sources: The folder of the source texts, to compare the evidence with.
        selection: Which codes to report.
        here: What file names in the report are relative to; the working directory by default.

    Raises:
        UnreadableError: A path or the folder of sources is missing or can't be read.
        ShapesError: The shapes of the project can't be run.
    """
    base = here or Path.cwd()
    texts = read_texts(sources) if sources else []
    wanted = [file for path in paths for file in _turtle_files(path)]
    own = list(project.data_files())
    inside = {path.resolve() for path in own}
    extra = [path for path in dict.fromkeys(wanted) if path.resolve() not in inside]
    files, findings = _read_files(project, [*own, *extra], base)
    store = _store(project, files)
    if not any(f.code == "STI001" and _in_ontology(project, f) for f in findings):
        findings += _without_echoes(_check(project, store, files))
    nodes = read_nodes(store)
    findings += check_figures(store, nodes)
    if sources:
        findings += check_texts(store, nodes, texts)
    shapes = _shapes_store(project)
    checked = len(instances(store, Shapes(shapes).targets()))
    located = Locator(files).all(findings)
    chosen = selection or Selection()
    reported = {_name(path, base) for path in wanted} if paths else None
    return Report.of(
        (f for f in located if chosen.holds(f.code) and (reported is None or f.file in reported)),
        checked,
    )


def validate_data(
    data: Sequence[Path], shapes: Sequence[Path], *, here: Path | None = None
) -> Report:
    """Validate anybody's Turtle files against anybody's shapes.

    Raises:
        UnreadableError: A path is missing or can't be read.
        ShapesError: The shapes can't be run.
        TurtleSyntaxError: A shapes file doesn't parse.
    """
    base = here or Path.cwd()
    shapes_store = LocalStore()
    for path in (file for given in shapes for file in _turtle_files(given)):
        shapes_store.extend(read_turtle(path, path.resolve().as_uri()))
    store = LocalStore()
    files: list[SourceFile] = []
    findings: list[Finding] = []
    for path in (file for given in data for file in _turtle_files(given)):
        source, faults = read_file(path, _name(path, base), path.resolve().as_uri())
        findings += [fault for fault in faults if fault.code in ("STI001", "STI002", "STI003")]
        if source is not None:
            files.append(source)
            store.extend(source.quads)
    findings += _shacl(store, shapes_store)
    checked = len(instances(store, Shapes(shapes_store).targets()))
    return Report.of(Locator(files).all(findings), checked)


def _turtle_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob("*.ttl"))
    if not path.exists():
        raise UnreadableError(
            f"{path} というファイルもフォルダーもない。場所を確かめる",
            f"there is no file or folder {path}; check the path",
        )
    return [path]


def _name(path: Path, base: Path) -> str:
    """Return the path as reports give it: relative to ``base`` where it lies below it."""
    full, start = path.resolve(), base.resolve()
    return full.relative_to(start).as_posix() if full.is_relative_to(start) else full.as_posix()


def _read_files(
    project: Project, paths: Iterable[Path], base: Path
) -> tuple[list[SourceFile], list[Finding]]:
    files = []
    findings = []
    for path in paths:
        source, faults = read_file(path, _name(path, base), graph_name(project, path))
        findings += faults
        if source is not None:
            files.append(source)
    for path in (*project.ontology_files(), *project.shape_files()):
        _, faults = read_file(path, _name(path, base), graph_name(project, path))
        findings += [fault for fault in faults if fault.code in ("STI001", "STI002", "STI003")]
    return files, findings


def _in_ontology(project: Project, found: Finding) -> bool:
    return found.file is not None and (Path.cwd() / found.file).resolve().is_relative_to(
        project.ontology.resolve()
    )


def _store(project: Project, files: Iterable[SourceFile]) -> LocalStore:
    store = LocalStore()
    for path in project.ontology_files():
        store.extend(read_turtle(path, graph_name(project, path)))
    for source in files:
        store.extend(source.quads)
    add_derived(store)
    return store


def _shapes_store(project: Project) -> LocalStore:
    store = LocalStore()
    for path in project.shape_files():
        store.extend(read_turtle(path, graph_name(project, path)))
    return store


def _check(project: Project, store: LocalStore, files: Sequence[SourceFile]) -> Iterator[Finding]:
    catalogue = Catalogue.of(store)
    yield from check_names(files, store, Vocabulary.of(store))
    yield from _shacl(store, _shapes_store(project))
    yield from check_rules(read_rules(project.rule_files()), store, catalogue)


_CAUSES = frozenset({"STI010", "STI011", "STI012", "STI014", "STI017"})
"""A term that means nothing, or that can't be read: shapes only echo it."""


def _without_echoes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield ``findings`` without those that one of :data:`_CAUSES` explains, or that repeat.

    A value that breaks two constraints of one shape is one fault with one message.
    """
    listed = list(findings)
    causes = {(f.focus, f.path) for f in listed if f.code in _CAUSES}
    told: set[tuple[object, ...]] = set()
    for found in listed:
        key = (found.code, found.focus, found.path, found.value, found.message)
        echo = found.component is not None and (found.focus, found.path) in causes
        if not echo and (found.component is None or key not in told):
            yield found
        told.add(key)


def _shacl(store: LocalStore, shapes: LocalStore) -> Iterator[Finding]:
    infos = Shapes(shapes).infos()
    data = [(s, p, o) for s, p, o, graph in store.quads() if graph != DERIVED_GRAPH]
    for result in validate_reference(data, ((s, p, o) for s, p, o, _ in shapes.quads())):
        yield _of_shape(result, infos)


_SEVERITIES = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


def _of_shape(result: ShapeResult, infos: dict[str, ShapeInfo]) -> Finding:
    shape = result.shape.value if isinstance(result.shape, Iri) else None
    info = infos.get(shape or "", ShapeInfo(None, {}))
    messages = info.messages or result.messages
    detail = next(iter(messages.values()), result.component.rpartition("#")[2])
    fallback = finding(SHACL_CODE, None, detail=detail).message
    return Finding(
        code=info.code or SHACL_CODE,
        message=Message(messages.get("ja") or fallback.ja, messages.get("en") or fallback.en),
        severity=_SEVERITIES.get(result.severity, Severity.VIOLATION),
        focus=_text(result.focus),
        path=result.path,
        value=result.value,
        component=result.component,
        source_shape=shape,
    )


def _text(term: Term) -> str:
    return term.value
