"""From a shapes graph to shapes (SHACL, sections 2 and 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stigraph.shacl.components import Components, sparql_constraint
from stigraph.shacl.constraints.base import Constraint
from stigraph.shacl.graph import ShapesGraph, Triple, ill_formed
from stigraph.shacl.messages import is_text
from stigraph.shacl.model import Shape, Target
from stigraph.shacl.parameters import ON_PROPERTIES_ONLY, READERS, SINGLE
from stigraph.shacl.paths import parse_path
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import RDFS, SH

__all__ = ["ShapesDocument", "parse_shapes"]

_TARGETS: Final = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class ShapesDocument:
    """The shapes of a shapes graph.

    Attributes:
        shapes: Every shape, by its node.
        graph: The graph that they were read from.
    """

    shapes: dict[Term, Shape]
    graph: ShapesGraph

    def targeted(self) -> Iterator[Shape]:
        """Yield the shapes that select focus nodes by themselves."""
        return (shape for shape in self.shapes.values() if shape.targets)


def parse_shapes(triples: Iterable[Triple]) -> ShapesDocument:
    """Return the shapes that ``triples`` describe.

    Raises:
        ShapesError: A shape is ill-formed or recursive.
    """
    parser = Parser(ShapesGraph.of(triples))
    for node in shape_nodes(parser.graph):
        parser.shape(node)
    return ShapesDocument(parser.shapes, parser.graph)


def shape_nodes(graph: ShapesGraph) -> list[Term]:
    """Return the nodes that are shapes (section 2.1)."""
    found: dict[Term, None] = {}
    for cls in (SH.NodeShape, SH.PropertyShape):
        found.update(dict.fromkeys(graph.instances(cls)))
    for node in graph.nodes():
        properties = graph.properties(node)
        if any(name in properties for name in _TARGETS):
            found[node] = None
        if any(name in properties for name in READERS) and not _is_parameter(graph, node):
            found[node] = None
    return list(found)


def _is_parameter(graph: ShapesGraph, node: Term) -> bool:
    return bool(graph.subjects(SH.parameter, node)) or graph.is_instance(node, SH.Parameter)


class Parser:
    """Reads shapes, each once."""

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self.shapes: dict[Term, Shape] = {}
        self._open: list[Term] = []
        self._components = Components(graph)

    def shape(self, node: Term) -> Shape:
        """Return the shape that ``node`` stands for.

        Raises:
            ShapesError: It is ill-formed or refers to itself.
        """
        if node in self.shapes:
            return self.shapes[node]
        if isinstance(node, Literal):
            raise ill_formed(node, "リテラルはシェイプではない", "is a literal, not a shape")
        if node in self._open:
            raise ill_formed(
                node, "自分自身を参照している（再帰）", "refers to itself (a recursive shape)"
            )
        if len(self._open) > 100:
            raise ill_formed(node, "入れ子が深すぎる", "is nested too deeply")
        self._open.append(node)
        shape = self._read(node)
        self._open.pop()
        self.shapes[node] = shape
        return shape

    def forget(self) -> None:
        """Forget what was being read when an error came, to go on with another shape."""
        self._open.clear()

    def _read(self, node: Term) -> Shape:
        graph = self.graph
        paths = graph.objects(node, SH.path)
        if len(paths) > 1 or (not paths and graph.is_instance(node, SH.PropertyShape)):
            raise ill_formed(
                node,
                "プロパティ・シェイプには sh:path がちょうど一つ要る",
                "is a property shape, which needs exactly one sh:path",
            )
        path = parse_path(graph, paths[0]) if paths else None
        severity = graph.one(node, SH.severity)
        if severity is not None and not isinstance(severity, Iri):
            raise ill_formed(node, "sh:severity の値は IRI", "needs an IRI for sh:severity")
        shape = Shape(
            node=node,
            path=path,
            targets=tuple(self._targets(node)),
            severity=SH.Violation if severity is None else severity.value,
            messages=tuple(self._messages(node)),
            deactivated=graph.boolean(node, SH.deactivated),
        )
        constraints = tuple(self._constraints(node, shape))
        object.__setattr__(shape, "constraints", constraints)
        return shape

    def _targets(self, node: Term) -> Iterator[Target]:
        for name in _TARGETS:
            for value in self.graph.objects(node, name):
                wrong = isinstance(value, Blank) or (
                    isinstance(value, Literal) and name != SH.targetNode
                )
                if wrong:
                    raise ill_formed(
                        node, f"{name} の値が正しくない", f"has an unusable value of {name}"
                    )
                yield Target(name, value)
        is_class = isinstance(node, Iri) and self.graph.is_instance(node, RDFS.Class)
        if is_class and any(
            self.graph.is_instance(node, cls) for cls in (SH.NodeShape, SH.PropertyShape)
        ):
            yield Target(SH.targetClass, node)

    def _messages(self, node: Term) -> Iterator[Literal]:
        for value in self.graph.objects(node, SH.message):
            if not isinstance(value, Literal) or not is_text(value):
                raise ill_formed(node, "sh:message の値は文字列", "needs a string for sh:message")
            yield value

    def _constraints(self, node: Term, shape: Shape) -> Iterator[Constraint]:
        for name, values in self.graph.properties(node).items():
            if name in SINGLE:
                self.graph.one(node, name)
            if name in ON_PROPERTIES_ONLY and shape.path is None:
                raise ill_formed(
                    node,
                    f"{name} はプロパティ・シェイプにしか使えない",
                    f"has {name}, which only property shapes may have",
                )
            if name in READERS:
                for value in values:
                    yield from READERS[name](self, node, value)
        for value in self.graph.objects(node, SH.sparql):
            yield from sparql_constraint(self.graph, value)
        yield from self._components.constraints(node, shape)
