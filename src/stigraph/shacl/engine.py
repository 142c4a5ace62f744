"""The engine: shapes run over a data graph (SHACL, section 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

from stigraph.shacl.constraints.base import Constraint, Fault
from stigraph.shacl.constraints.shapes import Property
from stigraph.shacl.focus import Focus, restricted
from stigraph.shacl.graph import Triple
from stigraph.shacl.messages import default_messages, filled, path_text
from stigraph.shacl.model import Shape
from stigraph.shacl.parse import ShapesDocument, parse_shapes
from stigraph.shacl.paths import Predicate
from stigraph.shacl.results import ShapeResult
from stigraph.shacl.run import Run
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Literal, Term

Only = Callable[[Shape], Set[RawTerm] | None]
"""Tells which nodes of a shape to look at; None for all."""

__all__ = ["Validation", "validate"]


def validate(data: DataGraph, shapes: Iterable[Triple] | ShapesDocument) -> list[ShapeResult]:
    """Return the results of validating ``data`` against ``shapes``.

    Raises:
        ShapesError: The shapes can't be run.
    """
    return list(Validation(data, shapes).results())


class Validation:
    """One validation of a data graph against a shapes graph.

    Args:
        data: The data graph.
        shapes: The triples of the shapes graph, or the shapes read from them.

    Raises:
        ShapesError: The shapes are ill-formed.
    """

    def __init__(self, data: DataGraph, shapes: Iterable[Triple] | ShapesDocument) -> None:
        self.document = shapes if isinstance(shapes, ShapesDocument) else parse_shapes(shapes)
        self._data = data
        self._run = Run(data, self.document.graph.triples)
        self._checked: set[RawTerm] = set()
        self._focus: dict[Shape, Focus] = {}

    @property
    def checked(self) -> int:
        """The number of focus nodes looked at so far."""
        return len(self._checked)

    def focus_of(self, shape: Shape) -> Set[RawTerm]:
        """Return the focus nodes that the targets of ``shape`` select."""
        return self._run.targets(shape).members

    def focus_nodes(self) -> Iterator[RawTerm]:
        """Yield every focus node that some target selects, once."""
        yield from set().union(*(self.focus_of(shape) for shape in self.document.targeted()))

    def results(self, only: Only = lambda _: None) -> Iterator[ShapeResult]:
        """Yield the results, shape by shape.

        Args:
            only: Which focus nodes of a shape to look at; None for all.

        Raises:
            ShapesError: A shape can't be run.
        """
        return (result for _, _, result in self.rooted_results(only))

    def rooted_results(
        self, only: Only = lambda _: None
    ) -> Iterator[tuple[Shape, RawTerm, ShapeResult]]:
        """Yield the results, each with the shape and the target node that led to it.

        The focus node of a result of a nested property shape may be another than its target node.
        """
        for shape in self.document.targeted():
            for root, result in self._results(shape, self.focus(shape, only)):
                yield shape, root, result

    def results_of(self, shape: Shape, only: Only = lambda _: None) -> Iterator[ShapeResult]:
        """Yield the results of one of the shapes that have targets.

        Raises:
            ShapesError: It can't be run.
        """
        return (result for _, result in self._results(shape, self.focus(shape, only)))

    def focus(self, shape: Shape, only: Only = lambda _: None) -> Focus:
        """Return the focus nodes of a shape that has targets, which count as checked."""
        if shape not in self._focus:
            focus = self._run.targets(shape)
            wanted = only(shape)
            if wanted is not None:
                focus = restricted(self._data, focus, wanted)
            self._checked |= focus.members
            self._focus[shape] = focus
        return self._focus[shape]

    def _results(self, shape: Shape, focus: Focus) -> Iterator[tuple[RawTerm, ShapeResult]]:
        """Yield results with the node of ``focus`` that each belongs to."""
        if shape.deactivated or not focus.members:
            return
        for constraint in shape.constraints:
            if isinstance(constraint, Property):
                yield from self._below(shape, constraint.shapes[0], focus)
        for constraint, fault in self._run.own_faults(shape, focus):
            yield fault.focus, self._result(shape, constraint, fault)

    def _below(
        self, shape: Shape, child: Shape, focus: Focus
    ) -> Iterator[tuple[RawTerm, ShapeResult]]:
        """Yield the results of a property shape for each of the value nodes of ``shape``."""
        values = self._run.values(shape, focus)
        found: dict[RawTerm, list[ShapeResult]] = {}
        for value, result in self._results(child, values):
            found.setdefault(value, []).append(result)
        for this, value in self._run.pairs(shape, focus, found.keys()):
            for result in found[value]:
                yield this, result

    def _result(self, shape: Shape, constraint: Constraint, fault: Fault) -> ShapeResult:
        term = self._data.term
        path = fault.path or shape.path
        value = None if fault.value is None else term(fault.value)
        said = self._said(shape, constraint, fault)
        component = constraint.name()
        return ShapeResult(
            focus=term(fault.focus),
            path=path.iri if isinstance(path, Predicate) else None,
            value=value,
            component=component,
            shape=shape.node,
            severity=shape.severity,
            messages={text.language or "": text.value for text in said}
            or default_messages(component, self._slots(constraint, fault, path_text(path), value)),
            result_path=path,
            constraint=constraint.source(),
            said=said,
        )

    def _slots(
        self, constraint: Constraint, fault: Fault, path: str, value: Term | None
    ) -> dict[str, str]:
        bound = {name: str(self._data.term(raw)) for name, raw in (fault.bindings or {}).items()}
        shown = {} if value is None else {"value": str(value)}
        return {**bound, **shown, **constraint.details(), "path": path}

    def _said(self, shape: Shape, constraint: Constraint, fault: Fault) -> tuple[Literal, ...]:
        bindings = fault.bindings or {}
        if "message" in bindings and constraint.templated:
            message = self._data.term(bindings["message"])
            if isinstance(message, Literal):
                return (message,)
        own = constraint.own_messages()
        if not own:
            return shape.messages
        details = constraint.details()

        def find(name: str) -> Term | None:
            if name in bindings:
                return self._data.term(bindings[name])
            if name == "value" and fault.value is not None:
                return self._data.term(fault.value)
            if name == "this":
                return self._data.term(fault.focus)
            if name == "PATH" and shape.path is not None:
                return Literal(path_text(shape.path))
            return Literal(details[name]) if name in details else None

        return tuple(filled(template, find) for template in own)
