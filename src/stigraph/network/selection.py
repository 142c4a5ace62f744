"""What is exported: a lens or the answer to a query, what the filters leave of it, in a language.

Writers of networks take :attr:`Selection.network`; those of triples and tables read the store
for what is behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from stigraph.entries import Catalogue
from stigraph.network.build import network_of_answer, network_of_lens
from stigraph.network.filters import Filters
from stigraph.network.lenses import Lens
from stigraph.network.model import Network
from stigraph.release import Release
from stigraph.store import Answer, Store

__all__ = ["Selection"]


@dataclass(frozen=True)
class Selection:
    """A part of a graph.

    Attributes:
        store: The graph.
        catalogue: The names in it.
        release: What every copy of it says.
        subject: A lens, or an answer, which can be read once.
        lang: The language of ``label``; both are there anyway.
        filters: What to leave out.
    """

    store: Store
    catalogue: Catalogue
    release: Release
    subject: Lens | Answer
    lang: str = "en"
    filters: Filters = field(default_factory=Filters)

    @cached_property
    def network(self) -> Network:
        """The nodes and edges, styled and placed.

        Raises:
            UsageError: The answer is no network, or a filter names what isn't there.
        """
        given = (self.store, self.catalogue, self.release)
        if isinstance(self.subject, Lens):
            return network_of_lens(*given, self.subject, self.lang, self.filters)
        return network_of_answer(*given, self.subject, self.lang, self.filters)
