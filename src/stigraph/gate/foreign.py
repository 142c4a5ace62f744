"""The gate over anybody's data and shapes: syntax, shapes that mean nothing, and SHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from stigraph.errors import TurtleSyntaxError
from stigraph.gate.codes import finding
from stigraph.gate.deadline import Progress
from stigraph.gate.engines import run_engine
from stigraph.gate.files import explained
from stigraph.gate.finding import Finding, Place, Report
from stigraph.gate.locate import locate_in_texts
from stigraph.gate.paths import name_of, turtle_files
from stigraph.gate.shapes import problem_findings, result_findings
from stigraph.shacl import Ontology, ShapeResult, Shapes
from stigraph.store import LocalStore
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples, read_bytes
from stigraph.terms import Blank, Term
from stigraph.turtle import read

__all__ = ["validate_data"]

Triple = tuple[Term, Term, Term]

_SMALL = 16 * 1024 * 1024
"""Bytes up to which blank nodes are followed back to their file."""


def validate_data(
    data: Sequence[Path],
    shapes: Sequence[Path],
    *,
    ontology: Sequence[Path] = (),
    engine: str = "stigraph",
    here: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Validate Turtle files against shapes.

    The data graph is the union of ``data``, the shapes graph that of ``shapes``. Each file's
    base is its own IRI. ``owl:imports`` and ``sh:shapesGraph`` are not followed.

    Args:
        data: Files or folders of data.
        shapes: Files or folders of shapes.
        ontology: Files that declare classes and properties; without them, any may be.
        engine: One of :data:`stigraph.gate.selection.ENGINES`.
        here: What file names in the report are relative to; the working directory by default.
        progress: Is told what was found so far, before what may take long.

    Raises:
        UnreadableError: A path is missing or can't be read.
        ShapesError: The shapes can't be run.
        TurtleSyntaxError: A file of the shapes or the ontology isn't Turtle.
    """
    base = here or Path.cwd()
    shape_files = [file for given in shapes for file in turtle_files(given)]
    shapes_graph = [triple for path in shape_files for triple in _triples(path)]
    findings = list(problem_findings(shapes_graph, _declared(ontology)))
    paths, graph, broken = _readable([file for given in data for file in turtle_files(given)], base)
    if progress:
        progress([*broken, *findings])
    results, checked = _run(graph, paths, shapes_graph, engine)
    findings += result_findings(results, Shapes(_store(shapes_graph)).infos())
    texts = {name_of(path, base): path for path in (*paths, *shape_files)}
    return Report.of([*broken, *locate_in_texts(findings, texts)], checked, results)


def _declared(ontology: Sequence[Path]) -> Ontology | None:
    if not ontology:
        return None
    files = [file for given in ontology for file in turtle_files(given)]
    return Ontology.of(triple for path in files for triple in _triples(path))


def _triples(path: Path) -> list[Triple]:
    try:
        return parse_triples(path)
    except TurtleSyntaxError as error:
        own = explained(read_bytes(path).decode("utf-8", "replace"), path, error)
        place = f"{path}:{own.line}:{own.column}"
        raise TurtleSyntaxError(
            f"{place}: 構文エラー：{own.ja}",
            f"{place}: syntax error: {own.en}",
            line=own.line,
            column=own.column,
        ) from error


def _readable(paths: Sequence[Path], base: Path) -> tuple[list[Path], DataGraph, list[Finding]]:
    """Return the files that parse, their union, and a finding for each that doesn't."""
    try:
        return list(paths), DataGraph.of_files(paths), []
    except TurtleSyntaxError:
        faults = {path: _fault(path, base) for path in paths}
    good = [path for path, fault in faults.items() if fault is None]
    return good, DataGraph.of_files(good), [fault for fault in faults.values() if fault]


def _fault(path: Path, base: Path) -> Finding | None:
    try:
        DataGraph.of_files([path])
    except TurtleSyntaxError as error:
        return _syntax(path, name_of(path, base), error)
    return None


def _syntax(path: Path, name: str, error: TurtleSyntaxError) -> Finding:
    try:
        text = read_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return finding("STI003", name, Place(1, 1, 1, 1))
    own = explained(text, path, error)
    line, column = own.line or 1, own.column or 1
    place = Place(line, column, own.end_line or line, own.end_column or column)
    return finding("STI001", name, place, expected_ja=own.ja, expected_en=own.en)


def _run(
    graph: DataGraph, paths: Sequence[Path], shapes: Sequence[Triple], engine: str
) -> tuple[list[ShapeResult], int]:
    results, checked = run_engine(engine, graph, shapes)
    if any(isinstance(result.focus, Blank) for result in results) and _is_small(paths):
        # The store's labels of blank nodes are its own; to point at them in the files, the
        # files are read with the labels that our reader gives.
        named = DataGraph.of_triples(_named(paths))
        results, checked = run_engine(engine, named, shapes)
    return results, checked


def _is_small(paths: Iterable[Path]) -> bool:
    return sum(path.stat().st_size for path in paths) <= _SMALL


def _named(paths: Sequence[Path]) -> Iterator[Triple]:
    """Yield the triples of ``paths`` with blank nodes named by file and label."""
    for number, path in enumerate(paths):
        text = read_bytes(path).decode("utf-8")
        for triple in read(text, path.resolve().as_uri()):
            yield tuple(_own(term.term, number) for term in triple)  # type: ignore[misc]


def _own(term: Term, number: int) -> Term:
    return Blank(f"f{number}_{term.value}") if isinstance(term, Blank) else term


def _store(triples: Iterable[Triple]) -> LocalStore:
    store = LocalStore()
    store.add_graph("urn:x-stigraph:shapes", triples)
    return store
