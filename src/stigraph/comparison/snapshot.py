"""A state of the graph: what is said of each node, in which file, and what things are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path, PurePosixPath

from stigraph.dataset import read_turtle
from stigraph.entries import Catalogue, Entry
from stigraph.errors import TurtleSyntaxError
from stigraph.store.difference import Triple, canonical_triples
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import ID, RDF, RDFS, SKOS

__all__ = ["Node", "Snapshot"]

_PREFERRED = (SKOS.prefLabel, RDFS.label)


@dataclass(frozen=True)
class Node:
    """What is said of a node, and in which file it stands."""

    file: str
    facts: frozenset[tuple[str, Term]]

    def values(self, predicate: str) -> list[Term]:
        """Return the values of a property, in order."""
        return sorted((value for name, value in self.facts if name == predicate), key=repr)

    def value(self, predicate: str) -> Term | None:
        """Return the value of a property, the first one where there are several."""
        return next(iter(self.values(predicate)), None)

    def iri(self, predicate: str) -> str | None:
        """Return the IRI that a property has as its value."""
        value = self.value(predicate)
        return value.value if isinstance(value, Iri) else None

    def text(self, predicate: str) -> str | None:
        """Return the lexical form that a property has as its value."""
        value = self.value(predicate)
        return value.value if isinstance(value, Literal) else None

    @cached_property
    def classes(self) -> frozenset[str]:
        """The IRIs of the node's classes."""
        return frozenset(v.value for v in self.values(RDF.type) if isinstance(v, Iri))


@dataclass(frozen=True)
class Snapshot:
    """A state of the graph.

    Attributes:
        name: What the reader calls it: a revision, a file or a folder.
        nodes: The nodes by IRI; blank nodes by ``_:`` and a name made of what they say.
        is_whole: Whether it is a whole project, and not some files of one.
        inner: The blank nodes that are told with what holds them.
    """

    name: str
    nodes: Mapping[str, Node]
    is_whole: bool = False
    inner: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(
        cls, name: str, files: Iterable[tuple[str, bytes]], *, is_whole: bool = False
    ) -> Snapshot:
        """Read a state from the contents of its files.

        Raises:
            TurtleSyntaxError: A file isn't Turtle; the state, the file and the place are named.
        """
        facts: dict[str, set[tuple[str, Term]]] = defaultdict(set)
        homes: dict[str, str] = {}
        held: set[str] = set()
        for file, content in sorted(files):
            for subject, predicate, value in _triples(name, file, content):
                node = _key(subject)
                homes.setdefault(node, file)
                facts[node].add((predicate.value, value))
                if isinstance(value, Blank):
                    held.add(_key(value))
        nodes = {node: Node(homes[node], frozenset(said)) for node, said in facts.items()}
        return cls(name, nodes, is_whole, _inner(nodes, held))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The names of everything in this state."""
        entries = {iri: _named(iri, node) for iri, node in self.nodes.items()}
        return Catalogue({iri: entry for iri, entry in entries.items() if any(entry.names())})

    def owner(self, node: str) -> str:
        """Return the entry in whose file a node stands, the node itself where it has none."""
        home = self.nodes.get(node)
        path = PurePosixPath(home.file) if home else PurePosixPath()
        entry = f"{ID}{path.parent.name}/{path.stem}"
        return entry if entry in self.nodes and node.startswith(ID) else node


def _inner(nodes: Mapping[str, Node], held: set[str]) -> frozenset[str]:
    """Return the blank nodes that hang on another node; those in a circle of their own don't."""
    todo = [name for name in nodes if name not in held or not name.startswith("_:")]
    reached: set[str] = set()
    while todo:
        node = nodes.get(todo.pop())
        below = {_key(v) for _, v in node.facts if isinstance(v, Blank)} if node else set()
        todo += below - reached
        reached |= below
    return frozenset(reached)


def _triples(state: str, file: str, content: bytes) -> Iterable[Triple]:
    # The same in every state, so that relative IRIs are, too.
    place = Path("/", file)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        quads = list(read_turtle(place, f"urn:sha256:{sha256(content).hexdigest()}", content))
    except TurtleSyntaxError as error:
        where = f"{state}: {file}:{error.line}:{error.column}"
        raise TurtleSyntaxError(
            f"{where} に構文エラーがあり、比べられない。stigraph validate で詳しく見られる",
            f"{where} has a syntax error, so there is nothing to compare; "
            "stigraph validate says more",
            line=error.line,
            column=error.column,
        ) from error
    return canonical_triples(quad.triple for quad in quads)


def _key(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, Blank) else term.value


def _named(iri: str, node: Node) -> Entry:
    labels: dict[str, str] = {}
    for predicate in _PREFERRED:
        for value in node.values(predicate):
            if isinstance(value, Literal):
                labels.setdefault(value.language or "", value.value)
    others = [v.value for v in node.values(SKOS.altLabel) if isinstance(v, Literal)]
    return Entry(iri, labels, tuple(sorted(others)))
