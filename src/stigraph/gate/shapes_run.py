"""The shapes of a project over its data, from what is read or, beside the rest, from the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stigraph.digests import Digests
from stigraph.errors import TurtleSyntaxError
from stigraph.gate.changes import Change
from stigraph.gate.engines import run_engine
from stigraph.gate.files import SIZE_LIMIT, SourceFile
from stigraph.gate.form import check_forms
from stigraph.gate.inputs import Input, Inputs
from stigraph.gate.model import Model, Shapes
from stigraph.gate.shapes import problem_findings, result_findings
from stigraph.gate.since import Only, scope_of
from stigraph.shacl import Ontology, Validation, shape_infos
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples
from stigraph.terms import Term

__all__ = ["run_shapes", "run_texts"]

Triple = tuple[Term, Term, Term]

_MARK = "\N{BYTE ORDER MARK}".encode()


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


def run_texts(inputs: Inputs, engine: str, formed: Digests) -> Shapes | None:
    """Run the shapes, and check the form of the data, from the texts alone.

    Args:
        inputs: All files.
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        formed: Contents that are known to be well formed.

    Returns:
        What was found; None where a text isn't Turtle, or where something is to be said
        about blank nodes, whose labels mean nothing to another process: what was read is
        to be used then.

    Raises:
        ShapesError: The shapes can't be run.
    """
    texts = [_text(each) for each in inputs.data]
    if any(len(text) > SIZE_LIMIT for text, _ in texts):
        return None
    try:
        data = DataGraph.of_texts(texts)
        if data.has_blank_nodes():
            return None
        data.add_texts(_text(each) for each in inputs.ontology)
        ontology = _triples(inputs.ontology)
        found = _run(data, _triples(inputs.shapes), ontology, engine)
        named = ((each.name, _text(each)[0].decode("utf-8")) for each in inputs.data)
        form = check_forms(named, formed)
    except (TurtleSyntaxError, UnicodeDecodeError):
        return None
    if found.problems:
        return None
    return replace(found, form=tuple(form))


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


def _text(source: Input) -> tuple[bytes, str]:
    return source.content.removeprefix(_MARK), source.base


def _triples(inputs: Iterable[Input]) -> list[Triple]:
    return [
        triple
        for text, base in map(_text, inputs)
        for triple in parse_triples(text.decode("utf-8"), base)
    ]
