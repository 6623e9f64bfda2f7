"""What a watch has done, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from sayso.errors import WatchError

LOOPBACK = "127.0.0.1"
SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters of one process; each watch has its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.fetched = self._counter("fetched", "Answers with data: feeds, sitemaps, pages.", "source")
        self.not_modified = self._counter("not_modified", "Answers that nothing has changed.", "source")
        self.listed = self._counter("listed", "Items that were new in a source.", "source")
        self.added = self._counter("articles_added", "Articles that are new or changed in the ledger.", "source")
        self.foreign = self._counter(
            "foreign", "Articles in other languages, which are kept without a coding.", "language"
        )
        self.failed = self._counter("failed", "What could not be had, read, coded or kept, by reason.", "reason")
        self.coding = Histogram(
            "sayso_watch_coding_seconds",
            "Seconds that an article took to be coded.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.queue = Gauge("sayso_watch_queue", "Items that are still to be read or coded.", registry=self.registry)
        self.succeeded = Gauge(
            "sayso_watch_last_success_timestamp_seconds",
            "When a source was last had.",
            ["source"],
            registry=self.registry,
        )
        self.round = Gauge(
            "sayso_watch_last_round_timestamp_seconds", "When the last round was finished.", registry=self.registry
        )

    def _counter(self, name: str, about: str, label: str) -> Counter:
        return Counter(f"sayso_watch_{name}", about, [label], registry=self.registry)

    def serve(self, port: int) -> int:
        """Show them to this machine, in a thread; the port. Raises WatchError where it is taken."""
        try:
            server, _ = start_http_server(port, LOOPBACK, self.registry)
        except OSError as error:
            raise WatchError(f"--metrics {port}: {error.strerror or error}; take another port") from error
        return int(server.server_port)
