"""Where a finding stands: the file of its focus node, and the term in it.

Something missing stands at the subject, a wrong term at that term, a duplicate at the second
occurrence, a wrong value at the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from stigraph.errors import UnreadableError
from stigraph.gate.beside import Helper
from stigraph.gate.finding import Finding, Message, Place
from stigraph.store.reading import read_bytes
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.turtle import LocatedTerm, LocatedTriple, Span, read
from stigraph.turtle.excerpt import Index, read_about, read_mentioning
from stigraph.turtle.locate import SourceMap
from stigraph.vocab import RDFS, SH, SKOS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.files import SourceFile

__all__ = ["Locator", "LocatorBeside", "locate_in_texts", "named_node"]

_FEW = 100
"""Nodes up to which each is searched for in the text."""
_MISSING = frozenset({SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent})
_LABELS = (SKOS.prefLabel, RDFS.label)
_DUPLICATES = frozenset({SH.MaxCountConstraintComponent, SH.UniqueLangConstraintComponent})


class Locator:
    """Finds the file of a focus node, and a finding's term in it."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self._homes: dict[str, SourceFile] = {}
        self._by_name = {source.name: source for source in files}
        self._maps: dict[str, SourceMap] = {}
        for source in files:
            for subject, _, _ in source.triples:
                self._homes.setdefault(subject.value, source)

    def all(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield ``findings`` with file and place filled in where they can be found."""
        for found in findings:
            yield self._located(found)

    def _located(self, found: Finding) -> Finding:
        source = self._by_name.get(found.file or "") or self._homes.get(found.focus or "")
        if source is None or found.place is not None:
            return found
        return _in_map(found, source.name, self._map(source))

    def _map(self, source: SourceFile) -> SourceMap:
        if source.name not in self._maps:
            self._maps[source.name] = SourceMap.of(source.text, source.path.resolve().as_uri())
        return self._maps[source.name]


def locate_in_texts(findings: Iterable[Finding], texts: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield ``findings`` with their places in ``texts`` (report name → file).

    The files are read only where there is something to locate, and of a file only the
    statements about the focus nodes. Blank nodes are labelled as
    :func:`~stigraph.filestore.graphs.file_triples` labels them.
    """
    listed = list(findings)
    if not any(found.focus for found in listed):
        yield from listed
        return
    yield from _located(listed, {name: _Text(path) for name, path in texts.items()})


class LocatorBeside:
    """Does what :func:`locate_in_texts` does, in a process that knows the texts before.

    Only for a process with one thread, or whose other threads do nothing.

    Args:
        texts: The files by the names that reports give them.
    """

    def __init__(self, texts: Mapping[str, Path]) -> None:
        self._helper: Helper[list[Finding], list[Finding]] = Helper(lambda: _prepared(texts))

    def __call__(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return ``findings`` with their places; the last that is asked."""
        return self._helper.ask(list(findings))

    def close(self) -> None:
        """End the process."""
        self._helper.drop()


def _prepared(texts: Mapping[str, Path]) -> Callable[[list[Finding]], list[Finding]]:
    files = {}
    for name, path in texts.items():
        with suppress(UnicodeDecodeError, UnreadableError):  # told by whoever reads it first
            files[name] = _Text(path, indexed=True)
    return lambda findings: list(_located(findings, files))


def _located(listed: Sequence[Finding], files: Mapping[str, _Text]) -> Iterator[Finding]:
    nodes = {named_node(found.focus) for found in listed if found.focus}
    maps = {name: file.about(nodes) for name, file in files.items()}
    left = {node for node in nodes if not any(places.subjects(node) for places in maps.values())}
    mentions = {name: file.mentioning(left) for name, file in files.items()} if left else {}
    for found in listed:
        yield _in_maps(found, maps, mentions)


def _in_maps(
    found: Finding, maps: Mapping[str, SourceMap], mentions: Mapping[str, SourceMap]
) -> Finding:
    if found.focus is None:
        return found
    focus = named_node(found.focus)
    names = [found.file] if found.file is not None and found.file in maps else list(maps)
    for name in names:
        if maps[name].subjects(focus):
            return _in_map(found, name, maps[name])
    for name in names:
        if name in mentions and mentions[name].mentions(focus):
            return _in_map(found, name, mentions[name])
        literal = mentions[name].spelt(found.focus) if name in mentions else ()
        if literal:
            return replace(found, file=name, place=_where(literal[0].span))
    return found


class _Text:
    """A file in which nodes are looked for."""

    def __init__(self, path: Path, *, indexed: bool = False) -> None:
        self._text = read_bytes(path).decode()
        self._base = path.resolve().as_uri()
        self._index = Index(self._text) if indexed else None

    def about(self, nodes: Set[Term]) -> SourceMap:
        """Return the places of the triples about ``nodes``."""
        if any(isinstance(node, Blank) for node in nodes):
            return SourceMap(triple for triple in self._all() if triple.subject.term in nodes)
        names = {node.value for node in nodes}
        return SourceMap(read_about(self._text, self._base, names, self._index))

    def mentioning(self, nodes: Set[Term]) -> SourceMap:
        """Return the places of the triples in which ``nodes`` stand as objects or predicates."""
        tails = {re.split("[/#:]", node.value)[-1] for node in nodes}
        plain = "" not in tails and not any(isinstance(node, Blank) for node in nodes)
        if plain and len(tails) <= _FEW:
            found = SourceMap(read_mentioning(self._text, self._base, tails))
            if all(found.mentions(node) or found.spelt(node.value) for node in nodes):
                return found
        # A name may be written in another way than it is read: with escapes, say.
        values = {node.value for node in nodes}
        return SourceMap(
            triple
            for triple in self._all()
            if nodes & {t.term for t in triple} or triple.object.term.value in values
        )

    def _all(self) -> Iterator[LocatedTriple]:
        # Imported where it is used: few files have blank nodes.
        from stigraph.filestore.graphs import blank_prefix

        prefix = blank_prefix(self._base)
        for triple in read(self._text, self._base):
            yield LocatedTriple(*(_renamed(term, prefix) for term in triple))


def _renamed(term: LocatedTerm, prefix: str) -> LocatedTerm:
    if isinstance(term.term, Blank):
        return term._replace(term=Blank(prefix + term.term.value))
    return term


def named_node(name: str) -> Iri | Blank:
    """Return the node that a finding names: ``_:label`` is a blank one."""
    return Blank(name[2:]) if name.startswith("_:") else Iri(name)


def _in_map(found: Finding, name: str, places: SourceMap) -> Finding:
    label = _label(places, named_node(found.focus)) if found.focus else None
    return replace(found, file=name, place=_place(places, found), label=label)


def _label(places: SourceMap, focus: Term) -> Message | None:
    """Return what the file calls a node; where a language is missing, in the other."""
    for predicate in _LABELS:
        names = {
            triple.object.term.language or "": triple.object.term.value
            for triple in places.triples(focus, Iri(predicate))
            if isinstance(triple.object.term, Literal)
        }
        if names:
            any_language = names.get("", next(iter(names.values())))
            return Message(names.get("ja", any_language), names.get("en", any_language))
    return None


def _place(places: SourceMap, found: Finding) -> Place | None:
    span = _span(places, found)
    return _where(span) if span else None


def _where(span: Span) -> Place:
    return Place(span.line, span.column, span.end_line, span.end_column)


def _span(places: SourceMap, found: Finding) -> Span | None:
    if found.focus is None:
        return None
    focus = named_node(found.focus)
    if found.path is None or found.component in _MISSING:
        return places.locate(focus)
    path = Iri(found.path)
    if not places.triples(focus, path):
        return places.locate(focus)
    if found.component == SH.ClosedConstraintComponent or found.value == path:
        return places.locate(focus, path)  # the predicate itself is what is wrong
    if isinstance(found.value, Blank):
        return _blank_span(places, focus, path, found.value)
    second = _second(places, focus, path, found) if found.component in _DUPLICATES else None
    return second.span if second else places.locate(focus, path, found.value)


def _blank_span(places: SourceMap, focus: Term, path: Iri, value: Blank) -> Span | None:
    values = [t.object for t in places.triples(focus, path) if isinstance(t.object.term, Blank)]
    # Where the label is the store's and not the file's, the first blank node stands for it.
    return next((v.span for v in (*(v for v in values if v.term == value), *values)), None)


def _second(places: SourceMap, focus: Term, path: Iri, found: Finding) -> LocatedTerm | None:
    values = [triple.object for triple in places.triples(focus, path)]
    if found.component == SH.UniqueLangConstraintComponent:
        seen: set[str | None] = set()
        for value in values:
            tag = value.term.language if isinstance(value.term, Literal) else None
            if tag in seen:
                return value
            seen.add(tag)
    return values[1] if len(values) > 1 else None
