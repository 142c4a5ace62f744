"""Files that aren't in canonical form: the formatter's text instead."""

from __future__ import annotations

from typing import Final

from stigraph.errors import TurtleSyntaxError
from stigraph.gate.finding import Finding, Fix, Message
from stigraph.gate.fixes.bench import Bench
from stigraph.turtle import UnfaithfulError, format_text

__all__ = ["FORM_CODES", "unformatted"]

FORM_CODES: Final = frozenset({"STI004", "STI005", "STI006", "STI007", "STI019", "STI850"})
"""The codes of form: what the formatter mends."""


def unformatted(found: Finding, bench: Bench) -> Fix | None:
    """Propose the canonical form of a file, which says the same."""
    source = bench.source(found.file)
    if found.code not in FORM_CODES or source is None:
        return None
    try:
        text = format_text(source.text)
    except (TurtleSyntaxError, UnfaithfulError):
        return None
    return Fix(
        Message("ファイルを整形する", "format the file"),
        (source.edit(0, len(source.text), text),),
        safe=True,
    )
