"""What every route works on: the dataset, the graph around it, and the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from stigraph.api import Graph
from stigraph.store import Store
from stigraph.vocab import PREFIXES
from stigraph.web.overview import Overview, named_graphs, read_overview
from stigraph.web.render import Renderer
from stigraph.web.show import Shower

__all__ = ["Site"]


@dataclass(frozen=True)
class Site:
    """A dataset to serve; it doesn't change while it is served.

    Attributes:
        store: The dataset.
        graph: The project's graph with names and questions; None for anybody's data.
        renderer: The templates.
    """

    store: Store
    graph: Graph | None
    renderer: Renderer

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs: what ``FROM`` may name."""
        return frozenset(self.store.graphs())

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The number of triples in each named graph."""
        return named_graphs(self.store)

    @cached_property
    def overview(self) -> Overview:
        """What is in the project's graph."""
        return read_overview(self.store)

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes that queries need not declare: the project's, where a project is served."""
        return PREFIXES if self.graph else {}

    def shower(self, lang: str) -> Shower:
        """Return what shows terms to readers of ``lang``."""
        return Shower(self.graph.catalogue if self.graph else None, lang)
