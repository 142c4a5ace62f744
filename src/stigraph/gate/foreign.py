"""The gate over anybody's data and shapes: syntax, shapes that mean nothing, and SHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stigraph.errors import TurtleSyntaxError
from stigraph.gate.codes import finding
from stigraph.gate.explained import explained
from stigraph.gate.finding import Finding, Place, Report
from stigraph.gate.paths import name_of, turtle_files
from stigraph.gate.selection import DEFAULT_ENGINE
from stigraph.store.background import Background
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples, read_bytes
from stigraph.terms import Blank, Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.deadline import Progress
    from stigraph.gate.locate import LocatorBeside
    from stigraph.shacl import Ontology, ShapeResult

__all__ = ["Request", "broken_findings", "validate_data"]

Triple = tuple[Term, Term, Term]

_LARGE = 1024 * 1024
"""Bytes from which a process of its own finds places meanwhile."""
_SMALL = 16 * 1024 * 1024
"""Bytes up to which blank nodes are followed back to their file."""


@dataclass(frozen=True)
class Request:
    """What is to be validated.

    Attributes:
        data: Files or folders of data.
        shapes: Files or folders of shapes.
        ontology: Files that declare classes and properties; without them, any may be.
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        here: What file names in the report are relative to.
    """

    data: Sequence[Path]
    shapes: Sequence[Path]
    ontology: Sequence[Path] = ()
    engine: str = DEFAULT_ENGINE
    here: Path = field(default_factory=Path.cwd)

    def data_files(self) -> list[Path]:
        """Return the files of data."""
        return [file for given in self.data for file in turtle_files(given)]

    def shape_files(self) -> list[Path]:
        """Return the files of shapes."""
        return [file for given in self.shapes for file in turtle_files(given)]

    def texts(self, data: Iterable[Path]) -> dict[str, Path]:
        """Return files of data and those of the shapes by their names in reports."""
        return {name_of(path, self.here): path for path in (*data, *self.shape_files())}

    def shapes_graph(self) -> list[Triple]:
        """Return the triples of the shapes.

        Raises:
            TurtleSyntaxError: A file isn't Turtle.
        """
        return [triple for path in self.shape_files() for triple in _triples(path)]

    def declared(self) -> Ontology | None:
        """Return what the ontology declares, None without one."""
        if not self.ontology:
            return None
        from stigraph.shacl import Ontology

        files = [file for given in self.ontology for file in turtle_files(given)]
        return Ontology.of(triple for path in files for triple in _triples(path))


def validate_data(
    data: Sequence[Path],
    shapes: Sequence[Path],
    *,
    ontology: Sequence[Path] = (),
    engine: str = DEFAULT_ENGINE,
    here: Path | None = None,
    progress: Progress | None = None,
    processes: int = 1,
) -> Report:
    """Validate Turtle files against shapes.

    The data graph is the union of ``data``, the shapes graph that of ``shapes``. Each file's
    base is its own IRI. ``owl:imports`` and ``sh:shapesGraph`` are not followed.

    Args:
        data: Files or folders of data.
        shapes: Files or folders of shapes.
        ontology: Files that declare classes and properties; without them, any may be.
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        here: What file names in the report are relative to; the working directory by default.
        progress: Is told what was found so far, before what may take long.
        processes: With two, large graphs are looked at by two processes; only for a caller with
            a single thread.

    Raises:
        UnreadableError: A path is missing or can't be read.
        ShapesError: The shapes can't be run.
        TurtleSyntaxError: A file of the shapes or the ontology isn't Turtle.
    """
    asked = Request(data, shapes, ontology, engine, here or Path.cwd())
    files = asked.data_files()
    locate = _locating(asked, files) if processes > 1 else None
    # The engine is imported, and the shapes are read, while the store reads the data.
    loading = Background(lambda: _readable(files, asked.here))
    from stigraph.gate.locate import locate_in_texts
    from stigraph.gate.shapes import problem_findings, result_findings
    from stigraph.shacl import shape_infos

    shapes_graph = asked.shapes_graph()
    findings = list(problem_findings(shapes_graph, asked.declared()))
    paths, graph, broken = loading.result()
    if progress:
        progress([*broken, *findings])
    results, checked = _run(graph, paths, shapes_graph, engine, processes)
    findings += result_findings(results, shape_infos(shapes_graph))
    if locate is None:
        texts = asked.texts(paths)
        return Report.of([*broken, *locate_in_texts(findings, texts)], checked, results)
    return Report.of([*broken, *locate(findings)], checked, results)


def _locating(asked: Request, files: Sequence[Path]) -> LocatorBeside | None:
    """Return what knows where the statements of large files stand, found out from now on."""
    if sum(path.stat().st_size for path in files) < _LARGE:
        return None
    from stigraph.gate.locate import LocatorBeside

    return LocatorBeside(asked.texts(files))


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
        faults = {path: _fault(path) for path in paths}
    good = [path for path, fault in faults.items() if fault is None]
    broken = {path: fault for path, fault in faults.items() if fault is not None}
    return good, DataGraph.of_files(good), list(broken_findings(broken, base))


def _fault(path: Path) -> TurtleSyntaxError | None:
    try:
        DataGraph.of_files([path])
    except TurtleSyntaxError as error:
        return error
    return None


def broken_findings(broken: Mapping[Path, TurtleSyntaxError], base: Path) -> Iterator[Finding]:
    """Yield a finding for each file that doesn't parse."""
    for path, error in broken.items():
        yield _syntax(path, name_of(path, base), error)


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
    graph: DataGraph, paths: Sequence[Path], shapes: Sequence[Triple], engine: str, processes: int
) -> tuple[list[ShapeResult], int]:
    from stigraph.gate.engines import run_engine

    results, checked = run_engine(engine, graph, shapes, processes=processes)
    if any(isinstance(result.focus, Blank) for result in results) and _is_small(paths):
        # The store's labels of blank nodes are its own; to point at them in the files, the
        # files are read with the labels that our reader gives.
        from stigraph.filestore.cache import CachedGraph

        named = CachedGraph(None, paths).data()
        results, checked = run_engine(engine, named, shapes)
    return results, checked


def _is_small(paths: Iterable[Path]) -> bool:
    return sum(path.stat().st_size for path in paths) <= _SMALL
