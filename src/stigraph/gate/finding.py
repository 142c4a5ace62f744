"""A finding: one fault in the data, where it stands, what it means, and how it may be mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from stigraph.terms import Blank, Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.shacl.results import ShapeResult

__all__ = ["Edit", "Finding", "Fix", "Message", "Move", "Place", "Report", "Severity", "node_name"]


class Severity(StrEnum):
    """How much a finding weighs: information alone doesn't fail a run."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in both languages."""

    ja: str
    en: str

    def text(self, lang: str) -> str:
        """Return the sentence in ``lang``, else in English."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of a file: 1-based lines and columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to stand at ``place`` of ``file`` instead of what stands there."""

    file: str
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """A file that belongs somewhere else."""

    file: str
    target: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How a fault may be mended.

    Attributes:
        message: What the fix does, in the words of someone who proposes it.
        edits: The changes to texts; they don't overlap.
        moves: The files to move, after the edits.
        safe: Whether it may be made without asking: nothing that the author meant is lost.
    """

    message: Message
    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault.

    ``file`` is the path as the gate was given it; ``focus``, ``path``, ``component`` and
    ``source_shape`` are full IRIs; ``value`` is the offending term; ``label`` is what people
    call the focus node, where its file says so.
    """

    code: str
    message: Message
    severity: Severity = Severity.VIOLATION
    file: str | None = None
    place: Place | None = None
    focus: str | None = None
    path: str | None = None
    value: Term | None = None
    component: str | None = None
    source_shape: str | None = None
    label: Message | None = None
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[str, Place, str, str, str, str, str, str]:
        """Order of a report: file, place, code, then what tells equals apart."""
        return (
            self.file or "",
            self.place or Place(0, 0, 0, 0),
            self.code,
            self.focus or "",
            self.path or "",
            self.value.value if self.value else "",
            self.component or "",
            self.message.en,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, in order, and how many focus nodes it checked."""

    findings: tuple[Finding, ...]
    checked: int
    results: tuple[ShapeResult, ...] = ()

    @classmethod
    def of(
        cls, findings: Iterable[Finding], checked: int, results: Iterable[ShapeResult] = ()
    ) -> Report:
        """Return a report of distinct findings in order.

        Args:
            findings: What was found.
            checked: The number of focus nodes.
            results: The SHACL results among the findings, for the standard report.
        """
        ordered = tuple(sorted(set(findings), key=lambda f: f.sort_key))
        return cls(ordered, checked, tuple(results))

    @property
    def conforms(self) -> bool:
        """Whether nothing weighs more than information."""
        return all(finding.severity is Severity.INFO for finding in self.findings)


def node_name(term: Term) -> str:
    """Return the IRI of a node, ``_:label`` for a blank one, the lexical form of a literal."""
    return str(term) if isinstance(term, Blank) else term.value
