"""Triples put into a Turtle text and taken out of it; comments and all else stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.turtle.builder import build
from stigraph.turtle.formatter import UnfaithfulError
from stigraph.turtle.layout import render
from stigraph.turtle.prologue import tidy
from stigraph.turtle.reader import read
from stigraph.turtle.spelling import spell
from stigraph.turtle.tree import Atom, Directive, Document, Item, Pair, Statement, arranged
from stigraph.turtle.verify import comments
from stigraph.vocab import PREFIXES, RDF, XSD, shorten

__all__ = ["edited"]

_BASE: Final = "https://example.invalid/base/"
_LOCAL: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Triple = tuple[Iri, Iri, Term]
AnyTriple = tuple[Term, Term, Term]


def edited(text: str, add: Iterable[Triple], remove: Iterable[Triple] = ()) -> str:
    """Return a Turtle text in canonical form with triples added and removed.

    A triple that stands there already is not added again. New subjects follow those of
    the text; prefixes that new terms need are declared.

    Args:
        text: Any Turtle 1.1; empty for a new file.
        add: Triples to add, without blank nodes.
        remove: Triples to take out; those that don't stand there are passed over.

    Raises:
        TurtleSyntaxError: The text isn't Turtle 1.1.
        UnfaithfulError: The result would say something else than that.
    """
    text = text.removeprefix("\ufeff")
    read_triples = list(read(text, _BASE))
    there: set[AnyTriple] = {
        (t.subject.term, t.predicate.term, t.object.term) for t in read_triples
    }
    gone = [triple for triple in dict.fromkeys(remove) if triple in there]
    new = [triple for triple in dict.fromkeys(add) if triple not in there or triple in gone]
    terms = {term.start: term.term for triple in read_triples for term in triple if term.written}
    document = build(text, terms)
    for triple in gone:
        _take_out(document, triple)
    names = _Names(document)
    for subject, added in _by_subject(new).items():
        _put_in(document, subject, added, names)
    document.blocks[:0] = names.declared
    result = render(tidy(document))
    _verify(text, result, (there - set(gone)) | set(new))
    return result


def _by_subject(triples: Sequence[Triple]) -> Mapping[Iri, list[Triple]]:
    groups: dict[Iri, list[Triple]] = {}
    for triple in triples:
        groups.setdefault(triple[0], []).append(triple)
    return groups


class _Names:
    """How new terms are spelt in a document, and which prefixes have to be declared for it."""

    def __init__(self, document: Document) -> None:
        self._bound = {
            block.prefix: block.iri.strip("<>")
            for block in document.blocks
            if isinstance(block, Directive) and block.prefix is not None
        }
        self.declared: list[Directive] = []

    def atom(self, term: Term) -> Item:
        """Return a term as an item of a statement.

        Raises:
            TypeError: It is a blank node.
        """
        match term:
            case Iri(value):
                text = self._name(value)
            case Literal():
                text = self._literal(term)
            case Blank():
                raise TypeError("blank nodes can't be added")
        item = Item(Atom(text, term))
        item.flatten()
        return item

    def predicate(self, term: Iri) -> str:
        """Return the spelling of a predicate."""
        return "a" if term.value == RDF.type else self._name(term.value)

    def _name(self, iri: str) -> str:
        prefix, colon, local = shorten(iri).partition(":")
        if not colon or prefix not in PREFIXES or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        bound = self._bound.setdefault(prefix, "")
        if not bound:
            self._bound[prefix] = PREFIXES[prefix]
            self.declared.append(Directive(prefix, f"<{PREFIXES[prefix]}>", []))
        elif bound != PREFIXES[prefix]:
            return f"<{iri}>"
        return f"{prefix}:{local}"

    def _literal(self, term: Literal) -> str:
        quoted = '"' + "".join(_ESCAPES.get(c, c) for c in term.value) + '"'
        if term.language:
            return f"{quoted}@{term.language}"
        written = spell(term, quoted)
        if written != quoted or term.datatype == XSD.string:
            return written
        return f"{quoted}^^{self._name(term.datatype)}"


def _statement_of(document: Document, subject: Iri) -> Statement | None:
    for block in document.blocks:
        if isinstance(block, Statement) and _term(block.subject) == subject:
            return block
    return None


def _term(item: Item) -> Term | None:
    return item.node.term if isinstance(item.node, Atom) else None


def _put_in(document: Document, subject: Iri, triples: list[Triple], names: _Names) -> None:
    statement = _statement_of(document, subject)
    if statement is None:
        statement = Statement(names.atom(subject), [], [], [])
        document.blocks.append(statement)
    pairs = list(statement.pairs)
    for _, predicate, value in triples:
        pair = Pair(names.predicate(predicate), predicate.value, [])
        pair.objects.append(names.atom(value))
        pairs.append(pair)
    statement.pairs = arranged(pairs)


def _take_out(document: Document, triple: Triple) -> None:
    """Remove a triple; comments at it go to what stands before or after."""
    subject, predicate, value = triple
    for block in list(document.blocks):
        if not isinstance(block, Statement) or _term(block.subject) != subject:
            continue
        for pair in [p for p in block.pairs if p.iri == predicate.value]:
            for item in [i for i in pair.objects if _term(i) == value]:
                pair.objects.remove(item)
                block.inner += [*item.before, *([item.after] if item.after else [])]
            if not pair.objects:
                block.pairs.remove(pair)
                block.inner += pair.before
        if not block.pairs:
            _drop(document, block)


def _drop(document: Document, statement: Statement) -> None:
    """Remove an empty statement; its comments stay in the file."""
    document.blocks.remove(statement)
    document.footer += [line for line in (*statement.before, *statement.inner) if line]


def _verify(text: str, result: str, expected: Set[AnyTriple]) -> None:
    """Raise UnfaithfulError unless the result says what it should."""
    found = {(t.subject.term, t.predicate.term, t.object.term) for t in read(result, _BASE)}
    # Blank nodes of brackets get new labels: only their number can be compared.
    if _named(found) != _named(expected) or len(found) != len(expected):
        raise UnfaithfulError
    if comments(text) - comments(result):
        raise UnfaithfulError


def _named(triples: Set[AnyTriple]) -> Set[AnyTriple]:
    return {triple for triple in triples if not any(isinstance(term, Blank) for term in triple)}
