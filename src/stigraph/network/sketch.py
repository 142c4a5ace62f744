"""A network before it is styled: which nodes, which links, and what is said of a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

__all__ = ["Link", "Sketch"]


_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    return _NOTHING


@dataclass(frozen=True, slots=True)
class Link:
    """An edge before it is styled.

    ``iri`` is the property's, or that of the entry that was folded into the link. ``said`` holds
    attributes of :data:`stigraph.network.model.EDGE_ATTRIBUTES` that are known already.
    ``witnesses`` are the entries whose evidence is the link's.
    """

    source: str
    iri: str
    target: str
    said: Mapping[str, str] = field(default_factory=_nothing)
    witnesses: tuple[str, ...] = ()
    folded: bool = False

    def key(self) -> tuple[str, ...]:
        """Return what the order of links goes by."""
        return (self.source, self.iri, self.target, *self.said.values())


@dataclass(frozen=True, slots=True)
class Sketch:
    """Nodes by IRI and the links between them; ``spans`` are first and last days of nodes."""

    nodes: frozenset[str]
    links: tuple[Link, ...]
    spans: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def only(self, nodes: frozenset[str]) -> Sketch:
        """Return the part with these nodes and the links between them."""
        kept = self.nodes & nodes
        links = (link for link in self.links if link.source in kept and link.target in kept)
        return Sketch(kept, tuple(links), self.spans)
