"""Requests of the SPARQL 1.1 Protocol (section 2.1) as values: query, dataset, form.

Query by GET, by URL-encoded POST and by POST of the query itself. Text is UTF-8,
strictly: a query that was garbled on its way must not be answered.
"""

from __future__ import annotations

import asyncio
import re
from binascii import a2b_qp
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from stigraph.web.negotiation import media_type
from stigraph.web.problems import ProblemError

__all__ = ["BODY_LIMIT", "QueryRequest", "read_parameters", "read_query", "request_of"]

BODY_LIMIT: Final = 1024 * 1024
"""The largest body in bytes."""

BODY_SECONDS: Final = 10.0
"""The time in which a body must have arrived."""

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
_WELL_ENCODED: Final = re.compile(rb"(?:[^%\x00-\x1f\x7f]|%[0-9A-Fa-f]{2})*+(?<! )")
UPDATE: Final = "application/sparql-update"

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """What a client asks: the query (None where a GET has none), the dataset, and the form.

    ``form`` is the value of ``format``, our own parameter for links; empty where absent.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: str = ""


async def read_query(request: Request) -> QueryRequest:
    """Return the query that ``request`` carries.

    Raises:
        ProblemError: 400 (repeated query, not UTF-8, an update), 408, 413 or 415.
    """
    in_url = read_parameters(request.scope["query_string"])
    if request.method != "POST":
        return request_of(in_url)
    kind, parameters = media_type(request.headers.get("content-type", ""))
    _check_type(kind, parameters.get("charset", "utf-8"), request)
    body = await _body(request)
    if kind == FORM:
        return request_of([*in_url, *read_parameters(body)], posted=True)
    return request_of([*in_url, ("query", _text(body))], posted=True)


def read_parameters(encoded: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a query string or form.

    Raises:
        ProblemError: 400, a value isn't UTF-8.
    """
    pairs = [pair.partition(b"=") for pair in encoded.split(b"&") if pair]
    return [(_unquoted(name), _unquoted(value)) for name, _, value in pairs]


def _unquoted(encoded: bytes) -> str:
    encoded = encoded.replace(b"+", b" ")
    if _WELL_ENCODED.fullmatch(encoded):
        # Another encoding that differs in its sign alone, and that C code undoes.
        return _text(a2b_qp(encoded.replace(b"=", b"=3D").replace(b"%", b"=")))
    return _text(unquote_to_bytes(encoded))


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(
            400,
            "要求が UTF-8 ではない。UTF-8 で送る",
            "the request is not UTF-8; send it as UTF-8",
        ) from error


def request_of(parameters: Parameters, *, posted: bool = False) -> QueryRequest:
    """Return the query that parameters stand for.

    Raises:
        ProblemError: 400, there are several, it is empty, or it is an update.
    """
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise _read_only(400)
    if len(queries) > 1:
        raise ProblemError(
            400,
            "query が二つ以上ある。一つだけ送る",
            "there is more than one query; send exactly one",
        )
    if (queries and not queries[0].strip()) or (posted and not queries):
        raise missing_query()
    return QueryRequest(
        query=queries[0] if queries else None,
        default_graphs=_values(parameters, "default-graph-uri"),
        named_graphs=_values(parameters, "named-graph-uri"),
        form=next(iter(_values(parameters, "format")), ""),
    )


def missing_query() -> ProblemError:
    """Return the problem of a request without a query."""
    return ProblemError(
        400,
        "query が空か、ない。SPARQL の問い合わせを query に入れて送る",
        "the query is missing or empty; send a SPARQL query as the parameter query",
    )


def _values(parameters: Parameters, wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in parameters if name == wanted and value)


def _read_only(status: int) -> ProblemError:
    return ProblemError(
        status,
        "更新は受け付けない。このエンドポイントは読み出し専用である",
        "updates are not accepted: this endpoint only reads",
    )


def _check_type(kind: str, charset: str, request: Request) -> None:
    if kind == UPDATE:
        raise _read_only(415)
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    encoded = charset.lower() not in ("utf-8", "utf8") or encoding != "identity"
    if kind not in (FORM, DIRECT) or encoded:
        raise ProblemError(
            415,
            f"POST の本文は {FORM} か {DIRECT} で、UTF-8 のまま（圧縮せずに）送る",
            f"send a POST body as {FORM} or {DIRECT}, in UTF-8 and without compression",
            headers={"Accept": f"{FORM}, {DIRECT}"},
        )


async def _body(request: Request) -> bytes:
    """Return the body, read no further than the limit and no longer than the time allowed."""
    declared = request.headers.get("content-length", "")
    # A connection that is closed while the client still sends is reset, and our answer is lost
    # with it: from a client that wants it closed, the rest is read and dropped first.
    closing = "close" in request.headers.get("connection", "").lower()
    if declared.isdecimal() and int(declared) > BODY_LIMIT and not closing:
        raise _too_large()
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= BODY_LIMIT:
                    body += chunk
                elif not closing:
                    raise _too_large()
    except TimeoutError as error:
        raise ProblemError(
            408,
            f"本文が {BODY_SECONDS:.0f} 秒以内に届かなかった。送り直す",
            f"the body did not arrive within {BODY_SECONDS:.0f} s; send it again",
            headers={"Connection": "close"},
        ) from error
    if size > BODY_LIMIT:
        raise _too_large()
    return bytes(body)


def _too_large() -> ProblemError:
    return ProblemError(
        413,
        f"本文は {BODY_LIMIT:,} バイトまでである。短い問い合わせにする",
        f"a body may have up to {BODY_LIMIT:,} bytes; send a shorter query",
    )
