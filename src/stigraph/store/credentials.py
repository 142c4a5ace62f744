"""Who we are to a SPARQL service: told by the environment, never by the command line.

A command line is seen by every user of a machine and kept in its history.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Self

import httpx

from stigraph.errors import UsageError

__all__ = ["HEADER", "PASSWORD", "TOKEN", "USER", "Credentials"]

TOKEN = "STIGRAPH_STORE_TOKEN"  # noqa: S105 - names of variables, not secrets
USER = "STIGRAPH_STORE_USER"
PASSWORD = "STIGRAPH_STORE_PASSWORD"  # noqa: S105
HEADER = "STIGRAPH_STORE_HEADER"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a service is shown: a header, or a user's name and password when it asks for them.

    Attributes:
        header: Name and value of a header that goes with every request.
        user: The name for HTTP Basic or Digest authentication, whichever the service asks for.
        password: The password that goes with it.
    """

    header: tuple[str, str] | None = field(default=None, repr=False)
    user: str | None = None
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self:
        """Return what the environment tells.

        Raises:
            UsageError: A variable is not written as it should be.
        """
        header = None
        if environ.get(HEADER):
            name, colon, value = environ[HEADER].partition(":")
            header = (name.strip(), value.strip())
            if not colon or not all(header) or not environ[HEADER].isprintable():
                raise UsageError(
                    f"環境変数 {HEADER} は「名前: 値」と書く",
                    f"write the environment variable {HEADER} as “Name: value”",
                )
        elif environ.get(TOKEN):
            if not environ[TOKEN].isprintable():
                raise UsageError(
                    f"環境変数 {TOKEN} に改行などが入っている",
                    f"the environment variable {TOKEN} has a line break or the like in it",
                )
            header = ("Authorization", f"Bearer {environ[TOKEN]}")
        return cls(header, environ.get(USER) or None, environ.get(PASSWORD, ""))

    def __bool__(self) -> bool:
        return self.header is not None or self.user is not None

    def auth(self) -> httpx.Auth | None:
        """Return what answers a service that asks who we are."""
        return None if self.user is None else _AsAsked(self.user, self.password)


class _AsAsked(httpx.Auth):
    """Basic or Digest (RFC 7617, RFC 7616), as the first challenge says; Digest if there are both.

    Nothing is sent before the service asks.
    """

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield ``request`` as it is and then, if the service asks, with who we are."""
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = response.headers.get("WWW-Authenticate", "").lower()
            kind = httpx.DigestAuth if "digest" in asked else httpx.BasicAuth
            self._chosen = kind(self._user, self._password)
        yield from self._chosen.auth_flow(request)
