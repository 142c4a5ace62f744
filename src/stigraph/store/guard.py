r"""What a query may not do, found out before the store sees it.

``SERVICE`` would make this server send requests for a stranger, updates would
change what it serves, and ``FROM`` may name only graphs that it holds.

Telling ``SERVICE`` the keyword from the same letters in a string, an IRI or a
comment takes a tokeniser (SPARQL 1.1 Query, section 19.8), and two tokenisers
never agree on everything: ``?a<#>`` is an IRI or a comparison and a comment,
and lenient parsers read ``trueSERVICE`` as two words. So the query isn't only
judged: what is harmless is rewritten (``\u0053ERVICE`` in strings and IRIs,
names in full, comments blanked), and the text that goes to the store holds
those letters in no place where its own parser could take them for the keyword.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from stigraph.errors import QueryError

__all__ = ["checked", "dataset_of", "is_volatile", "names_graphs"]

# Groups are atomic (a possessive group goes wrong in Python before 3.11.5) and what is never
# closed is one token: the time is linear in the length of the query, whatever it is.
_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]* )
    | (?P<space>   [ \t\r\n]+ )
    | (?P<iri>     <[^\x00-\x20<>"{}|^`]*> )
    | (?P<string>  \"{3}(?>(?:\"{0,2}(?:[^"\\]|\\.))*)\"{3} | '{3}(?>(?:'{0,2}(?:[^'\\]|\\.))*)'{3}
                 | (?!\"{3}) "(?>(?:[^"\\\r\n]|\\[^\r\n])*)"
                 | (?!'{3}) '(?>(?:[^'\\\r\n]|\\[^\r\n])*)' )
    | (?P<broken>  (?:\"{3}|'{3}).* | ["'][^\r\n]* )
    | (?P<mark>    [?$]\w+ | _:\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    (?:[^\W\d_][\w.-]*+)?
                   :(?>(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]|\.++(?=[\w:%\\-]))*) )
    | (?P<word>    [^\W\d_][\w.-]*+ (?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\w)*
                 | (?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\w)+ )
    | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})")
_KEYWORD: Final = "service"
_INITIAL = re.compile(f"(?i){_KEYWORD[0]}(?={_KEYWORD[1:]})")
_VOLATILE: Final = frozenset(("now", "rand", "struuid", "uuid"))
_OF_GRAPHS: Final = ("graph", "from")
_UPDATES: Final = frozenset(
    "insert delete load clear create drop copy move add with".split()  # noqa: SIM905
)
_TELLING: Final = re.compile("|".join((_KEYWORD, "from", *sorted(_UPDATES))))
"""A query without any of these letters, however escaped, is harmless as it is."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the query: its kind (a group of the pattern), its text, its offset."""

    kind: str
    text: str
    start: int


def checked(query: str, *, graphs: Collection[str], prefixes: Mapping[str, str], base: str) -> str:
    """Return ``query`` in the form in which the store may have it.

    Args:
        query: SPARQL 1.1, or anything that claims to be.
        graphs: The IRIs of the dataset's named graphs.
        prefixes: Prefixes that need no declaration.
        base: The IRI that relative IRIs are resolved against.

    Raises:
        QueryError: It is an update, or calls another service, or reads a graph that isn't here.
    """
    letters = _letters(query)
    if _TELLING.search(letters) is None:
        return query
    names = _Prologue.of(_code(_tokens(query)), prefixes, base)
    if names.first in _UPDATES:
        raise QueryError(
            "更新は受け付けない。このエンドポイントは読み出し専用である",
            "updates are not accepted: this endpoint only reads",
        )
    if "from" in letters:
        _check_graphs(query, names, graphs)
    if _KEYWORD not in letters:
        return query
    tokens = _without_declarations(list(_tokens(query)))
    return "".join(_harmless(query, token, names) for token in tokens)


def is_volatile(query: str) -> bool:
    """Return whether ``query`` may have another answer the next time, over the same data.

    So may one that calls ``NOW``, ``RAND``, ``UUID`` or ``STRUUID`` (SPARQL 1.1 Query, section
    17.4); the letters elsewhere don't count.
    """
    letters = _letters(query)
    return any(name in letters for name in _VOLATILE) and any(
        token.kind == "word" and _decoded(token.text).lower() in _VOLATILE
        for token in _code(_tokens(query))
    )


def names_graphs(query: str) -> bool:
    """Return whether ``query`` has ``GRAPH`` or ``FROM``; it may be told so where it hasn't."""
    # A parser may read more than one word in what is one token here: see above.
    letters = _letters(query)
    return any(word in letters for word in _OF_GRAPHS) and any(
        word in _decoded(token.text).lower()
        for token in _code(_tokens(query))
        if token.kind not in ("string", "iri")
        for word in _OF_GRAPHS
    )


def dataset_of(
    query: str, prefixes: Mapping[str, str], base: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs of ``FROM`` and those of ``FROM NAMED`` (section 13.2)."""
    names = _Prologue.of(_code(_tokens(query)), prefixes, base)
    found: tuple[list[str], list[str]] = ([], [])
    for token, named in _graphs(query):
        graph = names.resolve(token)
        if graph is not None:
            found[named].append(graph)
    return tuple(found[0]), tuple(found[1])


@dataclass(frozen=True, slots=True)
class _Prologue:
    """What the query declares (section 4.1), and the word that comes after."""

    prefixes: Mapping[str, str]
    base: str
    first: str

    @classmethod
    def of(cls, code: Iterator[_Token], prefixes: Mapping[str, str], base: str) -> _Prologue:
        known = dict(prefixes)
        for token in code:
            match _decoded(token.text).lower():
                case "base":
                    base = urljoin(base, _reference(next(code, None)))
                case "prefix":
                    name = next(code, None)
                    iri = urljoin(base, _reference(next(code, None)))
                    known[name.text.rstrip(":") if name else ""] = iri
                case first:
                    return cls(known, base, first)
        return cls(known, base, "")

    def resolve(self, token: _Token) -> str | None:
        """Return the IRI that an IRI reference or a prefixed name stands for, if declared."""
        if token.kind == "iri":
            return urljoin(self.base, _reference(token))
        prefix, _, local = token.text.partition(":")
        namespace = self.prefixes.get(prefix)
        return None if namespace is None else namespace + re.sub(r"\\(.)", r"\1", local)


def _tokens(query: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(query):
        yield _Token(str(match.lastgroup), match[0], match.start())


def _code(tokens: Iterator[_Token]) -> Iterator[_Token]:
    return (token for token in tokens if token.kind not in ("comment", "space"))


def _reference(token: _Token | None) -> str:
    """Return what stands between the brackets of an IRI; of anything else, nothing."""
    return _decoded(token.text[1:-1]) if token and token.kind == "iri" else ""


def _letters(query: str) -> str:
    """Return ``query`` in lower case and without codepoint escapes, to look for words in."""
    return (_decoded(query) if "\\" in query else query).lower()


def _decoded(text: str) -> str:
    """Return ``text`` without codepoint escapes (section 19.2); impossible ones stay."""
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _check_graphs(query: str, names: _Prologue, graphs: Collection[str]) -> None:
    """Find graphs of ``FROM`` and ``FROM NAMED`` (section 13.2) that aren't in the dataset."""
    for token, _ in _graphs(query):
        graph = names.resolve(token)
        if graph is not None and graph not in graphs:
            raise _at(
                query,
                token,
                f"FROM のグラフ {token.text} はこのデータセットにない。あるグラフを指定する",
                f"the graph {token.text} after FROM is not in this dataset; name one that is",
            )


def _graphs(query: str) -> Iterator[tuple[_Token, bool]]:
    """Yield the graphs after ``FROM``, and whether each is a named one."""
    expected = named = False
    for token in _code(_tokens(query)):
        word = _decoded(token.text).lower() if token.kind == "word" else ""
        if expected and token.kind in ("iri", "name"):
            yield token, named
        named = expected and word == "named"
        expected = word == "from" or named


def _without_declarations(tokens: list[_Token]) -> Iterator[_Token]:
    """Yield ``tokens``, prefixes with the letters in their name undeclared: names are spelt out."""
    gone: set[int] = set()
    code = [at for at, token in enumerate(tokens) if token.kind not in ("comment", "space")]
    for word, name, iri in zip(code, code[1:], code[2:], strict=False):
        declares = tokens[word].text.lower() == "prefix" and tokens[name].text.endswith(":")
        if declares and tokens[iri].kind == "iri" and _KEYWORD in tokens[name].text.lower():
            gone.update((word, name, iri))
    for at, token in enumerate(tokens):
        yield _Token("space", " " * len(token.text), token.start) if at in gone else token


def _harmless(query: str, token: _Token, names: _Prologue) -> str:
    """Return ``token`` so that no parser can find the keyword in it.

    Raises:
        QueryError: The token is the keyword, or could be read as one.
    """
    if _KEYWORD not in _decoded(token.text).lower() or token.kind == "mark":
        return token.text  # ?service, @service, _:service: their own first sign says what they are
    if token.kind == "comment":
        return " " * len(token.text)
    if token.kind in ("string", "iri"):
        return _escaped(token.text)
    iri = names.resolve(token) if token.kind == "name" else None
    if iri is not None:
        return f"<{_escaped(iri)}>"
    raise _at(
        query,
        token,
        "SERVICE は使えない。このエンドポイントは他のサービスに問い合わせない",
        "SERVICE is refused: this endpoint sends no queries to other services",
    )


def _escaped(text: str) -> str:
    return _INITIAL.sub(lambda match: f"\\u{ord(match[0]):04X}", text)


def _at(query: str, token: _Token, ja: str, en: str) -> QueryError:
    line = query.count("\n", 0, token.start) + 1
    column = token.start - query.rfind("\n", 0, token.start)
    return QueryError(
        f"{line}行{column}列：{ja}", f"line {line}, column {column}: {en}", line=line, column=column
    )
