"""Queries in processes of their own, which can be stopped and lost without harm.

A template process loads the snapshot once and forks workers, which share its
memory. The server's own process hands them jobs and never parses a query:

    job        what is asked for, and the answer, as values; how they travel
    spool      a result being written, within its limits
    perform    the work itself: guard, store, form
    cage       what a worker may no longer do: network, files, processes, memory
    worker     the life of a worker
    template   the life of the template
    herd       the template and its workers, seen from the server
    fairness   whose turn it is
    pool       the queue, the deadline, the replacement of what is lost
    threads    the same interface over a store in this process
"""

from __future__ import annotations

from stigraph.store.workers.herd import Source
from stigraph.store.workers.job import Job, Reply, Spooled
from stigraph.store.workers.pool import Evaluator, Pool
from stigraph.store.workers.settings import Limits
from stigraph.store.workers.threads import ThreadEvaluator

__all__ = ["Evaluator", "Job", "Limits", "Pool", "Reply", "Source", "Spooled", "ThreadEvaluator"]
