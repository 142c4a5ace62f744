"""Whether a file is in canonical form, told where nothing weightier is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from stigraph.errors import TurtleSyntaxError
from stigraph.gate.codes import LAYOUT_CODE, finding
from stigraph.gate.finding import Finding, Place
from stigraph.turtle import UnfaithfulError, format_text, is_formatted

__all__ = ["check_layout"]

_LIMIT: Final = 1 << 20
"""Code points: a longer file isn't looked at, as that takes longer than all its other checks."""


def check_layout(name: str, text: str) -> Iterator[Finding]:
    """Yield the finding of a file in another form than the formatter's, at the first such line."""
    if len(text) > _LIMIT:
        return
    try:
        if is_formatted(text):
            return
        formatted = format_text(text)
    except (TurtleSyntaxError, UnfaithfulError):  # nested too deep, for one: fmt tells it
        return
    pairs = enumerate(zip_longest(text.split("\n"), formatted.split("\n"), fillvalue=""), 1)
    # A text that differs in its last line end only has no such line.
    row, line = next(((n, old) for n, (old, new) in pairs if old != new), (1, ""))
    yield finding(LAYOUT_CODE, name, Place(row, 1, row, len(line) + 1))
