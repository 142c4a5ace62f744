"""Whether Oxigraph would keep every literal of a Turtle text as it is written.

Looking at a text costs a third of looking at each of its triples. The answer may
be no for a text that would be kept (a strange spelling, a prefix bound twice): it
is then read triple by triple, which is slower and gives the same graph.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from stigraph.store.exact import is_rewritten
from stigraph.vocab import XSD

__all__ = ["is_plain"]

_TYPE: Final = re.compile(rb"\^\^([^\s;,\])}]+)")
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
# Numbers may stand here: most texts have none that isn't an integer in canonical form.
_ODD: Final = re.compile(
    rb"""[0-9+\-.](?<=[\s,;()\[\]>"'].)"""
    rb"(?:(?<=[+\-])\.?[0-9]|(?<=\.)[0-9]|(?<=0)[0-9.eE]"
    rb"|(?<=[1-9])[0-9]*(?:\.[0-9eE]|[eE])|[0-9]{15})"
)
_INTEGER: Final = re.compile(rb"[+\-]?[0-9]+\Z")
_DECIMAL: Final = re.compile(rb"[+\-]?[0-9]*\.[0-9]+\Z")


def is_plain(text: bytes) -> bool:
    """Return whether every literal of a Turtle text surely stays as it is."""
    return _typed_are_kept(text) and _numbers_are_kept(text)


def _typed_are_kept(text: bytes) -> bool:
    found = [(_value(text, each.start()), each[1]) for each in _TYPE.finditer(text)]
    if len(found) != text.count(b"^^"):
        return False
    datatypes: dict[bytes, str | None] = {}
    for value, token in set(found):
        name = token.rstrip(b".")
        if name not in datatypes:
            datatypes[name] = _datatype(name, text)
        datatype = datatypes[name]
        if (
            value is None
            or datatype is None
            or is_rewritten(value.decode("utf-8", "replace"), datatype)
        ):
            return False
    return True


def _value(text: bytes, end: int) -> bytes | None:
    """Return the string in quotes that ends at ``end``, None where that isn't plain to see."""
    start = text.rfind(b'"', 0, end - 1)
    value = text[start + 1 : end - 1]
    if text[end - 1 : end] != b'"' or start < 1 or text[start - 1 : start] in b'"\\':
        return None
    return None if b"\\" in value or b"\n" in value or b"\r" in value else value


def _datatype(token: bytes, text: bytes) -> str | None:
    """Return the IRI that a token after ``^^`` stands for, None where that isn't plain to see."""
    if token.startswith(b"<"):
        iri = token.removeprefix(b"<").removesuffix(b">")
    else:
        prefix, _, local = token.partition(b":")
        spaces = set(_declaration(prefix).findall(text))
        if len(spaces) != 1:
            return None
        iri = next(iter(spaces)) + local
    if b"\\" in iri or b"%" in iri or not re.match(rb"https?://|urn:", iri):
        return None
    return iri.decode("utf-8", "replace")


@lru_cache(maxsize=256)
def _declaration(prefix: bytes) -> re.Pattern[bytes]:
    """Return what finds the IRIs that a prefix, or one that ends like it, is bound to."""
    return re.compile(re.escape(prefix) + rb":\s*<([^>]*)>")


def _numbers_are_kept(text: bytes) -> bool:
    if not _ODD.search(text):
        return True
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
