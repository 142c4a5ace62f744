"""What was meant by a misspelt name: the nearest known one, by edit distance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stigraph.vocab import ID, shorten

__all__ = ["distance", "nearest", "nearest_names", "parted"]


def nearest(name: str, known: Iterable[str], most: int | None = None) -> list[str]:
    """Return the known names that are nearest to ``name``, all of them at one distance.

    Args:
        name: The misspelt name.
        known: The names that there are.
        most: How many edits to look as far as; by default one for three characters, at most 4.
    """
    limit = most if most is not None else min(4, max(1, len(name) // 3))
    found: list[str] = []
    for other in known:
        apart = distance(name, other, limit)
        if apart < limit:
            limit, found = apart, [other]
        elif apart == limit:
            found.append(other)
    return sorted(set(found))


def nearest_names(wrong: str, known: Iterable[str]) -> list[str]:
    """Return the known IRIs that a misspelt one may stand for, all of them equally near.

    Those of its own namespace (for an entry: of its kind) go first.
    """
    space, name = parted(wrong)
    names = [parted(iri) for iri in known]
    inside = nearest(name, (local for other, local in names if other == space))
    if inside or (wrong.startswith(ID) and any(other == space for other, _ in names)):
        return [f"{space}{local}" for local in inside]
    short = {shorten(f"{other}{local}"): f"{other}{local}" for other, local in names}
    return [short[each] for each in nearest(shorten(wrong), short, 2)]


def parted(iri: str) -> tuple[str, str]:
    """Return an IRI as its namespace and its local name."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut], iri[cut:]


def distance(one: str, two: str, most: int) -> int:
    """Return how many edits lead from one text to the other; more than ``most`` where too many.

    An edit inserts, drops or replaces a character, or swaps two neighbours (optimal string
    alignment: no stretch is edited twice).
    """
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: Sequence[int] = ()
    above = list(range(len(two) + 1))
    for row, character in enumerate(one, start=1):
        current = [row]
        for column, other in enumerate(two, start=1):
            cost = min(
                above[column] + 1,
                current[-1] + 1,
                above[column - 1] + (character != other),
            )
            if row > 1 and column > 1 and _swapped(one, two, row, column):
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, above = above, current
    return above[-1]


def _swapped(one: str, two: str, row: int, column: int) -> bool:
    return one[row - 1] == two[column - 2] and one[row - 2] == two[column - 1]
