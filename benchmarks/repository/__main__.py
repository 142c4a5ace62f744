"""Time the gate over this repository's last commit, in a clone: a process each, start to exit.

    python -m benchmarks.repository [--runs 5]

Prints median, least and most seconds. Each run over a change has another change.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter

import stigraph

ROOT = Path(__file__).resolve().parents[2]
ENTRY = Path("data/ttl/programme/sbir.ttl")
LABEL = "(SBIR) programme"


def timed(clone: Path, *arguments: str) -> float:
    """Return the seconds that a command takes, which must find nothing."""
    source = Path(stigraph.__file__).parents[1]
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "stigraph", *arguments],
        cwd=clone,
        env={**os.environ, "PYTHONPATH": str(source)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - start


def changes(clone: Path) -> Iterator[None]:
    """Change the label of an entry to one that it never had."""
    path = clone / ENTRY
    text = path.read_text(encoding="utf-8")
    for number in count():
        word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        path.write_text(text.replace(LABEL, f"(SBIR) scheme {word}"), encoding="utf-8")
        yield
        path.write_text(text, encoding="utf-8")


def once(clone: Path, change: Iterator[None]) -> dict[str, float]:
    """Return the seconds of each command, run once."""
    kept = clone / ".git" / "stigraph"
    shutil.rmtree(kept, ignore_errors=True)
    found = {
        "validate, the first time in a clone": timed(clone, "validate"),
        "validate --no-cache": timed(clone, "validate", "--no-cache"),
        "validate, the same files again": timed(clone, "validate"),
        "validate --since HEAD~1": timed(clone, "validate", "--since", "HEAD~1"),
        "fmt --check": timed(clone, "fmt", "--check"),
    }
    next(change)
    found["validate, an entry changed since the last commit"] = timed(clone, "validate")
    next(change)
    since = ("validate", "--since", "HEAD")
    found["validate --since HEAD, an entry changed"] = timed(clone, *since)
    path = clone / ENTRY
    subprocess.run(["git", "-C", str(clone), "checkout", "-q", str(path)], check=True)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        change = changes(clone)
        times = [once(clone, change) for _ in range(runs)]
        files = len(list((clone / "data" / "ttl").rglob("*.ttl")))
        rules = len(list((clone / "ontology" / "rules").glob("*.rq")))
    print(f"{files:,} files of data, {rules} rules; {runs} runs; {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}\n")
    print("| command | median s | least | most |\n|---|---:|---:|---:|")
    for name in times[0]:
        seconds = [each[name] for each in times]
        median = statistics.median(seconds)
        print(f"| {name} | {median:.2f} | {min(seconds):.2f} | {max(seconds):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
