"""The engines that validate shapes, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from stigraph.shacl.engine import Validation
from stigraph.shacl.model import Shape
from stigraph.shacl.parse import ShapesDocument
from stigraph.shacl.results import ShapeResult
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Term

__all__ = ["run_engine"]

Triple = tuple[Term, Term, Term]


def run_engine(
    engine: str,
    data: DataGraph,
    shapes: Sequence[Triple] | ShapesDocument,
    only: Callable[[Shape], Set[RawTerm] | None] | None = None,
) -> tuple[list[ShapeResult], int]:
    """Return the results of an engine, and how many focus nodes it checked.

    Args:
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        data: The data graph.
        shapes: The shapes graph.
        only: Which focus nodes of a shape to look at; the reference looks at all.

    Raises:
        ShapesError: The shapes can't be run.
    """
    validation = Validation(data, shapes)
    if engine == "pyshacl":
        # Imported where it is used: it costs more than the whole of our own run.
        from stigraph.shacl.reference import validate_reference

        targets = sum(1 for _ in validation.focus_nodes())
        graph = shapes.graph.triples if isinstance(shapes, ShapesDocument) else shapes
        return validate_reference(data.triples(), graph), targets
    results = list(validation.results(only) if only else validation.results())
    return results, validation.checked
