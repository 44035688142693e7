"""What Prometheus reads: claims, refusals by code, latencies by route, sockets, queues, event lag, the database.

Each process counts for itself and answers for itself. With several workers on one port a scrape reaches any of them:
docs/settings.md says how to add them up.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# A gauge's name, its explanation and its value now.
Reading = tuple[str, str, float]


# When a counter began says nothing that its value does not.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.claims = Counter(
            "dibs_claims", "Claims made, by way (counted when decided).", ["via"], registry=self.registry
        )
        self.refusals = Counter("dibs_refusals", "Requests refused, by code.", ["code"], registry=self.registry)
        self.requests = Counter(
            "dibs_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "dibs_request_seconds",
            "Time from a request's arrival to the end of its answer.",
            ["method", "route"],
            buckets=SECONDS,
            registry=self.registry,
        )
        # Looking a counter up by its labels costs more than counting.
        self._answered: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._gauges = _Gauges()
        self.registry.register(self._gauges)

    def read(self, source: Callable[[], Iterable[Reading]]) -> None:
        """Asks `source` for its gauges at every scrape."""
        self._gauges.sources.append(source)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one request."""
        kept = self._answered.get((method, route, status))
        if kept is None:
            kept = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._answered[method, route, status] = kept
        count, latency = kept
        count.inc()
        latency.observe(seconds)

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self.registry)


class _Gauges(Collector):
    def __init__(self) -> None:
        self.sources: list[Callable[[], Iterable[Reading]]] = []

    def describe(self) -> Iterable[Metric]:
        # Nothing is known before the first scrape; without this the registry would collect at once.
        return ()

    def collect(self) -> Iterator[Metric]:
        for source in self.sources:
            for name, explanation, value in source():
                yield GaugeMetricFamily(name, explanation, value)


def database_load(database: Any) -> Iterator[Reading]:
    """The pool's connections on PostgreSQL; on SQLite the transactions that share the next COMMIT."""
    # Looked up softly: what is not open yet, or not of this kind, has nothing to say.
    pool = getattr(database, "_pool", None)
    if pool is not None:
        yield "dibs_database_connections", "Open connections.", pool.get_size()
        yield "dibs_database_connections_busy", "Connections in use.", pool.get_size() - pool.get_idle_size()
        yield "dibs_database_connections_most", "Connections that may be open.", pool.get_max_size()
    batch = getattr(database, "_batch", None)
    if batch is not None:
        yield "dibs_database_commit_batch", "Transactions waiting for the next COMMIT.", len(batch)


def live_load(hub: Any) -> Iterator[Reading]:
    """Sockets of this process, the deepest queue in front of one, and how late events reach them."""
    yield "dibs_sockets", "Signed-in live sockets.", hub.sockets
    yield "dibs_socket_queue_depth", "Events waiting for the slowest socket.", hub.deepest_queue
    yield "dibs_event_lag_seconds", "Age of the newest event once all sockets were told.", hub.event_lag_ms / 1000
