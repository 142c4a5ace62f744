"""Spoil every triple of the data in turn and see whether the gate finds it: ``make mutate``.

The source texts are taken from ``STIGRAPH_SOURCES`` or ``../shared/seeds``; without them, digits
of phrases can't be compared with anything and are left out.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.mutation.corpus import Corpus
from tests.mutation.detect import Gate
from tests.mutation.mutants import Kind, Mutant, mutants, sample
from tests.mutation.report import GOAL, Outcome, check, rates, table
from tests.mutation.required import required

from stigraph.gate.evidence import read_texts
from stigraph.project import Project

ROOT = Path(__file__).resolve().parents[2]
_STEP = 1000


def main() -> int:
    """Run all mutants, or a sample, and return 1 if some kind isn't found often enough."""
    options = _options()
    start = time.perf_counter()
    corpus = Corpus.read(Project(ROOT))
    folder = Path(os.environ.get("STIGRAPH_SOURCES") or ROOT.parent / "shared" / "seeds")
    texts = read_texts(folder) if folder.is_dir() else []
    kinds = [kind for kind in options.kinds if texts or kind is not Kind.DIGIT]
    chosen: Iterable[Mutant] = mutants(corpus, options.seed, kinds)
    if options.sample:
        chosen = sample(chosen, options.sample, options.seed)
    outcomes = list(_told(check(chosen, Gate(corpus, texts).finds)))
    print("\n".join(table(outcomes)))
    informal = len(list(required(corpus, informal=True))) - len(list(required(corpus)))
    print(f"(d) leaves out {informal} triples that only shapes of severity info ask for")
    if not texts:
        print(f"no source texts in {folder}: (f) was left out")
    print(f"{len(outcomes)} mutants in {time.perf_counter() - start:.0f} s, seed {options.seed}")
    return int(any(found < GOAL * applied for applied, found in rates(outcomes).values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what random choices follow from")
    parser.add_argument("--sample", type=int, help="how many mutants to try; by default all")
    parser.add_argument("--kinds", nargs="+", type=Kind, default=list(Kind), help="some of a to f")
    return parser.parse_args()


def _told(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    for number, outcome in enumerate(outcomes, start=1):
        if number % _STEP == 0:
            print(f"{number} mutants …", file=sys.stderr, flush=True)
        yield outcome


if __name__ == "__main__":
    sys.exit(main())
