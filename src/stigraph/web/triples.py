"""Triples of the dataset as an answer: negotiated, compressed, validated, from the workers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stigraph.errors import WorkerLostError
from stigraph.store.workers import Job, Reply, Spooled
from stigraph.web.cache import Kept
from stigraph.web.offers import (
    PAGE,
    TRIPLE_OFFERS,
    choose_encoding,
    content_type,
    not_acceptable,
    offer_for,
)
from stigraph.web.presence import while_there
from stigraph.web.problems import ProblemError
from stigraph.web.sending import FRESH, ContentResponse, unchanged
from stigraph.web.site import Site

__all__ = ["DATA_OFFERS", "evaluate", "respond_triples"]

DATA_OFFERS: Final = tuple(offer for offer in TRIPLE_OFFERS if offer is not PAGE)
"""The forms of triples for programs."""


async def respond_triples(
    request: Request,
    site: Site,
    query: str,
    headers: Mapping[str, str] | None = None,
    form: str = "",
) -> Response:
    """Answer with what a CONSTRUCT or DESCRIBE query of our own gives.

    Args:
        request: Who asks.
        site: What is served.
        query: The query.
        headers: Further header fields.
        form: The form, where the address says it; else as the request wants.

    Raises:
        ProblemError: 406, the client wants none of the forms; 413, it is too large.
        EvaluationError: There is no answer.
    """
    accept = ",".join(request.headers.getlist("accept"))
    wanted = form or request.query_params.get("format", "")
    offer = offer_for(accept, wanted, DATA_OFFERS)
    if offer is None:
        raise not_acceptable(DATA_OFFERS)
    encoding = choose_encoding(request.headers.get("accept-encoding"))
    job = Job(query, triples_form=offer.name, encoding=encoding)
    told = f"{site.evaluator.digest}\0{offer.media_type}\0".encode() + job.message()
    tag = f'"{hashlib.sha256(told).hexdigest()[:32]}"'
    kept = {"ETag": tag, "Cache-Control": FRESH}
    fields = {
        **(kept if site.evaluator.digest else {"Cache-Control": "no-store"}),
        "Vary": "Accept, Accept-Encoding",
        **(headers or {}),
    }
    if site.evaluator.digest and unchanged(request, tag):
        return Response(status_code=304, headers=fields)
    reply, content = await evaluate(request, site, job)
    fields["Content-Type"] = content_type(offer.media_type)
    if reply.encoding != "identity":
        fields["Content-Encoding"] = reply.encoding
    return ContentResponse(content, fields)


async def evaluate(
    request: Request, site: Site, job: Job, deadline: float | None = None
) -> tuple[Reply, bytes | Spooled]:
    """Return the reply to a job of our own, and its content.

    Raises:
        ProblemError: 413, it is too large.
        EvaluationError: There is no answer.
    """
    client = request.client.host if request.client else ""
    work = site.cache.get(job, lambda: site.evaluator.submit(job, client, deadline))
    found = await while_there(request.receive, work)
    reply = found.reply if isinstance(found, Kept) else found
    if reply.status == "too-large":
        raise ProblemError(413, reply.ja, reply.en)
    if reply.status != "answered":
        raise WorkerLostError(memory=False)
    return reply, found.content
