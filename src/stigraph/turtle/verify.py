"""Whether two texts say the same: their triples, to the letter, and their comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import pyoxigraph as ox

from stigraph.terms import Blank
from stigraph.turtle.position import LocatedTerm, LocatedTriple
from stigraph.turtle.scanner import COMMENT, scan

__all__ = ["comments", "same_reading", "same_triples"]


def comments(text: str) -> Counter[str]:
    """Return the comments of a Turtle text, white space at their ends aside, and how often."""
    return Counter(
        comment.rstrip(" \t")
        for gap, _ in scan(text)
        if "#" in gap
        for comment in COMMENT.findall(gap)
    )


def same_triples(left: Sequence[LocatedTriple], right: Sequence[LocatedTriple]) -> bool:
    """Tell whether two files write the same triples equally often, whatever their order.

    A blank node of brackets has no name to compare, but it stands in one place
    only: so it is compared by what its brackets hold.

    Args:
        left: The triples in the order of the file, so that a bracket comes
            before what is inside it.
        right: Those of the other file.
    """
    numbers: dict[Hashable, int] = {}  # common: the same inside has the same number
    return _Fingerprint(left, numbers).counted == _Fingerprint(right, numbers).counted


def same_reading(left: bytes, right: bytes, base: str) -> bool:
    """Tell whether the store's own reader finds the same triples in two files.

    It stands beside :func:`same_triples`, which compares blank nodes to the
    letter, as a witness that shares no code with it: here any blank node
    equals any other. A file that this reader refuses has no witness.
    """
    try:
        before = _reading(left, base)
    except (SyntaxError, ValueError):
        return True
    try:
        return before == _reading(right, base)
    except (SyntaxError, ValueError):
        return False


def _reading(content: bytes, base: str) -> Counter[tuple[object, object, object]]:
    content = content.removeprefix(b"\xef\xbb\xbf")  # ours takes the mark, that one doesn't
    quads = ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=base)
    return Counter((_masked(q.subject), q.predicate, _masked(q.object)) for q in quads)


def _masked(term: object) -> object:
    return None if isinstance(term, ox.BlankNode) else term


class _Fingerprint:
    """Counts the triples of a file, the inside of brackets as part of what holds them."""

    def __init__(self, triples: Sequence[LocatedTriple], numbers: dict[Hashable, int]) -> None:
        self.counted: Counter[Hashable] = Counter()
        self._numbers = numbers
        self._inside: dict[Blank, list[Hashable]] = {}
        for subject, predicate, value in reversed(triples):  # the inside first
            stated = (predicate.term, self._key(value))
            blank = _bracket(subject)
            if blank:
                self._inside.setdefault(blank, []).append(stated)
            else:
                self.counted[(subject.term, *stated)] += 1
        for blank in list(self._inside):  # what no triple refers to: subjects of statements
            self.counted[self._number(blank)] += 1

    def _key(self, term: LocatedTerm) -> Hashable:
        blank = _bracket(term)
        return self._number(blank) if blank else term.term

    def _number(self, blank: Blank) -> int:
        content = frozenset(Counter(self._inside.pop(blank, [])).items())
        return self._numbers.setdefault(content, len(self._numbers))


def _bracket(term: LocatedTerm) -> Blank | None:
    """Return a term if it is a blank node that the text gives no label, else None."""
    if not isinstance(term.term, Blank):
        return None
    labelled = term.written and term.lines.text(term.start, term.start + 1) == "_"
    return None if labelled else term.term
