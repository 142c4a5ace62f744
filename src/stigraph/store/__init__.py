"""A SPARQL store: what it answers, and the local one (Oxigraph, in memory)."""

from __future__ import annotations

from stigraph.store.answers import Answer, Boolean, Form, Solutions, Statements
from stigraph.store.difference import Difference, Triple, difference
from stigraph.store.local import LocalStore, Quads, triples_of

__all__ = [
    "Answer",
    "Boolean",
    "Difference",
    "Form",
    "LocalStore",
    "Quads",
    "Solutions",
    "Statements",
    "Triple",
    "difference",
    "triples_of",
]
