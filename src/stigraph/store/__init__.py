"""A SPARQL store: what it answers, and the local one (Oxigraph, in memory).

The one behind a service, :mod:`stigraph.store.remote`, is imported where it is asked for.
"""

from __future__ import annotations

from stigraph.lazy import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.store.answers import Answer as Answer
    from stigraph.store.answers import Boolean as Boolean
    from stigraph.store.answers import Form as Form
    from stigraph.store.answers import Solutions as Solutions
    from stigraph.store.answers import Statements as Statements
    from stigraph.store.base import Store as Store
    from stigraph.store.difference import Difference as Difference
    from stigraph.store.difference import Triple as Triple
    from stigraph.store.local import LocalStore as LocalStore
    from stigraph.store.local import Quads as Quads
    from stigraph.store.local import triples_of as triples_of

__all__ = [
    "Answer",
    "Boolean",
    "Difference",
    "Form",
    "LocalStore",
    "Quads",
    "Solutions",
    "Statements",
    "Store",
    "Triple",
    "triples_of",
]

__getattr__ = lazily(
    __name__,
    {
        "Answer": "stigraph.store.answers",
        "Boolean": "stigraph.store.answers",
        "Difference": "stigraph.store.difference",
        "Form": "stigraph.store.answers",
        "LocalStore": "stigraph.store.local",
        "Quads": "stigraph.store.local",
        "Solutions": "stigraph.store.answers",
        "Statements": "stigraph.store.answers",
        "Store": "stigraph.store.base",
        "Triple": "stigraph.store.difference",
        "triples_of": "stigraph.store.local",
    },
)
