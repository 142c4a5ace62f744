"""Time engines beside each other on one generated graph: a process each, start to exit.

    python -m benchmarks.gate [--triples N …] [--runs 5] [--engine NAME …]

Prints a table with median seconds, peak memory, results found, and the ratio of our time to
each peer's. pyrudof is taken from this environment, Apache Jena from the system's Java folder;
what isn't at hand is left out and named. Then ten entries change in a graph of many files, and
``--since`` is timed, its cache warm.
"""

from __future__ import annotations

import argparse
import atexit
import compileall
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import stigraph
from benchmarks.gate.generate import generate
from benchmarks.gate.since import since_rows

JARS = Path("/usr/share/java")
RUDOF = """
import sys, pyrudof
rudof = pyrudof.Rudof(pyrudof.RudofConfig())
rudof.read_data(sys.argv[2])
rudof.read_shacl(sys.argv[1])
print("results:", len(rudof.validate_shacl()))
"""
LIBRARIES = (
    *("commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io"),
    *("commons-lang3", "gson", "guava", "httpclient", "httpcore", "jackson-annotations"),
    *("jackson-core", "jackson-databind", "jakarta.json-api", "jsonld-java", "libthrift"),
    *("protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld"),
)
"""What Debian's Jena needs besides its own archives."""
SIZES = (10_000, 100_000, 1_000_000)
SLOW = {"pySHACL": 10_000, "pyrudof": 100_000}
"""From there on these take minutes or more memory than is fair; they are left out."""


@dataclass(frozen=True)
class Engine:
    """How to call an engine, and how to read the number of results out of what it prints."""

    name: str
    command: Callable[[Path, Path], Sequence[str]]
    results: str
    version: str


@dataclass(frozen=True)
class Timing:
    """Seconds of each run, peak memory in MiB, and results found."""

    seconds: tuple[float, ...]
    mebibytes: int
    found: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def engines() -> Iterator[Engine]:
    """Yield the engines at hand, ours first."""
    python = sys.executable
    yield Engine(
        "stigraph",
        lambda s, d: [python, "-m", "stigraph", "validate", "-q", "--shapes", str(s), str(d)],
        r"^\S+:\d+:\d+: ",
        _version("stigraph"),
    )
    yield Engine(
        "pySHACL",
        lambda s, d: [python, "-m", "pyshacl", "-s", str(s), "-f", "human", str(d)],
        r"^(?:Constraint Violation|Validation Result) in ",
        _version("pyshacl"),
    )
    if find_spec("pyrudof"):
        yield Engine(
            "pyrudof",
            lambda s, d: [python, "-c", RUDOF, str(s), str(d)],
            r"results: (\d+)",
            _version("pyrudof"),
        )
    if shutil.which("java") and (JARS / "jena-shacl.jar").exists():
        yield Engine("Apache Jena", _jena, r"sh:ValidationResult\b", _jena_version())


def works(engine: Engine) -> bool:
    """Whether ``engine`` finds the faults of a small graph: a peer that doesn't run is no peer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(10_000, folder)
        return measure(engine, folder / "shapes.ttl", folder / "data.ttl", 1).found > 0


def _jena(shapes: Path, data: Path) -> Sequence[str]:
    java = ["java", "-cp", _class_path(), "shacl.shacl", "validate"]
    return [*java, "--shapes", str(shapes), "--data", str(data)]


@cache
def _class_path() -> str:
    """Return the class path of Debian's Jena.

    Not all of the folder: it may hold two loggers that refuse each other. Debian keeps the
    messages of Jena's XML parser under another name than the parser looks for: they are put
    where it looks.
    """
    folder = Path(tempfile.mkdtemp(prefix="jena-messages-"))
    atexit.register(shutil.rmtree, folder)
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            _, found, rest = name.partition("ext/xerces/")
            if found and name.endswith(".properties"):
                target = folder / "xerces" / rest
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [*sorted(JARS.glob("jena-*.jar")), *(JARS / f"{name}.jar" for name in LIBRARIES)]
    plain = [jar for jar in jars if jar.exists() and not re.search(r"-[0-9.]+\.jar$", jar.name)]
    return ":".join(map(str, [folder, *plain]))


def _version(package: str) -> str:
    return metadata.version(package)


def _jena_version() -> str:
    jar = next(iter(sorted(JARS.glob("jena-shacl-*.jar"))), None)
    return jar.stem.removeprefix("jena-shacl-") if jar else "?"


def measure(engine: Engine, shapes: Path, data: Path, runs: int) -> Timing:
    """Run ``engine`` ``runs`` times and return its timing."""
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        process = subprocess.Popen(
            engine.command(shapes, data), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        output = process.stdout.read().decode() if process.stdout else ""
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(perf_counter() - start)
    found = re.findall(engine.results, output, re.MULTILINE)
    count = int(found[0]) if found and found[0].isdigit() else len(found)
    return Timing(tuple(seconds), usage.ru_maxrss // 1024, count)


def compare(triples: int, runs: int, chosen: Sequence[Engine]) -> Iterator[str]:
    """Yield the rows of the table for a graph of about ``triples`` triples."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        faults = sum(generate(triples, folder).values())
        ours: float | None = None
        for engine in chosen:
            if triples > SLOW.get(engine.name, triples):
                continue
            timing = measure(engine, folder / "shapes.ttl", folder / "data.ttl", runs)
            ours = timing.median if ours is None else ours
            yield (
                f"| {triples:,} | {engine.name} {engine.version} | {timing.median:.2f} | "
                f"{timing.mebibytes} | {timing.found} of {faults} | {ours / timing.median:.2f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--engine", nargs="+")
    options = parser.parse_args()
    # As pip does with what it installs, our peers among it.
    compileall.compile_dir(Path(stigraph.__file__).parent, quiet=1)
    chosen = []
    for engine in engines():
        if options.engine and engine.name not in options.engine:
            continue
        if works(engine):
            chosen.append(engine)
        else:
            print(f"{engine.name} {engine.version} doesn't run here and is left out")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| triples | engine | median s | peak MiB | results, faults put in | ours / theirs |")
    print("|---:|---|---:|---:|---:|---:|")
    for triples in options.triples:
        for row in compare(triples, options.runs, chosen):
            print(row, flush=True)
    print("\n| triples | files | ten entries changed, median s | first run s |")
    print("|---:|---:|---:|---:|")
    for row in since_rows(options.triples, options.runs):
        print(row, flush=True)


if __name__ == "__main__":
    main()
