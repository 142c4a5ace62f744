"""The page of the endpoint: the form for a query, and below it the answer or what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from stigraph.store.workers.perform import term_of
from stigraph.web.offers import PAGE, ROW_OFFERS, TRIPLE_OFFERS
from stigraph.web.problems import ProblemError
from stigraph.web.protocol import QueryRequest
from stigraph.web.render import language
from stigraph.web.site import Site

__all__ = ["EXAMPLE", "OWN_EXAMPLE", "QueryPage"]

EXAMPLE: Final = "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
OWN_EXAMPLE: Final = """\
SELECT ?programme ?name ?amount
WHERE {{
  ?programme a sti:Programme ; skos:prefLabel ?name .
  FILTER(LANG(?name) = "{lang}")
  OPTIONAL {{ ?allocation sti:forInitiative ?programme ; schema:value ?amount }}
}}
ORDER BY DESC(?amount)
"""


class QueryPage:
    """Makes the page."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def respond(
        self,
        request: Request,
        asked: QueryRequest,
        *,
        answer: bytes = b"",
        sort: str = "rows",
        problem: ProblemError | None = None,
    ) -> Response:
        """Return the page.

        Args:
            request: Who asks.
            asked: The query, if there is one.
            answer: What a worker replied in the form for pages; empty where nothing was asked.
            sort: ``rows`` or ``triples``.
            problem: What is wrong.
        """
        lang = language(request, self._site.renderer.lang)
        found: dict[str, Any] = {"header": (), "rows": (), "total": 0}
        if answer:
            found = json.loads(answer)
        shower = self._site.shower(lang)
        page = self._site.renderer.page(
            request,
            lang,
            "sparql.html",
            problem.status if problem else 200,
            query=self._example(lang) if asked.query is None else asked.query,
            problem=problem,
            answered=bool(answer),
            verdict=found.get("boolean"),
            header=found["header"],
            rows=[[shower.raw(term_of(term)) for term in row] for row in found["rows"]],
            total=found["total"],
            links=_links(asked, sort),
            own_prefixes=bool(self._site.prefixes),
        )
        if problem:
            page.headers.update(problem.headers)
        return page

    def _example(self, lang: str) -> str:
        return OWN_EXAMPLE.format(lang=lang) if self._site.graph else EXAMPLE


def _links(asked: QueryRequest, sort: str) -> Mapping[str, str]:
    """Return the addresses of the answer in each form, by the form's name."""
    offers = TRIPLE_OFFERS if sort == "triples" else ROW_OFFERS
    dataset = [
        *(("default-graph-uri", iri) for iri in asked.default_graphs),
        *(("named-graph-uri", iri) for iri in asked.named_graphs),
    ]
    return {
        name: f"/sparql?{urlencode([('query', asked.query or ''), *dataset, ('format', name)])}"
        for name in dict.fromkeys(offer.name for offer in offers if offer is not PAGE)
    }
