"""The same interface over a store that this process holds or reaches: no worker to be killed.

For a remote store, which has processes and limits of its own, and where the
application is run without a template.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from stigraph.errors import DeadlineError
from stigraph.store.workers.job import Job, Reply
from stigraph.store.workers.perform import Worksheet, perform
from stigraph.store.workers.settings import Limits

__all__ = ["ThreadEvaluator"]

THREADS_EACH: Final = 8


class ThreadEvaluator:
    """Answers queries in threads.

    Args:
        sheet: The store, its prefixes and limits.
        modified: When they last changed, in seconds since 1970.
    """

    def __init__(self, sheet: Worksheet, modified: float = 0.0) -> None:
        self.limits: Limits = sheet.limits
        self._sheet = sheet
        self._modified = modified
        self._threads = ThreadPoolExecutor(self.limits.workers * THREADS_EACH)

    @property
    def digest(self) -> str:
        """A digest of the data, in hex."""
        return self._sheet.digest

    @property
    def modified(self) -> float:
        """When the data last changed, in seconds since 1970."""
        return self._modified

    @property
    def ready(self) -> bool:
        """That queries are answered."""
        return True

    def submit(
        self, job: Job, client: str = "", deadline: float | None = None
    ) -> asyncio.Future[Reply]:
        """Begin a job and return its reply to be; the work goes on where that is cancelled."""
        del client
        return asyncio.ensure_future(self._run(job, deadline or self.limits.deadline))

    async def _run(self, job: Job, seconds: float) -> Reply:
        work = asyncio.get_running_loop().run_in_executor(self._threads, perform, self._sheet, job)
        try:
            return replace(await asyncio.wait_for(work, seconds), snapshot=self.digest)
        except TimeoutError as error:
            raise DeadlineError(seconds) from error

    def processes(self) -> list[int]:
        """Return the id of this process."""
        return [os.getpid()]

    async def close(self) -> None:
        """Take no more work."""
        self._threads.shutdown(wait=False, cancel_futures=True)
