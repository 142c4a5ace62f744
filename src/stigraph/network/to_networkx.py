"""A network as a graph of networkx."""

from __future__ import annotations

import networkx as nx

from stigraph.network.model import Network, attributes

__all__ = ["to_networkx"]


def to_networkx(network: Network) -> nx.MultiDiGraph[str]:
    """Return the nodes by their short ids and the edges by theirs, with all that is said of them.

    What the network says of itself (title, version, licence) is in ``graph.graph``.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update(network.attributes)
    ids = {node.iri: node.id for node in network.nodes}
    for node in network.nodes:
        graph.add_node(node.id, **dict(attributes(node)))
    for edge in network.edges:
        graph.add_edge(ids[edge.source], ids[edge.target], key=edge.id, **dict(attributes(edge)))
    return graph
