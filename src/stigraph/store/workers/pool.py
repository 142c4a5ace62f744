"""The queue of queries: who runs, for how long, and what replaces a worker that is lost.

A query runs at full speed for :data:`LONG` seconds. If it takes longer it steps
back: its worker gets a low priority and no longer counts, and a fresh one takes
its place, so that queries without end delay short ones as little as may be.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Final, Protocol

from stigraph.errors import BusyError, DeadlineError, StigraphError, WorkerLostError
from stigraph.store.workers.fairness import COME_BACK, Turns
from stigraph.store.workers.herd import Herd, LostError, Source, WorkerLink
from stigraph.store.workers.job import Job, Reply, Spooled
from stigraph.store.workers.settings import Limits

__all__ = ["Evaluator", "Pool"]

LONG: Final = 1.0
"""Seconds after which a query steps back."""

LONG_EACH: Final = 4
"""Queries that have stepped back, for each worker, at most."""

GRACE: Final = 0.1
"""Seconds that a query may go on after its client went: most end, and the worker is kept."""

PAUSE: Final = 0.02
"""Seconds before an idle worker that died is replaced."""

RETRY: Final = 5.0
"""Seconds between attempts to start a template."""

Listener = Callable[[str, dict[str, object]], None]


class Evaluator(Protocol):
    """Answers queries over one dataset."""

    limits: Limits

    @property
    def digest(self) -> str:
        """A digest of the data, in hex; empty where they may change at any time."""

    @property
    def modified(self) -> float:
        """When the data last changed, in seconds since 1970; 0 where that isn't known."""

    @property
    def ready(self) -> bool:
        """Whether queries are answered now."""

    def submit(
        self, job: Job, client: str = "", deadline: float | None = None
    ) -> asyncio.Future[Reply]:
        """Begin a job and return its reply to be; cancelling that stops the work.

        Args:
            job: What to do.
            client: Who asks, for fairness.
            deadline: Seconds that it may run; those of the limits where None.

        Raises:
            BusyError: Too many wait.
        """

    def processes(self) -> list[int]:
        """Return the process ids of what works here."""

    async def close(self) -> None:
        """Stop everything."""


class _Ticket:
    """A job on its way."""

    def __init__(self, job: Job, client: str, deadline: float) -> None:
        self.job = job
        self.client = client
        self.deadline = deadline
        self.done: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.link: WorkerLink | None = None
        self.long = False
        self.timers: list[asyncio.TimerHandle] = []


class Pool:
    """An :class:`Evaluator` whose work is done by the workers of a template.

    Args:
        limits: Within which queries run.
        listener: Told what happens: ``killed``, ``lost``, ``restarted``, ``unstartable``.
    """

    def __init__(self, limits: Limits, listener: Listener = lambda *_: None) -> None:
        self.limits = limits
        self._listen = listener
        self._turns: Turns[_Ticket] = Turns(limits.waiting, limits.waiting_each)
        self._herd: Herd | None = None
        self._source: Source | None = None
        self._running: dict[_Ticket, Herd] = {}
        self._old: set[Herd] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    # What is known

    @property
    def digest(self) -> str:
        """A digest of the data, in hex."""
        return self._herd.digest if self._herd else ""

    @property
    def modified(self) -> float:
        """When the data last changed, in seconds since 1970."""
        return self._herd.modified if self._herd else 0.0

    @property
    def ready(self) -> bool:
        """Whether there is a template."""
        return self._herd is not None and self._herd.open

    @property
    def waiting(self) -> int:
        """The number of queries that wait."""
        return len(self._turns)

    @property
    def running(self) -> int:
        """The number of queries that run."""
        return len(self._running)

    def processes(self) -> list[int]:
        """Return the process ids of the templates and workers."""
        herds = [*([self._herd] if self._herd else []), *self._old]
        return [process for herd in herds for process in herd.processes]

    # The snapshot

    async def open(self, source: Source) -> None:
        """Load a snapshot, then answer over it; queries that run finish on the one before.

        Raises:
            StigraphError: It can't be loaded; the one before stays.
        """
        herd = await Herd.start(source, self.limits, self._restart)
        if self._closed:
            herd.close()
            return
        herd.on_death = self._replace  # type: ignore[method-assign]
        before, self._herd, self._source = self._herd, herd, source
        if before is not None and before.open:
            self._old.add(before)
            self._let_go()
        self._fill()

    def _restart(self, herd: Herd) -> None:
        """Start another template where one died."""
        self._old.discard(herd)
        if herd is not self._herd or self._closed:
            return
        self._listen("lost", {"what": "template"})
        task = asyncio.get_running_loop().create_task(self._reopen())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reopen(self) -> None:
        while not self._closed and self._source is not None and not self.ready:
            try:
                await self.open(self._source)
                self._listen("restarted", {"what": "template"})
            except StigraphError as error:
                self._listen("unstartable", {"reason": error.en})
                await asyncio.sleep(RETRY)

    async def close(self) -> None:
        """End all processes; who waits is turned away."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for herd in [*self._old, *([self._herd] if self._herd else [])]:
            herd.close()
        self._old.clear()
        while self._turns:
            self._settle(self._turns.next(), BusyError(alone=False, seconds=COME_BACK))

    # A query

    def submit(
        self, job: Job, client: str = "", deadline: float | None = None
    ) -> asyncio.Future[Reply]:
        """Begin a job and return its reply to be; cancelling that stops the work.

        It raises :class:`BusyError` where it has waited too long, :class:`DeadlineError` where it
        ran too long, :class:`WorkerLostError` where its worker went down.

        Raises:
            BusyError: Too many queries wait.
        """
        ticket = _Ticket(job, client, deadline or self.limits.deadline)
        self._turns.add(client, ticket)
        self._advance()
        if ticket.link is None:
            self._later(ticket, self.limits.patience, self._tire)
        ticket.done.add_done_callback(lambda _: self._abandon(ticket))
        return ticket.done

    def _advance(self) -> None:
        """Start what can be started."""
        herd = self._herd
        while herd is not None and herd.open and self._turns and self._places() > 0:
            self._start(self._turns.next(), herd)

    def _places(self) -> int:
        quick = sum(not ticket.long for ticket, herd in self._running.items() if herd is self._herd)
        return self.limits.workers - quick

    def _fill(self) -> None:
        """Have as many workers at hand as can be given something to do."""
        herd = self._herd
        if herd is not None and herd.open:
            while len(herd.idle) < self._places():
                herd.idle.append(herd.spawn())
        self._advance()

    def _replace(self) -> None:
        """Make up for a worker that died; not at once, lest a fault that kills all keep us busy."""
        asyncio.get_running_loop().call_later(PAUSE, self._fill)

    def _start(self, ticket: _Ticket, herd: Herd) -> None:
        self._stop_timers(ticket)
        link = ticket.link = herd.idle.pop() if herd.idle else herd.spawn()
        self._running[ticket] = herd
        link.ask(ticket.job).add_done_callback(lambda reply: self._finish(ticket, reply))
        if ticket.deadline > LONG:
            self._later(ticket, LONG, self._step_back)
        else:
            self._later(ticket, ticket.deadline, self._expire)

    def _step_back(self, ticket: _Ticket) -> None:
        self._later(ticket, ticket.deadline - LONG, self._expire)
        long = sum(other.long for other in self._running)
        if long < LONG_EACH * self.limits.workers and ticket.link is not None:
            ticket.long = True
            ticket.link.step_back()
            self._fill()

    def _expire(self, ticket: _Ticket) -> None:
        self._listen("killed", {"reason": "deadline", "client": ticket.client})
        self._end(ticket)
        self._settle(ticket, DeadlineError(ticket.deadline))

    def _tire(self, ticket: _Ticket) -> None:
        if self._turns.remove(ticket.client, ticket):
            self._settle(ticket, BusyError(alone=False, seconds=COME_BACK))

    def _abandon(self, ticket: _Ticket) -> None:
        """Stop the work where nobody wants it any more."""
        if not ticket.done.cancelled():
            return
        self._turns.remove(ticket.client, ticket)
        self._stop_timers(ticket)
        if ticket in self._running:
            self._later(ticket, GRACE, self._give_up)

    def _give_up(self, ticket: _Ticket) -> None:
        self._listen("killed", {"reason": "client gone", "client": ticket.client})
        self._end(ticket)

    def _end(self, ticket: _Ticket) -> None:
        """Kill the worker of ``ticket``."""
        self._stop_timers(ticket)
        herd = self._running.pop(ticket, None)
        if herd is not None and ticket.link is not None:
            herd.kill(ticket.link)
        self._let_go()
        self._fill()

    def _finish(self, ticket: _Ticket, reply: asyncio.Future[Reply]) -> None:
        """Hand on what a worker replied, or that it went down."""
        error = reply.exception()
        herd = self._running.pop(ticket, None)
        self._stop_timers(ticket)
        if herd is None or ticket.link is None:
            return
        if isinstance(error, LostError):
            memory = error.signal == signal.SIGABRT
            self._listen(
                "lost", {"what": "worker", "signal": error.signal, "client": ticket.client}
            )
            self._settle(ticket, WorkerLostError(memory=memory))
        else:
            answer = reply.result()
            fit = not ticket.long and answer.grown <= self.limits.memory // 4
            if fit and herd is self._herd and self._places() > len(herd.idle):
                herd.idle.append(ticket.link)
            else:
                herd.kill(ticket.link)
            self._hand_over(ticket, answer)
        self._let_go()
        self._fill()

    def _hand_over(self, ticket: _Ticket, answer: Reply) -> None:
        if not ticket.done.done():
            ticket.done.set_result(answer)
        elif isinstance(answer.content, Spooled):
            answer.content.close()

    def _let_go(self) -> None:
        """End the templates that no running query needs any more."""
        for herd in self._old - set(self._running.values()):
            self._old.discard(herd)
            herd.close()

    def _settle(self, ticket: _Ticket, error: Exception) -> None:
        self._stop_timers(ticket)
        if not ticket.done.done():
            ticket.done.set_exception(error)

    def _later(self, ticket: _Ticket, seconds: float, call: Callable[[_Ticket], None]) -> None:
        loop = asyncio.get_running_loop()
        ticket.timers.append(loop.call_later(seconds, call, ticket))

    @staticmethod
    def _stop_timers(ticket: _Ticket) -> None:
        for timer in ticket.timers:
            timer.cancel()
        ticket.timers.clear()
