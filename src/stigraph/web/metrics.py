"""Numbers for Prometheus at ``/metrics``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from stigraph.store.workers import Evaluator, Pool
from stigraph.web.cache import ResultCache

__all__ = ["MEDIA_TYPE", "Metrics"]

MEDIA_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
MOST_UNCOUNTED: Final = 1000
_BUCKETS: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)


class Metrics:
    """Counts what happens, and reads off the cache and the pool how things stand.

    Args:
        cache: Where answers are kept.
        evaluator: What answers queries.
    """

    def __init__(self, cache: ResultCache, evaluator: Evaluator) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "stigraph_requests", "Answers given.", ("kind", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "stigraph_request_seconds",
            "Time from a request's head to the end of its answer.",
            ("kind",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._events = Counter(
            "stigraph_events",
            "Workers killed (deadline, client gone) or lost, reloads.",
            ("event", "reason"),
            registry=self._registry,
        )
        self._plain = self._requests.labels("sparql", "200")
        self._plain_seconds = self._seconds.labels("sparql")
        self._uncounted: list[float] = []
        self.repeated = 0
        self._registry.register(_Standing(self, cache, evaluator))

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """Count an answer; status 0 says that the client left before it."""
        self._requests.labels(kind, str(status)).inc()
        self._seconds.labels(kind).observe(seconds)

    def answered_plainly(self, seconds: float) -> None:
        """Count the result of a query: later, as counting takes a while and results are many."""
        self._uncounted.append(seconds)
        if len(self._uncounted) >= MOST_UNCOUNTED:
            self._count()

    def _count(self) -> None:
        uncounted, self._uncounted = self._uncounted, []
        self._plain.inc(len(uncounted))
        for seconds in uncounted:
            self._plain_seconds.observe(seconds)

    def happened(self, event: str, reason: str) -> None:
        """Count something that happened to the server."""
        self._events.labels(event, reason).inc()

    def text(self) -> bytes:
        """Return all numbers in Prometheus' text format."""
        self._count()
        return generate_latest(self._registry)


class _Standing(Collector):
    """Reads what is counted elsewhere."""

    def __init__(self, metrics: Metrics, cache: ResultCache, evaluator: Evaluator) -> None:
        self._metrics = metrics
        self._cache = cache
        self._evaluator = evaluator

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers."""
        cache, pool = self._cache, self._evaluator
        yield CounterMetricFamily(
            "stigraph_repeated_requests",
            "Requests answered byte for byte as before.",
            self._metrics.repeated,
        )
        for name, value in (
            ("hits", cache.hits),
            ("misses", cache.misses),
            ("shared", cache.shared),
        ):
            yield CounterMetricFamily(f"stigraph_cache_{name}", f"Cache {name}.", value)
        yield GaugeMetricFamily("stigraph_cache_bytes", "Bytes kept.", cache.used)
        if isinstance(pool, Pool):
            yield GaugeMetricFamily("stigraph_queries_waiting", "Queries waiting.", pool.waiting)
            yield GaugeMetricFamily("stigraph_queries_running", "Queries running.", pool.running)
            yield GaugeMetricFamily(
                "stigraph_processes", "Templates and workers.", len(pool.processes())
            )
        yield GaugeMetricFamily("stigraph_ready", "Whether queries are answered.", pool.ready)
