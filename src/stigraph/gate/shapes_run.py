"""The shapes of a project over its data, from what is read or, beside the rest, from the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stigraph.errors import TurtleSyntaxError
from stigraph.gate.delta import Delta
from stigraph.gate.engines import run_engine
from stigraph.gate.files import SourceFile
from stigraph.gate.inputs import Input, text_of
from stigraph.gate.model import Model, Shapes
from stigraph.gate.shapes import problem_findings, result_findings
from stigraph.gate.since import Only, Scope, scope_of
from stigraph.gate.task import Task
from stigraph.shacl import Ontology, Validation, shape_infos
from stigraph.shacl.graph import ShapesGraph
from stigraph.shacl.parse import ShapesDocument, parse_shapes
from stigraph.store import LocalStore
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples
from stigraph.terms import Term

__all__ = ["Prepared", "prepare", "run_loaded", "run_shapes"]

Triple = tuple[Term, Term, Term]


def run_shapes(
    model: Model,
    files: Sequence[SourceFile],
    engine: str,
    delta: Delta | None = None,
    *,
    model_changed: bool = False,
) -> Shapes:
    """Run the shapes over what was read.

    Args:
        model: Ontology and shapes.
        files: The data.
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        delta: Only what this change can affect is looked at; None: everything.
        model_changed: Whether ontology or shapes changed, too.

    Raises:
        ShapesError: The shapes can't be run.
    """
    data = DataGraph.of_triples(t for source in (*model.ontology, *files) for t in source.triples)
    ontology = (triple for source in model.ontology for triple in source.triples)
    problems = tuple(problem_findings(model.shapes_graph, Ontology.of(ontology)))
    shapes = Prepared(model.shapes_graph, parse_shapes(model.shapes_graph))
    found = _run(data, shapes, engine, delta, model_changed=model_changed)
    return replace(found, problems=problems)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The shapes of a project, ready to run."""

    triples: Sequence[Triple]
    document: ShapesDocument


def prepare(task: Task) -> Prepared | None:
    """Return the shapes of a project, None where they aren't Turtle, or mean nothing.

    Raises:
        ShapesError: They can't be run.
    """
    try:
        shapes = ShapesGraph(_triples(task.inputs.shapes))
        known = task.since_clean is not None  # the shapes are as they were, too
        if not known:
            ontology = Ontology.of(_triples(task.inputs.ontology))
            if any(problem_findings(shapes, ontology)):
                return None
    except (TurtleSyntaxError, UnicodeDecodeError):
        return None
    return Prepared(shapes.triples, parse_shapes(shapes))


def run_loaded(
    store: LocalStore,
    others: Iterable[Input],
    task: Task,
    shapes: Prepared,
    delta: Delta | None,
) -> Shapes | None:
    """Run the shapes over texts that are loaded already.

    Args:
        store: Holds the data but ``others``; it is changed.
        others: The texts of the data that :func:`~stigraph.store.reading.load_plain` left.
        task: What is to be done.
        shapes: The shapes.
        delta: Only what this change can affect is looked at; None: everything.

    Returns:
        What was found; None where a text isn't Turtle.

    Raises:
        ShapesError: The shapes can't be run.
    """
    data = DataGraph.of_plain(store)
    try:
        data.add_texts(map(text_of, (*others, *task.inputs.ontology)))
    except TurtleSyntaxError:
        return None
    found = _run(data, shapes, task.engine, delta, model_changed=task.model_changed)
    if task.changes is None and delta is not None:
        focus_nodes = Validation(data, shapes.document).focus_nodes()
        return replace(found, count=sum(1 for _ in focus_nodes))
    return found


def _run(
    data: DataGraph,
    shapes: Prepared,
    engine: str,
    delta: Delta | None,
    *,
    model_changed: bool,
) -> Shapes:
    document = shapes.document
    scope: Scope | None = None
    only: Only | None = None
    if delta is not None and model_changed:
        scope = Scope(None, delta)
    elif delta is not None:
        scope, only = scope_of(delta, data, Validation(data, document))
    results, count = run_engine(engine, data, document, only)
    told = result_findings(results, shape_infos(shapes.triples))
    return Shapes((), tuple(results), tuple(told), count, scope=scope)


def _triples(inputs: Iterable[Input]) -> list[Triple]:
    return [
        triple
        for text, base in map(text_of, inputs)
        for triple in parse_triples(text.decode("utf-8"), base)
    ]
