"""Ten entries change in a graph of many files: the command, start to exit, with a warm cache."""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.gate.generate import generate

TRIPLES_A_FILE = 1000
CHANGED = 10


def lay_out(triples: int, folder: Path) -> list[Path]:
    """Write the generated graph as files of some entries each, committed to a git repository."""
    generate(triples, folder)
    text = (folder / "data.ttl").read_text(encoding="utf-8")
    prefixes, rest = text.split("\n\n", 1)
    classes, rest = re.split(r"(?=^i:)", rest, maxsplit=1, flags=re.MULTILINE)
    entries = re.split(r"(?<=\.\n)(?=i:)", rest)
    count = max(1, triples // TRIPLES_A_FILE)
    (folder / "data").mkdir()
    paths = [folder / "data" / f"{number:05}.ttl" for number in range(count)]
    for number, path in enumerate(paths):
        some = "".join(entries[number::count])
        path.write_text(f"{prefixes}\n\n{'' if number else classes}{some}", encoding="utf-8")
    (folder / "data.ttl").unlink()
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for step in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "graph"]):
        subprocess.run(["git", "-C", str(folder), *step], check=True)
    return paths


def change(paths: Sequence[Path], pick: random.Random) -> None:
    """Change an amount in ten entries, in as many files as there are."""
    for number in range(CHANGED):
        path = pick.choice(paths) if len(paths) < CHANGED else paths[number * len(paths) // CHANGED]
        text = path.read_text(encoding="utf-8")
        places = list(re.finditer(r"b:amount ([0-9]+)", text))
        place = pick.choice(places)
        new = f"b:amount {pick.randrange(1000, 900000)}"
        path.write_text(text[: place.start()] + new + text[place.end() :], encoding="utf-8")


def timed(folder: Path) -> float:
    """Return how long ``validate --since`` takes."""
    command = [sys.executable, "-m", "stigraph", "validate", "-q", "--since", "HEAD"]
    start = perf_counter()
    done = subprocess.run(
        [*command, "--shapes", "shapes.ttl", "data"], cwd=folder, capture_output=True, check=False
    )
    seconds = perf_counter() - start
    if done.returncode == 2:
        raise RuntimeError(done.stderr.decode())
    return seconds


def since_rows(sizes: Sequence[int], runs: int) -> Iterator[str]:
    """Yield a row for each size; each run changes ten other entries before it is timed."""
    for triples in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            paths = lay_out(triples, folder)
            pick = random.Random(7)  # noqa: S311 (no secret: the same changes every time)
            change(paths, pick)
            first = timed(folder)
            seconds = []
            for _ in range(runs):
                change(paths, pick)
                seconds.append(timed(folder))
            median = statistics.median(seconds)
            yield f"| {triples:,} | {len(paths):,} | {median:.2f} | {first:.2f} |"
