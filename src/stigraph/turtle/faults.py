"""What to say of a text that isn't Turtle: the place, the words, what should stand there.

Every function returns a :class:`~stigraph.errors.TurtleSyntaxError` for the
reader to raise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from stigraph.errors import TurtleSyntaxError
from stigraph.turtle.position import Lines
from stigraph.vocab import PREFIXES

__all__ = [
    "NO_BASE",
    "Expected",
    "Place",
    "bad_escape",
    "bad_iri",
    "bad_language",
    "fault",
    "quoted",
    "shown",
    "too_deep",
    "undefined_prefix",
    "unexpected",
]

_SHOWN = 80
NO_BASE: Final = "there is no base"
"""The reason that an IRI is refused with if only a base is missing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text by its offsets."""

    lines: Lines
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there, shortened to one line for a message."""
        return shown(self.lines.text(self.start, self.end))


@dataclass(frozen=True, slots=True)
class Expected:
    """What should stand at a place, in words."""

    ja: str
    en: str


def shown(text: str) -> str:
    """Return a text as a message shows it: its first line, and not too much of that."""
    head = text.partition("\n")[0].partition("\r")[0][:_SHOWN]
    return head if head == text else f"{head}…"


def quoted(text: str) -> str:
    """Return a text in quotes as a message shows it, what doesn't print as its code."""
    text = shown(text)
    return f"'{text}'" if text.isprintable() else repr(text)


def fault(place: Place, ja: str, en: str, expected: str = "") -> TurtleSyntaxError:
    """Return the error with these sentences at this place."""
    span = place.lines.span(place.start, place.end)
    return TurtleSyntaxError(
        ja, en, span.line, span.column, span.end_line, span.end_column, expected
    )


def unexpected(place: Place, expected: Expected, note: Expected | None = None) -> TurtleSyntaxError:
    """Return the error of a token that can't stand where it stands, with a note if there is one."""
    if place.start == place.end:
        ja, en = "ファイルの終わりの前に", "before the end of the file"
    else:
        ja, en = f"「{place.text}」の前に", f"before {quoted(place.text)}"
    ja, en = f"{ja}{expected.ja}が必要", f"expected {expected.en} {en}"
    if note:
        ja, en = f"{ja}（{note.ja}）", f"{en} ({note.en})"
    return fault(place, ja, en, expected.en)


def undefined_prefix(place: Place, prefix: str, known: Iterable[str]) -> TurtleSyntaxError:
    """Return the error of a name whose prefix isn't declared, with the likeliest way to mend it."""
    # Comparing takes time with the square of the length: a hostile name isn't compared.
    alike = [name for name in known if abs(len(name) - len(prefix)) < 3 and len(name) < _SHOWN]
    close = get_close_matches(prefix, alike, n=1)
    if close:
        hint_ja = f"。「{close[0]}:」のことか"
        hint_en = f"; did you mean {close[0]}:?"
    elif prefix in PREFIXES:
        line = f"@prefix {prefix}: <{PREFIXES[prefix]}> ."
        hint_ja, hint_en = f"。「{line}」を加える", f"; add {line}"
    else:
        hint_ja = hint_en = ""
    return fault(
        place,
        f"接頭辞「{shown(prefix)}:」が宣言されていない{hint_ja}",
        f"the prefix {shown(prefix)}: isn't declared{hint_en}",
        f"{close[0]}:" if close else "",
    )


def bad_iri(place: Place, iri: str, reason: str) -> TurtleSyntaxError:
    """Return the error of an IRI that RFC 3987 doesn't allow, or that lacks a base."""
    if reason == NO_BASE:
        ja = f"相対 IRI「{shown(iri)}」があるのに、基底（@base）がない"
        return fault(place, ja, f"the relative IRI {quoted(iri)} has no @base to start from")
    return fault(
        place,
        f"「{shown(iri)}」は IRI（RFC 3987）として正しくない",
        f"{quoted(iri)} is not an IRI (RFC 3987): {reason}",
    )


def bad_language(place: Place, tag: str, reason: str) -> TurtleSyntaxError:
    """Return the error of a language tag that BCP 47 doesn't allow."""
    return fault(
        place,
        f"「{shown(tag)}」は言語タグ（BCP 47。ja、en、en-GB など）として正しくない",
        f"{quoted(tag)} is not a language tag (BCP 47; such as ja, en, en-GB): {reason}",
    )


def bad_escape(place: Place) -> TurtleSyntaxError:
    """Return the error of a backslash followed by something it can't escape."""
    if place.end - place.start > 2:
        return fault(
            place,
            f"「{place.text}」という文字はない（サロゲートか、範囲の外）",
            f"{quoted(place.text)} is no character: a surrogate, or out of range",
        )
    allowed = "\\t \\b \\n \\r \\f \\\" \\' \\\\ \\uXXXX \\UXXXXXXXX"
    return fault(
        place,
        f"「{place.text}」は使えない。使えるのは {allowed}",
        f"unknown escape {quoted(place.text)}; known are {allowed}",
        allowed,
    )


def too_deep(place: Place, limit: int) -> TurtleSyntaxError:
    """Return the error of brackets nested deeper than the reader follows."""
    return fault(
        place,
        f"括弧の入れ子が深すぎる（{limit} 段まで）",
        f"brackets are nested too deep (up to {limit} levels are read)",
    )
