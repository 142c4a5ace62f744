"""Mending: safe fixes are made, checked by validating again, and kept only if nothing new is found.

Fixes that don't touch each other are made together; if something new is found, half of them is
tried, until the one that brought it is known. What one round uncovers, the next one mends, so
that mending what is mended changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stigraph.gate.finding import Edit, Finding, Fix, Place, Report
from stigraph.gate.fixes import Bench, with_fixes
from stigraph.gate.paths import Overlay
from stigraph.turtle.position import line_starts

__all__ = ["Mended", "apply", "mend"]

_UNREADABLE: Final = frozenset({"STI001", "STI002", "STI003"})
_LESSER: Final = "STI850"
"""Told of a file only where it has no fault besides: mending that one uncovers it."""

Validate = Callable[[Overlay], Report]
MakeBench = Callable[[Overlay], Bench]
_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Mended:
    """What came out of it.

    Attributes:
        overlay: The files that differ now, by resolved path; None for one that was moved away.
        report: What is found in the files as they are now.
        made: How many findings were mended.
    """

    overlay: Overlay
    report: Report
    made: int


@dataclass
class _State:
    """The files as they are by now, and what is found in them."""

    report: Report
    overlay: dict[Path, bytes | None] = field(default_factory=dict)
    made: int = 0
    refused: set[tuple[_Key, tuple[str, ...]]] = field(default_factory=set)


def mend(
    report: Report,
    validate: Validate,
    bench: MakeBench,
    given: Overlay,
    wanted: Callable[[Finding], bool] = lambda _: True,
) -> Mended:
    """Make every safe fix that brings no new finding.

    Args:
        report: What is found now, in the whole graph: a fix may bring something new anywhere.
        validate: Validates the graph with an overlay, as ``report`` was made.
        bench: Makes the bench for an overlay.
        given: The overlay that ``report`` was made with.
        wanted: Which findings are to be mended.
    """
    state = _State(with_fixes(report, bench(given)), dict(given))
    # It ends: each time there are fewer findings, or fewer unreadable files, or fewer fixes left.
    while batch := list(_compatible(filter(wanted, state.report.findings), state)):
        _try(batch, state, validate, bench)
    return Mended(state.overlay, state.report, state.made)


def _try(batch: Sequence[Finding], state: _State, validate: Validate, bench: MakeBench) -> None:
    """Make the fixes of ``batch`` that may be made, all together or half by half."""
    fixes = [found.fix for found in batch if found.fix]
    overlay = {**state.overlay, **_changed(fixes, bench(state.overlay))}
    report = validate(overlay)
    if _is_better(batch, state.report, report):
        state.made += len(batch)
        state.overlay, state.report = overlay, with_fixes(report, bench(overlay))
    elif len(batch) == 1:
        state.refused.add(_identity(batch[0]))
    else:
        # One half only: after it, the places of the other's edits may be different ones.
        _try(batch[: len(batch) // 2], state, validate, bench)


def _is_better(batch: Iterable[Finding], before: Report, after: Report) -> bool:
    """Whether every finding of ``batch`` is gone and none is new.

    What stands in a file that couldn't be read before is uncovered, not new.
    """
    blind = {_file(f, batch) for f in before.findings if f.code in _UNREADABLE}
    old = Counter(map(_key, before.findings))
    gone = Counter(map(_key, batch))
    told = (f for f in after.findings if f.code != _LESSER or _key(f) in gone)
    new = Counter(_key(f) for f in told if f.code in _UNREADABLE or f.file not in blind)
    return not new - old and all(new[key] <= old[key] - count for key, count in gone.items())


def _file(found: Finding, batch: Iterable[Finding]) -> str | None:
    moved = {m.file: m.target for each in batch if each.fix for m in each.fix.moves}
    return moved.get(found.file or "", found.file)


def _key(found: Finding) -> _Key:
    """Return what stays the same of a finding when lines come and go and files move."""
    return (
        found.code,
        found.focus or found.file or "",
        found.path or "",
        found.value.value if found.value else "",
    )


def _identity(found: Finding) -> tuple[_Key, tuple[str, ...]]:
    texts = tuple(edit.text for edit in found.fix.edits) if found.fix else ()
    return _key(found), texts


def _compatible(findings: Iterable[Finding], state: _State) -> Iterator[Finding]:
    """Yield findings whose fixes are safe and touch nothing that an earlier one touches."""
    taken: dict[str, list[Edit]] = {}
    moved: set[str] = set()
    for found in findings:
        fix = found.fix
        if fix is None or not fix.safe or _identity(found) in state.refused:
            continue
        if any(_collides(edit, taken.get(edit.file, ()), moved) for edit in fix.edits):
            continue
        if any(m.file in taken or m.file in moved or m.target in moved for m in fix.moves):
            continue
        for edit in fix.edits:
            taken.setdefault(edit.file, []).append(edit)
        moved |= {name for move in fix.moves for name in (move.file, move.target)}
        yield found


def _collides(edit: Edit, others: Iterable[Edit], moved: set[str]) -> bool:
    return edit.file in moved or any(
        edit != other and _overlap(edit.place, other.place) for other in others
    )


def _overlap(one: Place, two: Place) -> bool:
    """Whether two places share a character, or are one and the same gap between two."""
    starts = (one.line, one.column), (two.line, two.column)
    ends = (one.end_line, one.end_column), (two.end_line, two.end_column)
    if starts[0] == ends[0] and starts[1] == ends[1]:
        return starts[0] == starts[1]
    return starts[0] < ends[1] and starts[1] < ends[0]


def _changed(fixes: Iterable[Fix], bench: Bench) -> dict[Path, bytes | None]:
    edits: dict[str, list[Edit]] = {}
    changed: dict[Path, bytes | None] = {}
    for fix in fixes:
        for edit in fix.edits:
            edits.setdefault(edit.file, []).append(edit)
        for move in fix.moves:
            path = (bench.here / move.file).resolve()
            changed[(bench.here / move.target).resolve()] = bench.content(path)
            changed[path] = None
    for name, those in edits.items():
        source = bench.source(name)
        if source is not None:
            changed[source.path.resolve()] = apply(source.text, those).encode()
    return changed


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` after ``edits``, which don't overlap; an edit that is there twice is one."""
    starts = line_starts(text)
    placed = {
        (starts[e.place.line - 1] + e.place.column - 1,
         starts[e.place.end_line - 1] + e.place.end_column - 1,
         e.text)
        for e in edits
    }  # fmt: skip
    for start, end, new in sorted(placed, reverse=True):
        text = text[:start] + new + text[end:]
    return text
