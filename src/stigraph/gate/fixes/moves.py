"""Entries that have a new name or place: files that must follow, and what refers to them."""

from __future__ import annotations

from pathlib import Path

from stigraph.errors import TurtleSyntaxError, UsageError
from stigraph.gate.changes import file_at
from stigraph.gate.finding import Finding, Fix, Message, Move
from stigraph.gate.fixes.bench import Bench
from stigraph.gate.fixes.spelling import replacement
from stigraph.terms import Iri, Literal
from stigraph.turtle import SourceMap
from stigraph.vocab import ID, OWNED_KINDS, SKOS, kind_of

__all__ = ["misplaced", "renamed"]


def misplaced(found: Finding, bench: Bench) -> Fix | None:
    """Propose to move a file to where its entry belongs, unless something stands there."""
    if found.code != "STI008" or found.focus is None or found.file is None:
        return None
    path = (bench.here / found.file).resolve()
    data = bench.project.data.resolve()
    target = data / f"{found.focus.removeprefix(ID)}.ttl"
    if not path.is_relative_to(data) or not target.is_relative_to(data):
        return None
    if bench.content(target) is not None:
        return None
    name = _named_like(found.file, path, target)
    return Fix(
        Message(f"ファイルを {name} に移す", f"move the file to {name}"),
        moves=(Move(found.file, name),),
        safe=True,
    )


def _named_like(name: str, path: Path, target: Path) -> str:
    """Return how a report would name ``target``, seen how it names ``path``."""
    base = path.as_posix().removesuffix(name)
    return target.as_posix().removeprefix(base)


def renamed(found: Finding, bench: Bench) -> Fix | None:
    """Propose the new name of an entry: what its old file describes, or who has its label now."""
    if found.code != "STI011" or not isinstance(found.value, Iri):
        return None
    old = found.value.value
    path = bench.project.data / f"{old.removeprefix(ID)}.ttl"
    new = _in_place(path, bench) or _by_label(old, path, bench)
    return replacement(found, bench, new, safe=True) if new else None


def _in_place(path: Path, bench: Bench) -> str | None:
    """Return the one main entry that the file of the old name describes now."""
    content = bench.content(path)
    subjects = _main_subjects(content, path) if content is not None else []
    return subjects[0] if len(subjects) == 1 else None


def _main_subjects(content: bytes, path: Path) -> list[str]:
    places = _map(content, path)
    named = [t.subject.term.value for t in places or () if isinstance(t.subject.term, Iri)]
    return [s for s in dict.fromkeys(named) if kind_of(s) not in (None, *OWNED_KINDS)]


def _by_label(old: str, path: Path, bench: Bench) -> str | None:
    """Return the one entry that has the Japanese label which ``old`` had at the last commit."""
    try:
        content = file_at(path, "HEAD")
    except UsageError:
        return None
    places = _map(content, path) if content is not None else None
    if places is None:
        return None
    for triple in places.triples(Iri(old), Iri(SKOS.prefLabel)):
        label = triple.object.term
        if isinstance(label, Literal) and label.language == "ja":
            bearers = [e for e in bench.labelled(label.value) if kind_of(e) not in OWNED_KINDS]
            return bearers[0] if len(bearers) == 1 else None
    return None


def _map(content: bytes, path: Path) -> SourceMap | None:
    try:
        return SourceMap.of(content.decode("utf-8"), path.resolve().as_uri())
    except (UnicodeDecodeError, TurtleSyntaxError):
        return None
