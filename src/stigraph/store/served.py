"""A dataset that is only read, laid out for queries of strangers.

Oxigraph finds a triple of the default graph among those of all graphs that hold it.
A union that stands beside the named graphs in one store makes joins take twice as
long, so it has a store of its own here, which answers what names no graph.

A dataset whose default graph is described as several graphs is their merge (SPARQL
1.1 Query, section 13.2): a triple that two of them state is one. Oxigraph would
count it twice; the merge is made for the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Final, Self

import pyoxigraph as ox

from stigraph.store.answering import answered, named_node
from stigraph.store.answers import Answer
from stigraph.store.guard import dataset_of, names_graphs
from stigraph.store.local import Quads, dump

__all__ = ["ServedStore"]

_BATCH: Final = 10_000


class ServedStore:
    """Named graphs, and their union, each in a store of its own."""

    def __init__(self) -> None:
        self._named = ox.Store()
        self._union = ox.Store()
        self._disjoint = True

    @classmethod
    def of(cls, quads: Quads) -> Self:
        """Return a store of ``quads``."""
        made, rest = cls(), iter(quads)
        while batch := list(islice(rest, _BATCH)):
            made._named.extend(batch)
            made._union.extend(ox.Quad(q.subject, q.predicate, q.object) for q in batch)
        made._disjoint = len(made._named) == len(made._union)
        if not made._disjoint:
            # Some triple is in two graphs: where graphs are named, the union stands beside them.
            made._named.extend(iter(made._union))
        return made

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs."""
        for name in self._named.named_graphs():
            yield name.value

    def query(
        self,
        text: str,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        base: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> Answer:
        """Answer a query as :meth:`stigraph.store.LocalStore.query` does.

        Raises:
            QueryError: The query doesn't parse, or can't be answered.
        """
        defaults, names = tuple(default_graphs), tuple(named_graphs)
        if not (defaults or names):
            if not names_graphs(text):
                return answered(self._union, text, base=base, prefixes=prefixes)
            defaults, names = dataset_of(text, prefixes or {}, base or "")
        if not (defaults or names):
            return answered(self._named, text, union=self._disjoint, base=base, prefixes=prefixes)
        store = self._named if len(set(defaults)) < 2 else self._merged(defaults, names)
        return answered(
            store,
            text,
            default_graphs=defaults if store is self._named else ("",),
            named_graphs=names,
            base=base,
            prefixes=prefixes,
        )

    def dump_to(self, output: IO[bytes], form: str) -> None:
        """Write everything as :meth:`stigraph.store.LocalStore.dump_to` does."""
        dump(self._named, self._union, output, form)

    def _merged(self, defaults: Iterable[str], names: Iterable[str]) -> ox.Store:
        merged = ox.Store()
        for name in set(defaults):
            found = self._named.quads_for_pattern(None, None, None, named_node(name))
            merged.extend(ox.Quad(q.subject, q.predicate, q.object) for q in found)
        for name in set(names):
            merged.extend(self._named.quads_for_pattern(None, None, None, named_node(name)))
        return merged
