"""The words of a SPARQL query (SPARQL 1.1, section 19.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stigraph.errors import ShapesError

__all__ = ["Token", "tokenized", "unusable", "words"]

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
      |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      |(?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
         |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
      |(?P<var>[?$][^\W]+)
      |(?P<number>[+\-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+\-]?[0-9]+)?)
      |(?P<word>@?(?:[^\W\d](?:[\w\-]|\.+(?=[\w\-:]))*)?
         :(?:[\w:\-]|\.+(?=[\w:\-%\\])|%[0-9A-Fa-f]{2}|\\.)*
         |@?[^\W\d][\w\-]*)
      |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query."""

    kind: str
    text: str

    @property
    def keyword(self) -> str:
        """The token in capitals if it can be a keyword, else the empty string."""
        return self.text.upper() if self.kind == "word" and ":" not in self.text else ""

    @property
    def is_term(self) -> bool:
        """Whether the token can be a term of a triple pattern."""
        named = self.kind == "word" and (":" in self.text or self.text == "a")
        return named or self.kind in ("iri", "var", "string", "number")

    @property
    def variable(self) -> str:
        """The name of the variable, else the empty string."""
        return self.text[1:] if self.kind == "var" else ""


def tokenized(text: str) -> list[Token]:
    """Return the tokens of a query: code points unescaped (section 19.2), comments left out."""
    return [Token(kind, word) for kind, word in words(text)]


def words(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and text of the tokens of a query; space stands for comments, too."""
    unescaped = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    for match in _TOKEN.finditer(unescaped):
        kind = match.lastgroup or "other"
        yield (kind, " ") if kind == "space" else (kind, match[0])


def unusable(ja: str, en: str) -> ShapesError:
    """Return the error that says what keeps a query from being run."""
    return ShapesError(
        f"シェイプを実行できない：SPARQL 制約：{ja}", f"the shapes can't be run: a query has {en}"
    )
