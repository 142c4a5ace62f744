"""The formats that a lens or a query can be written in. A new one is a writer and a line here.

A writer is a module of :mod:`stigraph.network.writers` with one function, ``write``; it is
imported only when its format is asked for, so that what it needs may be missing until then:

=========== ==================================================================================
takes       signature
=========== ==================================================================================
"network"   ``write(network: Network) -> Iterator[str] | Iterator[bytes]``
"selection" ``write(selection: Selection, form: str) -> Iterator[str] | Iterator[bytes]``
=========== ==================================================================================

The writer of a format of several files yields :class:`stigraph.network.model.File` instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from typing import Final, Literal

from stigraph.errors import UsageError

__all__ = ["FORMATS", "Format", "format_named", "format_of_path"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module that writes it, its file extension, and what it is for.

    ``takes`` says what the writer needs: the nodes and edges, or the selection of the graph that
    they are drawn from. ``folder`` says that it is several files in a folder; ``extension`` is
    then theirs.
    """

    module: str
    extension: str
    ja: str
    en: str
    takes: Literal["network", "selection"] = "network"
    folder: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "graphml": Format(
        "graphml",
        "graphml",
        "yEd、Gephi、Cytoscape、igraph、networkx で開くグラフ",
        "a graph for yEd, Gephi, Cytoscape, igraph and networkx",
    ),
    "cytoscape": Format(
        "cytoscape",
        "cyjs",
        "Cytoscape と Cytoscape.js で開くグラフ（配置とスタイル付き）",
        "a graph for Cytoscape and Cytoscape.js, with places and style",
    ),
    # RDF
    "turtle": Format("rdf", "ttl", "人が読める RDF", "RDF that people can read", "selection"),
    "ntriples": Format("rdf", "nt", "一行に一つの三つ組", "RDF, a triple a line", "selection"),
    "nquads": Format(
        "rdf",
        "nq",
        "もとのファイルを名前付きグラフとする四つ組",
        "RDF, a quad a line, with the file it is from",
        "selection",
    ),
    "trig": Format(
        "rdf",
        "trig",
        "もとのファイルを名前付きグラフとする RDF",
        "RDF with each file as a named graph",
        "selection",
    ),
    "jsonld": Format("rdf", "jsonld", "JSON としての RDF", "RDF as JSON", "selection"),
    "rdfxml": Format("rdf", "rdf", "XML としての RDF", "RDF as XML", "selection"),
}
"""The formats by name."""


def format_named(name: str) -> Format:
    """Return the format ``name``.

    Raises:
        UsageError: There is none; the message has the nearest names, or says where they are.
    """
    found = FORMATS.get(name)
    if found is not None:
        return found
    near = get_close_matches(name.casefold(), FORMATS, n=3, cutoff=0.5)
    raise UsageError(
        f"「{name}」という形式はない。"
        + (f"近いもの：{'、'.join(near)}" if near else "stigraph export --list で一覧を見る"),
        f"there is no format “{name}”; "
        + (f"nearest: {', '.join(near)}" if near else "stigraph export --list lists them"),
    )


def format_of_path(path: str) -> str | None:
    """Return the name of the first format with the extension of ``path``, if there is one."""
    extension = PurePath(path).suffix.lstrip(".").casefold()
    return next(
        (name for name, form in FORMATS.items() if form.extension == extension and not form.folder),
        None,
    )
