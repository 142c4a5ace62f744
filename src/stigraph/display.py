"""Text as a terminal shows it: the cells it takes, and nothing in it that could steer one."""

from __future__ import annotations

import unicodedata

__all__ = ["cells", "clean", "width"]

_STEERING = ("Cc", "Cf", "Zl", "Zp")
"""Controls, invisible formats (such as those that turn the direction), line and paragraph ends."""


def cells(character: str) -> int:
    """Return how many cells of a terminal one character takes (Unicode Standard Annex 11).

    Ambiguous characters count as one: they do in terminals that aren't set up for Chinese,
    Japanese or Korean legacy encodings.
    """
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """Return how many cells of a terminal ``text`` takes."""
    return sum(map(cells, text))


def clean(text: str) -> str:
    """Return ``text`` on one line and without what could steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if unicodedata.category(character) in _STEERING else character for character in text
    )
