"""How texts are escaped: XML, and forms in which a text must stand on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

__all__ = ["json_items", "json_line", "legal", "one_line", "xml"]

# XML 1.0, section 2.2: these can't stand in a document, not even as references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What `xml` has to look at: most texts have nothing of it.
_SPECIAL = re.compile("[^ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029]+")


def legal(text: str) -> str:
    """Return ``text`` without the characters that XML can't hold."""
    return _NOT_XML.sub("", text)


def xml(text: str) -> str:
    """Return ``text`` as character data and attribute value; what XML can't hold is dropped."""
    if _SPECIAL.search(text) is None:
        return text
    clean = legal(text)
    for character, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        clean = clean.replace(character, reference)
    # In an attribute, white space other than the space is kept only as a reference (section 3.3.3).
    return clean.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def one_line(text: str) -> str:
    """Return ``text`` on one line: control characters and line separators become spaces."""
    return _CONTROL.sub(" ", text).strip()


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def json_line(value: object) -> str:
    """Return a JSON value on one line, with its characters as they are."""
    return _ENCODER.encode(value)


def json_items(items: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON array, an item a line."""
    yield "["
    separator = "\n"
    for item in items:
        yield f"{separator}{json_line(item)}"
        separator = ",\n"
    yield "\n]"
