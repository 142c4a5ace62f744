"""What Virtuoso does otherwise than the specifications say, and how it is met.

Seen with Virtuoso 7.2.5:

- blank nodes are named ``nodeID://b1``, which no syntax allows as a label;
- a boolean comes back as ``"1"^^xsd:boolean``, and a whole number from 2^31 on as
  ``xsd:decimal``; both are read as they are usually written, ``true`` and ``xsd:integer``;
- its own graphs are part of the default graph;
- a result ends after some number of rows (10,000 by default), which a header tells of
  SELECT and nothing tells of CONSTRUCT;
- other literals are kept by value or not at all: ``"abc"^^xsd:integer`` is 0, a duration
  is a number.
"""

from __future__ import annotations

import re
from typing import Final

from stigraph.store.forms import has_word
from stigraph.store.spool import Spool
from stigraph.terms import Literal
from stigraph.vocab import XSD

__all__ = ["MARK", "ROWS_CUT", "SYSTEM_GRAPHS", "keeps", "mended", "pragma", "rows_of"]

MARK: Final = "http://www.openlinksw.com/schemas/virtrdf#"
"""A graph that every Virtuoso has, and nobody else."""

SYSTEM_GRAPHS: Final = (
    MARK,
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/sparql",
    "http://www.openlinksw.com/schemas/oplweb#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "urn:rules.skos",
    "virtrdf-label",
)
"""Graphs of Virtuoso's own."""

ROWS_CUT: Final = "X-SPARQL-MaxRows"
"""The header of a SELECT result that ends before its end: the number of rows it has."""

_CHUNK: Final = 1 << 20
_HELD: Final = 4096
"""Bytes kept back until the next chunk, so that no match falls between two."""

_JSON: Final = re.compile(
    rb'"bnode"(?P<a>\s*,\s*"value"\s*:\s*")nodeID://'
    rb'|XMLSchema#(?P<kind>boolean|decimal)"(?P<b>\s*,\s*"value"\s*:\s*")'
    rb'(?P<value>[01]|-?[0-9]{10,})"'
)
_TRIPLES: Final = re.compile(
    rb'(?<!\\)"(?P<value>[01]|-?[0-9]{10,})"\^\^'
    rb"(?P<b><http://www\.w3\.org/2001/XMLSchema#)(?P<kind>boolean|decimal)>"
)
_BOOLEANS: Final = {b"0": b"false", b"1": b"true"}
_LOST: Final = frozenset(XSD[name] for name in ("duration", "yearMonthDuration", "dayTimeDuration"))
_CANONICAL: Final = {
    XSD.integer: re.compile(r"(?:0|-?[1-9][0-9]*)\Z", re.ASCII),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,5}[1-9]\Z", re.ASCII),
    XSD.boolean: re.compile(r"(?:true|false)\Z"),
    XSD.double: re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,5}[1-9]E0\Z", re.ASCII),
    XSD.float: re.compile(r"-?(?:0|[1-9][0-9]{0,3})\.(?:[05]|[27]5)\Z", re.ASCII),
}


def pragma(query: str) -> str:
    """Return what goes before a query so that its default graph lacks Virtuoso's own graphs.

    ``GRAPH <iri>`` finds nothing with it: such a query goes without.
    """
    if has_word(query, "GRAPH"):
        return ""
    return "".join(f"define input:default-graph-exclude <{graph}> " for graph in SYSTEM_GRAPHS)


def mended(file: Spool, media_type: str) -> Spool:
    """Return an answer of Virtuoso as another service would give it.

    Args:
        file: The answer.
        media_type: Its media type: SPARQL results in JSON, or N-Triples.
    """
    pattern, by = (_JSON, _in_json) if media_type.endswith("+json") else (_TRIPLES, _in_triples)
    out = Spool()
    held = b""
    while chunk := file.read(_CHUNK):
        text = pattern.sub(by, held + chunk)
        out.write(text[:-_HELD])
        held = text[-_HELD:]
    out.write(held)
    out.seek(0)
    return out


def _in_json(found: re.Match[bytes]) -> bytes:
    if found["kind"] is None:
        return b'"bnode"' + found["a"]
    datatype, value = _mended(found["kind"], found["value"])
    return b'XMLSchema#%b"%b%b"' % (datatype, found["b"], value)


def _in_triples(found: re.Match[bytes]) -> bytes:
    datatype, value = _mended(found["kind"], found["value"])
    return b'"%b"^^%b%b>' % (value, found["b"], datatype)


def _mended(datatype: bytes, value: bytes) -> tuple[bytes, bytes]:
    if datatype == b"boolean":
        return datatype, _BOOLEANS.get(value, value)
    return (b"integer" if abs(int(value)) >= 2**31 else datatype), value


def keeps(literal: Literal) -> bool:
    """Return whether Virtuoso surely gives back, mended, the literal it was given."""
    if literal.datatype in _LOST:
        return False
    canonical = _CANONICAL.get(literal.datatype)
    return canonical is None or bool(canonical.match(literal.value))


def rows_of(construct: str, template: tuple[int, int]) -> str:
    """Return a CONSTRUCT query as a SELECT of the solutions that it makes triples of.

    Args:
        construct: The query.
        template: Where ``CONSTRUCT`` begins and its template ends.
    """
    start, end = template
    return f"{construct[:start]}SELECT * {construct[end:]}"
