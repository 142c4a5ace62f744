"""A network as a graph of networkx."""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx

from stigraph.network.model import Network, attributes

__all__ = ["NetworkxGraph", "to_networkx"]

NetworkxGraph: TypeAlias = "nx.MultiDiGraph[str]"
"""A graph of networkx with nodes known by their short ids."""


def to_networkx(network: Network) -> NetworkxGraph:
    """Return the nodes by their short ids and the edges by theirs, with all that is said of them.

    What the network says of itself (title, version, licence) is in ``graph.graph``.
    """
    graph: NetworkxGraph = nx.MultiDiGraph()
    graph.graph.update(network.attributes)
    ids = {node.iri: node.id for node in network.nodes}
    for node in network.nodes:
        graph.add_node(node.id, **dict(attributes(node)))
    for edge in network.edges:
        graph.add_edge(ids[edge.source], ids[edge.target], key=edge.id, **dict(attributes(edge)))
    return graph
