"""Measure SPARQL endpoints beside each other with wrk, 8 clients on loopback.

    python -m benchmarks.endpoint [--triples N …] [--runs 5] [--seconds 4]

Each server holds the same data in memory; they are measured by turns, one at a time (those
that go on with queries whose client is gone, alone); medians of the runs. Prints, in Markdown:
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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import quote

from benchmarks.endpoint.generate import QUERIES, departments, generate, people
from benchmarks.endpoint.servers import SERVERS, Server, memory_of, running, wrk

OURS = SERVERS[0].name
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


def _medians(
    meter: Meter, addresses: Mapping[str, str], kind: str, runs: int, *, fresh: bool
) -> dict[str, Load]:
    """Measure servers by turns, so that what else the machine does meets all of them."""
    loads: dict[str, list[Load]] = {name: [] for name in addresses}
    for _ in range(runs):
        for name, address in addresses.items():
            loads[name].append(meter.run(address, kind, fresh=fresh))
    return {
        name: Load(
            statistics.median(load.rate for load in found),
            statistics.median(load.p99 for load in found),
            sum(load.failed for load in found),
        )
        for name, found in loads.items()
    }


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
    addresses: dict[str, str] = {}
    meter = Meter(seconds, triples, folder)

    def measured(servers: Sequence[Server]) -> Iterator[str]:
        with ExitStack() as stack:
            here: dict[str, str] = {}
            for server in servers:
                address, process = stack.enter_context(running(server, data))
                here[server.name], memory[server.name] = address, memory_of(process)
            addresses.update(here)
            for kind, fresh in product(QUERIES, (False, True)):
                print(f"{triples:,} triples: {', '.join(here)}: {kind} …", file=sys.stderr)
                for name, load in _medians(meter, here, kind, runs, fresh=fresh).items():
                    rates[name, kind, fresh] = load.rate
                    if load.failed:
                        print(f"{name}: {load.failed} {kind} failed", file=sys.stderr)
            if OURS in here:
                yield from _tail(meter, here[OURS], runs)

    tail = list(measured([server for server in SERVERS if server.at_hand and server.ends]))
    for server in SERVERS:
        if not server.at_hand or triples > server.most:
            print(f"left out at {triples:,} triples: {server.name}", file=sys.stderr)
        elif not server.ends:
            tail += measured([server])
    _print(triples, list(addresses), rates)
    _print_memory(triples, data, memory)
    print("\n".join(tail))


def _tail(meter: Meter, address: str, runs: int) -> Iterator[str]:
    ours = {OURS: address}
    quiet = _medians(meter, ours, "lookup", runs, fresh=True)[OURS]
    with _runaway(address):
        beside = _medians(meter, ours, "lookup", runs, fresh=True)[OURS]
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
