"""What a run over a project is to do, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stigraph.digests import Digests
from stigraph.gate.evidence import SourceText
from stigraph.gate.finding import Finding
from stigraph.gate.inputs import Inputs
from stigraph.project import Project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import Change
    from stigraph.shacl.results import ShapeResult

__all__ = ["Checked", "Task"]


@dataclass(frozen=True, slots=True)
class Task:
    """What a run is to do, once its files are read."""

    project: Project
    inputs: Inputs
    engine: str
    texts: Sequence[SourceText] | None
    changes: Sequence[Change] | None
    base: Path
    formed: Digests


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was found, with its places; and how many focus nodes were looked at."""

    findings: Iterable[Finding]
    results: Sequence[ShapeResult]
    count: int
