"""The short way of a plain query: from the bytes of its head to a worker and back.

Most requests of programs are a GET of ``/sparql`` with a query and a handful of
well-known header fields. Those are understood here, without a task or an
application of their own; everything else, and every answer that isn't simply the
result, goes the long way, where the same functions decide.
"""

from __future__ import annotations

from typing import Final

from stigraph.errors import StigraphError
from stigraph.store.workers import Job
from stigraph.web.cache import Flight, Kept
from stigraph.web.offers import choose_encoding, query_offers
from stigraph.web.place import is_host
from stigraph.web.protocol import read_parameters, request_of
from stigraph.web.sending import COMMON
from stigraph.web.site import Site
from stigraph.web.sparql import Wanted, answer_headers, tag_of

__all__ = ["Lane", "understood"]

_START: Final = b"GET /sparql?"
_COMMON_LINES: Final = b"".join(b"%b: %b\r\n" % line for line in COMMON)
_VERSION: Final = b" HTTP/1.1"
# What these say is either used here, or changes nothing in the answer.
_USED: Final = frozenset((b"host", b"accept", b"accept-encoding"))
_HARMLESS: Final = frozenset(
    (b"user-agent", b"accept-language", b"origin", b"referer", b"dnt", b"cache-control", b"pragma")
)


def understood(head: bytes) -> Wanted | None:
    """Return what the whole head of a request asks for, None where that is for the long way."""
    line, _, rest = head[:-4].partition(b"\r\n")
    fields = _fields(rest) if line.startswith(_START) and line.endswith(_VERSION) else None
    if fields is None or not is_host(fields.get(b"host", "")):
        return None
    try:
        asked = request_of(read_parameters(line[len(_START) : -len(_VERSION)]))
    except StigraphError:
        return None
    accept = fields.get(b"accept", "")
    wanted = Wanted(
        asked,
        *query_offers(accept, asked.form),
        choose_encoding(fields.get(b"accept-encoding")),
        f"http://{fields[b'host']}/sparql",
    )
    plain = asked.query is not None and not wanted.page and (wanted.rows or wanted.triples)
    return wanted if plain else None


def _fields(text: bytes) -> dict[bytes, str] | None:
    """Return the header fields that are used; None where there is one that isn't harmless."""
    fields: dict[bytes, str] = {}
    for line in text.split(b"\r\n") if text else ():
        name, _, value = line.partition(b":")
        name = name.lower()
        if name in _USED and name not in fields:
            fields[name] = value.strip().decode("latin-1")
        elif name not in _HARMLESS and (
            name != b"connection" or value.strip().lower() != b"keep-alive"
        ):
            return None
    return fields


class Lane:
    """Hands queries to the evaluator of a site and writes what comes back.

    Args:
        site: What is served.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def tag(self, wanted: Wanted, job: Job) -> str:
        """Return the validator of the answer over the data as they are now."""
        return tag_of(self._site.evaluator.digest, job, wanted)

    def begin(self, tag: str, job: Job, client: str) -> Kept | Flight:
        """Return what is kept for a query, or its evaluation.

        Raises:
            BusyError: Too many wait.
        """
        evaluator = self._site.evaluator
        return self._site.cache.begin(tag, lambda: evaluator.submit(job, client))

    def written(
        self, wanted: Wanted, job: Job, tag: str, kept: Kept, raw: bytes
    ) -> tuple[bytes, bytes]:
        """Return head lines and content of an answer, and have ``raw`` answered so from now on."""
        if kept.reply.snapshot != self._site.evaluator.digest:
            tag = tag_of(kept.reply.snapshot, job, wanted)
        fields = answer_headers(wanted, kept.reply, tag)
        head = "".join([f"{name}: {value}\r\n" for name, value in fields.items()])
        lines = b"%bcontent-length: %d\r\n%b" % (
            head.encode("latin-1"),
            len(kept.content),
            _COMMON_LINES,
        )
        self._site.cache.remember(raw, kept, lines)
        return lines, kept.content

    def replay(self, tag: str, flight: Flight) -> None:
        """Have the long way find what came."""
        self._site.cache.replay(tag, flight)
