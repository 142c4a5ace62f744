"""Two versions of a Turtle file without most of what is the same in both.

A few entries of a large file change; the rest need not be parsed to know what they changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from stigraph.turtle.excerpt import Statement, statements

__all__ = ["reduced"]

_STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\]|\\.)*"|'
    r"'(?:[^'\\]|\\.)*'|<[^>]*>|#[^\r\n]*",
    re.DOTALL,
)
_PREFIX: Final = re.compile(
    r"@?prefix\s+([^\s:<>]*):\s*<([A-Za-z][A-Za-z0-9+.-]*:[^>\\]*)>(?:\s*\.)?", re.IGNORECASE
)
_BASE: Final = re.compile(r"@?base\b", re.IGNORECASE)
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^>]*>")
_BRACKET: Final = re.compile(r"[\[(]")


def reduced(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """Return two texts that differ in the same triples as two versions of a file.

    They hold the statements that only one version has, and those about the same subjects (which
    may state a triple once more). Both versions themselves are returned where that can't be told
    apart so: other prefixes, or brackets, whose nodes are named by their order in the file.

    Args:
        old: One version, which is Turtle.
        new: The other; if it isn't Turtle, neither is what is returned of it.
    """
    try:
        texts = old.decode("utf-8"), new.decode("utf-8")
    except UnicodeDecodeError:
        return old, new
    parts = [list(statements(text)) for text in texts]
    heads = [_directives(text, part) for text, part in zip(texts, parts, strict=True)]
    if heads[0] is None or heads[0] != heads[1] or not all(map(_is_whole, texts, parts)):
        return old, new
    sets = [{text[s.start : s.end] for s in part} for text, part in zip(texts, parts, strict=True)]
    if any(map(_has_brackets, (text for known in sets for text in known))):
        return old, new
    names = _names(heads[0])
    named = [[_subject(s, names) for s in part] for part in parts]
    if names is None or any("" in some for some in named):
        return old, new
    changed = {
        subject
        for text, part, mine, other in zip(texts, parts, named, reversed(sets), strict=True)
        for s, subject in zip(part, mine, strict=True)
        if not s.is_directive and text[s.start : s.end] not in other
    }
    kept = [_kept(*version, changed) for version in zip(texts, parts, named, strict=True)]
    return kept[0].encode(), kept[1].encode()


def _names(directives: Iterable[str]) -> dict[str, str] | None:
    """Return the namespaces that directives bind, None where one isn't plain to read."""
    found: dict[str, str] = {}
    for directive in directives:
        if _BASE.match(directive):  # relative IRIs are left to the reader anyway
            continue
        match = _PREFIX.fullmatch(directive)
        if match is None or match[1] in found:
            return None
        found[match[1]] = match[2]
    return found


def _subject(part: Statement, names: Mapping[str, str] | None) -> str:
    """Return what a statement is about, the empty string where that isn't plain to read."""
    token = part.subject
    if part.is_directive:
        return "directive"
    if token is None or names is None or "\\" in token:
        return ""
    if token.startswith("<"):
        return token[1:-1] if _ABSOLUTE.match(token) else ""
    if token.startswith("_:"):
        return token
    prefix, _, local = token.partition(":")
    return names[prefix] + local if prefix in names else ""


def _directives(text: str, parts: Sequence[Statement]) -> list[str] | None:
    """Return the directives at the beginning of a text, None if there are others."""
    first = next((n for n, part in enumerate(parts) if not part.is_directive), len(parts))
    if any(part.is_directive for part in parts[first:]):
        return None
    return [text[part.start : part.end] for part in parts[:first]]


def _is_whole(text: str, parts: Sequence[Statement]) -> bool:
    """Return whether nothing but white space and comments follows the last statement."""
    end = parts[-1].end if parts else 0
    return all(not line.strip() or line.lstrip()[0] == "#" for line in text[end:].splitlines())


def _has_brackets(text: str) -> bool:
    return bool(_BRACKET.search(text) and _BRACKET.search(_STRING.sub(" ", text)))


def _kept(text: str, parts: Sequence[Statement], named: Sequence[str], changed: Set[str]) -> str:
    return "\n".join(
        text[part.start : part.end]
        for part, subject in zip(parts, named, strict=True)
        if part.is_directive or subject in changed
    )
