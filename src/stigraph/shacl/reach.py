"""What a query looks at, as paths from the focus node.

The order in which a query is answered doesn't change the answer. So answer it from ``$this``
outwards: each triple pattern is then a step from a node that is bound already, and the steps
to it are a path. A change along one of these paths can concern the node at its beginning, and
no other. Patterns that can't be reached so may look anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stigraph.shacl.paths import Inverse, Path, Predicate, Sequence, path_predicates
from stigraph.shacl.prebinding import Group, Query
from stigraph.shacl.tokens import Token
from stigraph.vocab import RDF

__all__ = ["Reach", "reach"]

Steps = tuple[Path, ...]
_BREAK = Token("break", "")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a query looks at.

    Attributes:
        paths: Paths from the focus node.
        anywhere: Properties that it looks at whatever node they stand at.
    """

    paths: tuple[Path, ...]
    anywhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Pattern:
    subject: str
    path: Path
    value: str


class _UnclearError(Exception):
    """The query is written in a way that isn't taken apart here."""


def reach(
    query: Query, prefixes: Mapping[str, str], path: Path | None, bound: Mapping[str, Steps]
) -> Reach | None:
    """Return what ``query`` looks at, None if that isn't plain to see.

    Args:
        query: The query.
        prefixes: The prefixes it may use.
        path: What ``$PATH`` stands for.
        bound: The steps from ``$this`` to other variables that are bound beforehand.
    """
    if "GRAPH" in query.keywords():
        return None
    declared = {**prefixes, **query.declared_prefixes()}
    paths: list[Path] = []
    anywhere: set[str] = set()
    known: list[dict[str, Steps]] = []
    try:
        for group in query.groups:
            patterns = list(_patterns(query, group, declared, path))
            first: dict[str, Steps] = {"this": (), **bound}
            apart = group.optional or group.subselect or group.parent is None
            seen = first if apart else {**known[group.parent or 0], **first}
            known.append(seen)
            for steps in _walked(patterns, seen):
                paths.append(Sequence(steps))
            for left in patterns:
                anywhere.update(path_predicates(left.path))
    except _UnclearError:
        return None
    return Reach(tuple(paths), frozenset(anywhere))


def _walked(patterns: list[_Pattern], known: dict[str, Steps]) -> Iterator[Steps]:
    """Take the patterns that can be reached out of ``patterns`` and yield the steps to each."""
    found = True
    while found:
        found = False
        for pattern in list(patterns):
            if pattern.subject in known:
                steps = (*known[pattern.subject], pattern.path)
                known.setdefault(pattern.value, steps)
            elif pattern.value in known:
                steps = (*known[pattern.value], Inverse(pattern.path))
                known.setdefault(pattern.subject, steps)
            else:
                continue
            patterns.remove(pattern)
            found = True
            yield steps


def _patterns(
    query: Query, group: Group, prefixes: Mapping[str, str], path: Path | None
) -> Iterator[_Pattern]:
    statement: list[Token] = []
    for token in (*_level(query, group), _BREAK):
        if token.kind != "break" and token.text != ".":
            statement.append(token)
            continue
        if statement:
            yield from _parsed(statement, prefixes, path)
            statement = []


def _level(query: Query, group: Group) -> Iterator[Token]:
    """Yield the tokens of a group's own triple patterns, with breaks between them."""
    if group.subselect:
        return
    depth = parens = 0
    for token in query.tokens[group.start + 1 : group.end]:
        if token.kind == "space":
            continue
        depth += token.text == "{"
        parens += token.text == "("
        if (
            depth == parens == 0
            and token.text not in ")}"
            and token.keyword in ("", "A", "TRUE", "FALSE")
        ):
            yield token
        else:
            yield _BREAK
        depth -= token.text == "}"
        parens -= token.text == ")"


def _parsed(
    statement: list[Token], prefixes: Mapping[str, str], path: Path | None
) -> Iterator[_Pattern]:
    """Yield the triple patterns of one subject (SPARQL 1.1, section 4.2)."""
    words = iter([*_untyped(statement), Token("other", ";")])
    subject = _term(next(words))
    verb: Path | None = None
    value: str | None = None
    for token in words:
        if token.text in (";", ","):
            if verb is not None and value is not None:
                yield _Pattern(subject, verb, value)
            value = None
            verb = verb if token.text == "," else None
        elif verb is None:
            verb = _verb(token, prefixes, path)
        elif value is None:
            value = _term(token)
        else:
            raise _UnclearError


def _untyped(statement: list[Token]) -> Iterator[Token]:
    """Yield the tokens without datatypes and language tags of literals."""
    skipped = 0
    for place, token in enumerate(statement):
        if skipped:
            skipped -= 1
            continue
        yield token
        after = [later.text for later in statement[place + 1 : place + 3]]
        if token.kind == "string":
            skipped = 3 if after == ["^", "^"] else int(after[:1] != [] and after[0][0] == "@")


def _term(token: Token) -> str:
    """Return the name of a variable, the empty string for a constant."""
    if token.kind in ("var", "iri", "word", "string", "number"):
        return token.variable
    raise _UnclearError


def _verb(token: Token, prefixes: Mapping[str, str], path: Path | None) -> Path:
    if token.variable == "PATH" and path is not None:
        return path
    if token.kind == "iri":
        return Predicate(token.text[1:-1])
    if token.text == "a":
        return Predicate(RDF.type)
    prefix, colon, local = token.text.partition(":")
    if token.kind == "word" and colon and prefix in prefixes and not {"\\", "%"} & set(local):
        return Predicate(prefixes[prefix] + local)
    raise _UnclearError
