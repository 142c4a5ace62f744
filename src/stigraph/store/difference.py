"""What one graph says and another doesn't, blank nodes told apart by what is said of them.

Blank nodes have no names to compare (RDF 1.1 Concepts, section 3.4). Triples
that hang together by blank nodes are therefore compared as one: each such part
is put into canonical form (RDFC-1.0) by itself, and its blank nodes are named
after the digest of that form. A change in one part leaves the others as they are.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from stigraph.oxigraph import from_oxigraph
from stigraph.store.base import Store
from stigraph.store.colours import colours, most_alike
from stigraph.terms import Blank, Term
from stigraph.vocab import DERIVED_GRAPH

__all__ = ["Difference", "Triple", "canonical_triples", "difference"]

Triple = tuple[Term, Term, Term]

_MOST_ALIKE: Final = 5
"""Blank nodes that look alike, up to which RDFC-1.0 surely ends soon: it tries their orders.

Beyond, those that look alike count as one: a change in what they say is seen, a change in how
many of them say it isn't.
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """The triples that a change adds and removes, in order. It is false if there are none."""

    added: tuple[Triple, ...]
    removed: tuple[Triple, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def difference(before: Store, after: Store) -> Difference:
    """Return what leads from ``before`` to ``after``; what is computed at load is left out."""
    old, new = _canonical(before), _canonical(after)
    return Difference(tuple(sorted(new - old, key=repr)), tuple(sorted(old - new, key=repr)))


def _canonical(store: Store) -> set[Triple]:
    return canonical_triples(store.oxigraph_triples(without=DERIVED_GRAPH))


def canonical_triples(triples: Iterable[ox.Triple]) -> set[Triple]:
    """Return triples as ours, each blank node named after what is said of it and around it."""
    ground: set[Triple] = set()
    hanging: list[ox.Triple] = []
    for triple in triples:
        if _blanks(triple):
            hanging.append(triple)
        else:
            ground.add(_terms(triple))
    for part in _parts(hanging):
        ground.update(_named(part))
    return ground


def _blanks(triple: ox.Triple) -> list[ox.BlankNode]:
    return [term for term in (triple.subject, triple.object) if isinstance(term, ox.BlankNode)]


def _parts(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """Yield the triples in groups that share no blank node."""
    groups: dict[ox.BlankNode, list[ox.Triple]] = {}
    for triple in triples:
        nodes = _blanks(triple)
        found = {id(groups[node]): groups[node] for node in nodes if node in groups}
        merged = [*(t for group in found.values() for t in group), triple]
        for member in {node for t in merged for node in _blanks(t)}:
            groups[member] = merged
    yield from {id(group): group for group in groups.values()}.values()


def _named(part: list[ox.Triple]) -> Iterator[Triple]:
    """Yield triples that hang together, their blank nodes named after what the part says."""
    painted = colours(part)
    if most_alike(painted) > _MOST_ALIKE:
        names = {node.value: f"c{colour}" for node, colour in painted.items()}
        yield from (_renamed(triple, names) for triple in part)
        return
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in part)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    quads = sorted(dataset, key=str)
    digest = hashlib.sha256("\n".join(map(str, quads)).encode()).hexdigest()[:16]
    numbered: dict[str, str] = defaultdict(lambda: f"c{digest}n{len(numbered)}")
    yield from (_renamed(quad.triple, numbered) for quad in quads)


def _renamed(triple: ox.Triple, names: Mapping[str, str]) -> Triple:
    ends = [
        Blank(names[term.value]) if isinstance(term, ox.BlankNode) else from_oxigraph(term)
        for term in (triple.subject, triple.object)
    ]
    return ends[0], from_oxigraph(triple.predicate), ends[1]


def _terms(triple: ox.Triple) -> Triple:
    return (
        from_oxigraph(triple.subject),
        from_oxigraph(triple.predicate),
        from_oxigraph(triple.object),
    )
