"""Numbers for Prometheus, summed over all workers when PROMETHEUS_MULTIPROC_DIR is set."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LONG_BUCKETS = (0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
_LABELS = ("route", "method", "status")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class TaskNumbers:
    """What the runner did."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.attempts = Counter("terrace_tasks", "Attempts at tasks", ("kind", "outcome"), registry=registry)
        self.seconds = Histogram(
            "terrace_task_seconds", "Time that an attempt took", ("kind",), buckets=LONG_BUCKETS, registry=registry
        )
        self.lag = Histogram(
            "terrace_task_lag_seconds",
            "How long after its moment an attempt began",
            ("kind",),
            buckets=LONG_BUCKETS,
            registry=registry,
        )


class Metrics:
    """Labelled by route template, never by path or site: what callers can invent must not become a label."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "terrace_request_seconds",
            "Time until the answer was sent",
            ("route",),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._requests = Counter("terrace_requests", "Answered requests", _LABELS, registry=self._registry)
        self._stalled = Counter(
            "terrace_requests_stalled", "Requests given up by the watchdog", registry=self._registry
        )
        self.connections = Gauge(
            "terrace_database_connections_in_use",
            "Database connections taken from the pool",
            multiprocess_mode="livesum",
            registry=self._registry,
        )
        self._tasks = TaskNumbers(self._registry)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        self._seconds.labels(route).observe(seconds)
        self._requests.labels(route, method if method in _METHODS else "other", str(status)).inc()

    def count_stalled(self) -> None:
        self._stalled.inc()

    def count_task(self, kind: str, outcome: str, *, lag: float, seconds: float) -> None:
        """One attempt: how long after its moment it began, and how long it took."""
        self._tasks.attempts.labels(kind, outcome).inc()
        self._tasks.seconds.labels(kind).observe(seconds)
        self._tasks.lag.labels(kind).observe(max(lag, 0.0))

    def text(self) -> bytes:
        """The exposition: of all workers where they share a folder, else of this one."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]  # prometheus_client leaves it untyped
        return generate_latest(everyone)
