"""What kind of query a text is, and where its parts are: enough to send it to a service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from stigraph.errors import QueryError
from stigraph.store.syntax import OPAQUE, PREFIXED, declared_prefixes

__all__ = ["has_word", "query_form", "template_of", "with_prologue"]

_WORD: Final = re.compile(r"(?<![\w:?$.@<-])([A-Za-z]+)(?![\w:-]|\s*:)")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4}))")
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "MODIFY"}
)


def query_form(text: str) -> str:
    """Return the form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE (SPARQL 1.1, section 16).

    Raises:
        QueryError: It is an update, or no query at all.
    """
    # Escapes are undone before anything else (SPARQL 1.1, section 19.2).
    plain = bare(_ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text))
    for found in _WORD.finditer(plain):
        word = found[1].upper()
        if word in _FORMS:
            return word
        if word in _UPDATES:
            raise QueryError(
                f"{word} は更新で、問い合わせではない。SELECT、ASK、CONSTRUCT、DESCRIBE を渡す",
                f"{word} is an update, not a query; give SELECT, ASK, CONSTRUCT or DESCRIBE",
            )
    raise QueryError(
        "SPARQL の問い合わせではない。SELECT、ASK、CONSTRUCT、DESCRIBE のどれかで書く",
        "not a SPARQL query; write SELECT, ASK, CONSTRUCT or DESCRIBE",
    )


def has_word(text: str, word: str) -> bool:
    """Return whether ``word`` stands in a query as a keyword can, in any case."""
    return any(found[1].upper() == word for found in _WORD.finditer(bare(text)))


def with_prologue(text: str, prefixes: Mapping[str, str], base: str | None) -> str:
    """Return ``text`` with the declarations that it leaves out, on its first line."""
    plain = bare(text)
    own = declared_prefixes(plain)
    used = {found[1] for found in PREFIXED.finditer(plain)}
    lines = [f"BASE <{base}> "] if base else []
    lines += [
        f"PREFIX {name}: <{iri}> "
        for name, iri in prefixes.items()
        if name not in own and (name in used or not name)
    ]
    return "".join([*lines, text])


def template_of(text: str) -> tuple[int, int]:
    """Return where the word CONSTRUCT begins and its template, if it has one, ends."""
    plain = bare(text)
    start = next(f.start() for f in _WORD.finditer(plain) if f[1].upper() == "CONSTRUCT")
    end = start + len("CONSTRUCT")
    if not plain[end:].lstrip().startswith("{"):
        return start, end
    depth = 0
    for place in range(plain.index("{", end), len(plain)):
        depth += (plain[place] == "{") - (plain[place] == "}")
        if depth == 0:
            return start, place + 1
    return start, end


def bare(text: str) -> str:
    """Return ``text`` with blanks for its IRIs, strings and comments, of the same length."""
    return OPAQUE.sub(lambda found: " " * len(found[0]), text)
