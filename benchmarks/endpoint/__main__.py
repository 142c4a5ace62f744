"""Measure SPARQL endpoints beside each other with wrk, 8 clients on loopback.

    python -m benchmarks.endpoint [--triples N …] [--runs 5] [--seconds 4]

Each server runs alone with the same data in memory; medians of the runs. Prints, in Markdown:
requests per second for queries that are repeated and for queries that never are, with ratios to
`oxigraph serve`; the 99th percentile of lookups quiet and beside a client that sends queries
without end; and memory. What isn't at hand is left out and named.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.endpoint.generate import QUERIES, departments, generate, people
from benchmarks.endpoint.servers import SERVERS, memory_of, running, wrk

PEER = "oxigraph serve"
CLIENTS = 8
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SCRIPT = """
local n = START
local text = "QUERY"
request = function()
  n = n + STEP
  local q = text:gsub("%%25N", n):gsub("%%25P", n * 7919 % PEOPLE):gsub("%%25D", n % GROUPS)
  return wrk.format("GET", wrk.path .. "?query=" .. q)
end
"""
OWN_STORE = """
import sys
from pathlib import Path
from benchmarks.endpoint.servers import memory_of
from stigraph.dataset import load_folder
import os
store = load_folder(Path(sys.argv[1]))
print(memory_of(os.getpid()))
"""


@dataclass(frozen=True)
class Load:
    """What wrk saw: answers per second, the 99th percentile in ms, answers that were errors."""

    rate: float
    p99: float
    failed: int


class Meter:
    """Runs wrk; a number is never used twice, whatever is measured."""

    def __init__(self, seconds: int, triples: int, folder: Path) -> None:
        self._seconds = seconds
        self._triples = triples
        self._script = folder / "load.lua"
        self._number = 1

    def run(self, address: str, kind: str, *, fresh: bool) -> Load:
        self._number += 1_000_000
        fields = {
            "START": self._number,
            "STEP": int(fresh),
            "QUERY": quote(QUERIES[kind], safe=""),
            "PEOPLE": people(self._triples),
            "GROUPS": departments(self._triples),
        }
        text = SCRIPT
        for name, value in fields.items():
            text = text.replace(name, str(value))
        self._script.write_text(text, encoding="utf-8")
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{self._seconds}s", "--latency"]
        command += ["--timeout", "60s", "-s", str(self._script), address]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return Load(
            rate=float(_found(r"Requests/sec:\s+([\d.]+)", told) or 0),
            p99=_milliseconds(_found(r"99%\s+([\d.]+\w+)", told) or "0ms"),
            failed=int(_found(r"Non-2xx or 3xx responses: (\d+)", told) or 0)
            + sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", told))),
        )


def _found(pattern: str, text: str) -> str | None:
    match = re.search(pattern, text)
    return match[1] if match else None


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[unit]


def _median(meter: Meter, address: str, kind: str, runs: int, *, fresh: bool) -> Load:
    loads = [meter.run(address, kind, fresh=fresh) for _ in range(runs)]
    return Load(
        statistics.median(load.rate for load in loads),
        statistics.median(load.p99 for load in loads),
        sum(load.failed for load in loads),
    )


@contextmanager
def _runaway(address: str) -> Iterator[list[int]]:
    """Have one client send queries without end, one after the other; give what they ended in."""
    ended, over = [], threading.Event()

    def go() -> None:
        number = 0
        while not over.is_set():
            number += 1
            query = quote(f"{RUNAWAY} #{number}")
            try:
                with urllib.request.urlopen(f"{address}?query={query}", timeout=120) as answer:  # noqa: S310
                    ended.append(answer.status)
            except urllib.error.HTTPError as error:
                ended.append(error.code)
            except OSError:
                ended.append(0)

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    time.sleep(1)
    yield ended
    over.set()


def measure(triples: int, runs: int, seconds: int, folder: Path) -> None:
    data = folder / str(triples) / "data.ttl"
    data.parent.mkdir()
    generate(triples, data)
    rates: dict[tuple[str, str, bool], float] = {}
    memory: dict[str, int] = {}
    tail: list[str] = []
    meter = Meter(seconds, triples, folder)
    names = []
    for server in SERVERS:
        if not server.at_hand or triples > server.most:
            print(f"left out at {triples:,} triples: {server.name}", file=sys.stderr)
            continue
        names.append(server.name)
        print(f"{triples:,} triples: {server.name} …", file=sys.stderr)
        with running(server, data) as (address, process):
            memory[server.name] = memory_of(process)
            for kind in QUERIES:
                for fresh in (False, True):
                    load = _median(meter, address, kind, runs, fresh=fresh)
                    rates[server.name, kind, fresh] = load.rate
                    if load.failed:
                        print(f"{server.name}: {load.failed} {kind} failed", file=sys.stderr)
            if server is SERVERS[0]:
                tail = list(_tail(meter, address, runs))
    _print(triples, names, rates)
    _print_memory(triples, data, memory)
    print("\n".join(tail))


def _tail(meter: Meter, address: str, runs: int) -> Iterator[str]:
    quiet = _median(meter, address, "lookup", runs, fresh=True)
    with _runaway(address):
        beside = _median(meter, address, "lookup", runs, fresh=True)
    yield (
        f"99th percentile of fresh lookups: {quiet.p99:.1f} ms quiet, {beside.p99:.1f} ms beside a "
        f"client that sends queries without end ({beside.p99 / quiet.p99:.1f} times); "
        f"{quiet.failed + beside.failed} failed."
    )


def _print(triples: int, names: list[str], rates: dict[tuple[str, str, bool], float]) -> None:
    peers = names[1:]
    heads = [*names, *(f"ratio to {name}" for name in peers)]
    print(f"\n| {triples:,} triples | {' | '.join(heads)} |")
    print(f"|---|{'---:|' * len(heads)}")
    for fresh in (False, True):
        for kind in QUERIES:
            row = [rates[name, kind, fresh] for name in names]
            cells = [f"{rate:,.0f}" if rate >= 10 else f"{rate:.2f}" for rate in row]
            cells += [f"{row[0] / rate:.2f}" if rate else "" for rate in row[1:]]
            what = f"{kind}, {'never repeated' if fresh else 'repeated'}"
            print(f"| {what} | {' | '.join(cells)} |")


def _print_memory(triples: int, data: Path, memory: dict[str, int]) -> None:
    told = subprocess.run(
        [sys.executable, "-c", OWN_STORE, str(data.parent)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    listed = ", ".join(f"{name} {mebibytes} MiB" for name, mebibytes in memory.items())
    alone = f"a process with our store alone {told.strip()} MiB"
    print(f"\nMemory with {triples:,} triples: {listed}; {alone}.\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--triples", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    given = parser.parse_args()
    if wrk() is None:
        print("wrk is not installed (Debian: apt-get install wrk)", file=sys.stderr)
        return 2
    versions = {server.name: server.version for server in SERVERS if server.at_hand}
    print(json.dumps(versions), file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        for triples in given.triples:
            measure(triples, given.runs, given.seconds, Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
