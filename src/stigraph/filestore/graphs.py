"""Turtle files as named graphs of one store, their union as its default graph.

The store follows the files: :meth:`FileGraphs.sync` takes in what changed and leaves the rest.
Blank nodes get labels that depend on nothing but the file, so that a node is the same in every
run; literals are sealed (:mod:`stigraph.store.exact`) unless they are wanted by value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from time import time_ns
from typing import Final, cast

import pyoxigraph as ox

from stigraph.errors import TurtleSyntaxError
from stigraph.filestore.reduce import reduced
from stigraph.filestore.uris import file_uris
from stigraph.oxigraph import to_oxigraph
from stigraph.store.data import NODES_GRAPH, SHAPES_GRAPH
from stigraph.store.exact import RawTerm, seal
from stigraph.store.plain import is_plain
from stigraph.store.reading import parse_quads, read_bytes
from stigraph.terms import Blank, Term
from stigraph.turtle import read

__all__ = ["Earlier", "FileGraphs", "FileState", "RawTriple", "blank_prefix", "file_triples"]

RawTriple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, RawTerm]
Stamp = tuple[int, int, int]
Earlier = Callable[[str, str], bytes | None]
"""Gives the version of a file (by IRI) that has a SHA-256, where it is at hand."""

_BLANK: Final = re.compile(rb"_:|\[|\(")
_BATCH: Final = 400_000
"""Quads that the bulk loader takes at once: it holds them all in memory."""
_MUCH: Final = 4_000_000
"""Bytes from which it is quicker to fill a store anew than to change all that it holds."""
_RACY: Final = 2_000_000_000
"""Nanoseconds within which a file may change again without its time telling."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What a store holds of a file.

    Attributes:
        digest: The SHA-256 of its content.
        stamp: Its size, time of modification and inode; None if these can't be relied on.
        sealed: Whether some of its literals are sealed.
    """

    digest: str
    stamp: Stamp | None
    sealed: bool


def blank_prefix(uri: str) -> str:
    """Return what the labels of a file's blank nodes begin with."""
    return f"f{sha256(uri.encode()).hexdigest()[:12]}_"


def file_triples(content: bytes, uri: str, *, sealing: bool = True) -> Iterator[RawTriple]:
    """Yield the triples of a Turtle file as the store holds them.

    Args:
        content: The file's content.
        uri: Its IRI, which is its base.
        sealing: Whether literals that the store would rewrite are sealed.

    Raises:
        TurtleSyntaxError: It isn't Turtle.
    """
    triples = _named(content, uri) if _BLANK.search(content) else _plain(content, uri)
    if not sealing or is_plain(content):
        yield from triples
        return
    for subject, predicate, value in triples:
        is_literal = isinstance(value, ox.Literal) and value.language is None
        yield subject, predicate, seal(value) if is_literal else value  # type: ignore[arg-type]


def _plain(content: bytes, uri: str) -> Iterator[RawTriple]:
    for quad in parse_quads(content, uri):
        yield cast("RawTriple", (quad.subject, quad.predicate, quad.object))


def _named(content: bytes, uri: str) -> Iterator[RawTriple]:
    """Yield the triples with labels of blank nodes that are the same every time."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TurtleSyntaxError(
            f"{uri}：UTF-8 として読めない", f"{uri}: not UTF-8", line=1, column=1
        ) from error
    prefix = blank_prefix(uri)
    for triple in read(text, uri):
        yield cast("RawTriple", tuple(_labelled(place.term, prefix) for place in triple))


def _labelled(term: Term, prefix: str) -> RawTerm:
    return ox.BlankNode(prefix + term.value) if isinstance(term, Blank) else to_oxigraph(term)


class FileGraphs:
    """A store of files.

    Args:
        store: The store, empty or as an earlier run left it.
        states: What it holds, by the IRI of the file.
        sealing: Whether literals that the store would rewrite are sealed.

    Attributes:
        states: What the store holds of each file, by its IRI.
        updated: The contents of the files that were taken in one by one.
    """

    def __init__(
        self,
        store: ox.Store,
        states: Mapping[str, FileState] | None = None,
        *,
        sealing: bool = True,
    ) -> None:
        self.store = store
        self.states = dict(states or {})
        self.updated: dict[str, bytes] = {}
        self._sealing = sealing
        for name in (NODES_GRAPH, SHAPES_GRAPH):  # left over from an earlier validation
            store.remove_graph(ox.NamedNode(name))

    @property
    def sealed(self) -> bool:
        """Whether some literal is sealed."""
        return any(state.sealed for state in self.states.values())

    def sync(
        self, paths: Iterable[Path], old: Earlier = lambda _uri, _digest: None
    ) -> tuple[dict[Path, TurtleSyntaxError], bool]:
        """Make the store hold the files at ``paths`` as they are now, and no others.

        Args:
            paths: The files.
            old: Gives earlier versions of files: where the store holds one of them, only what
                differs from it is read.

        Returns:
            The files that don't parse, which are left out; and whether the store was changed.

        Raises:
            UnreadableError: A file can't be read.
        """
        wanted = {uri: path for path, uri in file_uris(paths)}
        fresh = {}
        for uri, path in wanted.items():
            content = self._changed(uri, path)
            if content is not None:
                fresh[uri] = content
        gone = self.states.keys() - wanted.keys()
        broken: dict[Path, TurtleSyntaxError] = {}
        if fresh and self._is_new(fresh, gone):
            errors = self._build(fresh)
        else:
            for uri in gone:
                self._replace(uri, [])
                del self.states[uri]
            errors = self._update(fresh, old)
        for uri, error in errors.items():
            broken[wanted[uri]] = error
        for uri in fresh.keys() - errors.keys():
            self.states[uri] = replace(self.states[uri], stamp=_stamp(wanted[uri]))
        return broken, bool(fresh or gone)

    def _is_new(self, fresh: Mapping[str, bytes], gone: Set[str]) -> bool:
        """Return whether next to nothing that the store holds will stay."""
        staying = self.states.keys() - gone
        much = sum(map(len, fresh.values())) > _MUCH
        return not staying or (much and not staying - fresh.keys())

    def _changed(self, uri: str, path: Path) -> bytes | None:
        """Return the content of a file if it isn't what the store holds."""
        state = self.states.get(uri)
        stamp = _stamp(path)
        if state is not None and stamp is not None and state.stamp == stamp:
            return None
        content = read_bytes(path)
        if state is not None and state.digest == sha256(content).hexdigest():
            self.states[uri] = replace(state, stamp=stamp)
            return None
        return content

    def _build(self, contents: Mapping[str, bytes]) -> dict[str, TurtleSyntaxError]:
        """Fill the store anew, all at once: it sorts what it is given only once."""
        self.store.clear()
        self.states.clear()
        errors: dict[str, TurtleSyntaxError] = {}
        quads = chain.from_iterable(
            self._new(uri, content, errors) for uri, content in contents.items()
        )
        while batch := list(islice(quads, _BATCH)):
            self.store.bulk_extend(batch)
        return errors

    def _new(
        self, uri: str, content: bytes, errors: dict[str, TurtleSyntaxError]
    ) -> Iterator[ox.Quad]:
        triples = self._read(uri, content, errors)
        graph = ox.NamedNode(uri)
        for triple in triples:
            yield ox.Quad(*triple, graph)
            yield ox.Quad(*triple)

    def _update(self, contents: Mapping[str, bytes], old: Earlier) -> dict[str, TurtleSyntaxError]:
        errors: dict[str, TurtleSyntaxError] = {}
        for uri, content in contents.items():
            if not self._amended(uri, old, content):
                self._replace(uri, self._read(uri, content, errors))
            if uri in errors:
                self.states.pop(uri, None)
            else:
                self.updated[uri] = content
        return errors

    def _amended(self, uri: str, old: Earlier, content: bytes) -> bool:
        """Take in what differs from the version that the store holds, if ``old`` has that one."""
        state = self.states.get(uri)
        held = None if state is None else old(uri, state.digest)
        if state is None or held is None or state.digest != sha256(held).hexdigest():
            return False
        before, after = reduced(held, content)
        if before is held:
            return False
        try:
            gone = set(file_triples(before, uri, sealing=self._sealing))
            come = set(file_triples(after, uri, sealing=self._sealing))
        except TurtleSyntaxError:
            return False
        self._change(uri, gone - come, come - gone)
        sealed = self._sealing and not is_plain(after)
        self.states[uri] = FileState(sha256(content).hexdigest(), None, state.sealed or sealed)
        return True

    def _read(
        self, uri: str, content: bytes, errors: dict[str, TurtleSyntaxError]
    ) -> list[RawTriple]:
        try:
            triples = list(file_triples(content, uri, sealing=self._sealing))
        except TurtleSyntaxError as error:
            errors[uri] = error
            return []
        sealed = self._sealing and not is_plain(content)
        self.states[uri] = FileState(sha256(content).hexdigest(), None, sealed)
        return triples

    def _replace(self, uri: str, triples: Sequence[RawTriple]) -> None:
        """Make ``triples`` those of a file; what other files state too stays in the union."""
        before, after = self.triples_of(uri), set(triples)
        self._change(uri, before - after, after - before)

    def _change(self, uri: str, gone: Set[RawTriple], added: Set[RawTriple]) -> None:
        graph = ox.NamedNode(uri)
        for triple in gone:
            self.store.remove(ox.Quad(*triple, graph))
            if not self.stated_in(triple):
                self.store.remove(ox.Quad(*triple))
        self.store.extend(ox.Quad(*triple, graph) for triple in added)
        self.store.extend(ox.Quad(*triple) for triple in added)

    def triples_of(self, uri: str) -> set[RawTriple]:
        """Return what a file states."""
        return {
            cast("RawTriple", (quad.subject, quad.predicate, quad.object))
            for quad in self.store.quads_for_pattern(None, None, None, ox.NamedNode(uri))
        }

    def stated_in(self, triple: RawTriple) -> set[str]:
        """Return the IRIs of the files that state a triple."""
        return {
            quad.graph_name.value
            for quad in self.store.quads_for_pattern(*triple, None)
            if isinstance(quad.graph_name, ox.NamedNode)
        }

    def about(self, node: RawTerm) -> set[str]:
        """Return the IRIs of the files in which a node begins or ends a triple."""
        found: set[str] = set()
        patterns = [(None, node)] if isinstance(node, ox.Literal) else [(node, None), (None, node)]
        for subject, value in patterns:
            for quad in self.store.quads_for_pattern(subject, None, value, None):
                if isinstance(quad.graph_name, ox.NamedNode):
                    found.add(quad.graph_name.value)
            if found:
                break
        return found


def _stamp(path: Path) -> Stamp | None:
    """Return what tells that a file is unchanged, None just after it was written."""
    info = path.stat()
    if time_ns() - info.st_mtime_ns < _RACY:
        return None
    return info.st_size, info.st_mtime_ns, info.st_ino
