"""Counts by kind and class, and the survivors, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.mutation.mutants import KINDS, Kind, Mutant

from stigraph.vocab import kind_of

__all__ = ["GOAL", "Outcome", "check", "rates", "table"]

GOAL = 0.99
"""The share of each kind that must be found."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant and the code of the finding that it brought about, None for a survivor."""

    mutant: Mutant
    code: str | None


def check(mutants: Iterable[Mutant], finds: Callable[[Mutant], str | None]) -> Iterator[Outcome]:
    """Yield what becomes of each mutant."""
    for mutant in mutants:
        yield Outcome(mutant, finds(mutant))


def rates(outcomes: Iterable[Outcome]) -> dict[Kind, tuple[int, int]]:
    """Return how many were applied and how many found, by kind."""
    applied: Counter[Kind] = Counter()
    found: Counter[Kind] = Counter()
    for outcome in outcomes:
        applied[outcome.mutant.kind] += 1
        found[outcome.mutant.kind] += outcome.code is not None
    return {kind: (applied[kind], found[kind]) for kind in sorted(applied)}


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of the report."""
    listed = list(outcomes)
    for kind, (applied, found) in rates(listed).items():
        of_kind = [outcome for outcome in listed if outcome.mutant.kind is kind]
        yield _row(f"({kind}) {KINDS[kind]}", applied, found)
        for cls, (some, seen) in _by_class(of_kind).items():
            yield _row(f"    {cls}", some, seen)
        if kind is Kind.CLASS:
            yield from _within_kind(of_kind)
        codes = Counter(outcome.code for outcome in of_kind if outcome.code)
        yield "    found by " + ", ".join(f"{code} {n}" for code, n in codes.most_common(12))
    survivors = [outcome.mutant for outcome in listed if outcome.code is None]
    yield f"survivors: {len(survivors)}"
    for mutant in survivors:
        yield f"    ({mutant.kind}) {mutant}"


def _within_kind(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Count the swaps apart that the kind in the id doesn't give away."""
    kinds = {(o.mutant.old[2], kind_of(o.mutant.old[0].value)) for o in outcomes}
    alike = [
        outcome
        for outcome in outcomes
        if outcome.mutant.new
        and (outcome.mutant.new[2], kind_of(outcome.mutant.old[0].value)) in kinds
    ]
    if alike:
        found = sum(outcome.code is not None for outcome in alike)
        yield _row("    of these, within one kind of id", len(alike), found)


def _by_class(outcomes: Iterable[Outcome]) -> Mapping[str, tuple[int, int]]:
    applied: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for outcome in outcomes:
        applied[outcome.mutant.cls] += 1
        found[outcome.mutant.cls] += outcome.code is not None
    return {cls: (applied[cls], found[cls]) for cls in sorted(applied)}


def _row(name: str, applied: int, found: int) -> str:
    return f"{name:<42} {applied:>6} applied {found:>6} found {found / applied:>8.2%}"
