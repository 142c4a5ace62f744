"""Whether Oxigraph would keep every literal of a Turtle text as it is written.

Looking at a text costs a third of looking at each of its triples. The answer may
be no for a text that would be kept (a strange spelling, a prefix bound twice): it
is then read triple by triple, which is slower and gives the same graph.
"""

from __future__ import annotations

import re
from typing import Final

from stigraph.store.exact import is_rewritten
from stigraph.vocab import XSD

__all__ = ["is_plain"]

_TYPED: Final = re.compile(rb'"([^"\\\r\n]*)"\^\^([^\s;,\])}]+)')
_PREFIX: Final = re.compile(rb"@?prefix\s+([^\s:<>]*):\s*<([^>]*)>", re.IGNORECASE)
_NUMBER: Final = re.compile(
    rb'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    rb"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    rb'|"(?:[^"\\\r\n]|\\.)*"'
    rb"|'(?:[^'\\\r\n]|\\.)*'"
    rb"|<[^>\s]*>"
    rb"|\#[^\r\n]*"
    rb"|(?<![\w:.+\-%\\\x80-\xff])([+\-]?\.?[0-9][\w.+\-]*)",
    re.DOTALL,
)
_INTEGER: Final = re.compile(rb"[+\-]?[0-9]+\Z")
_DECIMAL: Final = re.compile(rb"[+\-]?[0-9]*\.[0-9]+\Z")


def is_plain(text: bytes) -> bool:
    """Return whether every literal of a Turtle text surely stays as it is."""
    return _typed_are_kept(text) and _numbers_are_kept(text)


def _typed_are_kept(text: bytes) -> bool:
    found = _TYPED.findall(text)
    if len(found) != text.count(b"^^"):
        return False
    prefixes: dict[bytes, set[bytes]] = {}
    for name, iri in _PREFIX.findall(text):
        prefixes.setdefault(name, set()).add(iri)
    datatypes: dict[bytes, str | None] = {}
    for value, token in set(found):
        name = token.rstrip(b".")
        if name not in datatypes:
            datatypes[name] = _datatype(name, prefixes)
        datatype = datatypes[name]
        if datatype is None or is_rewritten(value.decode("utf-8", "replace"), datatype):
            return False
    return True


def _datatype(token: bytes, prefixes: dict[bytes, set[bytes]]) -> str | None:
    """Return the IRI that a token after ``^^`` stands for, None where that isn't plain to see."""
    if token.startswith(b"<"):
        iri = token.removeprefix(b"<").removesuffix(b">")
    else:
        prefix, _, local = token.partition(b":")
        spaces = prefixes.get(prefix, set())
        if len(spaces) != 1:
            return None
        iri = next(iter(spaces)) + local
    if b"\\" in iri or b"%" in iri or not re.match(rb"https?://|urn:", iri):
        return None
    return iri.decode("utf-8", "replace")


def _numbers_are_kept(text: bytes) -> bool:
    for token in set(_NUMBER.findall(text)):
        number = token.rstrip(b".")
        if not number:
            continue
        if _INTEGER.match(number):
            datatype = XSD.integer
        elif _DECIMAL.match(number):
            datatype = XSD.decimal
        else:
            return False
        if is_rewritten(number.decode(), datatype):
            return False
    return True
