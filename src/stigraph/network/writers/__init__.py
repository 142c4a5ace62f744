"""Writers of network formats: one module a format, each with ``write(network)`` → chunks of text.

Each holds all nodes and edges under the attribute names of
:mod:`stigraph.network.model`, and the same network gives the same bytes.
"""
