"""The SPARQL endpoint (SPARQL 1.1 Protocol, section 2.1): programs get results, browsers pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from stigraph.errors import StigraphError
from stigraph.store import Answer, Boolean, Solutions, Statements
from stigraph.store.answers import GRAPH_FORMS, RESULT_FORMS
from stigraph.terms import Term
from stigraph.web.guard import checked
from stigraph.web.negotiation import Offer, choose
from stigraph.web.problems import ProblemError, of_error, wants_page
from stigraph.web.protocol import QueryRequest, missing_query, read_query
from stigraph.web.render import language
from stigraph.web.show import Shown
from stigraph.web.site import Site

__all__ = ["EXAMPLE", "METHODS", "Endpoint"]

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")
ROWS_SHOWN: Final = 500
"""Rows of a result that a page shows; the whole is one link away."""

EXAMPLE: Final = "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
_OWN_EXAMPLE: Final = """\
SELECT ?programme ?name ?amount
WHERE {{
  ?programme a sti:Programme ; skos:prefLabel ?name .
  FILTER(LANG(?name) = "{lang}")
  OPTIONAL {{ ?allocation sti:forInitiative ?programme ; schema:value ?amount }}
}}
ORDER BY DESC(?amount)
"""
_PAGE: Final = Offer("html", "text/html")
# Media types by which clients also ask for a form; they get it under that name.
_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
}
_ROW_OFFERS: Final = (
    *(Offer(form.name, form.media_type) for form, _ in RESULT_FORMS.values()),
    *(Offer(name, kind) for name, kinds in _ALIASES.items() for kind in kinds),
    _PAGE,
)
_TRIPLE_OFFERS: Final = (
    *(Offer(form.name, form.media_type) for form, _ in GRAPH_FORMS.values()),
    _PAGE,
)


def evaluate(site: Site, asked: QueryRequest, base: str) -> Answer:
    """Answer a query over the dataset that it names.

    This is the one place where a query of a client meets the store.

    Raises:
        QueryError: It is refused, doesn't parse, or can't be answered.
    """
    text = checked(asked.query or "", graphs=site.graphs, prefixes=site.prefixes, base=base)
    return site.store.query(
        text,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        base=base,
        prefixes=site.prefixes,
    )


class Endpoint:
    """The route ``/sparql`` of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """Answer a request of the protocol; without a query, browsers get the form for one."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_preflight(request))
        asked = QueryRequest(query=None)
        try:
            asked = await read_query(request)
            return await run_in_threadpool(self._answer, request, asked)
        except StigraphError as error:
            problem = of_error(error)
            if not wants_page(request) or problem.status not in (400, 406):
                raise problem from error
            return self._page(request, asked, problem=problem)

    def _answer(self, request: Request, asked: QueryRequest) -> Response:
        if asked.query is None:
            if wants_page(request):
                return self._page(request, asked)
            raise missing_query()
        answer = evaluate(self._site, asked, str(request.url.replace(query="", fragment="")))
        offers = _TRIPLE_OFFERS if isinstance(answer, Statements) else _ROW_OFFERS
        chosen = _chosen(request, asked.form, offers)
        if chosen is None:
            # Oxigraph's answers live and die in their thread; an exception would carry this away.
            del answer
            raise _not_acceptable(offers)
        if chosen is _PAGE:
            return self._page(request, asked, answer)
        return Response(
            answer.write(chosen.name),
            media_type=chosen.media_type,
            headers={"Vary": "Accept"},
        )

    def _page(
        self,
        request: Request,
        asked: QueryRequest,
        answer: Answer | None = None,
        problem: ProblemError | None = None,
    ) -> Response:
        """Return the page with the form, and below it the answer or what is wrong."""
        lang = language(request, self._site.renderer.lang)
        header, rows, total = self._rows(answer, lang)
        return self._site.renderer.page(
            request,
            lang,
            "sparql.html",
            problem.status if problem else 200,
            query=self._example(lang) if asked.query is None else asked.query,
            problem=problem,
            answered=answer is not None,
            verdict=answer.value if isinstance(answer, Boolean) else None,
            header=header,
            rows=rows,
            total=total,
            links=_links(asked, answer),
            own_prefixes=bool(self._site.prefixes),
        )

    def _example(self, lang: str) -> str:
        return _OWN_EXAMPLE.format(lang=lang) if self._site.graph else EXAMPLE

    def _rows(
        self, answer: Answer | None, lang: str
    ) -> tuple[Sequence[str], Sequence[Sequence[Shown]], int]:
        """Return the header, the rows that a page shows, and how many there are in all."""
        match answer:
            case Solutions():
                header = tuple(f"?{name}" for name in answer.variables)
            case Statements():
                header = ("subject", "predicate", "object")
            case _:
                return (), (), 0
        rows: Iterator[Sequence[Term | None]] = iter(answer)
        shower = self._site.shower(lang)
        shown = [[shower.raw(term) for term in row] for row in islice(rows, ROWS_SHOWN)]
        return header, shown, len(shown) + sum(1 for _ in rows)


def _links(asked: QueryRequest, answer: Answer | None) -> Mapping[str, str]:
    """Return the addresses of the answer in each form, by the form's name."""
    offers = _TRIPLE_OFFERS if isinstance(answer, Statements) else _ROW_OFFERS
    dataset = [
        *(("default-graph-uri", iri) for iri in asked.default_graphs),
        *(("named-graph-uri", iri) for iri in asked.named_graphs),
    ]
    return {
        name: f"/sparql?{urlencode([('query', asked.query or ''), *dataset, ('format', name)])}"
        for name in dict.fromkeys(offer.name for offer in offers if offer is not _PAGE)
    }


def _chosen(request: Request, form: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the form to answer in: that of ``format``, else as ``Accept`` says."""
    if form:
        wanted = form.lower()
        return next((each for each in offers if wanted in (each.name, each.media_type)), None)
    return choose(",".join(request.headers.getlist("accept")), offers)


def _not_acceptable(offers: Sequence[Offer]) -> ProblemError:
    """Return the problem of a client that wants none of the offers; they are listed in it."""
    kinds = [offer.media_type for offer in offers]
    names = ", ".join(dict.fromkeys(offer.name for offer in offers))
    return ProblemError(
        406,
        f"この答えはその形では返せない。Accept か format で選ぶ：{names}（{', '.join(kinds)}）",
        "this answer does not come in that form; choose with Accept or format from: "
        f"{names} ({', '.join(kinds)})",
        offers=kinds,
    )


def _preflight(request: Request) -> dict[str, str]:
    """Return the header fields for OPTIONS, also of a CORS preflight (Fetch, section 3.3.4)."""
    fields = {"Allow": ", ".join(METHODS)}
    if "access-control-request-method" in request.headers:
        fields |= {
            "Access-Control-Allow-Methods": ", ".join(METHODS),
            "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
            "Access-Control-Max-Age": "86400",
        }
    return fields
