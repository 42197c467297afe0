"""What the venue counts, in the exposition format of Prometheus.

Labels are closed sets: operation ids, status codes, problem codes, shards. Nothing that
a client chooses ever becomes a label, so no client can make the series grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from generated.server import Context, Violation

CONTENT_TYPE: Final = b"text/plain; version=0.0.4; charset=utf-8"

_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_COMMANDS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_UNAUTHORIZED: Final = 401


class Metrics:
    """The series of one venue, in a registry of its own."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self._requests = Histogram(
            "northgate_request_seconds",
            "Time from the first octet read to the answer handed over.",
            ("operation", "status"),
            buckets=_SECONDS,
            registry=registry,
        )
        self._series: dict[tuple[str, int], Histogram] = {}  # `labels` is dear, this is not
        self._problems = Counter(
            "northgate_problems",
            "Answers that were problems, by the contract's code.",
            ("operation", "code"),
            registry=registry,
        )
        self._signatures = Counter(
            "northgate_signature_failures",
            "Requests that were not let in, by the contract's code.",
            ("code",),
            registry=registry,
        )
        self._limited = Counter(
            "northgate_rate_limited",
            "Requests turned away because a bucket was empty.",
            ("operation",),
            registry=registry,
        )
        self._violations = Counter(
            "northgate_response_violations",
            "Answers that broke the contract, of those that were looked at.",
            ("operation",),
            registry=registry,
        )
        self._groups = Histogram(
            "northgate_commit_commands",
            "Commands that one commit of the journal made durable.",
            buckets=_COMMANDS,
            registry=registry,
        )
        self._commits = Histogram(
            "northgate_commit_seconds",
            "Time that one commit of the journal took, the disk's sync included.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._refused = Counter(
            "northgate_connections_refused",
            "Connections ended before a request was complete, by reason.",
            ("reason",),
            registry=registry,
        )

    def watch(self, name: str, documentation: str, read: Callable[[], float]) -> None:
        """Expose a value that is asked for whenever somebody looks."""
        Gauge(name, documentation, registry=self._registry).set_function(read)

    def watch_shards(
        self, name: str, documentation: str, shards: Iterable[str], read: Callable[[str], float]
    ) -> None:
        """The same for each shard, under its name."""
        gauge = Gauge(name, documentation, ("shard",), registry=self._registry)
        for shard in shards:
            gauge.labels(shard).set_function(partial(read, shard))

    def observe(self, context: Context, status: int, seconds: float) -> None:
        """Count one answer; see `Options.observe` of the generated server."""
        operation = context.operation_id
        series = self._series.get((operation, status))
        if series is None:
            series = self._series[operation, status] = self._requests.labels(operation, str(status))
        series.observe(seconds)
        if context.problem is None:
            return
        code = context.problem.code
        self._problems.labels(operation, code).inc()
        if status == _UNAUTHORIZED:
            self._signatures.labels(code).inc()
        elif code == "rate_limited":
            self._limited.labels(operation).inc()

    def violation(self, violation: Violation) -> None:
        """Count an answer that broke the contract."""
        self._violations.labels(violation.operation_id).inc()

    def committed(self, commands: int, seconds: float) -> None:
        """Count one group commit."""
        self._groups.observe(commands)
        self._commits.observe(seconds)

    def refused(self, reason: str) -> None:
        """Count a connection that was ended early."""
        self._refused.labels(reason).inc()

    def render(self) -> bytes:
        """All series as text."""
        return generate_latest(self._registry)
