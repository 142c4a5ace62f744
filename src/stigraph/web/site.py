"""What every route works on: the dataset, the graph around it, and the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from stigraph.api import Graph
from stigraph.store import Store
from stigraph.store.workers import Evaluator
from stigraph.vocab import PREFIXES
from stigraph.web.cache import ResultCache
from stigraph.web.contents import Contents
from stigraph.web.description import Description
from stigraph.web.overview import Overview, read_overview
from stigraph.web.render import Renderer
from stigraph.web.show import Shower

__all__ = ["Site"]


@dataclass(frozen=True)
class Site:
    """A dataset to serve; it doesn't change while it is served.

    Attributes:
        evaluator: What answers queries over the dataset.
        graph: The project's graph with names and questions; None for anybody's data.
        renderer: The templates.
        cache: Answers that were given.
    """

    evaluator: Evaluator
    graph: Graph | None
    renderer: Renderer
    cache: ResultCache

    @property
    def store(self) -> Store:
        """The project's graph as a store in this process.

        Raises:
            TypeError: It is anybody's data, which only the workers hold.
        """
        if self.graph is None:
            raise TypeError("only the workers hold this dataset")
        return self.graph.store

    @cached_property
    def contents(self) -> Contents:
        """What is in the dataset: graphs, classes, properties and their numbers."""
        return Contents(self.evaluator)

    @cached_property
    def description(self) -> Description:
        """What the endpoint and the dataset say of themselves."""
        return Description(self.evaluator, self.contents, self.graph, self.renderer, self.prefixes)

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
