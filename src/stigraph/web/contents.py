"""What is in a dataset, counted once by the workers: graphs, classes, properties."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stigraph.errors import WorkerLostError
from stigraph.store.workers import Evaluator, Job, Spooled

__all__ = ["Contents", "Counts", "select"]

DEADLINE: Final = 300.0
"""Seconds: counting a large dataset takes longer than a stranger's query may."""

_GRAPHS: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_CLASSES: Final = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c"
_PROPERTIES: Final = """
SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p
"""
_TOTALS: Final = """
SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ ?s ?p ?o }
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of a dataset.

    Attributes:
        graphs: Triples by named graph.
        classes: Instances by class, the most frequent first.
        properties: Triples, distinct subjects and distinct objects by property.
        triples: All triples.
        subjects: Distinct subjects.
        objects: Distinct objects.
    """

    graphs: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, tuple[int, int, int]]
    triples: int
    subjects: int
    objects: int


class Contents:
    """Counts a dataset when first asked; who asks meanwhile waits for the same numbers."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._graphs: asyncio.Task[Mapping[str, int]] | None = None
        self._counts: asyncio.Task[Counts] | None = None

    async def graphs(self) -> Mapping[str, int]:
        """Return the numbers of triples by named graph."""
        if self._graphs is None or _failed(self._graphs):
            self._graphs = asyncio.ensure_future(self._numbers(_GRAPHS))
        return await asyncio.shield(self._graphs)

    async def counts(self) -> Counts:
        """Return all numbers."""
        if self._counts is None or _failed(self._counts):
            self._counts = asyncio.ensure_future(self._count())
        return await asyncio.shield(self._counts)

    async def _numbers(self, query: str) -> Mapping[str, int]:
        rows = await select(self._evaluator, query)
        return {row["g"] if "g" in row else row["c"]: int(row["n"]) for row in rows if len(row) > 1}

    async def _count(self) -> Counts:
        totals = (await select(self._evaluator, _TOTALS))[0]
        properties = await select(self._evaluator, _PROPERTIES)
        return Counts(
            graphs=await self.graphs(),
            classes=await self._numbers(_CLASSES),
            properties={
                row["p"]: (int(row["n"]), int(row["subjects"]), int(row["objects"]))
                for row in properties
                if "p" in row
            },
            triples=int(totals["n"]),
            subjects=int(totals["subjects"]),
            objects=int(totals["objects"]),
        )


def _failed(task: asyncio.Task[object] | asyncio.Task[Counts]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


async def select(evaluator: Evaluator, query: str) -> list[dict[str, str]]:
    """Return the rows of a SELECT query of our own, as the lexical forms of what is bound.

    Raises:
        EvaluationError: It got no answer.
    """
    reply = await evaluator.submit(Job(query), deadline=DEADLINE)
    if reply.status != "answered":
        raise WorkerLostError(memory=False)
    content = reply.content.read() if isinstance(reply.content, Spooled) else reply.content
    bindings = json.loads(content)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]
