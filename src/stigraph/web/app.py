"""Where the parts of the server are put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stigraph.api import Graph
from stigraph.store import Store
from stigraph.web.pages import DatasetPages, GraphPages
from stigraph.web.problems import ProblemError, of_error, respond
from stigraph.web.render import STATIC, Renderer, language
from stigraph.web.site import Site
from stigraph.web.sparql import METHODS, Endpoint
from stigraph.web.texts import LANGUAGES

__all__ = ["create_app"]

_READ: Final = ["GET", "HEAD"]
_HEADERS: Final = {
    # Anybody's program may read what is here: it is open data, and there is nothing to log in to.
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_app(store: Store, graph: Graph | None, lang: str = "en") -> FastAPI:
    """Return the application that serves ``store``.

    Args:
        store: The dataset.
        graph: The project's graph around it; None for anybody's data.
        lang: The language for who asks for none that we have.

    Raises:
        UsageError: The header of a question is wrong.
    """
    renderer = Renderer(lang, graph.release if graph else None)
    site = Site(store, graph, renderer)
    # No generated API pages: they would fetch their scripts from elsewhere.
    app = FastAPI(title="stigraph", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(_WithHeaders)
    _add_problems(app, renderer)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_api_route("/", _front_door(renderer), methods=_READ)
    app.add_api_route("/sparql", Endpoint(site).answer, methods=list(METHODS))
    for each in LANGUAGES:
        _add_pages(app, site, graph, each)
    return app


def _front_door(renderer: Renderer) -> Callable[[Request], Response]:
    def redirect(request: Request) -> Response:
        lang = language(request, renderer.lang)
        return RedirectResponse(f"/{lang}/", 302, {"Vary": "Accept-Language"})

    return redirect


def _add_pages(app: FastAPI, site: Site, graph: Graph | None, lang: str) -> None:
    if graph is None:
        app.add_api_route(f"/{lang}/", DatasetPages(site, lang).index, methods=_READ)
        return
    # Read at start: a question that is written wrongly stops the server, not its first reader.
    _ = graph.catalogue, graph.questions
    pages = GraphPages(site, graph, lang)
    app.add_api_route(f"/{lang}/", pages.index, methods=_READ)
    app.add_api_route(f"/{lang}/ask/{{name}}", pages.ask, methods=_READ)
    app.add_api_route(f"/{lang}/entry/{{local:path}}", pages.entry, methods=_READ)
    app.add_api_route(f"/{lang}/find", pages.find, methods=_READ)


def _add_problems(app: FastAPI, renderer: Renderer) -> None:
    """Tell of everything that goes wrong in one way."""

    async def tell(request: Request, error: Exception) -> Response:
        response = respond(request, of_error(error), renderer)
        response.headers.update(
            _HEADERS
        )  # where the fault is ours, this goes around the middleware
        return response

    for kind in (ProblemError, HTTPException, Exception):
        app.add_exception_handler(kind, tell)


class _WithHeaders:
    """Adds the header fields that go with every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)
