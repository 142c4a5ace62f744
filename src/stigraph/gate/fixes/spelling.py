"""Names that mean nothing: what was meant, written as the file writes names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stigraph.gate.finding import Edit, Finding, Fix, Message
from stigraph.gate.fixes.bench import Bench, Source
from stigraph.gate.nearest import distance, nearest_names, parted
from stigraph.vocab import PREFIXES, shorten

__all__ = ["declaration", "misspelt", "replacement", "successor"]

_SHORT: Final = 6  # letters up to which one slip alone is a slip
_LOCAL: Final = re.compile(r"[\w][\w-]*")


def misspelt(found: Finding, bench: Bench) -> Fix | None:
    """Propose the nearest term or entry for one that there isn't.

    It is safe where one name alone is nearest, by one or two slips that are no digits: a number
    in a name is a fact that only its author knows.
    """
    if found.code not in ("STI010", "STI011") or found.value is None:
        return None
    wrong = found.value.value
    known = bench.vocabulary.terms if found.code == "STI010" else bench.entries
    near = nearest_names(wrong, known)
    if not near:
        return None
    safe = len(near) == 1 and _is_slip(wrong, near[0], known)
    fix = replacement(found, bench, near[0], safe=safe)
    return fix if len(near) == 1 else _ambiguous(fix, near)


def _is_slip(wrong: str, right: str, known: Iterable[str]) -> bool:
    """Whether one or two slips that are no digits lead to ``right``, and no more to any other."""
    if _digits(wrong) != _digits(right):
        return False
    most = 2 if len(parted(right)[1]) > _SHORT else 1
    slips = distance(shorten(wrong), shorten(right), most)
    if slips > most:
        return False
    space, name = parted(right)[0], parted(wrong)[1]
    others = (iri for iri in known if iri != right and iri.startswith(space))
    rivals = (parted(iri)[1] for iri in others if _digits(iri) == _digits(wrong))
    return all(distance(name, rival, slips + 1) > slips + 1 for rival in rivals)


def _digits(iri: str) -> list[str]:
    return re.findall(r"\d+", iri)


def _ambiguous(fix: Fix | None, near: list[str]) -> Fix | None:
    if fix is None:
        return None
    names = [shorten(iri) for iri in near[:4]]
    return Fix(
        Message(
            f"{'、'.join(names)} のどれかに置き換える", f"replace it with {' or '.join(names)}"
        ),
        fix.edits,
        safe=False,
    )


def successor(found: Finding, bench: Bench) -> Fix | None:
    """Propose what replaces a deprecated term or entry."""
    if found.code != "STI016" or found.value is None:
        return None
    new = bench.vocabulary.deprecated.get(found.value.value)
    return replacement(found, bench, new, safe=True) if new else None


def replacement(found: Finding, bench: Bench, iri: str, *, safe: bool) -> Fix | None:
    """Return the fix that writes ``iri`` at the finding's place, as the file writes names."""
    source = bench.source(found.file)
    if source is None or found.place is None:
        return None
    name, extra = _spelt(source, iri)
    if name is None:
        return None
    shown = shorten(iri)
    return Fix(
        Message(f"{shown} に置き換える", f"replace it with {shown}"),
        (*extra, Edit(source.name, found.place, name)),
        safe=safe,
    )


def _spelt(source: Source, iri: str) -> tuple[str | None, tuple[Edit, ...]]:
    """Return an IRI as a name, with the declaration of its prefix where that is missing."""
    space, local = parted(iri)
    if not _LOCAL.fullmatch(local):
        return None, ()
    for prefix, match in source.prefixes.items():
        if match["iri"] == space:
            return f"{prefix}:{local}", ()
    prefix = next((name for name, each in PREFIXES.items() if each == space), "")
    if not prefix or prefix in source.prefixes:
        return f"<{iri}>", ()
    return f"{prefix}:{local}", (declaration(source, prefix),)


def declaration(source: Source, prefix: str) -> Edit:
    """Return the edit that declares one of our prefixes, in the order of their names."""
    later = [m for name, m in source.prefixes.items() if name > prefix]
    line = f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    if later:
        place = min(match.start() for match in later)
    else:
        ends = [source.text.find("\n", match.end()) + 1 for match in source.prefixes.values()]
        place = max(ends, default=0)
    return source.edit(place, place, line)
