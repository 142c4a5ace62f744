"""``python -m benchmarks.export``: stigraph's writers against networkx's and igraph's.

Prints tables with ratios; exit 1 if one is over its limit. ``--only-large COUNT`` is the part that
runs in a process of its own: a graph of COUNT triples from the store to GraphML.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import stigraph
from benchmarks.export.generate import store_of
from benchmarks.export.measure import extra_memory, median_seconds, peak_memory
from benchmarks.export.peers import igraph_writers, networkx_writers, our_writer
from stigraph.entries import Catalogue
from stigraph.network.export import export, export_files
from stigraph.network.formats import FORMATS
from stigraph.network.lenses import lens
from stigraph.network.selection import Selection
from stigraph.network.to_networkx import to_networkx
from stigraph.release import read_release
from stigraph.store import LocalStore

LIMITS = {"graphml": 0.3, "gexf": 0.3}
OTHERS = 1.2  # for every other format that networkx writes too
STREAMS = ("graphml", "gexf", "node-link", "cytoscape", "pajek")
MEMORY = 0.5
LARGEST = 1 << 30
TOGETHER = 20.0
MIB = 1 << 20


def selected(store: LocalStore) -> Selection:
    return Selection(store, Catalogue.of(store), read_release(store), lens("everything"), "ja")


def verdict(value: float, limit: float) -> str:
    return "ok" if value <= limit else "OVER"


def ratios(selection: Selection, folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield a row a format: seconds of each tool, the ratio to networkx's, and memory."""
    graph = to_networkx(selection.network)
    theirs, plain = networkx_writers(graph), igraph_writers(graph)
    path = folder / "out"
    for form in dict.fromkeys([*theirs, *plain]):
        tools = [our_writer(selection, form), theirs.get(form), plain.get(form)]
        present = [tool for tool in tools if tool]
        taken = iter(median_seconds([partial(tool, path) for tool in present]))
        ours, nx, ig = (next(taken) if tool else None for tool in tools)
        row = [form, f"{ours:.2f}", f"{nx:.2f}" if nx else "–", f"{ig:.2f}" if ig else "–"]
        if not nx or not ours or not tools[0] or not tools[1]:
            yield (*row, "–", "", "–", "–", "")
            continue
        limit = LIMITS.get(form, OTHERS)
        row += [f"{ours / nx:.2f}", f"≤ {limit} {verdict(ours / nx, limit)}"]
        mine, other = (extra_memory(partial(tool, path)) for tool in (tools[0], tools[1]))
        row += [f"{mine / MIB:.0f}/{other / MIB:.0f}"]
        used = mine / max(other, MIB)  # less is within a page or two
        yield (
            *row,
            f"{used:.2f}",
            f"≤ {MEMORY} {verdict(used, MEMORY)}" if form in STREAMS else "",
        )


def own_graph(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield each format and the seconds that the repository's own graph takes in it."""
    graph = stigraph.load()
    for form, known in FORMATS.items():
        start = time.perf_counter()
        selection = Selection(graph.store, graph.catalogue, graph.release, lens("everything"), "ja")
        if known.folder:
            for name, chunks in export_files(selection, form):
                (folder / name).write_bytes(b"".join(chunks))
        else:
            (folder / f"own.{known.extension}").write_bytes(b"".join(export(selection, form)))
        yield form, time.perf_counter() - start


def large(count: int) -> None:
    """Write a graph of ``count`` triples in GraphML, and print the peak of memory in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        our_writer(selected(store_of(count)), "graphml")(Path(folder) / "large.graphml")
    print(peak_memory())


def table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export")
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--only-large", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only_large:
        large(given.only_large)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        selection = selected(store_of(given.triples))
        network = selection.network
        size = f"{len(network.nodes):,} nodes, {len(network.edges):,} edges"
        print(f"{given.triples:,} triples: {size}; medians of 5, seconds; peak of memory, MiB")
        head = (
            "format",
            "stigraph",
            "networkx",
            "igraph",
            "ratio",
            "limit",
            "memory",
            "ratio",
            "limit",
        )
        told = table([head, *ratios(selection, folder)])
        print(told)
        own = list(own_graph(folder))
    together = sum(seconds for _, seconds in own)
    lines = [f"{form} {seconds:.2f}" for form, seconds in own]
    own_told = f"all formats {together:.1f} s, ≤ {TOGETHER:.0f} s {verdict(together, TOGETHER)}"
    print(f"\nthe repository's own graph: {own_told}\n{', '.join(lines)}")
    command = [sys.executable, "-m", "benchmarks.export", "--only-large", str(given.large)]
    peak = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    large_told = f"{peak / MIB:,.0f} MiB, ≤ {LARGEST / MIB:,.0f} MiB {verdict(peak, LARGEST)}"
    print(f"\n{given.large:,} triples, from the store to GraphML: peak {large_told}")
    return int("OVER" in f"{told}{own_told}{large_told}")


if __name__ == "__main__":
    sys.exit(main())
