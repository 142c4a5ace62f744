"""A quick look at whether a text is in canonical form already.

Most files that are checked are formatted, and written in a small part of
Turtle: prefixes, names, texts and numbers, no brackets, comments or escapes.
For these the form is checked line by line, without building a tree, in a tenth
of the time. The formatter itself says what the form is: whatever is said to be
canonical here, it leaves as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from stigraph.turtle.layout import WIDTH
from stigraph.turtle.order import predicate_rank
from stigraph.turtle.tree import language_rank
from stigraph.vocab import RDF

__all__ = ["surely_formatted"]

# Every namespace here, with every local name, is an IRI: nothing need be asked of the store.
_PREFIX: Final = re.compile(
    r"@prefix ([a-z][a-z0-9-]*): <(https?://[a-z0-9.-]+/[A-Za-z0-9._/-]*#?)> \."
)
_NAME: Final = "[a-z][a-z0-9-]*:[A-Za-z0-9_][A-Za-z0-9_-]*"
_IRI: Final = r"<https?://[a-z0-9.-]+/[A-Za-z0-9._/-]*(?:#[A-Za-z0-9._/-]*)?>"
_STRING: Final = r'"[^"\\\r\n]*"'
_TEXT: Final = rf"{_STRING}(?:@(?:ja|en)|\^\^xsd:(?:date|gYear|gYearMonth|anyURI))?"
_NUMBER: Final = r"-?[0-9]+(?:\.[0-9]+)?"
_TERM: Final = f"(?:{_NAME}|{_TEXT}|{_NUMBER}|{_IRI}|true|false)"
_OBJECTS: Final = rf"({_TERM}(?: , {_TERM})*) ([;,.])"
_FIRST: Final = re.compile(rf"(?:{_NAME}|{_IRI}) (a|{_NAME}) {_OBJECTS}")
_PROPERTY: Final = re.compile(rf" {{4}}({_NAME}) {_OBJECTS}")
_CONTINUED: Final = re.compile(rf" {{8}}{_OBJECTS}")
_FLAT_LIST: Final = re.compile(rf" {{4}}({_NAME}) \( {_TERM}(?: {_TERM})* \) ([;.])")
_OPEN_LIST: Final = re.compile(rf" {{4}}({_NAME}) \(")
_LIST_ITEM: Final = re.compile(rf" {{8}}({_TERM})")
_CLOSE_LIST: Final = re.compile(r" {4}\) ([;.])")
_TERMS: Final = re.compile(_TERM)
_NOT_NAMES: Final = re.compile(f"{_STRING}|<[^>]*>")
_USED: Final = re.compile("([a-z][a-z0-9-]*):")

_Rank = tuple[int, str, str]
"""What predicates are ordered by, and the IRI."""


class _UnsureError(Exception):
    """What is written needs a closer look."""


def surely_formatted(text: str) -> bool:
    """Tell whether a text is Turtle in canonical form, as far as a quick look can tell.

    Returns:
        Whether it surely is; False where it isn't, or where only the formatter can tell.
    """
    if not text.endswith(".\n"):
        return False
    head, *statements = text[:-1].split("\n\n")
    try:
        text.encode()
        namespaces = _namespaces(head.split("\n"))
        used = _USED.findall(_NOT_NAMES.sub("", text))
        if not namespaces.keys() >= set(used):
            return False
        look = _Look(namespaces)
        for block in statements:
            look.at_statement(block.split("\n"))
    except (_UnsureError, UnicodeEncodeError):
        return False
    return True


def _namespaces(lines: Iterable[str]) -> dict[str, str]:
    """Return the namespaces by prefix, which the lines declare in order."""
    found: dict[str, str] = {}
    last = ""
    for line in lines:
        match = _PREFIX.fullmatch(line)
        if match is None or match[1] <= last:
            raise _UnsureError
        last = match[1]
        found[last] = match[2]
    return found


class _Look:
    """Looks at the statements of a file, which declares every prefix that it uses."""

    def __init__(self, namespaces: dict[str, str]) -> None:
        self._namespaces = namespaces
        self._ranks: dict[str, _Rank] = {"a": (predicate_rank(RDF.type), "a", RDF.type)}

    def at_statement(self, lines: list[str]) -> None:
        """Look at one statement."""
        ranks, match_property = self._ranks, _PROPERTY.fullmatch
        rest = iter(lines)
        line = next(rest)
        match = _FIRST.fullmatch(line)
        if match is None:
            raise _UnsureError
        written: list[_Rank] = []
        end = ";"
        while end == ";":
            if match is None:
                predicate, end = _collection(line, rest)
            else:
                predicate, objects, end = match.groups()
                if end == "," or " , " in objects:
                    end = _objects(line, objects, end, rest)
            written.append(ranks.get(predicate) or self._rank(predicate))
            if end == ";":
                line = next(rest, "")
                match = match_property(line)
        if next(rest, None) is not None or not _are_in_order(written):
            raise _UnsureError

    def _rank(self, predicate: str) -> _Rank:
        prefix, _, local = predicate.partition(":")
        iri = self._namespaces[prefix] + local
        self._ranks[predicate] = found = (predicate_rank(iri), predicate, iri)
        return found


def _are_in_order(written: list[_Rank]) -> bool:
    """Tell whether predicates stand in order, each once, and rdf:type as ``a``."""
    last = written[0]
    iris = {last[2]}
    for rank in written[1:]:
        if rank <= last:
            return False
        last = rank
        iris.add(rank[2])
    return len(iris) == len(written) and (RDF.type not in iris or written[0][1] == "a")


def _objects(line: str, objects: str, end: str, rest: Iterator[str]) -> str:
    """Look at several objects of a predicate, and return the mark after them."""
    values = _terms(line, objects)
    while end == ",":
        before, line = line, next(rest, "")
        match = _CONTINUED.fullmatch(line)
        if match is None:
            raise _UnsureError
        objects, end = match.groups()
        terms = _terms(line, objects)
        if len(before) + len(f" {terms[0]} ,") <= WIDTH:  # there was room for one more
            raise _UnsureError
        values += terms
    if not _are_arranged(values):
        raise _UnsureError
    return end


def _terms(line: str, objects: str) -> list[str]:
    """Return the objects on a line, which is only too long if there is but one."""
    found: list[str] = _TERMS.findall(objects)
    if len(found) > 1 and len(line) > WIDTH:
        raise _UnsureError
    return found


def _are_arranged(terms: list[str]) -> bool:
    """Tell whether the objects of a predicate stand in order."""
    if all(term[0] == "<" or (term[0] != '"' and ":" in term) for term in terms):
        return all(left <= right for left, right in pairwise(terms))
    tails = [term.rpartition('"')[2] if term[0] == '"' else "" for term in terms]
    if not all(tail.startswith("@") for tail in tails):
        return True
    ranks = [language_rank(tail[1:]) for tail in tails]
    return all(left <= right for left, right in pairwise(ranks))


def _collection(line: str, rest: Iterator[str]) -> tuple[str, str]:
    """Look at a collection that is the only object, and return the predicate and the mark."""
    flat = _FLAT_LIST.fullmatch(line)
    if flat is not None and len(line) <= WIDTH:
        return flat[1], flat[2]
    opening = _OPEN_LIST.fullmatch(line)
    if opening is None:
        raise _UnsureError
    items: list[str] = []
    while (item := _LIST_ITEM.fullmatch(line := next(rest, ""))) is not None:
        items.append(item[1])
    closing = _CLOSE_LIST.fullmatch(line)
    fits = len(f"{opening[0]} {' '.join(items)} ) ;") <= WIDTH
    if closing is None or not items or fits:
        raise _UnsureError
    return opening[1], closing[1]
