"""HTTP to a SPARQL service: time-outs, retries, and what went wrong in a sentence.

An answer is taken in whole, in memory up to some size and then on disk, before
anything is made of it: a connection that is cut in the middle is then tried
again, and nobody is handed half an answer.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import uniform
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx

from stigraph.errors import ServiceError, UsageError
from stigraph.store import complaints
from stigraph.store.credentials import Credentials
from stigraph.store.spool import Spool

__all__ = ["Address", "Body", "Limits", "Service"]

_RETRIED: Final = frozenset({429, 502, 503, 504})
_DATASET: Final = ("default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait and how much to take.

    Attributes:
        connect: Seconds to wait for a connection.
        idle: Seconds to wait for the next byte.
        total: Seconds for one answer, None for no end.
        size: Bytes of one answer.
        attempts: How often a request is made in all, if it may be repeated.
        pause: Seconds before the first repetition; twice as long before the next.
    """

    connect: float = 10.0
    idle: float = 60.0
    total: float | None = None
    size: int = 8 * 1024**3
    attempts: int = 3
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service is, and the dataset that its URL describes.

    Attributes:
        url: The URL without parameters of the SPARQL 1.1 Protocol.
        default_graphs: The graphs of ``default-graph-uri`` parameters.
        named_graphs: The graphs of ``named-graph-uri`` parameters.
    """

    url: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Address:
        """Return the address that people write.

        Raises:
            UsageError: It isn't an HTTP URL, or has a password in it.
        """
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(
                f"SPARQL サービスの URL は http:// か https:// で始める：{text}",
                f"the URL of a SPARQL service begins with http:// or https://, not {text}",
            )
        if parts.username is not None or parts.password is not None:
            raise UsageError(
                "URL に利用者名やパスワードを書かない。環境変数 STIGRAPH_STORE_USER と "
                "STIGRAPH_STORE_PASSWORD で渡す",
                "write no user and password into the URL; give them in the environment variables "
                "STIGRAPH_STORE_USER and STIGRAPH_STORE_PASSWORD",
            )
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        rest = urlencode([(name, value) for name, value in pairs if name not in _DATASET])
        default, named = (
            tuple(value for name, value in pairs if name == wanted) for wanted in _DATASET
        )
        return cls(urlunsplit((*parts[:3], rest, "")), default, named)


@dataclass(frozen=True, slots=True)
class Body:
    """What a service answered, whole: a file at its beginning, its media type and headers."""

    file: Spool = field(repr=False)
    media_type: str
    headers: Mapping[str, str]
    status: int = 200


class Service:
    """A SPARQL service over HTTP.

    Args:
        address: Where it is.
        credentials: Who we are to it.
        limits: How long to wait and how much to take.

    Raises:
        UsageError: The address isn't one.
    """

    def __init__(
        self,
        address: str,
        credentials: Credentials | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.address = Address.of(address)
        self.limits = limits or Limits()
        self.credentials = credentials or Credentials()
        own = dict([self.credentials.header]) if self.credentials.header else {}
        client = httpx.Client(
            auth=self.credentials.auth(),
            headers={"User-Agent": "stigraph", **own},
            timeout=httpx.Timeout(self.limits.idle, connect=self.limits.connect),
            # Reading the certificates takes a tenth of a second that plain HTTP has no use for;
            # redirections, which could lead to HTTPS, are not followed.
            verify=self.address.url.startswith("https:"),
        )
        self._client = client
        # Stores have no end that somebody would tell of: connections go with the last one.
        weakref.finalize(self, client.close)

    def query(
        self,
        text: str,
        accept: str,
        more: Iterable[tuple[str, str]] = (),
        shown: str | None = None,
    ) -> Body:
        """Return the answer to a query (SPARQL 1.1 Protocol, section 2.1.2).

        Args:
            text: The query.
            accept: The media types that are understood.
            more: Further parameters of the protocol.
            shown: The query as its author wrote it.

        Raises:
            QueryError: The service doesn't take the query.
            ServiceError: There is no answer.
        """
        # By POST with a form: queries may be longer than a URL, and of the two kinds of POST
        # this is the one that every service knows (Virtuoso 7 hangs on the other).
        form = urlencode([("query", text), *more]).encode()
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        written = text if shown is None else shown
        return self.request("POST", self.address.url, headers=headers, content=form, query=written)

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        query: str | None = None,
        fine: frozenset[int] = frozenset({200}),
    ) -> Body:
        """Return the answer to a request that may be repeated.

        Args:
            method: The HTTP method.
            url: The URL.
            headers: Headers besides those that go with every request.
            content: The body.
            query: The SPARQL query in it, to point at what is wrong with it.
            fine: The status codes that are not errors.

        Raises:
            QueryError: The service doesn't take the query.
            ServiceError: There is no answer, or one with another status.
        """
        pauses = self._pauses()
        while True:
            wait = next(pauses, None)
            try:
                body = self._once(method, url, headers or {}, content)
            except httpx.RequestError as error:
                if wait is None:
                    raise complaints.unreachable(self.address.url, error) from error
            else:
                if body.status in fine:
                    return body
                if wait is None or body.status not in _RETRIED:
                    raise complaints.refused(self.address.url, body, self.credentials, query)
                wait = max(wait, _retry_after(body.headers))
            time.sleep(wait)

    def _pauses(self) -> Iterator[float]:
        for number in range(self.limits.attempts - 1):
            # Spread, so that clients that failed together don't come back together.
            yield self.limits.pause * 2**number * uniform(0.8, 1.2)  # noqa: S311

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> Body:
        end = None if self.limits.total is None else time.monotonic() + self.limits.total
        try:
            with self._client.stream(method, url, headers=headers, content=content) as response:
                return self._taken(response, end)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise UsageError(f"URL として読めない：{url}", f"not a URL: {url}") from error

    def _taken(self, response: httpx.Response, end: float | None) -> Body:
        file = Spool()
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self.limits.size:
                raise ServiceError(
                    f"{self.address.url} の答えが大きすぎる（上限 {self.limits.size:,} バイト）。"
                    "LIMIT などで減らす",
                    f"{self.address.url} answers with more than {self.limits.size:,} bytes; "
                    "ask for less, with LIMIT for example",
                )
            if end is not None and time.monotonic() > end:
                raise complaints.too_slow(self.address.url)
            file.write(chunk)
        file.seek(0)
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Body(file, media_type, response.headers, response.status_code)


def _retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds of ``Retry-After`` (RFC 9110, section 10.2.3), at most ten."""
    value = headers.get("Retry-After", "")
    return min(float(value), 10.0) if value.isdecimal() else 0.0
