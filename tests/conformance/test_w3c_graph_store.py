"""What W3C's tests of the Graph Store Protocol read, over ``stigraph serve``.

What they write first comes here as a file that changes, and SIGHUP.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from tests.conformance.manifest import ROOT, Exchange, exchanges
from tests.conformance.test_w3c_protocol import is_expected
from tests.serving import Served, serving, until

DIRECT = ROOT / "graph-store-protocol" / "manifest-direct.ttl"
INDIRECT = ROOT / "graph-store-protocol" / "manifest-indirect.ttl"

# Those left out read what a multipart form or a POST without a name has made: nothing to read.
TESTS = (
    (DIRECT, "put_get_repeat_direct"),
    (DIRECT, "put_delete_get_delete_direct"),
    (DIRECT, "post_get_post_get_direct"),
    (DIRECT, "head_existing_direct"),
    (INDIRECT, "put_get_repeat_indirect"),
    (INDIRECT, "put_get_default"),
    (INDIRECT, "put_delete_get_delete_indirect"),
    (INDIRECT, "head_existing_indirect"),
    (INDIRECT, "head_non_existing_indirect"),
)

pytestmark = pytest.mark.skipif(
    not DIRECT.is_file(), reason="the W3C tests are not at hand (../shared/w3c)"
)


@dataclass
class Store:
    """A server whose files stand for what the tests write."""

    served: Served
    file: Path
    graphs: dict[str, Graph] = field(default_factory=dict)

    def name(self, path: str) -> str:
        """Return the IRI of the graph that a request names; empty for the default graph."""
        parts = urlsplit(path)
        given = parse_qs(parts.query, keep_blank_values=True)
        if "default" in given:
            return ""
        return given["graph"][0] if "graph" in given else self.served.address + unquote(parts.path)

    def write(self, exchange: Exchange, path: str) -> None:
        """Do what a write asks for, and have it served."""
        name = self.name(path)
        if exchange.method == "DELETE":
            self.graphs.pop(name, None)
        else:
            graph = Graph() if exchange.method == "PUT" else self.graphs.get(name, Graph())
            self.graphs[name] = graph.parse(data=exchange.body, format="turtle")
        lines = [
            f"{line.rstrip(' .')} {f'<{iri}>' if iri else ''} ."
            for iri, graph in self.graphs.items()
            for line in graph.serialize(format="nt").splitlines()
            if line
        ]
        self.file.write_text("\n".join(lines), encoding="utf-8")
        before = len(self.served.events("reloaded"))
        self.served.process.send_signal(signal.SIGHUP)
        until(lambda: len(self.served.events("reloaded")) > before, "reloaded")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """Return a server and the file that it serves."""
    folder = tmp_path_factory.mktemp("store")
    with serving("--data", str(folder)) as served:
        yield served, folder / "all.nq"


@pytest.mark.parametrize(("manifest", "name"), TESTS, ids=[name for _, name in TESTS])
def test_reading(server: tuple[Served, Path], manifest: Path, name: str) -> None:
    store = Store(*server)
    store.file.unlink(missing_ok=True)
    read = 0
    for exchange in exchanges(manifest, name):
        path = exchange.path.replace("/gsp", "/graphs", 1)
        if exchange.headers.get("content-type", "").startswith("multipart"):
            break
        if exchange.method not in ("GET", "HEAD"):
            response = httpx.request(exchange.method, store.served.address + path)
            assert response.status_code == 405
            store.write(exchange, path)
            continue
        read += 1
        response = httpx.request(
            exchange.method, store.served.address + path, headers=exchange.headers
        )
        assert is_expected(response.status_code, exchange.statuses), response.text
        for header, value in exchange.expected_headers.items():
            assert response.headers[header] == value
        if exchange.expected_body:
            expected = Graph().parse(data=exchange.expected_body, format="turtle")
            assert isomorphic(Graph().parse(data=response.text, format="turtle"), expected)
    assert read
