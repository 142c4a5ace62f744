"""The same network written by stigraph, networkx and igraph, one function a tool and format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import igraph
import networkx as nx

from stigraph.network.export import export
from stigraph.network.selection import Selection

__all__ = ["igraph_writers", "networkx_writers", "our_writer"]

Write = Callable[[Path], object]


def our_writer(selection: Selection, form: str) -> Write:
    """Return what writes ``selection`` in the format ``form``."""

    def write(path: Path) -> None:
        with path.open("wb") as stream:
            stream.writelines(export(selection, form))

    return write


def networkx_writers(graph: Any) -> Mapping[str, Write]:
    """Return networkx's writers of the formats that stigraph has too."""
    # networkx leaves out what isn't text in Pajek's format, with a warning for each value.
    text = graph.__class__()
    text.add_nodes_from((node, _text(data)) for node, data in graph.nodes(data=True))
    text.add_edges_from((a, b, k, _text(d)) for a, b, k, d in graph.edges(keys=True, data=True))
    return {
        "graphml": lambda path: nx.write_graphml(graph, path),
        "gexf": lambda path: nx.write_gexf(graph, path),
        "node-link": lambda path: _dump(nx.node_link_data(graph, edges="edges"), path),
        "cytoscape": lambda path: _dump(nx.cytoscape_data(graph), path),
        "pajek": lambda path: nx.write_pajek(text, path),
    }


def igraph_writers(graph: Any) -> Mapping[str, Write]:
    """Return igraph's writers of the formats that stigraph has too."""
    plain = igraph.Graph.from_networkx(graph)
    return {
        "graphml": lambda path: plain.write_graphml(str(path)),
        "dot": lambda path: plain.write_dot(str(path)),
        "pajek": lambda path: plain.write_pajek(str(path)),
    }


def _text(data: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in data.items()}


def _dump(value: object, path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False)
