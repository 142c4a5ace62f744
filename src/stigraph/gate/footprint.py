"""Which triples a rule can be about: the predicates that its query names.

What a query finds can only differ after a change if a triple changed that one of its patterns
matches. A pattern with a predicate matches triples of that predicate, so a query that never
asks for any predicate has a footprint: the predicates in its patterns and paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Final

from stigraph.shacl.tokens import words
from stigraph.vocab import RDF

__all__ = ["footprint"]

Word = tuple[str, str]
"""The kind of a token, and the token."""

_EXPRESSIONS: Final = frozenset({"FILTER", "BIND", "HAVING"})
_ELSEWHERE: Final = frozenset({"GRAPH", "SERVICE", "FROM", "DESCRIBE", "CONSTRUCT"})
_TERMS: Final = frozenset({"iri", "var", "string", "number"})
_PLACES: Final = {
    ".": "subject",
    ";": "predicate",
    ",": "object",
    "/": "predicate",
    "|": "predicate",
    "^": "predicate",
}
"""What stands after a mark: in a path, another predicate."""


class _OpenError(Exception):
    """A predicate may be any, or that it isn't so is not plain to see."""


@lru_cache(maxsize=4096)
def footprint(query: str) -> frozenset[str] | None:
    """Return the IRIs of the predicates that a SELECT query looks at, and perhaps some more.

    Returns:
        None where it may look at any: a predicate is a variable that VALUES doesn't bind, or
        all but some; the query looks into named graphs or elsewhere; or it is written in a way
        that isn't taken apart here.
    """
    tokens = [word for word in words(query) if word[0] != "space"]
    prefixes = _prefixes(tokens)
    try:
        _Reader(tokens).query()
    except (_OpenError, IndexError):
        return None
    iris = (_iri(kind, text, prefixes) for kind, text in tokens)
    return frozenset(iri for iri in iris if iri is not None)


def _prefixes(tokens: Sequence[Word]) -> dict[str, str]:
    return {
        tokens[at + 1][1].removesuffix(":"): tokens[at + 2][1][1:-1]
        for at, (_, text) in enumerate(tokens[:-2])
        if text.upper() == "PREFIX"
    }


def _iri(kind: str, text: str, prefixes: Mapping[str, str]) -> str | None:
    if kind == "iri":
        return text[1:-1]
    if kind != "word":
        return None
    if text == "a":
        return RDF.type
    prefix, colon, local = text.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if colon and prefix in prefixes else None


class _Reader:
    """Goes through the groups of a query and refuses a predicate that may be any."""

    def __init__(self, tokens: Sequence[Word]) -> None:
        self._tokens = tokens
        self._at = 0

    def query(self) -> None:
        """Read all of the query."""
        while self._at < len(self._tokens):
            _, text = self._next()
            if text.upper() in _ELSEWHERE:
                raise _OpenError
            if text == "{":
                self._group(frozenset())

    def _next(self) -> Word:
        self._at += 1
        return self._tokens[self._at - 1]

    def _group(self, bound: Set[str]) -> None:
        """Read a group, whose brace is read; ``bound`` are the variables that VALUES binds."""
        start = self._at
        mine = bound | set(self._bound_here())
        self._at = start
        run: list[Word] = []
        while True:
            kind, text = self._next()
            name = text.upper() if kind == "word" else text
            if name in _ELSEWHERE:
                raise _OpenError
            if _is_part(kind, text, name):
                run.append((kind, text))
                continue
            _refuse_open(run, mine)
            run = []
            if text == "}":
                return
            self._clause(name, mine)

    def _clause(self, name: str, bound: Set[str]) -> None:
        if name == "{":
            self._group(bound)
        elif name == "SELECT":
            # A subselect doesn't see what is bound outside.
            self._skip_to("{")
            self._group(frozenset())
        elif name == "VALUES":
            self._skip_to("}")
        elif name in _EXPRESSIONS:
            self._expression(bound)
        elif name in ("GROUP", "ORDER", "LIMIT", "OFFSET"):
            while self._tokens[self._at][1] not in ("}", "HAVING", "VALUES"):
                self._at += 1

    def _skip_to(self, text: str) -> None:
        while self._next()[1] != text:
            pass

    def _expression(self, bound: Set[str]) -> None:
        """Read what is in parentheses or a call; groups after EXISTS are groups like others."""
        depth = 0
        while True:
            _, text = self._next()
            depth += (text == "(") - (text == ")")
            if text == "{":
                self._group(bound)
            if depth == 0 and text in ("{", ")"):
                return

    def _bound_here(self) -> Iterator[str]:
        """Yield the variables that VALUES binds in this group, and not only in one within it."""
        depth = 1
        while depth:
            _, text = self._next()
            depth += (text == "{") - (text == "}")
            if depth == 1 and text.upper() == "VALUES":
                while (word := self._next())[1] != "{":
                    if word[0] == "var":
                        yield word[1][1:]
                self._skip_to("}")


def _is_part(kind: str, text: str, name: str) -> bool:
    """Whether a token is a part of triple patterns, and no brace or keyword."""
    if kind != "word":
        return text not in ("{", "}")
    return not name.isalpha() or text == "a" or name in ("TRUE", "FALSE")


def _refuse_open(run: Sequence[Word], bound: Set[str]) -> None:
    """Refuse triple patterns in which a predicate may be any, or isn't plain to see."""
    place = "subject"
    for kind, text in run:
        if text in _PLACES:
            place = _PLACES[text]
        elif text in ("(", ")"):
            if place == "subject" or (place == "object" and text == "("):
                raise _OpenError
        elif text in ("*", "+", "?"):
            continue
        elif kind not in _TERMS and kind != "word":
            raise _OpenError
        elif place == "predicate":
            if kind not in ("iri", "word") and text[1:] not in bound:
                raise _OpenError
            place = "object"
        else:
            place = "predicate" if place == "subject" else "object"
