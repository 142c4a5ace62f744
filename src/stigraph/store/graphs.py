"""Named graphs at a service, by the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from stigraph.store import virtuoso
from stigraph.store.received import GRAPH_ACCEPTED, triples
from stigraph.store.service import Body, Service

__all__ = ["GraphStore", "digest"]

_DONE: Final = frozenset({200, 201, 202, 204})
_GONE: Final = frozenset({200, 202, 204, 404})


class GraphStore:
    """The named graphs of a service.

    Args:
        service: The service; its address is that of its Graph Store Protocol.
    """

    def __init__(self, service: Service) -> None:
        self.service = service

    @property
    def url(self) -> str:
        """The address of the service."""
        return self.service.address.url

    def get(self, name: str) -> Iterator[ox.Triple]:
        """Return the triples of a graph, none if there is no such graph.

        Raises:
            ServiceError: The service doesn't give them.
        """
        # "*/*" last: Virtuoso answers 404 with a type of its own.
        body = self.service.request(
            "GET",
            self._address(name),
            headers={"Accept": GRAPH_ACCEPTED},
            fine=frozenset({200, 404}),
        )
        if body.status == 404:
            return iter(())
        if _is_virtuoso(body):
            body = replace(body, file=virtuoso.mended(body.file, body.media_type))
        return triples(self.url, body)

    def put(self, name: str, content: Iterable[ox.Triple]) -> None:
        """Put triples into a graph in place of those it holds.

        Raises:
            ServiceError: The service doesn't take them.
        """
        data = ox.serialize(content, format=ox.RdfFormat.N_TRIPLES) or b""
        headers = {"Content-Type": "application/n-triples"}
        self.service.request("PUT", self._address(name), headers=headers, content=data, fine=_DONE)

    def delete(self, name: str) -> None:
        """Delete a graph, if there is one.

        Raises:
            ServiceError: The service refuses.
        """
        self.service.request("DELETE", self._address(name), fine=_GONE)

    def _address(self, name: str) -> str:
        url = self.service.address.url
        return f"{url}{'&' if '?' in url else '?'}graph={quote(name, safe='')}"


def _is_virtuoso(body: Body) -> bool:
    return body.headers.get("Server", "").startswith("Virtuoso")


def digest(content: Iterable[ox.Triple]) -> tuple[int, str]:
    """Return the number of triples and the SHA-256 of the graph in canonical form, in hex.

    The form is RDFC-1.0 (sorted canonical N-Triples): blank nodes may be named otherwise.
    """
    graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in content)
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad.triple} .\n" for quad in graph)
    return len(lines), hashlib.sha256("".join(lines).encode()).hexdigest()
