"""The shapes of a project over its data, from what is read or, beside the rest, from the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stigraph.errors import TurtleSyntaxError
from stigraph.gate.changes import Change
from stigraph.gate.engines import run_engine
from stigraph.gate.files import SourceFile
from stigraph.gate.inputs import Input, Inputs, text_of
from stigraph.gate.model import Model, Shapes
from stigraph.gate.shapes import problem_findings, result_findings
from stigraph.gate.since import Only, scope_of
from stigraph.shacl import Ontology, Validation, shape_infos
from stigraph.store import LocalStore
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples
from stigraph.terms import Term

__all__ = ["run_loaded", "run_shapes"]

Triple = tuple[Term, Term, Term]


def run_shapes(
    model: Model,
    files: Sequence[SourceFile],
    engine: str,
    changes: Sequence[Change] | None = None,
    *,
    model_changed: bool = False,
) -> Shapes:
    """Run the shapes over what was read.

    Args:
        model: Ontology and shapes.
        files: The data.
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        changes: Only what these can affect is looked at; None: everything.
        model_changed: Whether a change is one of ontology or shapes.

    Raises:
        ShapesError: The shapes can't be run.
    """
    data = DataGraph.of_triples(t for source in (*model.ontology, *files) for t in source.triples)
    ontology = (triple for source in model.ontology for triple in source.triples)
    if changes is None:
        return _run(data, model.shapes_graph, ontology, engine)
    validation = Validation(data, model.shapes_graph)
    scope, only = scope_of(changes, files, data, validation, model_changed=model_changed)
    return replace(_run(data, model.shapes_graph, ontology, engine, only), scope=scope)


def run_loaded(
    store: LocalStore, others: Iterable[Input], inputs: Inputs, engine: str
) -> Shapes | None:
    """Run the shapes over texts that are loaded already.

    Args:
        store: Holds the data but ``others``; it is changed.
        others: The texts of the data that :func:`~stigraph.store.reading.load_plain` left.
        inputs: All files.
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.

    Returns:
        What was found; None where a text isn't Turtle, or the shapes mean nothing.

    Raises:
        ShapesError: The shapes can't be run.
    """
    data = DataGraph.of_plain(store)
    try:
        data.add_texts(map(text_of, (*others, *inputs.ontology)))
        ontology = _triples(inputs.ontology)
        found = _run(data, _triples(inputs.shapes), ontology, engine)
    except TurtleSyntaxError:
        return None
    return None if found.problems else found


def _run(
    data: DataGraph,
    shapes: Sequence[Triple],
    ontology: Iterable[Triple],
    engine: str,
    only: Only | None = None,
) -> Shapes:
    problems = problem_findings(shapes, Ontology.of(ontology))
    results, count = run_engine(engine, data, shapes, only)
    told = result_findings(results, shape_infos(shapes))
    return Shapes(tuple(problems), tuple(results), tuple(told), count)


def _triples(inputs: Iterable[Input]) -> list[Triple]:
    return [
        triple
        for text, base in map(text_of, inputs)
        for triple in parse_triples(text.decode("utf-8"), base)
    ]
