"""Which findings of a project belong to a change: those of the nodes that it can affect."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from stigraph.gate.delta import Delta
from stigraph.gate.finding import Finding
from stigraph.oxigraph import from_oxigraph
from stigraph.shacl import Affected, Validation
from stigraph.shacl.model import Shape
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Iri

__all__ = ["Only", "Scope", "scope_of"]

Only = Callable[[Shape], Set[RawTerm] | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a change can affect.

    Attributes:
        nodes: IRIs of the focus nodes; None for all (the ontology or the shapes changed).
        delta: What it did to the data.
    """

    nodes: frozenset[str] | None
    delta: Delta

    def holds(self, found: Finding) -> bool:
        """Whether a finding belongs to the change."""
        return self.nodes is None or found.focus in self.nodes


def scope_of(delta: Delta, data: DataGraph, validation: Validation) -> tuple[Scope, Only]:
    """Return the scope of a change in the graph ``data``.

    And, for the engine, which focus nodes of a shape to look at, None for all.
    """
    affected = Affected(data, delta.changed)
    nodes = _affected_iris(affected, validation) | delta.subjects | delta.referring
    return Scope(nodes, delta), affected


def _affected_iris(affected: Affected, validation: Validation) -> frozenset[str]:
    found: set[str] = set()
    for shape in validation.document.targeted():
        some = affected(shape)
        raw = validation.focus_of(shape) if some is None else some
        terms = map(from_oxigraph, raw)
        found |= {term.value for term in terms if isinstance(term, Iri)}
    return frozenset(found)
