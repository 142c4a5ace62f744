"""The engines that validate shapes, by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stigraph.gate.beside import Beside, Turns
from stigraph.shacl.engine import Only, Validation
from stigraph.shacl.parse import ShapesDocument
from stigraph.shacl.results import ShapeResult
from stigraph.store.data import DataGraph
from stigraph.terms import Term

__all__ = ["run_engine"]

Triple = tuple[Term, Term, Term]

_LARGE: Final = 50_000
"""Triples from which a second process is worth its while."""


def run_engine(
    engine: str,
    data: DataGraph,
    shapes: Sequence[Triple] | ShapesDocument,
    only: Only | None = None,
    *,
    processes: int = 1,
) -> tuple[list[ShapeResult], int]:
    """Return the results of an engine, and how many focus nodes it checked.

    Args:
        engine: One of :data:`~stigraph.gate.selection.ENGINES`.
        data: The data graph.
        shapes: The shapes graph.
        only: Which focus nodes of a shape to look at; the reference looks at all.
        processes: With two, large graphs are looked at by two processes; only for a caller with
            a single thread.

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
    chosen = only or (lambda _: None)
    if processes > 1 and len(data) > _LARGE:
        return _in_two(validation, chosen), validation.checked
    return list(validation.results(chosen)), validation.checked


def _in_two(validation: Validation, only: Only) -> list[ShapeResult]:
    """Return the results, found by this process and one beside it, in order of the shapes."""
    shapes = list(validation.document.targeted())[: Turns.MOST]
    rest = list(validation.document.targeted())[Turns.MOST :]
    for shape in shapes:  # before the fork, so that both have them
        validation.focus(shape, only)
    turns = Turns(len(shapes))

    def share() -> list[tuple[int, list[ShapeResult]]]:
        return [(turn, list(validation.results_of(shapes[turn], only))) for turn in turns]

    beside = Beside(share)
    try:
        mine = share()
    except BaseException:
        beside.drop()
        raise
    finally:
        turns.close()
    found = sorted([*mine, *beside.result()], key=lambda each: each[0])
    ours = [result for _, results in found for result in results]
    return [*ours, *(result for shape in rest for result in validation.results_of(shape, only))]
