"""The gate over the data of a SPARQL service."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stigraph.errors import UsageError
from stigraph.gate.deadline import Progress
from stigraph.gate.engines import run_engine
from stigraph.gate.finding import Report
from stigraph.gate.foreign import Request
from stigraph.gate.locate import locate_in_texts
from stigraph.gate.paths import name_of
from stigraph.gate.selection import DEFAULT_ENGINE
from stigraph.gate.shapes import problem_findings, result_findings
from stigraph.shacl import parse_shapes, shape_infos
from stigraph.shacl.needs import needs_of

if TYPE_CHECKING:
    from stigraph.store.remote import RemoteStore

__all__ = ["validate_service"]


def validate_service(
    store: RemoteStore,
    shapes: Sequence[Path],
    *,
    ontology: Sequence[Path] = (),
    engine: str = DEFAULT_ENGINE,
    here: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Validate the data of a SPARQL service against shapes.

    The triples that the shapes can need are taken from the service first: the report is the one
    that files with what the service gives back would have.

    Args:
        store: The service; its default graph is the data graph.
        shapes: Files or folders of shapes.
        ontology: Files that declare classes and properties; without them, any may be.
        engine: One of :data:`stigraph.gate.selection.ENGINES`.
        here: What file names in the report are relative to; the working directory by default.
        progress: Is told what was found so far, before what may take long.

    Raises:
        UnreadableError: A path is missing or can't be read.
        ShapesError: The shapes can't be run.
        TurtleSyntaxError: A file of the shapes or the ontology isn't Turtle.
        UsageError: The service holds no triple at all.
        ServiceError: The service gives no whole answer, or doesn't keep the literals that the
            shapes ask for.
    """
    # Imported where a service is used: the HTTP client takes longer to load than most runs.
    from stigraph.store.fetch import fetched  # noqa: PLC0415
    from stigraph.store.fidelity import require  # noqa: PLC0415

    asked = Request((), shapes, ontology, engine, here or Path.cwd())
    graph = asked.shapes_graph()
    findings = list(problem_findings(graph, asked.declared()))
    if progress:
        progress(findings)
    needs = needs_of(parse_shapes(graph))
    require(store, needs.datatypes, needs.literals)
    data = fetched(store, needs.predicates)
    if not len(data) and not store.has_triples():
        raise UsageError(
            f"{store.url} には三つ組が一つもない。アドレスと ?default-graph-uri=… を確かめる",
            f"{store.url} holds no triple; check the address and ?default-graph-uri=…",
        )
    results, checked = run_engine(engine, data, graph)
    findings += result_findings(results, shape_infos(graph))
    texts = {name_of(path, asked.here): path for path in asked.shape_files()}
    return Report.of(locate_in_texts(findings, texts), checked, results)
