"""Real workers of a real template: what they answer, may not do, and how they are replaced."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from stigraph.errors import (
    BusyError,
    DeadlineError,
    StigraphError,
    WorkerLostError,
)
from stigraph.store.workers import Job, Limits, Pool, Reply, Source, Spooled
from stigraph.store.workers.settings import MIB

LOADER = "tests.store.loaders:"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
DOUBLING = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
BOMB = f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("0123456789" AS ?x0) {DOUBLING} }}'

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="workers need Linux")


@pytest.fixture(autouse=True)
def _loaders(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Let templates find the loaders of the tests."""
    known = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(root), known))))


def source(triples: int = 300, **more: object) -> Source:
    return Source(f"{LOADER}numbers", {"triples": triples, **more})


def with_pool(
    work: Callable[[Pool], Awaitable[Any]],
    limits: Limits | None = None,
    started: Source | None = None,
) -> tuple[Any, list[tuple[str, dict[str, object]]]]:
    """Run ``work`` with a pool and return what it gives, and what was told meanwhile."""
    told: list[tuple[str, dict[str, object]]] = []

    async def run() -> Any:
        pool = Pool(limits or Limits(), lambda *event: told.append(event))
        try:
            await pool.open(started or source())
            return await asyncio.wait_for(work(pool), 30)
        finally:
            await pool.close()

    return asyncio.run(run()), told


def rows(reply: Reply) -> list[dict[str, str]]:
    content = reply.content.read() if isinstance(reply.content, Spooled) else reply.content
    bindings = json.loads(content)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        await asyncio.sleep(0.005)


def test_a_worker_answers_from_the_snapshot() -> None:
    async def work(pool: Pool) -> list[dict[str, str]]:
        return rows(await pool.submit(Job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))

    assert with_pool(work)[0] == [{"n": "300"}]


def test_a_large_result_comes_whole() -> None:
    async def work(pool: Pool) -> int:
        reply = await pool.submit(Job("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"))
        assert isinstance(reply.content, Spooled)
        return len(rows(reply))

    assert with_pool(work)[0] == 20_000


def test_fifty_at_once_all_get_their_own_answer() -> None:
    async def one(pool: Pool, number: int) -> str:
        return rows(await pool.submit(Job(f"SELECT ({number} AS ?n) {{}}"), "one client"))[0]["n"]

    async def work(pool: Pool) -> list[str]:
        return list(await asyncio.gather(*(one(pool, number) for number in range(50))))

    assert with_pool(work)[0] == [str(number) for number in range(50)]


def test_a_query_without_end_is_stopped_and_others_go_on() -> None:
    async def work(pool: Pool) -> float:
        endless = asyncio.ensure_future(pool.submit(Job(ENDLESS)))
        for _ in range(20):
            assert (await pool.submit(Job("ASK {}"))).status == "answered"
        with pytest.raises(DeadlineError, match=r"within 0\.8 s"):
            await endless
        started = time.monotonic()
        assert (await pool.submit(Job("ASK {}"))).status == "answered"
        return time.monotonic() - started

    _, told = with_pool(work, Limits(workers=2, deadline=0.8))
    assert told == [("killed", {"reason": "deadline", "client": ""})]


def test_queries_without_end_on_every_worker_step_back_for_short_ones() -> None:
    async def work(pool: Pool) -> Reply:
        endless = [asyncio.ensure_future(pool.submit(Job(ENDLESS))) for _ in range(4)]
        await asyncio.sleep(0.1)
        reply = await asyncio.wait_for(pool.submit(Job("ASK {}")), 10)
        for task in endless:
            task.cancel()
        return reply

    assert with_pool(work, Limits(workers=1, deadline=25))[0].status == "answered"


def test_a_query_that_takes_too_much_memory_costs_its_worker_alone() -> None:
    async def work(pool: Pool) -> Reply:
        with pytest.raises(WorkerLostError, match="memory"):
            await pool.submit(Job(BOMB))
        return await pool.submit(Job("ASK {}"))

    assert with_pool(work, Limits(memory=64 * MIB))[0].status == "answered"


def test_deep_nesting_is_read() -> None:
    query = f"SELECT * {{ {'{' * 5000} ?s ?p 1 {'}' * 5000} }}"

    async def work(pool: Pool) -> Reply:
        return await pool.submit(Job(query))

    assert with_pool(work)[0].status == "answered"


def test_a_worker_killed_by_hand_is_replaced() -> None:
    async def work(pool: Pool) -> None:
        await until(lambda: len(pool.processes()) == 3)
        template, first, second = pool.processes()
        os.kill(first, signal.SIGKILL)
        await until(lambda: len(pool.processes()) == 3 and first not in pool.processes())
        assert template in pool.processes()
        assert second in pool.processes()
        assert (await pool.submit(Job("ASK {}"))).status == "answered"

    with_pool(work)


def test_a_worker_killed_at_work_is_told_to_its_client() -> None:
    async def work(pool: Pool) -> None:
        task = asyncio.ensure_future(pool.submit(Job(ENDLESS)))
        await until(lambda: len(pool.processes()) == 2)
        await asyncio.sleep(0.05)
        os.kill(pool.processes()[1], signal.SIGKILL)
        with pytest.raises(WorkerLostError, match="send it again"):
            await task

    with_pool(work, Limits(workers=1))


def test_a_template_killed_by_hand_is_started_again() -> None:
    async def work(pool: Pool) -> None:
        template = pool.processes()[0]
        os.kill(template, signal.SIGKILL)
        await until(lambda: not pool.ready)
        assert (await pool.submit(Job("ASK {}"))).status == "answered"
        assert template not in pool.processes()

    _, told = with_pool(work)
    assert [event for event, _ in told] == ["lost", "restarted"]


def test_the_work_ends_when_nobody_waits_for_it() -> None:
    async def work(pool: Pool) -> None:
        task = asyncio.ensure_future(pool.submit(Job(ENDLESS)))
        await until(lambda: pool.running == 1)
        await until(lambda: len(pool.processes()) == 3)
        before = pool.processes()
        task.cancel()
        await until(lambda: pool.running == 0)
        await until(lambda: len(set(before) & set(pool.processes())) == 2)

    _, told = with_pool(work)
    assert told == [("killed", {"reason": "client gone", "client": ""})]


def test_too_many_who_wait_are_turned_away() -> None:
    async def work(pool: Pool) -> None:
        tasks = [asyncio.ensure_future(pool.submit(Job(ENDLESS), "a")) for _ in range(3)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await pool.submit(Job("ASK {}"), "a")
        for task in tasks:
            task.cancel()

    with_pool(work, Limits(workers=1, waiting=5, waiting_each=2))


def test_who_waits_too_long_is_turned_away() -> None:
    async def work(pool: Pool) -> None:
        task = asyncio.ensure_future(pool.submit(Job(ENDLESS)))
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await pool.submit(Job("ASK {}"))
        task.cancel()

    with_pool(work, Limits(workers=1, patience=0.2))


def test_a_new_snapshot_takes_over_and_the_old_one_finishes_its_work() -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < 120) }"

    async def work(pool: Pool) -> tuple[str, str, int]:
        old = asyncio.ensure_future(pool.submit(Job(slow)))
        await until(lambda: pool.running == 1)
        await pool.open(source(triples=7))
        new = rows(await pool.submit(Job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))
        finished = rows(await old)
        await until(lambda: len(pool.processes()) == 3)
        return new[0]["n"], finished[0]["n"], len(pool.processes())

    assert with_pool(work)[0] == ("7", str(120 * 300 * 300), 3)


def test_a_snapshot_that_cannot_be_loaded_leaves_the_old_one() -> None:
    async def work(pool: Pool) -> Reply:
        digest = pool.digest
        with pytest.raises(StigraphError, match="no data today"):
            await pool.open(source(fault="no data today"))
        assert pool.digest == digest
        return await pool.submit(Job("ASK {}"))

    assert with_pool(work)[0].status == "answered"


def test_what_keeps_data_from_loading_is_said() -> None:
    async def work(_: Pool) -> None: ...

    with pytest.raises(StigraphError, match="no data today"):
        with_pool(work, started=source(fault="no data today"))


def test_data_that_kill_the_loader_are_told() -> None:
    async def work(_: Pool) -> None: ...

    with pytest.raises(StigraphError, match="ended early"):
        with_pool(work, started=Source(f"{LOADER}killer", {}))


WAYS_OUT = (
    *("connect", "bind", "use the network"),
    *("read a file", "write a file", "start a process", "fork"),
)


def test_code_in_a_worker_cannot_get_out() -> None:
    async def work(pool: Pool) -> dict[str, str]:
        return {way: (await pool.submit(Job(way))).en for way in WAYS_OUT}

    found = with_pool(work, started=Source(f"{LOADER}escapes", {}))[0]
    assert found == dict.fromkeys(WAYS_OUT, "kept in")


def test_a_refusal_travels_with_its_place() -> None:
    async def work(pool: Pool) -> Reply:
        return await pool.submit(Job("SELECT *\nWHERE { SERVICE <http://x.example/> {} }"))

    reply = with_pool(work)[0]
    assert (reply.status, reply.line, reply.column) == ("refused", 2, 9)
    assert "SERVICE は使えない" in reply.ja


def test_nothing_is_left_when_it_is_closed() -> None:
    async def work(pool: Pool) -> list[int]:
        await until(lambda: len(pool.processes()) == 3)
        return pool.processes()

    before = len(list(Path("/proc/self/fd").iterdir()))
    processes, _ = with_pool(work)
    end = time.monotonic() + 5
    while any(Path(f"/proc/{process}").exists() for process in processes):
        assert time.monotonic() < end
        time.sleep(0.01)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
