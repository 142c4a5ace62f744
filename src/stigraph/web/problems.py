"""What goes wrong, told in the reader's language: problem details (RFC 9457), text, or a page.

Programs get ``application/problem+json``, browsers a page, who asks for plain
text gets that. Each answer says what to do, in Japanese or English.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from stigraph.errors import (
    BusyError,
    DeadlineError,
    EvaluationError,
    QueryError,
    ResultLimitError,
    ServiceError,
    ServiceTimeoutError,
    StigraphError,
)
from stigraph.web.negotiation import Offer, choose, foremost
from stigraph.web.render import Renderer, language

__all__ = ["ProblemError", "of_error", "respond", "wants_page"]

JSON: Final = Offer("json", "application/problem+json")
TEXT: Final = Offer("text", "text/plain")
# Which service it is, and what it said, is for those who run this server: it is in the log.
_SERVICE_LATE: Final = (
    "データを持つサービスが時間内に答えない。条件を絞るか、あとで送り直す",
    "the service that holds the data does not answer in time; narrow it down, or try again later",
)
_SERVICE_LOST: Final = (
    "データを持つサービスから答えが得られない。あとで送り直す",
    "the service that holds the data gives no answer; try again later",
)
_UNKEPT: Final = {"Cache-Control": "no-store"}


class ProblemError(StigraphError):
    """An answer that isn't 200: its status, its sentence, and further members and headers.

    Args:
        status: The HTTP status.
        ja: What is wrong and what to do, in Japanese.
        en: The same in English.
        headers: Header fields of the answer, such as ``Allow``.
        **members: Extension members of the document (RFC 9457, section 3.2).
    """

    def __init__(
        self,
        status: int,
        ja: str,
        en: str,
        headers: Mapping[str, str] | None = None,
        **members: object,
    ) -> None:
        super().__init__(ja, en)
        self.status = status
        self.headers = dict(headers or {})
        self.members = members

    @property
    def title(self) -> str:
        """The phrase that goes with the status (RFC 9110, section 15)."""
        return HTTPStatus(self.status).phrase


def of_error(error: Exception) -> ProblemError:
    """Return the problem that tells of ``error``; a query's line and column are members of it."""
    match error:
        case ProblemError():
            return error
        case QueryError(line=int(line), column=column):
            return ProblemError(400, error.ja, error.en, line=line, column=column)
        case EvaluationError() | ServiceError():
            return _of_evaluation(error)
        case StigraphError():
            return ProblemError(400, error.ja, error.en)
        case HTTPException():
            return _of_http(error)
    return ProblemError(
        500,
        "サーバーの誤りで答えられない。同じことが続くなら、何をしたかを添えて知らせてほしい",
        "the server failed to answer; if it happens again, please report what you did",
    )


def _of_evaluation(error: EvaluationError | ServiceError) -> ProblemError:
    """Return the problem of a query that got no answer: each reason has its status."""
    match error:
        case ServiceTimeoutError():
            return ProblemError(504, *_SERVICE_LATE)
        case ServiceError():
            return ProblemError(502, *_SERVICE_LOST)
        case DeadlineError():
            return ProblemError(504, error.ja, error.en)
        case ResultLimitError():
            return ProblemError(413, error.ja, error.en)
        case BusyError(seconds=seconds):
            status = 429 if error.alone else 503
            return ProblemError(status, error.ja, error.en, {"Retry-After": str(seconds)})
    return ProblemError(503, error.ja, error.en, {"Retry-After": "1"})


def _of_http(error: HTTPException) -> ProblemError:
    """Return the problem for what the framework itself refuses."""
    fields = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status_code == 404:
        return ProblemError(
            404,
            "このアドレスには何もない。最初のページから探す",
            "there is nothing at this address; start from the front page",
        )
    if error.status_code == 405:
        allowed = ", ".join(sorted(fields.get("allow", "").split(", ")))
        return ProblemError(
            405,
            f"この要求の方法は使えない。使えるもの：{allowed}",
            f"this method is not allowed here; allowed: {allowed}",
            headers={"Allow": allowed},
        )
    return ProblemError(error.status_code, str(error.detail), str(error.detail), headers=fields)


def wants_page(request: Request) -> bool:
    """Return whether the client is a browser: it wants ``text/html`` before anything else."""
    return foremost(",".join(request.headers.getlist("accept"))) == "text/html"


def respond(request: Request, problem: ProblemError, renderer: Renderer) -> Response:
    """Return the answer that tells of ``problem``."""
    lang = language(request, renderer.lang)
    if wants_page(request):
        page = renderer.page(request, lang, "problem.html", problem.status, problem=problem)
        page.headers.update({**_UNKEPT, **problem.headers})
        return page
    accept = ",".join(request.headers.getlist("accept"))
    # An error is told even to a client that accepts none of the forms it comes in.
    form = choose(accept, (JSON, TEXT)) or JSON
    document = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.text(lang),
        **problem.members,
    }
    content = (
        f"{problem.text(lang)}\n" if form == TEXT else json.dumps(document, ensure_ascii=False)
    )
    headers = {
        "Content-Language": lang,
        "Vary": "Accept, Accept-Language",
        **_UNKEPT,
        **problem.headers,
    }
    return Response(
        content.encode(), status_code=problem.status, headers=headers, media_type=form.media_type
    )
