"""What a run over a project reads besides the data, and what the shapes find in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stigraph.gate.files import SourceFile
from stigraph.gate.finding import Finding
from stigraph.terms import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    # The engine is imported where it runs, which may be another process.
    from stigraph.gate.since import Scope
    from stigraph.shacl.results import ShapeResult

__all__ = ["Model", "Shapes"]

Triple = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class Model:
    """The files of a project that say what its data may be."""

    ontology: Sequence[SourceFile]
    shapes: Sequence[SourceFile]

    @property
    def shapes_graph(self) -> list[Triple]:
        """The triples of all files of shapes."""
        return [triple for source in self.shapes for triple in source.triples]


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the shapes found: problems of their own, results, and how many nodes they checked.

    ``told`` are the results as findings, ``form`` what was found out about the texts meanwhile,
    ``ruled`` what rules found in the same process.
    """

    problems: tuple[Finding, ...]
    results: tuple[ShapeResult, ...]
    told: tuple[Finding, ...]
    count: int
    form: tuple[Finding, ...] = ()
    ruled: tuple[Finding, ...] = ()
    scope: Scope | None = None
