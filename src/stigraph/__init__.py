"""stigraph: the sourced, bilingual knowledge graph of Japan's STI strategy, and its tools.

    import stigraph

    graph = stigraph.load()
    graph.ask("programme-money", programme="BRIDGE")

The names below are loaded when they are first used: importing the package
costs nothing, which keeps the command line quick.
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["Difference", "Graph", "Record", "Result", "Table", "__version__", "load"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.api import Difference as Difference
    from stigraph.api import Graph as Graph
    from stigraph.api import Record as Record
    from stigraph.api import Result as Result
    from stigraph.api import Table as Table
    from stigraph.api import load as load


def __getattr__(name: str) -> object:
    if name in __all__:
        from stigraph import api

        return getattr(api, name)
    raise AttributeError(f"module 'stigraph' has no attribute {name!r}")
