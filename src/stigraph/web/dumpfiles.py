"""The files in which the whole dataset is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stigraph.store.answers import GRAPH_FORMS

__all__ = ["DUMPS", "Dump"]


@dataclass(frozen=True, slots=True)
class Dump:
    """A file: its name, the form of triples in it, and how it is compressed."""

    name: str
    form: str
    encoding: str = "identity"

    @property
    def media_type(self) -> str:
        """The media type of the file."""
        if self.encoding == "gzip":
            return "application/gzip"
        return GRAPH_FORMS[self.form][0].media_type


DUMPS: Final[Mapping[str, Dump]] = {
    dump.name: dump
    for dump in (
        Dump("dataset.ttl", "turtle"),
        Dump("dataset.trig", "trig"),
        Dump("dataset.nq.gz", "nquads", "gzip"),
        Dump("dataset.jsonld", "jsonld"),
    )
}
"""Turtle and JSON-LD hold the union, TriG and N-Quads the named graphs."""
