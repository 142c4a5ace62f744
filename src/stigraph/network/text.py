"""How much room a label takes: estimated, because fonts are the reader's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["FONT_SIZE", "LABEL_WIDTH", "LINE_HEIGHT", "text_width", "wrapped"]

FONT_SIZE: Final = 11.0
LINE_HEIGHT: Final = 14.0
LABEL_WIDTH: Final = 300.0
"""Labels are broken into lines of at most this width."""


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Return the width of ``text``, rather too much than too little.

    Wide and ambiguous characters (Unicode Standard Annex 11) take an em, as in Japanese fonts.
    """
    return sum(_em(character) for character in text) * size


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return 0.75 if character.isupper() or character in "mwMW@%&" else 0.57


def wrapped(text: str, width: float = LABEL_WIDTH) -> list[str]:
    """Return ``text`` as lines that fit: broken at spaces, or anywhere between wide characters.

    Lines are about as long as each other: no last line of a single letter.
    """
    pieces = [*_pieces(" ".join(text.split()))]
    lines = _filled(pieces, width)
    count = len(lines)
    narrower = text_width("".join(pieces)) / count
    while count > 1 and narrower < width:
        balanced = _filled(pieces, narrower)
        if len(balanced) == count:
            return balanced
        narrower += FONT_SIZE / 2
    return lines


def _filled(pieces: Iterable[str], width: float) -> list[str]:
    lines, line = [], ""
    for piece in pieces:
        if line and text_width((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """Yield what may not be broken: a word with its space, or one wide character."""
    word = ""
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        # Closing marks may not begin a line (JIS X 4051, section 4.3).
        if wide and character not in "、。）」』・ー：":
            if word:
                yield word
            word = character
        elif word and unicodedata.east_asian_width(word[0]) in "WF" and not wide:
            yield word
            word = character
        else:
            word += character
        if character == " ":
            yield word
            word = ""
    if word:
        yield word
