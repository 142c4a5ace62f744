"""Every format is read back by a reader of its own: nodes, edges, labels, colours and times.

The table of the documentation, format by reader, is :data:`READERS`.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from lxml import etree
from ndex2.cx2 import RawCX2NetworkFactory

from stigraph.entries import Catalogue
from stigraph.network.build import network_of_lens
from stigraph.network.lenses import LENSES
from stigraph.network.model import Network, attributes
from stigraph.release import read_release
from stigraph.store import LocalStore

Data = Mapping[str, Any]


def written(network: Network, writer: str) -> Iterator[bytes]:
    """Yield what a writer writes, in bytes."""
    for chunk in import_module(f"stigraph.network.writers.{writer}").write(network):
        yield chunk.encode()


GEXF = "{http://gexf.net/1.3}"


@dataclass(frozen=True)
class Read:
    """What a reader found: the data of nodes by IRI; source, target and data of edges."""

    nodes: Mapping[str, Data]
    edges: list[tuple[str, str, Data]]


def found(nodes: Iterable[tuple[Any, Data]], edges: Iterable[tuple[Any, Any, Data]]) -> Read:
    """Return what was read under other ids, by IRI; what is empty counts as missing."""

    def filled(data: Data) -> Data:
        return {key: value for key, value in data.items() if value not in ("", None)}

    listed = [*nodes]
    iri = {name: data["iri"] for name, data in listed}
    return Read(
        {data["iri"]: filled(data) for _, data in listed},
        [(iri[a], iri[b], filled(data)) for a, b, data in edges],
    )


def of_networkx(graph: Any) -> Read:
    return found(graph.nodes(data=True), graph.edges(data=True))


def of_igraph(graph: Any) -> Read:
    return found(
        ((vertex.index, vertex.attributes()) for vertex in graph.vs),
        ((edge.source, edge.target, edge.attributes()) for edge in graph.es),
    )


def graphml_by_networkx(data: bytes, _: Path) -> Read:
    return of_networkx(nx.read_graphml(io.BytesIO(data)))


def graphml_by_igraph(data: bytes, path: Path) -> Read:
    path.write_bytes(data)
    return of_igraph(igraph.Graph.Read_GraphML(str(path)))


def gexf_by_networkx(data: bytes, _: Path) -> Read:
    return of_networkx(nx.read_gexf(io.BytesIO(data), version="1.3"))


def gexf_by_lxml(data: bytes, _: Path) -> Read:
    root = etree.fromstring(data)
    titles = {each.get("id"): each.get("title") for each in root.iter(f"{GEXF}attribute")}

    def said(element: Any) -> dict[str, Any]:
        values = {titles[v.get("for")]: v.get("value") for v in element.iter(f"{GEXF}attvalue")}
        color = element.find(f"{GEXF}color")
        channels = [int(color.get(name)) for name in "rgb"]
        drawn = {"color": "#" + "".join(f"{channel:02x}" for channel in channels)}
        for spell in element.iter(f"{GEXF}spell"):
            drawn |= {f"spell {name}": day for name, day in spell.items()}
        return {**values, **dict(element.items()), **drawn}

    return found(
        ((node.get("id"), said(node)) for node in root.iter(f"{GEXF}node")),
        ((e.get("source"), e.get("target"), said(e)) for e in root.iter(f"{GEXF}edge")),
    )


def cytoscape_by_networkx(data: bytes, _: Path) -> Read:
    return of_networkx(nx.cytoscape_graph(json.loads(data)))


def cx2_by_ndex2(data: bytes, _: Path) -> Read:
    network = RawCX2NetworkFactory().get_cx2network(json.loads(data))
    return found(
        ((name, {**node["v"], "x": node["x"]}) for name, node in network.get_nodes().items()),
        ((edge["s"], edge["t"], edge["v"]) for edge in network.get_edges().values()),
    )


def node_link_by_networkx(data: bytes, _: Path) -> Read:
    return of_networkx(nx.node_link_graph(json.loads(data), edges="edges"))


def jgf_by_json(data: bytes, _: Path) -> Read:
    graph = json.loads(data)["graph"]
    return found(
        ((name, node["metadata"]) for name, node in graph["nodes"].items()),
        ((edge["source"], edge["target"], edge["metadata"]) for edge in graph["edges"]),
    )


def graphology_by_json(data: bytes, _: Path) -> Read:
    graph = json.loads(data)
    return found(
        ((node["key"], node["attributes"]) for node in graph["nodes"]),
        ((edge["source"], edge["target"], edge["attributes"]) for edge in graph["edges"]),
    )


def kumu_by_json(data: bytes, _: Path) -> Read:
    graph = json.loads(data)
    return found(
        ((element["id"], element) for element in graph["elements"]),
        ((each["from"], each["to"], each) for each in graph["connections"]),
    )


def dot_by_graphviz(data: bytes, _: Path) -> Read:
    command = shutil.which("dot")
    if command is None:
        pytest.skip("Graphviz is not installed (Debian: apt install graphviz)")
    done = subprocess.run(
        [command, "-Kneato", "-n2", "-Tjson0"], input=data, capture_output=True, check=True
    )
    drawn = json.loads(done.stdout.decode())
    plain = {"\\\\": "\\", '\\"': '"'}

    def said(item: Data) -> Data:
        # Graphviz shows the escapes of texts that it would draw.
        return {
            key: re.sub(r'\\[\\"]', lambda m: plain[m[0]], value)
            for key, value in item.items()
            if isinstance(value, str)
        }

    return found(
        ((item["_gvid"], said(item)) for item in drawn.get("objects", ())),
        ((edge["tail"], edge["head"], said(edge)) for edge in drawn.get("edges", ())),
    )


def unscaled(data: Data) -> Data:
    """Return Pajek's attributes with the places before they were scaled."""
    return {**data, "x": data["layout_x"], "y": data["layout_y"]}


def pajek_by_networkx(data: bytes, _: Path) -> Read:
    graph = nx.parse_pajek(data.decode("utf-8-sig"))
    labelled = ((name, {"label": name, **unscaled(said)}) for name, said in graph.nodes(data=True))
    return found(labelled, graph.edges(data=True))


def pajek_by_igraph(data: bytes, path: Path) -> Read:
    path.write_bytes(data)
    read = of_igraph(igraph.Graph.Read_Pajek(str(path)))

    def colored(said: Data) -> Data:
        # What Pajek calls "ic" and "c" is "color" to igraph.
        return {**said, "color": "#" + said["color"].removeprefix("RGB").lower()}

    return Read(
        {iri: colored(unscaled(said)) for iri, said in read.nodes.items()},
        [(source, target, colored(said)) for source, target, said in read.edges],
    )


def canvas_by_json(data: bytes, _: Path) -> Read:
    canvas = json.loads(data)

    def card(node: Data) -> Data:
        label, *_ = node["text"].split("\n\n")
        iri = re.search(r"\[↗\]\(<(.*?)>\)", node["text"])
        assert iri is not None
        shown = re.sub(r"\\(.)", r"\1", label.removeprefix("**").removesuffix("**"))
        unquoted = re.sub("%3C", "<", re.sub("%3E", ">", iri[1]))
        return {"iri": unquoted, "label": shown, "color": node["color"]}

    return found(
        ((node["id"], card(node)) for node in canvas["nodes"]),
        ((edge["fromNode"], edge["toNode"], edge) for edge in canvas["edges"]),
    )


def mermaid_by_lines(data: bytes, _: Path) -> Read:
    def plain(text: str) -> str:
        return re.sub(r"#(\d+);", lambda m: chr(int(m[1])), text)

    text = data.decode()
    drawn = dict(re.findall(r"^  classDef (\S+) fill:(#\w+)", text, re.M))
    links = dict(re.findall(r'^  click (\w+) href "(.*)"$', text, re.M))
    nodes = re.findall(r'^  (\w+)\("([^"]*)"\):::(\S+)$', text, re.M)
    edges = re.findall(r'^  (\w+) -->(?:\|"([^"]*)"\|)? (\w+)$', text, re.M)
    return found(
        (
            (
                name,
                {
                    "iri": links[name].replace("%3C", "<").replace("%3E", ">"),
                    "label": plain(label).split(" / ")[0],
                    "color": drawn[kind],
                },
            )
            for name, label, kind in nodes
        ),
        ((a, b, {"label": plain(label)}) for a, label, b in edges),
    )


class Page(HTMLParser):
    """The data that a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and dict(attrs).get("id") == "data"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts.append(data)


def html_by_html_parser(data: bytes, _: Path) -> Read:
    page = Page()
    page.feed(data.decode())
    graph = nx.node_link_graph(json.loads("".join(page.texts)), edges="edges")
    return of_networkx(graph)


def as_xml(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def as_is(text: str) -> str:
    return text


def on_one_line(text: str) -> str:
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()


def in_quotes(text: str) -> str:
    return on_one_line(text).replace('"', "'").replace("\\", "/")


READERS: dict[str, tuple[str, Callable[[bytes, Path], Read], Callable[[str], str]]] = {
    "GraphML by networkx": ("graphml", graphml_by_networkx, as_xml),
    "GraphML by igraph": ("graphml", graphml_by_igraph, as_xml),
    "GEXF by networkx": ("gexf", gexf_by_networkx, as_xml),
    "GEXF by lxml": ("gexf", gexf_by_lxml, as_xml),
    "Cytoscape JSON by networkx": ("cytoscape", cytoscape_by_networkx, as_is),
    "CX2 by ndex2": ("cx2", cx2_by_ndex2, as_is),
    "node-link JSON by networkx": ("node_link", node_link_by_networkx, as_is),
    "JSON Graph Format by json": ("jgf", jgf_by_json, as_is),
    "Graphology by json": ("graphology", graphology_by_json, as_is),
    "Kumu by json": ("kumu", kumu_by_json, as_is),
    "DOT by Graphviz": ("dot", dot_by_graphviz, on_one_line),
    "Pajek by networkx": ("pajek", pajek_by_networkx, in_quotes),
    "Pajek by igraph": ("pajek", pajek_by_igraph, in_quotes),
    "Canvas by json": ("canvas", canvas_by_json, on_one_line),
    "Mermaid by lines": ("mermaid", mermaid_by_lines, on_one_line),
    "HTML by html.parser": ("html", html_by_html_parser, as_is),
}
FEW = {  # what a format without attributes shows
    "canvas": ({"iri", "label", "color"}, {"label", "color"}),
    "mermaid": ({"iri", "label", "color"}, {"label"}),
}


@pytest.fixture(scope="module")
def evolution(store: LocalStore) -> Network:
    """Return the lens of the repository's own graph that has parallel edges, times and folds."""
    return network_of_lens(
        store, Catalogue.of(store), read_release(store), LENSES["evolution"], "ja"
    )


def same(clean: Callable[[str], str], read: Data, said: Data, only: set[str] | None) -> None:
    """Check that what was read is what the model says."""
    for key, value in said.items():
        if value == "" or (only is not None and key not in only):
            continue
        assert key in read, key
        if isinstance(value, float):
            assert float(read[key]) == pytest.approx(value), key
        else:
            assert str(read[key]) == clean(value), key


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("which", ["awkward", "evolution"])
def test_a_reader_finds_nodes_edges_labels_colours_and_times(
    name: str, which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    network: Network = request.getfixturevalue(which)
    writer, reader, clean = READERS[name]
    read = reader(b"".join(written(network, writer)), tmp_path / "file")
    only = FEW.get(writer, (None, None))
    assert set(read.nodes) == {node.iri for node in network.nodes}
    for node in network.nodes:
        same(clean, read.nodes[node.iri], dict(attributes(node)), only[0])
    ends = sorted((edge.source, edge.target) for edge in network.edges)
    assert sorted((source, target) for source, target, _ in read.edges) == ends
    left = [*read.edges]
    for edge in network.edges:
        said = dict(attributes(edge))
        match = next(
            each
            for each in left
            if each[:2] == (edge.source, edge.target)
            and ("iri" not in each[2] or each[2]["iri"] == edge.iri)
            and ("kind" not in each[2] or each[2]["kind"] == edge.kind)
            and ("label" not in each[2] or each[2]["label"] == clean(edge.label))
        )
        left.remove(match)
        same(clean, match[2], said, only[1])
    assert left == []


@pytest.mark.parametrize("writer", sorted({each[0] for each in READERS.values()} | {"svg"}))
def test_a_writer_writes_the_same_bytes_again_and_an_empty_network_too(
    awkward: Network, writer: str
) -> None:
    assert list(written(awkward, writer)) == list(written(awkward, writer))
    assert b"".join(written(Network((), (), {}), writer))


@pytest.mark.parametrize("name", READERS)
def test_an_empty_network_can_be_read(name: str, tmp_path: Path) -> None:
    writer, reader, _ = READERS[name]
    read = reader(b"".join(written(Network((), (), {}), writer)), tmp_path / "file")
    assert (dict(read.nodes), read.edges) == ({}, [])
