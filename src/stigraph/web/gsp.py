"""The Graph Store HTTP Protocol, read only (SPARQL 1.1 Graph Store HTTP Protocol, section 5.2).

``/graphs?default``, ``/graphs?graph=IRI``, and directly ``/graphs/NAME`` for a
graph whose IRI ends so. ``/graphs`` alone is the whole dataset, in TriG or N-Quads.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stigraph.store.answers import GRAPH_FORMS
from stigraph.store.workers import Job
from stigraph.vocab import GRAPH
from stigraph.web.contents import DEADLINE
from stigraph.web.dumps import no_dump
from stigraph.web.negotiation import Offer
from stigraph.web.offers import content_type, not_acceptable, offer_for
from stigraph.web.place import root_of
from stigraph.web.problems import ProblemError
from stigraph.web.sending import FRESH, ContentResponse, unchanged
from stigraph.web.site import Site
from stigraph.web.triples import evaluate, respond_triples

__all__ = ["GraphStore"]

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_DATASET_OFFERS: Final = tuple(
    Offer(name, GRAPH_FORMS[name][0].media_type) for name in ("trig", "nquads")
)
_EVERYTHING: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_PARAMETERS: Final = ("default", "graph", "format")


class GraphStore:
    """The routes ``/graphs`` and ``/graphs/…``."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def indirect(self, request: Request) -> Response:
        """Answer with the graph that the parameters name, or with the whole dataset."""
        given = request.query_params
        named, default = given.getlist("graph"), "default" in given
        unknown = next((name for name in given if name not in _PARAMETERS), None)
        if len(named) + default > 1 or unknown is not None:
            raise ProblemError(
                400,
                "default か graph=IRI のどちらか一つを送る",
                "send either default or graph=IRI, once",
            )
        if default:
            return await respond_triples(request, self._site, _EVERYTHING)
        if named:
            return await self._graph(request, named[0])
        return await self._dataset(request)

    async def direct(self, request: Request, name: str) -> Response:
        """Answer with the graph whose IRI is the address, or ends as the address does."""
        own = f"{root_of(request)}/graphs/{name}"
        return await self._graph(request, own if await self._has(request, own) else GRAPH[name])

    async def _graph(self, request: Request, iri: str) -> Response:
        if not _IRI.fullmatch(iri):
            raise ProblemError(
                400,
                f"{iri} は絶対 IRI ではない",
                f"{iri} is not an absolute IRI",
            )
        if not await self._has(request, iri):
            raise ProblemError(
                404,
                f"{iri} という名前付きグラフはない。/sparql の記述に一覧がある",
                f"there is no named graph {iri}; the description at /sparql lists them",
            )
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        return await respond_triples(request, self._site, query)

    async def _has(self, request: Request, iri: str) -> bool:
        if not _IRI.fullmatch(iri):
            return False
        _, content = await evaluate(
            request, self._site, Job(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
        )
        return isinstance(content, bytes) and b"true" in content

    async def _dataset(self, request: Request) -> Response:
        accept = ",".join(request.headers.getlist("accept"))
        offer = offer_for(accept, request.query_params.get("format", ""), _DATASET_OFFERS)
        if offer is None:
            raise not_acceptable(_DATASET_OFFERS)
        if not self._site.evaluator.digest:
            raise no_dump()
        tag = f'"{self._site.evaluator.digest[:32]}-{offer.name}"'
        headers = {"ETag": tag, "Cache-Control": FRESH, "Vary": "Accept"}
        if unchanged(request, tag):
            return Response(status_code=304, headers=headers)
        _, content = await evaluate(request, self._site, Job("", triples_form=offer.name), DEADLINE)
        return ContentResponse(content, {**headers, "Content-Type": content_type(offer.media_type)})
