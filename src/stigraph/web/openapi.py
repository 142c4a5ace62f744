"""The description of the interface for programs, by OpenAPI 3.1, at ``/openapi.json``."""

from __future__ import annotations

from typing import Any, Final

from stigraph import __version__
from stigraph.store.answers import GRAPH_FORMS, RESULT_FORMS
from stigraph.web.dumpfiles import DUMPS
from stigraph.web.offers import PAGE, ROW_OFFERS, TRIPLE_OFFERS

__all__ = ["describe"]

Document = dict[str, Any]

_ROW_KINDS: Final = [offer.media_type for offer in ROW_OFFERS if offer is not PAGE]
_TRIPLE_KINDS: Final = [offer.media_type for offer in TRIPLE_OFFERS if offer is not PAGE]
_SENTENCES: Final = {
    "304": "the client has it already",
    "303": "it is described elsewhere",
    "400": "the request or the query is wrong; line and column say where",
    "404": "there is no such thing",
    "405": "the method is not allowed",
    "406": "the answer does not come in that form; the offers are listed",
    "408": "the body did not arrive in time",
    "410": "it was given up; its successors are named",
    "413": "the body or the result is too large",
    "415": "the body is of another media type",
    "429": "too many queries of one client wait",
    "502": "the service that holds the data gives no answer",
    "503": "the server is busy, or the query ran out of memory; come back after Retry-After",
    "504": "the query did not finish in time",
}
_EVALUATED: Final = ("413", "429", "502", "503", "504")
_PROBLEMS: Final = ("application/problem+json", "text/plain", "text/html")


def describe(*, linked: bool) -> Document:
    """Return the description.

    Args:
        linked: Whether entries and an ontology are served, not only a dataset.
    """
    paths: Document = {
        "/sparql": _sparql(),
        "/graphs": {"get": _graphs()},
        "/.well-known/void": {
            "get": _get("VoID and DCAT", _TRIPLE_KINDS, "304", "400", "406", *_EVALUATED)
        },
        "/dumps/{name}": {"get": _dump()},
        "/healthz": {"get": _get("whether the process answers", ["text/plain"])},
        "/readyz": {"get": _get("whether queries are answered", ["text/plain"], "503")},
        "/metrics": {"get": _get("numbers for Prometheus", ["text/plain"])},
    }
    if linked:
        paths |= _linked()
    return {
        "openapi": "3.1.0",
        "info": {"title": "stigraph", "version": __version__},
        "paths": paths,
        "components": {"schemas": {"Problem": _problem()}},
    }


def _problem() -> Document:
    """Return the schema of problem details (RFC 9457)."""
    whole = {"type": "integer"}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            **{name: {"type": "string"} for name in ("type", "title", "detail")},
            **dict.fromkeys(("status", "line", "column"), whole),
            "offers": {"type": "array", "items": {"type": "string"}},
        },
    }


def _get(summary: str, kinds: list[str], *statuses: str) -> Document:
    return {"summary": summary, "responses": _responses(kinds, *statuses)}


def _responses(kinds: list[str], *statuses: str) -> Document:
    found: Document = {"200": {"description": "the answer", "content": {k: {} for k in kinds}}}
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for status in sorted(statuses):
        found[status] = {"description": _SENTENCES[status]}
        if status >= "4":
            contents = {kind: schema if "json" in kind else {} for kind in _PROBLEMS}
            found[status]["content"] = contents
    return found


def _sparql() -> Document:
    graphs = {"type": "array", "items": {"type": "string", "format": "uri"}}
    formats = [*RESULT_FORMS, *GRAPH_FORMS, "html"]
    fields: Document = {
        "query": {"type": "string"},
        "default-graph-uri": graphs,
        "named-graph-uri": graphs,
        "format": {"type": "string", "enum": formats},
    }
    statuses = ("400", "406", *_EVALUATED)
    kinds = [*_ROW_KINDS, *_TRIPLE_KINDS, "text/html"]
    get = _get("query, or the service description without one", kinds, "304", *statuses)
    get["parameters"] = [
        {"name": name, "in": "query", "schema": schema} for name, schema in fields.items()
    ]
    post = _get("query", kinds, "408", "415", *statuses)
    post["requestBody"] = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": fields, "required": ["query"]}
            },
        },
    }
    return {"get": get, "post": post}


def _graphs() -> Document:
    kinds = list(dict.fromkeys((*_TRIPLE_KINDS, "application/trig", "application/n-quads")))
    get = _get("a graph, or the whole dataset", kinds, "304", "400", "404", "406", *_EVALUATED)
    get["parameters"] = [
        {"name": "graph", "in": "query", "schema": {"type": "string", "format": "uri"}},
        {"name": "default", "in": "query", "schema": {"type": "string", "maxLength": 0}},
        {"name": "format", "in": "query", "schema": {"type": "string", "enum": [*GRAPH_FORMS]}},
    ]
    return get


def _dump() -> Document:
    kinds = list(dict.fromkeys((*(dump.media_type for dump in DUMPS.values()), "text/plain")))
    get = _get("the whole dataset as a file, or its SHA-256", kinds, "304", "404", *_EVALUATED)
    names = [*DUMPS, *(f"{name}.sha256" for name in DUMPS)]
    get["parameters"] = [_path("name", names)]
    return get


def _path(name: str, values: list[str] | None = None) -> Document:
    schema: Document = {"type": "string", "enum": values} if values else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _linked() -> Document:
    kinds = [*_TRIPLE_KINDS, "text/html"]
    thing: Document = {
        "summary": "an entry: leads to the document about it",
        "responses": _responses([], "303", "404", "410"),
    }
    del thing["responses"]["200"]
    document = _get("what is said of an entry", kinds, "304", "404", "406", "410", *_EVALUATED)
    for each in (thing, document):
        each["parameters"] = [_path("local")]
    ontology = _get("the ontology", kinds, "304", "406", *_EVALUATED)
    version = _get("a version of the ontology", kinds, "304", "404", "406", *_EVALUATED)
    version["parameters"] = [_path("version")]
    return {
        "/id/{local}": {"get": thing},
        "/doc/{local}": {"get": document},
        "/ontology": {"get": ontology},
        "/ontology/{version}": {"get": version},
    }
