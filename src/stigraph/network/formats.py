"""The formats that a lens or a query can be written in. A new one is a writer and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from stigraph.errors import UsageError

__all__ = ["FORMATS", "Format", "format_named", "format_of_path"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file extension, what it is for, and what writes it.

    ``writer`` is a module of :mod:`stigraph.network.writers`, or ``rdf`` for forms of triples.
    """

    extension: str
    ja: str
    en: str
    writer: str


FORMATS: Final[Mapping[str, Format]] = {
    "graphml": Format(
        "graphml",
        "yEd、Gephi、Cytoscape、igraph、networkx で開くグラフ",
        "a graph for yEd, Gephi, Cytoscape, igraph and networkx",
        "graphml",
    ),
    "cytoscape": Format(
        "cyjs",
        "Cytoscape と Cytoscape.js で開くグラフ（配置とスタイル付き）",
        "a graph for Cytoscape and Cytoscape.js, with places and style",
        "cytoscape",
    ),
    "turtle": Format("ttl", "人が読める RDF", "RDF that people can read", "rdf"),
    "ntriples": Format("nt", "一行に一つの三つ組", "RDF, a triple a line", "rdf"),
    "nquads": Format(
        "nq",
        "もとのファイルを名前付きグラフとする四つ組",
        "RDF, a quad a line, with the file it is from",
        "rdf",
    ),
    "trig": Format(
        "trig",
        "もとのファイルを名前付きグラフとする RDF",
        "RDF with each file as a named graph",
        "rdf",
    ),
    "jsonld": Format("jsonld", "JSON としての RDF", "RDF as JSON", "rdf"),
    "rdfxml": Format("rdf", "XML としての RDF", "RDF as XML", "rdf"),
}
"""The formats by name."""


def format_named(name: str) -> Format:
    """Return the format ``name``.

    Raises:
        UsageError: There is none; the message has the nearest names, or all.
    """
    found = FORMATS.get(name)
    if found is not None:
        return found
    near = get_close_matches(name, FORMATS, n=3, cutoff=0.5)
    raise UsageError(
        f"「{name}」という形式はない。"
        + (f"近いもの：{'、'.join(near)}" if near else "stigraph export --list で一覧を見る"),
        f"there is no format “{name}”; "
        + (f"nearest: {', '.join(near)}" if near else "stigraph export --list lists them"),
    )


def format_of_path(path: str) -> str | None:
    """Return the name of the format with the extension of ``path``, if there is one."""
    extension = path.rpartition(".")[2]
    return next((name for name, form in FORMATS.items() if form.extension == extension), None)
