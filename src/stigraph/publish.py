"""Named graphs taken to a SPARQL service: those that changed, each proved to have arrived.

What a service was given is written down there, in a graph of its own: for every
graph the number of its triples and the digest of its canonical form. A run that
was cut off goes on where it stopped, from whatever machine, and a graph that
hasn't changed isn't sent again.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from stigraph.errors import ServiceError
from stigraph.store.graphs import GraphStore, digest
from stigraph.store.local import LocalStore
from stigraph.vocab import GRAPH, VOID, XSD

__all__ = [
    "MANIFEST",
    "Action",
    "Sent",
    "State",
    "changes",
    "differing",
    "publish",
    "published",
    "states",
]

MANIFEST: Final = GRAPH["published"]
"""The graph at the service that says what it was given."""

_SPDX: Final = "http://spdx.org/rdf/terms#"
_TRIPLES: Final = ox.NamedNode(VOID.triples)
_CHECKSUM: Final = ox.NamedNode(f"{_SPDX}checksum")
_ALGORITHM: Final = ox.NamedNode(f"{_SPDX}algorithm")
_VALUE: Final = ox.NamedNode(f"{_SPDX}checksumValue")
_SHA256: Final = ox.NamedNode(f"{_SPDX}checksumAlgorithm_sha256")
_EVERY: Final = 20


class Action(StrEnum):
    """What is done with a graph."""

    SEND = "send"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class State:
    """What a graph holds: the number of its triples, and their digest in hex."""

    triples: int
    digest: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A graph that was sent or deleted, and how many triples it has."""

    graph: str
    action: Action
    triples: int


def states(store: LocalStore) -> dict[str, State]:
    """Return what the named graphs of ``store`` hold, in the order of their names."""
    return {name: State(*digest(store.graph(name))) for name in sorted(store.graphs())}


def published(there: GraphStore) -> dict[str, State]:
    """Return what the service says it was given.

    Raises:
        ServiceError: The service can't be asked.
    """
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    for triple in there.get(MANIFEST):
        name = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
        if isinstance(triple.object, ox.Literal):
            if triple.predicate == _TRIPLES:
                counts[name] = int(triple.object.value)
            elif triple.predicate == _VALUE:
                digests[name.removesuffix("#sha256")] = triple.object.value.lower()
    return {name: State(counts[name], digests[name]) for name in counts if name in digests}


def changes(ours: Mapping[str, State], theirs: Mapping[str, State]) -> Iterator[tuple[str, Action]]:
    """Yield what is to be done so that a service holds our graphs, and those alone of ours."""
    for name, state in ours.items():
        if theirs.get(name) != state:
            yield name, Action.SEND
    for name in theirs:
        if name not in ours:
            yield name, Action.DELETE


def publish(store: LocalStore, there: GraphStore) -> Generator[Sent, None, None]:
    """Bring the named graphs of ``store`` to a service, and yield each that was.

    What has arrived is read back and compared by number and digest before it is written down. A
    run that ends early can be repeated.

    Raises:
        ServiceError: The service can't be reached, refuses, or holds something else than it was
            given.
    """
    ours, theirs = states(store), published(there)
    wanted = list(changes(ours, theirs))
    changing = {name for name, _ in wanted}
    kept = {name: state for name, state in theirs.items() if name not in changing}
    if len(kept) < len(theirs):
        # Forgotten first: a graph that is being replaced is neither the old nor the new.
        there.put(MANIFEST, _manifest(kept))
    unwritten = 0
    try:
        for name, action in wanted:
            if action is Action.DELETE:
                there.delete(name)
            else:
                there.put(name, store.graph(name))
                _verify(there, name, ours[name])
                kept[name] = ours[name]
            unwritten += 1
            if unwritten == _EVERY:
                there.put(MANIFEST, _manifest(kept))
                unwritten = 0
            yield Sent(name, action, ours[name].triples if name in ours else 0)
    finally:
        if unwritten:
            there.put(MANIFEST, _manifest(kept))


def differing(store: LocalStore, there: GraphStore) -> Iterator[str]:
    """Yield the graphs of ``store`` of which a service holds something else, whatever it says.

    Raises:
        ServiceError: The service can't be asked.
    """
    for name, state in states(store).items():
        if State(*digest(there.get(name))) != state:
            yield name


def _verify(there: GraphStore, name: str, wanted: State) -> None:
    found = State(*digest(there.get(name)))
    if found == wanted:
        return
    if found.triples != wanted.triples:
        some, all_ = f"{found.triples:,}", f"{wanted.triples:,}"
        raise ServiceError(
            f"{there.url} は {name} の {all_} 個の三つ組に対して {some} 個を返す。"
            "行数の上限（Virtuoso の ResultSetMaxRows など）を上げるか、もう一度試す",
            f"{there.url} gives {some} triples back for the {all_} of {name}; "
            "raise its limit of rows (ResultSetMaxRows of Virtuoso, for example), or try again",
        )
    raise ServiceError(
        f"{there.url} は {name} を渡したままには返さない（ダイジェストが違う）。"
        "リテラルを書き換えるサービスか、同時に誰かが書いた",
        f"{there.url} doesn't give {name} back as it was given (the digests differ): it rewrites "
        "literals, or somebody else writes to it",
    )


def _manifest(states: Mapping[str, State]) -> Iterator[ox.Triple]:
    for name, state in states.items():
        graph, checksum = ox.NamedNode(name), ox.NamedNode(f"{name}#sha256")
        count = ox.Literal(str(state.triples), datatype=ox.NamedNode(XSD.integer))
        value = ox.Literal(state.digest, datatype=ox.NamedNode(XSD.hexBinary))
        yield ox.Triple(graph, _TRIPLES, count)
        yield ox.Triple(graph, _CHECKSUM, checksum)
        yield ox.Triple(checksum, _ALGORITHM, _SHA256)
        yield ox.Triple(checksum, _VALUE, value)
