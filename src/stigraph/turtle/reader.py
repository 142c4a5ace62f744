"""Turtle 1.1 to triples that know where they stand (W3C Turtle 1.1 §6.5, §7).

The reader is a state machine over tokens with a stack of open brackets of its
own: deep nesting ends in an error with a place, never in Python's recursion
limit. The triples of a statement come out together, at its dot, as only then
the brackets in it have an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stigraph.errors import UsageError
from stigraph.terms import Iri
from stigraph.turtle.expectations import State
from stigraph.turtle.faults import Place, fault
from stigraph.turtle.machine import Machine, Token
from stigraph.turtle.position import Lines, LocatedTerm, LocatedTriple
from stigraph.turtle.scanner import scan, scan_range
from stigraph.turtle.strays import stray
from stigraph.turtle.wellformed import iri_fault
from stigraph.turtle.words import Mark

__all__ = ["MAX_DEPTH", "read", "read_range"]

MAX_DEPTH: Final = 100
"""How deep brackets may nest unless the caller says otherwise."""


def read(text: str, base: str | None = None, max_depth: int = MAX_DEPTH) -> Iterator[LocatedTriple]:
    """Yield the triples of a Turtle text with the place of each term.

    They come in the order in which their objects are written, statement by
    statement. Blank nodes keep the labels of the text; the others get labels
    that the text doesn't use, numbered in the order of their brackets.

    Args:
        text: The text, with the line ends that the file has (open it with
            ``newline=""``): LF, CRLF or CR.
        base: The IRI that relative ones start from, until the text sets one.
        max_depth: How deep brackets may nest.

    Raises:
        TurtleSyntaxError: The text isn't Turtle 1.1. The statements before the
            error have been yielded by then.
        UsageError: ``base`` is no absolute IRI.
    """
    if base is not None and (reason := iri_fault(base)):
        raise UsageError(
            f"基底「{base}」は IRI でない: {reason}", f"the base {base!r} is not an IRI: {reason}"
        )
    lines = Lines(text)
    _refuse_foreign_encodings(text, lines)
    for triples in _statements(scan(text), Machine(text, lines, base, max_depth), lines, 0):
        yield from triples


def read_range(
    text: str, machine: Machine, lines: Lines, start: int, end: int
) -> Iterator[LocatedTriple]:
    """Yield the triples of whole statements, or read the directives, in a part of a text.

    Args:
        text: The whole text.
        machine: What reads it: knows the prefixes and the base that hold at ``start``.
        lines: The lines of the text.
        start: The offset of the first statement.
        end: The offset after the last one.

    Raises:
        TurtleSyntaxError: The part isn't Turtle 1.1.
    """
    for triples in _statements(scan_range(text, start, end), machine, lines, start):
        yield from triples


def _statements(
    pairs: Iterator[tuple[str, str]], machine: Machine, lines: Lines, end: int
) -> Iterator[list[LocatedTriple]]:
    """Yield the triples of each statement; the first of ``pairs`` begins at ``end``.

    What makes up nearly all of a file, plain predicates and objects and what
    parts them, is read here without a call; the machine does the rest.
    """
    known, learn, brackets = machine.words.known, machine.words.learn, machine.brackets
    comma, semicolon = Mark.COMMA, Mark.SEMICOLON
    after, in_object, more = State.AFTER, State.OBJECT, State.MORE
    new = tuple.__new__  # a named tuple's own constructor takes twice as long
    subject = predicate = machine.subject
    triples = brackets.triples
    state: int = State.STATEMENT
    machine.pairs = pairs
    for gap, token in pairs:
        previous = end
        start = end + len(gap)
        end = start + len(token)
        meaning = known.get(token) or learn(token, start)
        if state == after:
            if meaning is semicolon:
                state = more
                continue
            if meaning is comma:
                state = in_object
                continue
        elif state == in_object:
            if meaning.__class__ is not Mark:
                at = new(LocatedTerm, (meaning, start, end, True, lines))
                triples.append(new(LocatedTriple, (subject, predicate, at)))
                state = after
                continue
        elif state == more and meaning.__class__ is Iri:
            predicate = new(LocatedTerm, (meaning, start, end, True, lines))
            state = in_object
            continue
        machine.subject, machine.predicate, machine.state = subject, predicate, state
        end = machine.step(Token(meaning, token, start, end, previous))
        subject, predicate, state = machine.subject, machine.predicate, machine.state
        if state == State.STATEMENT and triples:
            yield brackets.finish()
            triples = brackets.triples


def _refuse_foreign_encodings(text: str, lines: Lines) -> None:
    if text.startswith("\ufeff"):
        raise stray(Place(lines, 0, 1), "\ufeff")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise fault(
            Place(lines, error.start, error.start + 1),
            "UTF-8 で表せない文字（サロゲート）がある",
            "a surrogate code point can't stand in UTF-8",
        ) from None
