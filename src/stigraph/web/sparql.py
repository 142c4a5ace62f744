"""The SPARQL endpoint (SPARQL 1.1 Protocol, section 2.1): programs get results, browsers pages.

Queries are only handed on here: workers parse and run them
(:mod:`stigraph.store.workers`). This route is an ASGI application of its own,
without the framework in its way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from stigraph.errors import QueryError, StigraphError
from stigraph.store.workers import Job, Reply, Spooled
from stigraph.store.workers.perform import PAGE_FORM
from stigraph.web.cache import Kept
from stigraph.web.negotiation import Offer
from stigraph.web.offers import (
    PAGE,
    ROW_OFFERS,
    TRIPLE_OFFERS,
    choose_encoding,
    content_type,
    not_acceptable,
    query_offers,
)
from stigraph.web.place import address_of
from stigraph.web.presence import ClientGoneError, while_there
from stigraph.web.problems import ProblemError, of_error, respond, wants_page
from stigraph.web.protocol import QueryRequest, missing_query, read_query
from stigraph.web.querypage import QueryPage
from stigraph.web.sending import COMMON, FRESH, plain_head, send_content, unchanged
from stigraph.web.site import Site

__all__ = ["METHODS", "Endpoint", "Wanted", "answer_headers", "tag_of"]

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")
_VARY: Final = "Accept, Accept-Encoding"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query with the forms that its client would have its answer in."""

    asked: QueryRequest
    rows: Offer | None
    triples: Offer | None
    encoding: str
    base: str

    @property
    def page(self) -> bool:
        """Whether the client wants a page."""
        return PAGE in (self.rows, self.triples)

    def job(self) -> Job:
        """Return what a worker is to do."""
        return Job(
            query=self.asked.query or "",
            rows_form=_form(self.rows),
            triples_form=_form(self.triples),
            default_graphs=self.asked.default_graphs,
            named_graphs=self.asked.named_graphs,
            base=self.base,
            encoding="identity" if self.page else self.encoding,
        )

    def media_type(self, reply: Reply) -> str:
        """Return the media type of the answer, by the name that the client asked for."""
        chosen = self.triples if reply.sort == "triples" else self.rows
        return chosen.media_type if chosen else ""


def _form(offer: Offer | None) -> str:
    if offer is None:
        return ""
    return PAGE_FORM if offer is PAGE else offer.name


class Endpoint:
    """The route ``/sparql`` of a site.

    Args:
        site: What is served.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages = QueryPage(site)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of the protocol."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request, send)
        except StigraphError as error:
            response = respond(request, of_error(error), self._site.renderer)
        except ClientGoneError:
            return
        if response is not None:
            await response(scope, receive, send)

    async def _answer(self, request: Request, send: Send) -> Response | None:
        """Return the answer; None where it has been sent."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_preflight(request))
        if request.method not in METHODS:
            raise _wrong_method()
        asked = QueryRequest(query=None)
        try:
            asked = await read_query(request)
            if asked.query is None:
                return await self._introduce(request, asked)
            return await self._query(request, send, asked)
        except StigraphError as error:
            problem = of_error(error)
            if not wants_page(request):
                raise problem from error
            return self._pages.respond(request, asked, problem=problem)

    async def _introduce(self, request: Request, asked: QueryRequest) -> Response:
        """Say what this is: a form to people, the service description to programs."""
        if wants_page(request):
            return self._pages.respond(request, asked)
        if request.query_params:
            raise missing_query()
        return await self._site.description.respond(request)

    async def _query(self, request: Request, send: Send, asked: QueryRequest) -> Response | None:
        wanted = _wanted(request, asked)
        if wanted.rows is None and wanted.triples is None:
            raise not_acceptable(
                (*ROW_OFFERS, *(offer for offer in TRIPLE_OFFERS if offer is not PAGE))
            )
        job = wanted.job()
        tag = tag_of(self._site.evaluator.digest, job, wanted)
        cached = request.method in ("GET", "HEAD") and not wanted.page
        if cached and unchanged(request, tag):
            return Response(status_code=304, headers=_validators(tag))
        found = await while_there(request.receive, self._evaluate(request, tag, job))
        reply = found.reply if isinstance(found, Kept) else found
        content = found.content
        _raise_for(reply)
        if wanted.page:
            text = content.read() if isinstance(content, Spooled) else content
            return self._pages.respond(request, asked, answer=text, sort=reply.sort)
        if cached and reply.snapshot != self._site.evaluator.digest:
            tag = tag_of(reply.snapshot, job, wanted)  # the data were changed while it waited
        headers = answer_headers(wanted, reply, tag if cached else "")
        head = plain_head(headers, len(content))
        if isinstance(found, Kept):
            self._remember(request, found, head)
        await send_content(send, 200, head, content, body=request.method != "HEAD")
        return None

    async def _evaluate(self, request: Request, tag: str, job: Job) -> Reply | Kept:
        client = request.client.host if request.client else ""
        evaluator = self._site.evaluator
        return await self._site.cache.get(tag, lambda: evaluator.submit(job, client))

    def _remember(self, request: Request, kept: Kept, head: list[tuple[bytes, bytes]]) -> None:
        raw = request.scope.get("stigraph.raw")
        if raw and request.method == "GET":
            lines = b"".join(b"%b: %b\r\n" % line for line in (*head, *COMMON))
            self._site.cache.remember(raw, kept, lines)


def _wanted(request: Request, asked: QueryRequest) -> Wanted:
    accept = ",".join(request.headers.getlist("accept"))
    return Wanted(
        asked,
        *query_offers(accept, asked.form),
        choose_encoding(request.headers.get("accept-encoding")),
        address_of(request),
    )


def tag_of(digest: str, job: Job, wanted: Wanted) -> str:
    """Return the strong validator of an answer (RFC 9110, section 8.8.3)."""
    kinds = [offer.media_type if offer else "" for offer in (wanted.rows, wanted.triples)]
    graphs = (*job.default_graphs, "", *job.named_graphs)
    told = "\0".join((digest, *kinds, job.encoding, job.base, *graphs, "", job.query))
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def _validators(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": FRESH, "Vary": _VARY}


def answer_headers(wanted: Wanted, reply: Reply, tag: str) -> dict[str, str]:
    """Return the header fields of an answer; ``tag`` is empty where it has no validator."""
    headers = {"Content-Type": content_type(wanted.media_type(reply)), "Vary": _VARY}
    if reply.encoding != "identity":
        headers["Content-Encoding"] = reply.encoding
    if reply.volatile:
        headers["Cache-Control"] = "no-store"
    elif tag:
        headers |= _validators(tag)
    return headers


def _raise_for(reply: Reply) -> None:
    """Raise what keeps ``reply`` from being an answer."""
    match reply.status:
        case "refused":
            raise QueryError(
                reply.ja, reply.en, line=reply.line or None, column=reply.column or None
            )
        case "unacceptable":
            raise not_acceptable(TRIPLE_OFFERS if reply.sort == "triples" else ROW_OFFERS)
        case "too-large":
            raise ProblemError(413, reply.ja, reply.en)
        case "failed":
            raise ProblemError(
                503,
                "結果を置く場所が足りない。条件を絞るか、あとで送り直す",
                "there is no room for the result; narrow the query down, or try again later",
                {"Retry-After": "5"},
            )


def _wrong_method() -> ProblemError:
    allowed = ", ".join(METHODS)
    return ProblemError(
        405,
        f"この要求の方法は使えない。使えるもの：{allowed}",
        f"this method is not allowed here; allowed: {allowed}",
        {"Allow": allowed},
    )


def _preflight(request: Request) -> dict[str, str]:
    """Return the header fields for OPTIONS, also of a CORS preflight (Fetch, section 3.3.4)."""
    fields = {"Allow": ", ".join(METHODS)}
    if "access-control-request-method" in request.headers:
        fields |= {
            "Access-Control-Allow-Methods": ", ".join(METHODS),
            "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
    return fields
