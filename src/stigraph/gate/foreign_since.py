"""The gate over anybody's data after a change: only what the change can affect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from stigraph.errors import TurtleSyntaxError, UsageError
from stigraph.filestore.cache import CachedGraph, cached_graph
from stigraph.filestore.graphs import FileGraphs, RawTriple, file_triples
from stigraph.filestore.reduce import reduced
from stigraph.filestore.uris import file_uris
from stigraph.gate.changes import Change, changed_files, repository
from stigraph.gate.engines import run_engine
from stigraph.gate.finding import Finding, Report
from stigraph.gate.foreign import Request, broken_findings
from stigraph.gate.locate import locate_in_texts
from stigraph.gate.paths import name_of
from stigraph.gate.shapes import problem_findings, result_findings
from stigraph.shacl.affected import Affected
from stigraph.shacl.engine import Validation
from stigraph.shacl.model import Shape
from stigraph.shacl.parse import parse_shapes
from stigraph.shacl.results import ShapeResult, shape_infos
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm, plain_term
from stigraph.store.reading import read_bytes
from stigraph.terms import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.deadline import Progress

__all__ = ["validate_cached"]

Triple = tuple[Term, Term, Term]
Only = Callable[[Shape], Set[RawTerm] | None]


def validate_cached(
    asked: Request,
    *,
    cache: Path | None,
    since: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Validate Turtle files against shapes, over a store that an earlier run may have filled.

    Args:
        asked: What to validate.
        cache: The folder of the cache; None for none.
        since: A git revision; only what the change since then can affect is reported.
        progress: Is told what was found so far, before what may take long.

    Raises:
        UnreadableError: A path is missing or can't be read.
        UsageError: ``since`` isn't a revision of the repository that holds the data.
        ShapesError: The shapes can't be run.
        TurtleSyntaxError: A file of the shapes or the ontology isn't Turtle.
    """
    files = asked.data_files()
    changes = None if since is None else _changes(asked, files, since)
    if changes is not None and not (changes.data or changes.model):
        return Report.of((), 0)
    key = [str(path.resolve()) for path in asked.data]
    with cached_graph(cache, key, files, changes.old if changes else None) as cached:
        return _validated(asked, files, cached, changes, progress)


@dataclass(frozen=True, slots=True)
class _Changes:
    """What changed since the revision.

    Attributes:
        data: The files of data, with their IRIs.
        model: Whether the shapes or the ontology did.
    """

    data: Sequence[tuple[Change, str]]
    model: bool

    @property
    def uris(self) -> set[str]:
        """The IRIs of the files of data."""
        return {uri for _, uri in self.data}

    @property
    def old(self) -> dict[str, bytes]:
        """What the files were at the revision."""
        return {uri: change.old for change, uri in self.data if change.old is not None}


def _changes(asked: Request, files: Sequence[Path], revision: str) -> _Changes:
    root = repository(asked.data[0])
    given = [path.resolve() for path in (*asked.data, *asked.shapes, *asked.ontology)]
    for path in given[: len(asked.data)]:
        if not path.is_relative_to(root):
            raise UsageError(
                f"{path} は git リポジトリ {root} の外にある。"
                "--since のデータは一つのリポジトリに置く",
                f"{path} is outside the git repository {root}; "
                "with --since all data must be in one repository",
            )
    found = changed_files(root, revision, [path for path in given if path.is_relative_to(root)])
    present = {uri for _, uri in file_uris(files)}
    named = [(change, change.path.resolve().as_uri()) for change in found]
    folders = given[: len(asked.data)]
    data = [
        (change, uri) for change, uri in named if uri in present or _is_gone(change.path, folders)
    ]
    model = {path.resolve() for path in (*asked.shapes, *asked.ontology)}
    return _Changes(data, any(c.path.is_relative_to(part) for c in found for part in model))


def _is_gone(path: Path, folders: Sequence[Path]) -> bool:
    """Return whether a file that isn't there any more was one of the data."""
    return not path.exists() and any(
        path == folder or (path.suffix == ".ttl" and path.is_relative_to(folder))
        for folder in folders
    )


def _validated(
    asked: Request,
    files: Sequence[Path],
    cached: CachedGraph,
    changes: _Changes | None,
    progress: Progress | None,
) -> Report:
    shapes_graph = asked.shapes_graph()
    everything = changes is None or changes.model
    findings: list[Finding] = []
    if everything:
        findings += problem_findings(shapes_graph, asked.declared())
    broken = {
        path: error
        for path, error in cached.broken.items()
        if changes is None or path.resolve().as_uri() in changes.uris
    }
    unread = list(broken_findings(broken, asked.here))
    if progress:
        progress([*unread, *findings])
    graph = cached.data()
    document = parse_shapes(shapes_graph)
    only: Only | None = None
    if changes is not None and not changes.model:
        only = Affected(graph, list(_changed_triples(cached.files, changes)))
    results, checked = run_engine(asked.engine, graph, document, only)
    if only is not None and asked.engine != "stigraph":
        results = _about(results, graph, only, Validation(graph, document))
    findings += result_findings(results, shape_infos(shapes_graph))
    texts = _texts(asked, files, cached.files, {graph.raw(result.focus) for result in results})
    return Report.of([*unread, *locate_in_texts(findings, texts)], checked, results)


def _about(
    results: Iterable[ShapeResult], graph: DataGraph, only: Only, validation: Validation
) -> list[ShapeResult]:
    """Return the results of an engine that looks at all nodes which are about affected ones."""
    nodes: set[RawTerm] = set()
    for shape in validation.document.targeted():
        some = only(shape)
        nodes |= validation.focus_of(shape) if some is None else some
    return [result for result in results if graph.raw(result.focus) in nodes]


def _changed_triples(files: FileGraphs, changes: _Changes) -> Iterator[Triple]:
    """Yield the triples that the change added to the graph, and those it removed."""
    before: set[RawTriple] = set()
    after: set[RawTriple] = set()
    for change, uri in changes.data:
        old, new = _versions(change, uri, files)
        before |= old
        after |= new
    for triple in after - before:
        if files.stated_in(triple) <= changes.uris:
            yield _plain(triple)
    for triple in before - after:
        if not files.stated_in(triple):
            yield _plain(triple)


def _versions(change: Change, uri: str, files: FileGraphs) -> tuple[set[RawTriple], set[RawTriple]]:
    """Return what a file stated at the revision and states now, perhaps less what is in both.

    A version that doesn't parse is not in the graph.
    """
    state = files.states.get(uri)
    if state is None:
        return _parsed(change.old, uri) or set(), set()
    if change.old is not None:
        new = read_bytes(change.path)
        if sha256(new).hexdigest() == state.digest:
            old, rest = reduced(change.old, new)
            before, after = _parsed(old, uri), _parsed(rest, uri)
            if before is not None and after is not None:
                return before, after
    return _parsed(change.old, uri) or set(), files.triples_of(uri)


def _parsed(content: bytes | None, uri: str) -> set[RawTriple] | None:
    """Return the triples of a version, None if it doesn't parse or isn't there."""
    try:
        return None if content is None else set(file_triples(content, uri))
    except TurtleSyntaxError:
        return None


def _plain(triple: RawTriple) -> Triple:
    subject, predicate, value = triple
    return plain_term(subject), plain_term(predicate), plain_term(value)


def _texts(
    asked: Request, files: Sequence[Path], graphs: FileGraphs, nodes: Iterable[RawTerm]
) -> dict[str, Path]:
    """Return the files in which focus nodes stand, and the shapes, by their names in reports."""
    uris = {uri for node in nodes for uri in graphs.about(node)}
    mine = [path for path, uri in file_uris(files) if uri in uris] if uris else []
    return {name_of(path, asked.here): path for path in (*mine, *asked.shape_files())}
