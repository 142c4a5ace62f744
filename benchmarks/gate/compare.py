"""Time our engine beside pySHACL on one generated graph, medians over several runs.

    python benchmarks/gate/compare.py TRIPLES [--runs 5] [--alone] [--changed 10]

``--alone`` leaves pySHACL out (it takes minutes from 100 k triples on); ``--changed`` times the
validation of what so many changed entries can affect.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from generate import generate

from stigraph.shacl import Affected, Validation, parse_shapes, validate
from stigraph.shacl.reference import validate_reference
from stigraph.store.data import DataGraph
from stigraph.store.reading import parse_triples


def seconds(runs: int, work: Callable[[], object]) -> float:
    def once() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return statistics.median(once() for _ in range(runs))


def incremental(folder: Path, entries: int, runs: int) -> tuple[float, int]:
    """Return seconds for and focus nodes of a change to some projects."""
    data = DataGraph.of_files([folder / "data.ttl"])
    document = parse_shapes(parse_triples(folder / "shapes.ttl"))
    subjects = sorted({s for s, _, _ in data.triples() if "/p" in str(s)}, key=str)[:entries]
    chosen = set(subjects)
    changed = [triple for triple in data.triples() if triple[0] in chosen]
    checked = 0

    def work() -> None:
        nonlocal checked
        validation = Validation(data, document)
        list(validation.results(Affected(data, changed)))
        checked = validation.checked

    return seconds(runs, work), checked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", type=int)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--changed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(options.triples, folder)
        data, shapes = folder / "data.ttl", folder / "shapes.ttl"
        load = seconds(options.runs, lambda: DataGraph.of_files([data]))
        ours = seconds(
            options.runs, lambda: validate(DataGraph.of_files([data]), parse_triples(shapes))
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found = len(validate(DataGraph.of_files([data]), parse_triples(shapes)))
        print(
            f"stigraph  {ours:8.2f} s (of which loading {load:.2f} s), {found} results, {peak} MiB"
        )
        if options.changed:
            taken, checked = incremental(folder, options.changed, options.runs)
            print(f"changed   {taken:8.2f} s for {checked} focus nodes")
        if not options.alone:
            theirs = seconds(
                options.runs,
                lambda: validate_reference(parse_triples(data), parse_triples(shapes)),
            )
            results = validate_reference(parse_triples(data), parse_triples(shapes))
            print(f"pySHACL   {theirs:8.2f} s, {len(results)} results; ratio {ours / theirs:.3f}")


if __name__ == "__main__":
    main()
