"""For who runs the server: is it alive, does it answer, how is it doing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from stigraph.web.metrics import MEDIA_TYPE, Metrics
from stigraph.web.site import Site

__all__ = ["Operation"]

_FRESH = {"Cache-Control": "no-store"}


class Operation:
    """The routes ``/healthz``, ``/readyz`` and ``/metrics``."""

    def __init__(self, site: Site, metrics: Metrics) -> None:
        self._site = site
        self._metrics = metrics

    async def healthz(self, _: Request) -> Response:
        """Say that the process answers."""
        return PlainTextResponse("ok\n", headers=_FRESH)

    async def readyz(self, _: Request) -> Response:
        """Say whether queries are answered: 200 or 503."""
        ready = self._site.evaluator.ready
        return PlainTextResponse(
            "ready\n" if ready else "not ready\n", 200 if ready else 503, headers=_FRESH
        )

    async def metrics(self, _: Request) -> Response:
        """Give the numbers for Prometheus."""
        return Response(self._metrics.text(), media_type=MEDIA_TYPE, headers=_FRESH)
