"""Where the parts of the server are put together."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from stigraph.api import Graph
from stigraph.store import LocalStore, Store
from stigraph.store.workers import Evaluator, Limits, ThreadEvaluator
from stigraph.store.workers.perform import Worksheet
from stigraph.vocab import PREFIXES
from stigraph.web.cache import ResultCache
from stigraph.web.dumps import Dumps
from stigraph.web.edge import Edge, RequestIds
from stigraph.web.gsp import GraphStore
from stigraph.web.lane import Lane
from stigraph.web.linked import LinkedData
from stigraph.web.log import Log
from stigraph.web.metrics import Metrics
from stigraph.web.openapi import describe
from stigraph.web.operation import Operation
from stigraph.web.pages import DatasetPages, GraphPages
from stigraph.web.problems import ProblemError, of_error, respond
from stigraph.web.render import STATIC, Renderer, language
from stigraph.web.site import Site
from stigraph.web.sparql import Endpoint
from stigraph.web.texts import LANGUAGES

__all__ = ["CACHE", "Application", "create_app", "site_app"]

CACHE: Final = 64 * 1024 * 1024
"""Bytes of answers that are kept by default."""

_READ: Final = ["GET", "HEAD"]


class Application:
    """The application as the server calls it; what it serves can be changed while it runs.

    Args:
        site: What is served.
        metrics: What is counted.
        log: What is told.
        ids: Where requests get their ids from.
    """

    def __init__(self, site: Site, metrics: Metrics, log: Log, ids: RequestIds) -> None:
        self._metrics = metrics
        self._inner = site_app(site, metrics)
        self.lane = Lane(site)
        self._edge = Edge(self._current, ids, metrics, log)

    def serve(self, site: Site) -> None:
        """Serve ``site`` from the next request on."""
        self._inner = site_app(site, self._metrics)
        self.lane = Lane(site)
        site.cache.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self._edge(scope, receive, send)

    async def _current(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._inner(scope, receive, send)


def create_app(
    store: Store, graph: Graph | None, lang: str = "en", limits: Limits | None = None
) -> Application:
    """Return the application over a store of this process: to be run by any ASGI server.

    Queries run in threads, which can't be stopped: ``stigraph serve`` runs them in workers.

    Args:
        store: The dataset.
        graph: The project's graph around it; None for anybody's data.
        lang: The language for who asks for none that we have.
        limits: Within which queries run.

    Raises:
        UsageError: The header of a question is wrong.
    """
    prefixes = PREFIXES if graph else {}
    digest = graph.digest if graph else secrets.token_hex(32)
    dump = store.dump_to if isinstance(store, LocalStore) else None
    sheet = Worksheet(store, prefixes, limits or Limits(), dump, digest)
    evaluator: Evaluator = ThreadEvaluator(sheet)
    cache = ResultCache(CACHE)
    site = Site(evaluator, graph, Renderer(lang, graph.release if graph else None), cache)
    return Application(site, Metrics(cache, evaluator), Log("none"), RequestIds())


def site_app(site: Site, metrics: Metrics) -> ASGIApp:
    """Return what answers requests about ``site``: the endpoint itself, the rest by FastAPI."""
    endpoint, pages = Endpoint(site), _framework(site, metrics)

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        endpoint_asked = scope["type"] == "http" and scope["path"] in ("/sparql", "/sparql/")
        await (endpoint if endpoint_asked else pages)(scope, receive, send)

    return dispatch


def _framework(site: Site, metrics: Metrics) -> FastAPI:
    # No generated API pages: they would fetch their scripts from elsewhere.
    app = FastAPI(title="stigraph", docs_url=None, redoc_url=None, openapi_url=None)
    _add_problems(app, site.renderer)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_api_route("/", _front_door(site.renderer), methods=_READ)
    app.add_api_route("/openapi.json", _openapi(site), methods=_READ)
    _add_data(app, site)
    operation = Operation(site, metrics)
    app.add_api_route("/healthz", operation.healthz, methods=_READ)
    app.add_api_route("/readyz", operation.readyz, methods=_READ)
    app.add_api_route("/metrics", operation.metrics, methods=_READ)
    if site.graph is None:
        for lang in LANGUAGES:
            app.add_api_route(f"/{lang}/", DatasetPages(site, lang).index, methods=_READ)
    else:
        _add_graph(app, site, site.graph)
    return app


def _add_data(app: FastAPI, site: Site) -> None:
    graphs, dumps = GraphStore(site), Dumps(site)
    app.add_api_route("/.well-known/void", site.description.respond, methods=_READ)
    app.add_api_route("/graphs", graphs.indirect, methods=_READ)
    app.add_api_route("/graphs/{name:path}", graphs.direct, methods=_READ)
    app.add_api_route("/dumps/{name}", dumps.respond, methods=_READ)


def _add_graph(app: FastAPI, site: Site, graph: Graph) -> None:
    # Read at start: a question that is written wrongly stops the server, not its first reader.
    _ = graph.catalogue, graph.questions
    pages = {lang: GraphPages(site, graph, lang) for lang in LANGUAGES}
    for lang, page in pages.items():
        app.add_api_route(f"/{lang}/", page.index, methods=_READ)
        app.add_api_route(f"/{lang}/ask/{{name}}", page.ask, methods=_READ)
        app.add_api_route(f"/{lang}/entry/{{local:path}}", page.entry, methods=_READ)
        app.add_api_route(f"/{lang}/find", page.find, methods=_READ)
    linked = LinkedData(site, graph, pages)
    app.add_api_route("/id/{local:path}", linked.thing, methods=_READ)
    app.add_api_route("/doc/{local:path}", linked.document, methods=_READ)
    app.add_api_route("/ontology", linked.ontology, methods=_READ)
    app.add_api_route("/ontology/{version}", linked.ontology, methods=_READ)


def _front_door(renderer: Renderer) -> Callable[[Request], Response]:
    def redirect(request: Request) -> Response:
        lang = language(request, renderer.lang)
        return RedirectResponse(f"/{lang}/", 302, {"Vary": "Accept-Language"})

    return redirect


def _openapi(site: Site) -> Callable[[Request], Response]:
    def document(_: Request) -> Response:
        return JSONResponse(describe(linked=site.graph is not None))

    return document


def _add_problems(app: FastAPI, renderer: Renderer) -> None:
    """Tell of everything that goes wrong in one way."""

    async def tell(request: Request, error: Exception) -> Response:
        return respond(request, of_error(error), renderer)

    for kind in (ProblemError, HTTPException, Exception):
        app.add_exception_handler(kind, tell)
