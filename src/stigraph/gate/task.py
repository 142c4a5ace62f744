"""What a run over a project is to do, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stigraph.gate.finding import Finding
from stigraph.gate.inputs import Inputs
from stigraph.gate.memory import Known
from stigraph.project import Project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import Change
    from stigraph.gate.evidence import SourceText
    from stigraph.shacl.results import ShapeResult

__all__ = ["Checked", "Task"]


@dataclass(frozen=True, slots=True)
class Task:
    """What a run is to do, once its files are read.

    Attributes:
        project: The project.
        inputs: Its files.
        engine: The engine of the shapes.
        texts: The source texts to compare the evidence with, if any.
        changes: Only what these changes can affect is wanted; None: everything.
        since_clean: What changed in the data, and only there, since they were known to be
            without fault; None where no such state is known.
        base: What names in reports are relative to.
        known: What is known of texts.
    """

    project: Project
    inputs: Inputs
    engine: str
    texts: Sequence[SourceText] | None
    changes: Sequence[Change] | None
    since_clean: Sequence[Change] | None
    base: Path
    known: Known

    @property
    def followed(self) -> Sequence[Change] | None:
        """The changes whose effects are followed, None where everything is looked at."""
        return self.changes if self.since_clean is None else self.since_clean

    @property
    def model_changed(self) -> bool:
        """Whether one of these changes is in the ontology, its shapes or rules."""
        inside = self.project.ontology
        return any(change.path.is_relative_to(inside) for change in self.followed or ())


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was found, with its places; and how many focus nodes were looked at."""

    findings: Iterable[Finding]
    results: Sequence[ShapeResult]
    count: int
