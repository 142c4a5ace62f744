"""Single tokens to terms: names, IRIs, strings, numbers (W3C Turtle 1.1 §6.3, §6.4)."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.turtle.faults import Place, bad_escape, bad_iri, bad_language, undefined_prefix
from stigraph.turtle.position import Lines
from stigraph.turtle.scanner import OPENINGS
from stigraph.turtle.strays import stray, unknown_word
from stigraph.turtle.wellformed import language_fault, resolve
from stigraph.vocab import RDF, XSD

__all__ = ["Mark", "Words", "split_string"]


class Mark(Enum):
    """A token that isn't a term."""

    DOT = "."
    SEMICOLON = ";"
    COMMA = ","
    OPEN_LIST = "("
    CLOSE_LIST = ")"
    OPEN_NODE = "["
    CLOSE_NODE = "]"
    DATATYPE = "^^"
    A = "a"
    AT = "@"  # a language tag, @prefix or @base
    DIRECTIVE = "PREFIX"  # or BASE, in any case
    END = ""


_ALWAYS: Final[dict[str, Term | Mark]] = {
    **{mark.value: mark for mark in Mark if mark not in {Mark.AT, Mark.DIRECTIVE}},
    "true": Literal("true", XSD.boolean),
    "false": Literal("false", XSD.boolean),
}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(?s:(.)))")
_CHARACTERS = {
    "t": "\t",
    "b": "\b",
    "n": "\n",
    "r": "\r",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_NUMBER_STARTS = frozenset("+-.0123456789")


def split_string(token: str) -> tuple[int, int]:
    """Return the width of a string token's quotes and the offset of its closing ones."""
    quote = token[0]
    end = len(token) if token[-1] == quote else token.rfind("@")
    width = 3 if token.startswith(quote * 3) else 1
    return width, end - width


class Words:
    """What the tokens of one file mean: its base, its prefixes, and the terms met so far.

    Args:
        lines: The file, for the places of errors.
        base: The IRI that relative ones start from.

    Attributes:
        known: What each token met so far means, strings aside.
    """

    __slots__ = ("_languages", "_lines", "base", "known", "prefixes")

    def __init__(self, lines: Lines, base: str | None) -> None:
        self._lines = lines
        self._languages: set[str] = set()
        self.base = base
        self.prefixes: dict[str, str] = {}
        self.known: dict[str, Term | Mark] = dict(_ALWAYS)

    def declare_prefix(self, prefix: str, iri: str) -> None:
        """Bind a prefix from here on."""
        if self.prefixes.get(prefix, iri) != iri:
            self._forget()
        self.prefixes[prefix] = iri

    def declare_base(self, iri: str) -> None:
        """Set the base from here on."""
        self._forget()
        self.base = iri

    def learn(self, token: str, start: int) -> Term | Mark:
        """Return what a token that isn't in :attr:`known` means.

        Args:
            token: The token.
            start: Its offset, for errors.

        Raises:
            TurtleSyntaxError: It means nothing.
        """
        first = token[0]
        if first in "\"'":
            return self._string(token, start)
        meaning = self.known[token] = self._meaning(token, first, start)
        return meaning

    def iri(self, token: str, start: int) -> Iri:
        """Return the IRI of a token such as ``<…>``."""
        reference = token[1:-1]
        if "\\" in reference:
            reference = self._unescape(reference, start + 1)
        try:
            return Iri(resolve(reference, self.base))
        except ValueError as error:
            raise bad_iri(self._place(start, token), reference, str(error)) from None

    def with_language(self, literal: Literal, tag: str, start: int) -> Literal:
        """Return a string in the language of a tag, ``@`` left out."""
        if tag not in self._languages:
            reason = language_fault(tag)
            if reason:
                raise bad_language(self._place(start, tag), tag, reason)
            self._languages.add(tag)
        return Literal(literal.value, RDF.langString, tag)

    def _forget(self) -> None:
        """Forget what tokens meant under another prefix or base; the dictionary stays the same."""
        self.known.clear()
        self.known.update(_ALWAYS)

    def _place(self, start: int, token: str) -> Place:
        return Place(self._lines, start, start + len(token))

    def _meaning(self, token: str, first: str, start: int) -> Term | Mark:
        if first == "<" and len(token) > 1:
            return self.iri(token, start)
        if first == "_" and len(token) > 1:
            return Blank(token[2:])
        if first in _NUMBER_STARTS and (len(token) > 1 or first.isdecimal()):
            return _number(token)
        if first == "@" and len(token) > 1:
            return Mark.AT
        if ":" in token:
            return self._prefixed(token, start)
        if token.upper() in {"PREFIX", "BASE"}:
            return Mark.DIRECTIVE
        if first.isalpha():
            raise unknown_word(self._place(start, token), token)
        raise stray(self._place(start, token), token)

    def _prefixed(self, token: str, start: int) -> Iri:
        prefix, _, local = token.partition(":")
        namespace = self.prefixes.get(prefix)
        if namespace is None:
            raise undefined_prefix(self._place(start, token), prefix, self.prefixes)
        if "\\" in local:
            local = _LOCAL_ESCAPE.sub(r"\1", local)
        try:
            return Iri(resolve(namespace + local, None))
        except ValueError as error:
            raise bad_iri(self._place(start, token), namespace + local, str(error)) from None

    def _string(self, token: str, start: int) -> Literal:
        if token in OPENINGS:
            raise stray(self._place(start, token), token)
        width, end = split_string(token)
        body = token[width:end]
        if "\\" in body:
            body = self._unescape(body, start + width)
        literal = Literal(body)
        close = end + width
        if close == len(token):
            return literal
        return self.with_language(literal, token[close + 1 :], start + close + 1)

    def _unescape(self, body: str, start: int) -> str:
        """Return the text that a body with escapes stands for."""

        def character(match: re.Match[str]) -> str:
            four, eight, single = match.groups()
            code = int(four or eight or "0", 16)
            if single in _CHARACTERS:
                return _CHARACTERS[single]
            if single is None and code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                return chr(code)
            place = self._place(start + match.start(), match.group())
            raise bad_escape(place)

        return _ESCAPE.sub(character, body)


def _number(token: str) -> Literal:
    if "e" in token or "E" in token:
        return Literal(token, XSD.double)
    return Literal(token, XSD.decimal if "." in token else XSD.integer)
