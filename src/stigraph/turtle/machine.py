"""The part of the reader that knows the grammar (W3C Turtle 1.1 §6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, NoReturn

from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.turtle.brackets import Brackets
from stigraph.turtle.expectations import (
    DIRECTIVE_DOT,
    DIRECTIVE_IRI,
    DIRECTIVE_PREFIX,
    State,
    expected,
    not_closed,
)
from stigraph.turtle.faults import Expected, Place, fault, too_deep, unexpected
from stigraph.turtle.position import Lines, LocatedTerm
from stigraph.turtle.words import Mark, Words
from stigraph.vocab import RDF, XSD

__all__ = ["Machine", "Token"]

_TYPE: Final = Iri(RDF.type)
# Datatypes that go with a language tag, or a direction, and can't be written with ^^.
_TAGGED: Final = frozenset({RDF.langString, RDF.dirLangString})
_OPENING: Final = frozenset({Mark.OPEN_NODE, Mark.OPEN_LIST})
_SUFFIX: Final = frozenset({Mark.DATATYPE, Mark.AT})


class Token(NamedTuple):
    """A token at its place. ``previous`` is where the token before it ended."""

    meaning: Term | Mark
    text: str
    start: int
    end: int
    previous: int


class Machine:
    """Reads tokens one by one into the triples of a statement.

    Args:
        text: The whole text.
        base: The IRI that relative ones start from.
        max_depth: How deep brackets may nest.

    Attributes:
        words: What the tokens mean.
        brackets: The triples of the statement, and its open brackets.
        pairs: The gaps and tokens not read yet.
        subject: The subject of the next triple.
        predicate: Its predicate.
        state: One of :class:`~stigraph.turtle.expectations.State`.
    """

    def __init__(self, text: str, lines: Lines, base: str | None, max_depth: int) -> None:
        self.words = Words(lines, base)
        self.brackets = Brackets(text, lines)
        self.pairs: Iterator[tuple[str, str]] = iter(())
        self.subject = self.predicate = LocatedTerm(_TYPE, 0, 0, False, lines)
        self.state: int = State.STATEMENT
        self._lines = lines
        self._max_depth = max_depth
        self._after_datatype: int = State.AFTER

    def step(self, token: Token) -> int:
        """Read a token.

        Returns:
            The offset where reading goes on: a directive is read to its end.

        Raises:
            TurtleSyntaxError: It can't stand there.
        """
        match self.state:
            case State.STATEMENT:
                return self._begin(token)
            case State.VERB | State.MORE | State.FIRST | State.DONE:
                self._verb(token)
            case State.OBJECT:
                self._open(token)
            case State.AFTER:
                self._after(token)
            case State.LIST | State.ITEM:
                self._item(token)
            case _:
                self._datatype(token)
        return token.end

    def _begin(self, token: Token) -> int:
        meaning = token.meaning
        if isinstance(meaning, Iri | Blank):
            self.subject, self.state = self._at(token, meaning), State.VERB
        elif meaning is Mark.DIRECTIVE or token.text in {"@prefix", "@base"}:
            return self._directive(token)
        elif meaning is not Mark.END:
            self._open(token)
        return token.end

    def _verb(self, token: Token) -> None:
        meaning = token.meaning
        if meaning is Mark.A:
            meaning = _TYPE
        if isinstance(meaning, Iri):
            self.predicate, self.state = self._at(token, meaning), State.OBJECT
        elif self.state == State.VERB:
            self._refuse(token)
        elif meaning is not Mark.SEMICOLON or self.state != State.MORE:
            self._close(token)

    def _after(self, token: Token) -> None:
        if token.meaning is Mark.COMMA:
            self.state = State.OBJECT
        elif token.meaning is Mark.SEMICOLON:
            self.state = State.MORE
        elif token.meaning in _SUFFIX:
            self._suffix(token)
        else:
            self._close(token)

    def _item(self, token: Token) -> None:
        meaning = token.meaning
        if self.state == State.LIST and meaning is not Mark.CLOSE_LIST:
            self.brackets.begin_list()
            self.state = State.ITEM
        if not isinstance(meaning, Mark):
            self.brackets.append(self._at(token, meaning))
        elif meaning in _SUFFIX:
            self._suffix(token)
        elif meaning is Mark.CLOSE_LIST:
            self._close(token)
        else:
            self._open(token)

    def _open(self, token: Token) -> None:
        if token.meaning not in _OPENING:
            self._refuse(token)
        if len(self.brackets) >= self._max_depth:
            raise too_deep(self._place(token), self._max_depth)
        node = self.brackets.open(
            token.start,
            self.state,
            self.subject,
            self.predicate,
            is_list=token.meaning is Mark.OPEN_LIST,
        )
        self.state = State.LIST
        if node is not None:
            self.subject, self.state = node, State.FIRST

    def _close(self, token: Token) -> None:
        """Close the innermost bracket, or the statement."""
        if not self.brackets and token.meaning is Mark.DOT:
            self.state = State.STATEMENT
            return
        closing = Mark.CLOSE_LIST if self.brackets.in_list else Mark.CLOSE_NODE
        if not self.brackets or token.meaning is not closing:
            self._refuse(token)
        # `[]` is a subject like any other; `[ … ]` states something already.
        begun = (
            State.DONE if closing is Mark.CLOSE_NODE and self.state != State.FIRST else State.VERB
        )
        opened, self.subject, self.predicate = self.brackets.close(token.start, token.end)
        resumed = {State.STATEMENT: begun, State.OBJECT: State.AFTER, State.ITEM: State.ITEM}
        self.state = resumed[opened]

    def _suffix(self, token: Token) -> None:
        """Read the ``^^`` or the language tag that stands apart from its string."""
        literal = self._string_before(token)
        if literal is None:
            self._refuse(token)
        if token.meaning is Mark.DATATYPE:
            self._after_datatype, self.state = self.state, State.DATATYPE
            return
        tagged = self.words.with_language(literal, token.text[1:], token.start + 1)
        self.brackets.replace_last(tagged, token.end)

    def _string_before(self, token: Token) -> Literal | None:
        """Return the string without language and datatype that ends where the token before did."""
        if not self.brackets.triples:
            return None
        last = self.brackets.triples[-1].object
        if not isinstance(last.term, Literal) or last.term.datatype != XSD.string:
            return None
        ends_here = last.end == token.previous and last.text.endswith(('"', "'"))
        return last.term if ends_here else None

    def _datatype(self, token: Token) -> None:
        literal = self.brackets.triples[-1].object.term
        if not isinstance(token.meaning, Iri) or not isinstance(literal, Literal):
            self._refuse(token)
        if token.meaning.value in _TAGGED:
            raise fault(
                self._place(token),
                "言語タグのない文字列に rdf:langString は付けられない",
                "a string without a language tag can't be an rdf:langString",
            )
        self.brackets.replace_last(Literal(literal.value, token.meaning.value), token.end)
        self.state = self._after_datatype

    def _directive(self, token: Token) -> int:
        """Read a directive from its keyword to its end and return the offset there."""
        end, prefix = token.end, None
        if token.text.lower() in {"prefix", "@prefix"}:
            start, end, name = self._next(end)
            if not name.endswith(":") or name.count(":") > 1:
                self._refuse_in_directive(start, end, DIRECTIVE_PREFIX)
            prefix = name[:-1]
        start, end, name = self._next(end)
        if not name.startswith("<") or len(name) == 1:
            self._refuse_in_directive(start, end, DIRECTIVE_IRI)
        iri = self.words.iri(name, start).value
        if token.text.startswith("@"):
            start, end, name = self._next(end)
            if name != ".":
                self._refuse_in_directive(start, end, DIRECTIVE_DOT)
        if prefix is None:
            self.words.declare_base(iri)
        else:
            self.words.declare_prefix(prefix, iri)
        return end

    def _next(self, end: int) -> tuple[int, int, str]:
        gap, text = next(self.pairs)
        return end + len(gap), end + len(gap) + len(text), text

    def _at(self, token: Token, term: Term) -> LocatedTerm:
        return LocatedTerm(term, token.start, token.end, True, self._lines)

    def _place(self, token: Token) -> Place:
        return Place(self._lines, token.start, token.end)

    def _refuse(self, token: Token) -> NoReturn:
        place = self._place(token)
        if token.meaning is Mark.END:  # point after the last token, not after what follows it
            place = Place(self._lines, token.previous, token.previous)
        note = None
        if self.brackets and self.state not in {State.VERB, State.OBJECT, State.DATATYPE}:
            bracket, start = self.brackets.innermost
            note = not_closed(bracket, *self._lines.place(start))
        raise unexpected(place, expected(self.state, inside=bool(self.brackets)), note)

    def _refuse_in_directive(self, start: int, end: int, what: Expected) -> NoReturn:
        raise unexpected(Place(self._lines, start, end), what)
