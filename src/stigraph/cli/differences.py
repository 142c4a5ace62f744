"""What an edit changes in a text, as a unified difference that ``patch`` and git apply."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff

from stigraph.cli.options import Settings
from stigraph.display import clean

__all__ = ["unified"]

_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
_END = "\x1b[0m"


def unified(old: str, new: str, name: str, settings: Settings) -> str:
    """Return the difference of two texts of the file ``name``, empty if there is none.

    On a terminal, characters that could steer it are left out.
    """
    lines = unified_diff(_lines(old), _lines(new), f"a/{name}", f"b/{name}")
    for_people = sys.stdout is not None and sys.stdout.isatty()
    shown = (f"{clean(line.rstrip(chr(10)))}\n" for line in lines) if for_people else lines
    return "".join(_marked(shown, colored=settings.colored()))


def _lines(text: str) -> list[str]:
    """Return the lines of a text, parted by LF only; a last one without LF says so."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, f"{last}\n\\ No newline at end of file\n"] if last else lines


def _marked(lines: Iterator[str], *, colored: bool) -> Iterator[str]:
    for line in lines:
        colour = _COLOURS.get(line[:1], "") if colored else ""
        yield f"{colour}{line.removesuffix(chr(10))}{_END}\n" if colour else line
