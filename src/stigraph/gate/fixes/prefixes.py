"""Prefixes that are missing, misspelt, or bound to another namespace than in the project."""

from __future__ import annotations

import re
from typing import Final

from stigraph.gate.finding import Finding, Fix, Message
from stigraph.gate.fixes.bench import Bench, Source
from stigraph.gate.fixes.spelling import declaration
from stigraph.gate.nearest import nearest
from stigraph.vocab import PREFIXES

__all__ = ["misbound", "undeclared"]

_NAME: Final = re.compile(r"([A-Za-z][\w.-]*):")


def undeclared(found: Finding, bench: Bench) -> Fix | None:
    """Propose the declaration of a prefix of ours, or the prefix that was meant."""
    source = bench.source(found.file)
    if found.code != "STI001" or source is None or found.place is None:
        return None
    start = source.offset(found.place.line, found.place.column)
    match = _NAME.match(source.text, start)
    if match is None or match[1] in source.prefixes:
        return None
    if match[1] in PREFIXES:
        return Fix(
            Message(f"接頭辞 {match[1]}: を宣言する", f"declare the prefix {match[1]}:"),
            (declaration(source, match[1]),),
            safe=True,
        )
    return _meant(source, match)


def _meant(source: Source, match: re.Match[str]) -> Fix | None:
    known = {**source.prefixes, **PREFIXES}
    near = nearest(match[1], known, 1)
    declared = [name for name in near if name in source.prefixes]
    meant = declared if declared else near
    if len(meant) != 1:
        return None
    edits = [source.edit(match.start(1), match.end(1), meant[0])]
    if meant[0] not in source.prefixes:
        edits.insert(0, declaration(source, meant[0]))
    return Fix(
        Message(f"接頭辞を {meant[0]}: に直す", f"make the prefix {meant[0]}:"),
        tuple(edits),
        safe=True,
    )


def misbound(found: Finding, bench: Bench) -> Fix | None:
    """Propose our namespace for one of our prefixes that the file binds to another."""
    source = bench.source(found.file)
    if source is None or found.place is None:
        return None
    match = _NAME.match(source.written(found.place))
    declared = source.prefixes.get(match[1]) if match else None
    if (
        match is None
        or declared is None
        or PREFIXES.get(match[1], declared["iri"]) == declared["iri"]
    ):
        return None
    space = PREFIXES[match[1]]
    return Fix(
        Message(
            f"接頭辞 {match[1]}: の名前空間を <{space}> に直す",
            f"bind the prefix {match[1]}: to <{space}>",
        ),
        (source.edit(declared.start("iri"), declared.end("iri"), space),),
        safe=True,
    )
