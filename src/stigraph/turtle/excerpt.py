"""The statements about some nodes, found in a large text without reading the rest of it.

Who looks for a few nodes among a million triples needs the place of a few terms. One regular
expression passes over a statement as a whole; only what its subject says is looked at, and the
statements that are wanted are read as :func:`~stigraph.turtle.read` reads them. The text must
be Turtle (a store has parsed it): of the rest, nothing is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import cache
from typing import NamedTuple

from stigraph.terms import Iri
from stigraph.turtle.machine import Machine
from stigraph.turtle.position import Lines, LocatedTriple
from stigraph.turtle.reader import MAX_DEPTH, read_range
from stigraph.vocab import RDF

__all__ = ["Index", "Statement", "read_about", "read_mentioning", "statements"]

_GAP = r"(?>(?:[ \t\r\n]++|#[^\r\n]*+)*)"
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_Wanted = Callable[[str | None, Machine, int, int], bool]
"""Takes the token of the subject (None for a bracket), the reader and the statement's offsets."""


@cache
def _head() -> re.Pattern[str]:
    """Return the pattern of the first token of a statement: a directive's, or a subject."""
    return re.compile(
        rf"{_GAP}(?:((?:[Pp][Rr][Ee][Ff][Ii][Xx]|[Bb][Aa][Ss][Ee])(?=[ \t\r\n<#])"
        rf"{_GAP}(?:[^ \t\r\n<#]*+{_GAP})?<[^>]*+>)"
        r"|(@)"
        r"|(<[^>]*+>)"
        r"""|((?>(?:[^ \t\r\n<>"'\[(#\\@]++|\\.)+))"""
        r"|([\[(]))"
    )


@cache
def _rest() -> re.Pattern[str]:
    """Return the pattern of a statement from some token to its dot.

    A dot belongs to a number where a digit follows, and to a name within one.
    """
    long = "".join(
        rf"|{q * 3}[^{q}\\]*+(?>(?:(?:\\[\s\S]|{q}{{1,2}}+(?!{q}))[^{q}\\]*+)*){q * 3}"
        rf"|{q}(?!{q}{q})[^{q}\\\r\n]*+(?>(?:\\[^\r\n][^{q}\\\r\n]*+)*){q}"
        for q in ('"', "'")
    )
    plain = r"""[^"'<#.\\]++"""
    dot = r"\.(?=[0-9])|(?<=[^\s)\]>\"'.,;])\.++(?=[^\s)\]<>\"'(\[.,;#@])"
    return re.compile(rf"(?>(?:{plain}|<[^>]*+>|{dot}{long}|\\.|#[^\r\n]*+)*)\.")


def read_about(
    text: str, base: str | None, nodes: Set[str], index: Index | None = None
) -> Iterator[LocatedTriple]:
    """Yield the triples of the statements that begin with one of the IRIs in ``nodes``.

    The blank nodes of brackets may have other labels than :func:`~stigraph.turtle.read` gives.

    Args:
        text: A Turtle text.
        base: The IRI that relative ones start from.
        nodes: The IRIs.
        index: The statements of the text, where they are known.
    """
    if index is not None and index.is_plain and RDF.nil not in nodes:
        return _looked_up(text, base, nodes, index)

    def wanted(subject: str | None, machine: Machine, start: int, _: int) -> bool:
        if subject is None:  # `()` is rdf:nil
            return RDF.nil in nodes
        prefix, colon, local = subject.partition(":")
        if colon and "\\" not in local and not subject.startswith("<"):
            return machine.words.prefixes.get(prefix, "") + local in nodes
        meaning = machine.words.known.get(subject) or machine.words.learn(subject, start)
        return isinstance(meaning, Iri) and meaning.value in nodes

    return _picked(text, base, wanted)


def read_mentioning(text: str, base: str | None, words: Set[str]) -> Iterator[LocatedTriple]:
    """Yield the triples of the statements in whose text one of ``words`` stands."""
    places = sorted(found.start() for word in words for found in re.finditer(re.escape(word), text))
    places.reverse()

    def wanted(_subject: str | None, _machine: Machine, start: int, end: int) -> bool:
        while places and places[-1] < start:
            places.pop()
        return bool(places) and places[-1] < end

    return _picked(text, base, wanted)


def _picked(text: str, base: str | None, wanted: _Wanted) -> Iterator[LocatedTriple]:
    lines = Lines(text)
    machine = Machine(text, lines, base, MAX_DEPTH)
    for found in statements(text):
        start, end = found.start, found.end
        if found.is_directive or wanted(found.subject, machine, start, end):
            yield from read_range(text, machine, lines, start, end)


def _looked_up(
    text: str, base: str | None, nodes: Set[str], index: Index
) -> Iterator[LocatedTriple]:
    lines = Lines(text)
    machine = Machine(text, lines, base, MAX_DEPTH)
    for found in index.directives:
        yield from read_range(text, machine, lines, found.start, found.end)
    names = {f"<{node}>" for node in nodes}
    for prefix, namespace in machine.words.prefixes.items():
        size = len(namespace)
        names |= {f"{prefix}:{node[size:]}" for node in nodes if node.startswith(namespace)}
    wanted = [found for name in names for found in index.by_subject.get(name, ())]
    for found in sorted(wanted):
        yield from read_range(text, machine, lines, found.start, found.end)


class Index:
    """The statements of a Turtle text by the token of their subject.

    Attributes:
        directives: The directives.
        by_subject: The statements by their first token as written; those in brackets are left out.
        is_plain: Whether the token tells the subject: directives stand first, and no IRI is
            relative, escaped or written in other than one of two ways.
    """

    def __init__(self, text: str) -> None:
        self.directives: list[Statement] = []
        self.by_subject: dict[str, list[Statement]] = {}
        self.is_plain = True
        for found in statements(text):
            if found.is_directive:
                self.directives.append(found)
                self.is_plain = self.is_plain and not self.by_subject
            elif found.subject is not None:
                self.by_subject.setdefault(found.subject, []).append(found)
        odd = any("\\" in token or _is_relative(token) for token in self.by_subject)
        self.is_plain = self.is_plain and not odd


def _is_relative(token: str) -> bool:
    return token[0] == "<" and not _ABSOLUTE.match(token)


class Statement(NamedTuple):
    """A statement or directive as a stretch of a text.

    Attributes:
        start: The offset of its first token.
        end: The offset after its last one.
        is_directive: Whether it is a directive.
        subject: The first token as written, None for a bracket.
    """

    start: int
    end: int
    is_directive: bool
    subject: str | None


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements and directives of a Turtle text, up to one that has no end."""
    head, rest = _head().match, _rest().match
    position = 0
    while begun := head(text, position):
        start = begun.start(begun.lastindex or 0)
        if begun[1] is not None:
            position = begun.end()
            yield Statement(start, position, True, None)
            continue
        ended = rest(text, begun.end())
        if ended is None:
            return
        position = ended.end()
        yield Statement(start, position, begun[2] is not None, begun[3] or begun[4])
