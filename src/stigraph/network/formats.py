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
    "gexf": Format(
        "gexf",
        "gexf",
        "Gephi で開くグラフ（色・大きさ・配置・期間付き）",
        "a graph for Gephi, with colours, sizes, places and times",
    ),
    "cytoscape": Format(
        "cytoscape",
        "cyjs",
        "Cytoscape と Cytoscape.js で開くグラフ（配置とスタイル付き）",
        "a graph for Cytoscape and Cytoscape.js, with places and style",
    ),
    "cx2": Format(
        "cx2",
        "cx2",
        "Cytoscape、Cytoscape Web、NDEx で開くグラフ",
        "a graph for Cytoscape, Cytoscape Web and NDEx",
    ),
    "node-link": Format(
        "node_link", "json", "networkx と D3 のための JSON", "JSON for networkx and D3"
    ),
    "jgf": Format("jgf", "jgf", "JSON Graph Format 2", "JSON Graph Format 2"),
    "graphology": Format(
        "graphology",
        "graphology.json",
        "Graphology、Sigma、Gephi Lite のための JSON",
        "JSON for Graphology, Sigma and Gephi Lite",
    ),
    "dot": Format("dot", "dot", "Graphviz で描くグラフ", "a graph for Graphviz to draw"),
    "svg": Format(
        "svg",
        "svg",
        "拡大しても粗くならない図（凡例付き）",
        "a picture with a legend, sharp at any size",
    ),
    "png": Format("png", "png", "スライドや文書に貼る図", "a picture for slides and documents"),
    "mermaid": Format(
        "mermaid",
        "mmd",
        "Markdown に埋め込む図（小さいグラフ向き）",
        "a drawing for Markdown pages, of a small graph",
    ),
    "pajek": Format("pajek", "net", "Pajek で開くグラフ", "a graph for Pajek"),
    "kumu": Format("kumu", "kumu.json", "Kumu に取り込む JSON", "JSON for Kumu"),
    "canvas": Format(
        "canvas", "canvas", "Obsidian で開くキャンバス", "a canvas for Obsidian, a card an entry"
    ),
    "html": Format(
        "html",
        "html",
        "ブラウザーで開いて探れる一枚のファイル（ネットワーク不要）",
        "one file to explore in a browser, offline",
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
    """Return the name of the format with the extension of ``path``, if there is one."""
    file = PurePath(path).name.casefold()
    fitting = (
        (len(form.extension), name)
        for name, form in FORMATS.items()
        if file.endswith(f".{form.extension}") and not form.folder
    )
    # The longest fits best: x.kumu.json is Kumu's.
    return max(fitting, key=lambda item: item[0], default=(0, None))[1]
