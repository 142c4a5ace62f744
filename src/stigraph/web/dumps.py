"""Dumps: the whole dataset as a file, with its digest and the time of its last change."""

from __future__ import annotations

import base64
from email.utils import formatdate, parsedate_to_datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stigraph.store.workers import Job, Spooled
from stigraph.web.contents import DEADLINE
from stigraph.web.dumpfiles import DUMPS, Dump
from stigraph.web.offers import content_type
from stigraph.web.problems import ProblemError
from stigraph.web.sending import FRESH, ContentResponse, unchanged
from stigraph.web.site import Site
from stigraph.web.triples import evaluate

__all__ = ["Dumps", "no_dump"]

_SUM: Final = ".sha256"


class Dumps:
    """The route ``/dumps/…``."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def respond(self, request: Request, name: str) -> Response:
        """Answer with a dump, or with its SHA-256 where ``.sha256`` is added to its name."""
        dump = DUMPS.get(name.removesuffix(_SUM))
        if dump is None:
            raise ProblemError(
                404,
                f"{name} というファイルはない。あるもの：{'、'.join(DUMPS)}",
                f"there is no file {name}; there are: {', '.join(DUMPS)}",
            )
        evaluator = self._site.evaluator
        if not evaluator.digest:
            raise no_dump()
        tag = f'"{evaluator.digest[:32]}-{name}"'
        headers = {
            "ETag": tag,
            "Cache-Control": FRESH,
            "Last-Modified": formatdate(evaluator.modified, usegmt=True),
        }
        if unchanged(request, tag) or _not_modified(request, evaluator.modified):
            return Response(status_code=304, headers=headers)
        digest, content = await self._written(request, dump)
        if name.endswith(_SUM):
            if isinstance(content, Spooled):
                content.close()
            text = f"{digest}  {dump.name}\n"
            return Response(text, headers=headers, media_type="text/plain")
        headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
        headers["Content-Type"] = content_type(dump.media_type)
        headers["Content-Disposition"] = f'attachment; filename="{dump.name}"'
        return ContentResponse(content, headers)

    async def _written(self, request: Request, dump: Dump) -> tuple[str, bytes | Spooled]:
        job = Job("", triples_form=dump.form, encoding=dump.encoding)
        reply, content = await evaluate(request, self._site, job, DEADLINE)
        return reply.digest, content


def no_dump() -> ProblemError:
    """Return the problem of a dataset that isn't here: another service holds it."""
    return ProblemError(
        404,
        "データは別のサービスにあり、まるごとは渡せない。/sparql で問い合わせる",
        "the data are at another service and aren't given as a whole; query them at /sparql",
    )


def _not_modified(request: Request, modified: float) -> bool:
    """Return whether the client's copy is as new (RFC 9110, 13.1.3)."""
    since = request.headers.get("if-modified-since")
    if since is None or "if-none-match" in request.headers:
        return False
    try:
        return int(modified) <= parsedate_to_datetime(since).timestamp()
    except ValueError:
        return False
