"""What is wrong with a query, as one sentence, and where.

Oxigraph says where its parser gave up, which may be some words after the fault,
and lists its whole grammar there. rdflib's parser is slow but stops at the fault
itself: :func:`sharpened` asks it, where a person waits for the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stigraph.errors import QueryError

__all__ = ["OPAQUE", "PREFIXED", "declared_prefixes", "query_error", "sharpened"]

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_TOKEN = re.compile(r"[\w?$:.@^-]+|\S")
# IRIs, strings and comments: colons in them are no prefixes (SPARQL 1.1, section 19.8).
OPAQUE = re.compile(
    r"<[^<>\"{}|^`\\\s]*>"
    r"|\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}"
    r"|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|#[^\n]*",
    re.DOTALL,
)
_DECLARED = re.compile(r"\bprefix\s+([\w.-]*):", re.IGNORECASE)
PREFIXED = re.compile(r"(?<![\w:?$@-])([A-Za-z][\w.-]*):(?!//)")
_REASONS = {
    "IRI parsing failed": ("IRI の書き方が正しくない", "the IRI is malformed"),
    "unbound": ("結果に選んだ変数に値が入らない", "a selected variable has no value"),
}


def declared_prefixes(bare: str) -> set[str]:
    """Return the prefixes that a query declares, given without its IRIs and strings."""
    return set(_DECLARED.findall(bare))


def query_error(error: SyntaxError, text: str, prefixes: Iterable[str]) -> QueryError:
    """Return Oxigraph's ``error`` about ``text`` as a sentence with line and column.

    Args:
        error: What Oxigraph raised.
        text: The query.
        prefixes: Prefixes that need no declaration.
    """
    match = _PLACE.match(str(error))
    if match is None:
        return QueryError(
            f"SPARQL として読めない：{error}", f"the query is not SPARQL 1.1: {error}"
        )
    undeclared = _undeclared(text, prefixes)
    if undeclared:
        name, place = undeclared
        return _at(place, f"接頭辞 {name}: が宣言されていない", f"prefix {name}: is not declared")
    place = int(match[1]), int(match[2])
    for sign, (ja, en) in _REASONS.items():
        if sign in match[3]:
            return _at(place, ja, en)
    return _at(place, "このあたりが読めない", "can't be read around there")


def sharpened(error: QueryError, text: str) -> QueryError:
    """Return ``error`` with the place at which rdflib's parser stops; itself if it doesn't."""
    # It takes a third of a second to import: only a query with a fault pays for it.
    from pyparsing import ParseException  # noqa: PLC0415
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415

    try:
        parseQuery(text.replace("\t", " "))  # its columns count a tab as up to eight
    except ParseException as second:
        return _unexpected(text, second.lineno, second.col)
    except Exception:  # a second opinion that fails is none
        return error
    return error


def _unexpected(text: str, line: int, column: int) -> QueryError:
    token = _TOKEN.search(text.split("\n")[line - 1][column - 1 :])
    if token is None:
        return _at((line, column), "途中で終わっている", "it ends too early")
    return _at(
        (line, column), f"「{token[0]}」から先が読めない", f"can't be read from “{token[0]}” on"
    )


def _at(place: tuple[int, int], ja: str, en: str) -> QueryError:
    line, column = place
    return QueryError(
        f"SPARQL として読めない。{line}行{column}列：{ja}",
        f"the query is not SPARQL 1.1: line {line}, column {column}: {en}",
        line=line,
        column=column,
    )


def _undeclared(text: str, prefixes: Iterable[str]) -> tuple[str, tuple[int, int]] | None:
    bare = OPAQUE.sub(lambda found: " " * len(found[0]), text)
    known = {*prefixes, *declared_prefixes(bare)}
    for found in PREFIXED.finditer(bare):
        if found[1] not in known:
            before = text[: found.start()]
            return found[1], (before.count("\n") + 1, found.start() - before.rfind("\n"))
    return None
