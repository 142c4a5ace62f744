"""How alike the blank nodes of a graph are: colour refinement.

RDFC-1.0 tries out every order of blank nodes that look alike, so a dozen of
them can keep it busy for years (RDF Dataset Canonicalization, section 7.1,
"dataset poisoning"). Refinement takes polynomial time whatever the graph is:
it says whether there are many such nodes before they are ordered.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

import pyoxigraph as ox

__all__ = ["colours", "most_alike"]


def colours(triples: Sequence[ox.Triple]) -> dict[ox.BlankNode, str]:
    """Return a colour for each blank node: nodes of unlike colours are surely told apart.

    The colour depends on what is said of the node and around it, not on its label.
    """
    said: dict[ox.BlankNode, list[tuple[str, ox.NamedNode, object]]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode):
            said[triple.subject].append(("of", triple.predicate, triple.object))
        if isinstance(triple.object, ox.BlankNode):
            said[triple.object].append(("to", triple.predicate, triple.subject))
    found = dict.fromkeys(said, "")
    kinds = 0
    while kinds < len(set(found.values())):  # each round tells more apart, or it is the last
        kinds = len(set(found.values()))
        found = {node: _mixed(found[node], facts, found) for node, facts in said.items()}
    return found


def most_alike(painted: dict[ox.BlankNode, str]) -> int:
    """Return how many nodes share the commonest colour."""
    return max(Counter(painted.values()).values(), default=0)


def _mixed(
    own: str,
    facts: Sequence[tuple[str, ox.NamedNode, object]],
    painted: dict[ox.BlankNode, str],
) -> str:
    around = sorted(
        f"{side} {predicate} {painted[term] if isinstance(term, ox.BlankNode) else term}"
        for side, predicate, term in facts
    )
    return hashlib.sha256("\n".join([own, *around]).encode()).hexdigest()[:32]
