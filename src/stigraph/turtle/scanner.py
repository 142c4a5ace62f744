"""Turtle text to tokens (W3C Turtle 1.1 §6.5, productions for terminals).

One regular expression reads a gap (white space and comments) and the token
after it. Its loops give nothing back, so reading is linear in the text,
whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

__all__ = ["COMMENT", "IRI_BODY", "OPENINGS", "scan", "scan_range"]


def _many(pattern: str) -> str:
    """Return the pattern repeated, as often as it goes and no less.

    ``(?:…)*+`` would say the same, but Python before 3.11.5 gets it wrong.
    """
    return f"(?>(?:{pattern})*)"


def _maybe(pattern: str) -> str:
    """Return the pattern, or nothing where it doesn't match."""
    return f"(?>(?:{pattern})?)"


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040\\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LANGUAGE = "@[A-Za-z]++" + _many("-[A-Za-z0-9]++")
_EXPONENT = "[eE][+-]?[0-9]++"

# Dots may stand inside a name but not end it: each is taken only with what follows it.
_MORE = _many(rf"\.*+[{_CHARS}]++")
_MORE_LOCAL = _many(rf"\.*+(?:[{_CHARS}:]++|{_ESCAPED})")
_LOCAL = f"(?:[{_BASE}_:0-9]|{_ESCAPED}){_MORE_LOCAL}"
# A name, or a word alone: `a`, `true`, `PREFIX`.
_NAME = f"(?:[{_BASE}]{_MORE}|(?=:)){_maybe(f':{_maybe(_LOCAL)}')}"
# Nearly all names are of this kind, which is found in half the time.
_PLAIN_NAME = r"[A-Za-z][A-Za-z0-9_-]*+:[A-Za-z0-9_][A-Za-z0-9_-]*+(?=[ \t\r\n;,)\]])"
_LABEL = f"_:[{_BASE}_0-9]{_MORE}"
_DIGITS = r"\.[0-9]++"
_FRACTION = rf"(?:\.[0-9]*+)?{_EXPONENT}|\.[0-9]++"
_NUMBER = rf"[+-]?(?:[0-9]++{_maybe(_FRACTION)}|\.[0-9]++{_maybe(_EXPONENT)})"
_IRI_CHARS = r'[^\x00-\x20<>"{}|^`\\]*+'
IRI_BODY = _IRI_CHARS + _many(f"(?:{_UCHAR}){_IRI_CHARS}")
"""The pattern of what may stand in ``<…>``."""


def _strings(quote: str, *, closed: bool = False) -> str:
    """Return the pattern of strings in ``quote``; which escapes they hold is checked later."""
    quotes = quote * 3
    inner = rf"(?:\\[\s\S]|{quote}{{1,2}}+(?!{quote}))[^{quote}\\]*+"
    long = rf"{quotes}[^{quote}\\]*+{_many(inner)}{quotes}"
    inner = rf"\\[^\r\n][^{quote}\\\r\n]*+"
    short = rf"{quote}(?!{quote}{quote})[^{quote}\\\r\n]*+{_many(inner)}{quote}"
    # A string that isn't closed takes the rest of the text: where the next one
    # starts can't be told. `_chunks` relies on it.
    string = f"(?:{long}|{short}){_maybe(_LANGUAGE)}"
    return string if closed else rf"{string}|{quote}[\s\S]*+"


_GAP = r"[ \t\r\n]*+" + _many(r"#[^\r\n]*+[ \t\r\n]*+")
COMMENT = re.compile(r"#[^\r\n]*+")
"""A comment within a gap."""

OPENINGS = frozenset({'"', "'", '"""', "'''"})
"""Tokens that stand for a string that isn't closed."""

_WHITE_SPACE = (" ", "\t", "\r", "\n")
_STRING = re.compile(f"{_strings(chr(34), closed=True)}|{_strings(chr(39), closed=True)}")


@cache
def _pair() -> re.Pattern[str]:
    """Return the pattern of a gap and a token, made when first used: it takes 20 ms."""
    return re.compile(
        rf"({_GAP})"
        rf"({_PLAIN_NAME}|{_NAME}|[;,\[\]()]|\.(?![0-9])|{_strings(chr(34))}|<{IRI_BODY}>|{_NUMBER}"
        rf"|{_LABEL}|\^\^|{_strings(chr(39))}|{_LANGUAGE}|\Z|[\s\S])"
    )


def scan(text: str, chunk_size: int = 1 << 16) -> Iterator[tuple[str, str]]:
    """Yield the gaps and tokens of a text: together they are the text.

    The last token is empty. What is no token of Turtle comes as a single
    character; a string that isn't closed as one of :data:`OPENINGS` and the
    rest of the text.

    Args:
        text: The text, of any size: it is read in chunks.
        chunk_size: How many code points to read at a time.

    Yields:
        The white space and comments before a token, and the token.
    """
    return chain.from_iterable(_chunks(text, chunk_size))


@cache
def _plain_pair() -> re.Pattern[str]:
    """Return the pattern of the plainest gaps and tokens, which is made in a tenth of the time."""
    end = r"(?=[ \t\r\n;,)\]])"
    return re.compile(
        rf"([ \t\r\n]*+)({_PLAIN_NAME}|[;,\[\]()]|\.(?![0-9])|(?:a|true|false){end}|\^\^"
        r"|(?:@[A-Za-z]++|[A-Za-z][A-Za-z0-9_-]*+:|:)(?=[ \t\r\n])"
        rf'|"[^"\\\r\n]*+"(?!"){_maybe(_LANGUAGE)}|<[^\x00-\x20<>"{{}}|^`\\]*+>'
        rf"|[+-]?[0-9]++{_maybe(_DIGITS)}{end}|\Z)"
    )


def scan_range(text: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the gaps and tokens between two offsets where tokens begin and end."""
    pairs = _plain_pair().findall(text, start, end)
    if sum(len(gap) + len(token) for gap, token in pairs) != end - start:
        pairs = _pair().findall(text, start, end)  # something else was skipped
    return iter(pairs)


def _chunks(text: str, chunk_size: int) -> Iterator[list[tuple[str, str]]]:
    position, size, find = 0, chunk_size, _pair().findall
    while position + size < len(text):
        pairs = find(text, position, position + size)
        settled = _settled(pairs)
        if not settled:  # one token longer than the chunk
            size *= 2
            continue
        position += size - sum(len(gap) + len(token) for gap, token in pairs[settled:])
        del pairs[settled:]
        yield pairs
        size = chunk_size
    yield _with_open_string(find(text, position))


def _with_open_string(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Part a string that isn't closed, always the last token of a text, from its quotes."""
    gap, token = pairs[-2] if len(pairs) > 1 else ("", "")
    if not token.startswith(('"', "'")) or _STRING.fullmatch(token):
        return pairs
    opening = token[0] * 3 if token.startswith(token[0] * 3) else token[0]
    return [*pairs[:-2], (gap, opening), ("", token[len(opening) :]), pairs[-1]]


def _settled(pairs: list[tuple[str, str]]) -> int:
    """Return how many tokens at the start of a chunk don't depend on what follows it.

    White space ends every token but a string, and a string cut off by the end
    of the chunk is the last token: so those before the last white space. (A
    gap that begins with ``#`` may be the rest of an IRI that is cut off.)
    """
    for index in range(len(pairs) - 1, 0, -1):
        if pairs[index][0].startswith(_WHITE_SPACE):
            return index
    return 0
