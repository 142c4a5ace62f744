"""The formats that a lens or a query can be written in. A new one is a writer and a line here.

A writer is a module of :mod:`stigraph.network.writers` with one function, ``write``; it is
imported only when its format is asked for, so that what it needs may be missing until then:

=========== ==================================================================================
takes       signature
=========== ==================================================================================
"network"   ``write(network: Network) -> Iterator[str] | Iterator[bytes]``
"selection" ``write(selection: Selection, form: str) -> Iterator[str] | Iterator[bytes]``
=========== ==================================================================================

The writer of a format of several files yields :class:`stigraph.network.model.File` instead; so
does the function ``files`` of one that makes a single file or, asked for a folder, several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePath
from typing import Final, Literal

from stigraph.errors import UsageError
from stigraph.plugins import FORMAT_GROUP, load_plugin, plugin_names

__all__ = ["FORMATS", "Format", "format_named", "format_of_path"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module that writes it, its file extension, and what it is for.

    ``takes`` says what the writer needs: the nodes and edges, or the selection of the graph that
    they are drawn from. ``folder`` says that it is several files in a folder; ``extension`` is
    then theirs. ``plugin`` says that ``module`` is that of another package, by its full name.
    """

    module: str
    extension: str
    ja: str
    en: str
    takes: Literal["network", "selection"] = "network"
    folder: bool = False
    plugin: bool = False


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
    "gephi-csv": Format(
        "gephi_csv",
        "csv",
        "Gephi と Excel で開く CSV の組（nodes.csv、edges.csv）",
        "a pair of CSV files for Gephi and Excel: nodes.csv, edges.csv",
        folder=True,
    ),
    "neo4j-csv": Format(
        "neo4j_csv",
        "csv",
        "neo4j-admin database import で取り込む CSV の組",
        "a pair of CSV files for neo4j-admin database import",
        folder=True,
    ),
    "parquet": Format(
        "parquet",
        "parquet",
        "pandas、Polars、DuckDB で読む表（ノード、エッジ、三つ組）",
        "tables for pandas, Polars and DuckDB: nodes, edges, triples",
        "selection",
        folder=True,
    ),
    "xlsx": Format(
        "xlsx",
        "xlsx",
        "種別ごとのシートを Excel で読む（典拠へのリンク付き）",
        "a sheet a kind for Excel, with links to the evidence",
        "selection",
    ),
    "stratml": Format(
        "stratml",
        "xml",
        "最新の戦略を StratML 第1部（ISO 17469-1）で",
        "the latest strategy in StratML Part 1 (ISO 17469-1)",
        "selection",
    ),
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
    "jsonld": Format(
        "jsonld", "jsonld", "短い名前で書いた JSON としての RDF", "RDF as compact JSON", "selection"
    ),
    "rdfxml": Format("rdf", "rdf", "XML としての RDF", "RDF as XML", "selection"),
    "rdf12": Format(
        "rdf12",
        "ttl",
        "三つ組ごとに典拠の注釈を付けた RDF 1.2 Turtle",
        "RDF 1.2 Turtle, each triple annotated with its evidence",
        "selection",
    ),
    "nanopub": Format(
        "nanopub",
        "trig",
        "項目ごとのナノパブリケーション（主張、来歴、公開情報）",
        "a nanopublication an entry: assertion, provenance, publication info",
        "selection",
    ),
}
"""The formats by name."""


def format_named(name: str) -> Format:
    """Return the format ``name``: one of our own, else a plug-in of that name.

    Raises:
        UsageError: There is none; the message has the nearest names, or says where they are.
    """
    found = FORMATS.get(name)
    if found is not None:
        return found
    brought = load_plugin(FORMAT_GROUP, name)
    if isinstance(brought, Format):
        return replace(brought, plugin=True)
    known = [*FORMATS, *plugin_names(FORMAT_GROUP)]
    near = get_close_matches(name.casefold(), known, n=3, cutoff=0.55)
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
