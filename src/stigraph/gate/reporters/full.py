"""For people at a terminal: each finding with the line it stands in, a caret, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stigraph.display import cells, clean, width
from stigraph.gate.finding import Finding, Place, Report, Severity
from stigraph.gate.reporters.concise import headline
from stigraph.gate.reporters.view import View, page_url
from stigraph.vocab import shorten

__all__ = ["render"]

_ROOM: Final = 100  # cells of a terminal that an excerpt may take
_COLORS: Final = {Severity.VIOLATION: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(report: Report, view: View) -> str:
    """Return the findings of ``report``, each in a paragraph; empty where there are none."""
    return "\n".join("\n".join(_paragraph(found, view)) + "\n" for found in report.findings)


def _paragraph(found: Finding, view: View) -> Iterator[str]:
    color = _COLORS[found.severity]
    head = headline(found, view)
    place, _, rest = head.partition(f": {found.severity} {found.code} ")
    weight = _painted(f"{found.severity} {found.code}", f"1;{color}", view)
    yield f"{_painted(place, '1', view)}: {weight} {rest}"
    number = str(found.place.line) if found.place else ""
    yield from _excerpt(found, view, color, number)
    margin = f"{' ' * len(number)} {_painted('=', '34', view)}"
    if found.focus is not None:
        name = clean(view.say(found.label)) if found.label else ""
        short = clean(shorten(found.focus))
        yield f"{margin} {f'{name} ({short})' if name else short}"
    if found.fix is not None:
        yield f"{margin} {_proposal(found, view)}"
    yield f"{margin} {page_url(found.code)}"


def _proposal(found: Finding, view: View) -> str:
    assert found.fix is not None  # noqa: S101 - the caller has looked
    words = _painted(view.pick("直し方", "help"), "1;32", view)
    done = view.pick("（--fix で直せる）", " (--fix does it)") if found.fix.safe else ""
    return f"{words}: {clean(view.say(found.fix.message))}{done}"


def _excerpt(found: Finding, view: View, color: str, number: str) -> Iterator[str]:
    text = view.line(found.file, found.place.line) if found.place else None
    if text is None or found.place is None:
        return
    bar = _painted("|", "34", view)
    shown, before, under = _window(text, found.place)
    yield f"{' ' * len(number)} {bar}"
    yield f"{_painted(number, '34', view)} {bar} {shown}".rstrip()
    yield f"{' ' * len(number)} {bar} {' ' * before}{_painted('^' * under, f'1;{color}', view)}"


def _window(text: str, place: Place) -> tuple[str, int, int]:
    """Return the part of a line to show, the cells before the caret, and those under it."""
    text = clean(text)
    start = min(place.column - 1, len(text))
    end = place.end_column - 1 if place.line == place.end_line else len(text)
    first, last = _cut(text, start, max(end, start))
    shown = f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
    before = width(text[first:start]) + bool(first)
    return shown, before, max(width(text[start : min(end, last)]), 1)


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the code points of a long line between which the fault is seen with its context."""
    if width(text) <= _ROOM:
        return 0, len(text)
    first, last, used = start, start, 0
    while last < len(text) and used < _ROOM and (last < end or used < _ROOM // 2):
        used += cells(text[last])
        last += 1
    while first > 0 and used < _ROOM:
        first -= 1
        used += cells(text[first])
    while last < len(text) and used < _ROOM:
        used += cells(text[last])
        last += 1
    return first, last


def _painted(text: str, code: str, view: View) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if view.color else text
