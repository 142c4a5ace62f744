"""What is wrong with a SPARQL service or its answer, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from stigraph.errors import QueryError, ServiceError, ServiceTimeoutError, StigraphError
from stigraph.store.credentials import HEADER, PASSWORD, TOKEN, USER, Credentials
from stigraph.store.syntax import sharpened

if TYPE_CHECKING:
    from stigraph.store.service import Body

__all__ = [
    "CutError",
    "broken",
    "changed",
    "cut",
    "not_sparql",
    "refused",
    "too_slow",
    "unreachable",
]

_WORDS: Final = 300
_HTML: Final = ("text/html", "application/xhtml+xml")


class CutError(ServiceError):
    """A service that gives the first rows of a result only; ``most`` is how many."""

    def __init__(self, most: int, ja: str, en: str) -> None:
        super().__init__(ja, en)
        self.most = most


def unreachable(url: str, error: httpx.RequestError) -> ServiceError:
    """Return the error that says why ``url`` gave no whole answer."""
    match error:
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return ServiceError(
                f"{url} につながらない（{error}）。サービスが動いているか、アドレスを確かめる",
                f"can't connect to {url} ({error}); check the address and that the service is up",
            )
        case httpx.TimeoutException():
            return too_slow(url)
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError():
            return ServiceError(
                f"{url} が答えの途中で接続を切った。もう一度試すか、サービスの記録を見る",
                f"{url} cut the connection before its answer was whole; "
                "try again, or look at the service's log",
            )
    return ServiceError(f"{url} と話せない（{error}）", f"can't talk to {url} ({error})")


def too_slow(url: str) -> ServiceTimeoutError:
    """Return the error that says that ``url`` didn't answer in time."""
    return ServiceTimeoutError(
        f"{url} が時間内に答えない。問い合わせを軽くするか、環境変数 STIGRAPH_STORE_TIMEOUT（秒）を"
        "延ばす",
        f"{url} doesn't answer in time; ask for less, or raise the environment variable "
        "STIGRAPH_STORE_TIMEOUT (seconds)",
    )


def refused(url: str, body: Body, credentials: Credentials, query: str | None) -> StigraphError:
    """Return the error that says why ``url`` answered with an error's status."""
    said = _said(body)
    match body.status:
        case 400 if query is not None:
            error = QueryError(
                f"{url} は問い合わせを受け付けない：{said}", f"{url} refuses the query: {said}"
            )
            return sharpened(error, query)
        case 401 | 403 | 407:
            return _unauthorised(url, body.status, credentials)
        case 404 | 405 | 410 | 501:
            return ServiceError(
                f"{url} に SPARQL サービスがない（HTTP {body.status}）。アドレスを確かめる"
                "（…/sparql や …/query が多い）",
                f"there is no SPARQL service at {url} (HTTP {body.status}); check the address "
                "(it often ends in /sparql or /query)",
            )
        case 408 | 504:
            return too_slow(url)
        case status if 300 <= status < 400:
            place = body.headers.get("Location", "?")
            return ServiceError(
                f"{url} は {place} に移った。そのアドレスを渡す",
                f"{url} has moved to {place}; give that address",
            )
    return ServiceError(
        f"{url} が誤りを返した（HTTP {body.status}）：{said}",
        f"{url} answers with an error (HTTP {body.status}): {said}",
    )


def _unauthorised(url: str, status: int, credentials: Credentials) -> ServiceError:
    if credentials:
        return ServiceError(
            f"{url} は認証を拒んだ（HTTP {status}）。環境変数の利用者名、パスワード、トークンを"
            "確かめる",
            f"{url} doesn't accept who we are (HTTP {status}); check the user, password or token "
            "in the environment variables",
        )
    names = f"{TOKEN}, {USER} + {PASSWORD}, {HEADER}"
    return ServiceError(
        f"{url} は認証を求めている（HTTP {status}）。環境変数で渡す：{names}",
        f"{url} asks who we are (HTTP {status}); say so in environment variables: {names}",
    )


def not_sparql(url: str, media_type: str) -> ServiceError:
    """Return the error that says that an answer is of a type that isn't SPARQL's."""
    if media_type in _HTML:
        return ServiceError(
            f"{url} はウェブページを返した。SPARQL サービスのアドレスを渡す"
            "（…/sparql や …/query が多い）",
            f"{url} answers with a web page; give the address of the SPARQL service "
            "(it often ends in /sparql or /query)",
        )
    return ServiceError(
        f"{url} の答えの形が分からない：{media_type or '種類が書かれていない'}",
        f"{url} answers in a form that isn't known here: {media_type or 'no media type'}",
    )


def broken(url: str, reason: object) -> ServiceError:
    """Return the error that says that an answer isn't what its type says."""
    return ServiceError(
        f"{url} の答えが壊れている：{reason}", f"the answer of {url} is malformed: {reason}"
    )


def cut(url: str, most: str) -> CutError:
    """Return the error that says that a service gave the first ``most`` rows only."""
    return CutError(
        int(most) if most.isdecimal() else 0,
        f"{url} は初めの {most} 行しか返さない。LIMIT と OFFSET で分けて問い合わせるか、"
        "サービスの上限を上げる",
        f"{url} gives the first {most} rows only; ask in parts with LIMIT and OFFSET, "
        "or raise the limit at the service",
    )


def changed(url: str, expected: int, found: int) -> ServiceError:
    """Return the error that says that a service gave another number of rows than it counted."""
    return ServiceError(
        f"{url} の答えが揃わない（{expected:,} 行のはずが {found:,} 行）。途中で切るサービスか、"
        "読んでいるあいだにデータが変わった。行数の上限を上げるか、もう一度試す",
        f"the answer of {url} isn't whole ({found:,} rows where it counts {expected:,}): it ends "
        "answers early, or its data changed meanwhile; raise its limit of rows, or try again",
    )


def _said(body: Body) -> str:
    """Return the first lines of an error's body, as far as they are fit for a terminal."""
    if body.media_type in _HTML:
        return "HTML"
    text = body.file.read(4 * _WORDS).decode("utf-8", "replace")
    text = text.partition("SPARQL query:")[0]  # Virtuoso repeats the query
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words[:_WORDS] + "…" if len(words) > _WORDS else words or "-"
