"""Northgate for its operator: probes, metrics, the drain, traces; and none of it in public."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import contextmanager
from decimal import Decimal

import httpx
import pytest

from generated.server import models
from handlers.metrics import Metrics
from handlers.probes import Readiness, probes
from handlers.tracing import traced
from tests.service.test_process import serving


def series(text):
    """Samples of Prometheus' text format by their name and labels."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def metrics_of(venue):
    return series(venue.northgate.metrics.render().decode())


def test_answers_are_counted_by_operation_and_status(venue, alice, public):
    alice.place("a-1")
    public.get("/v1/time")
    public.send("GET", "/v1/balances")
    alice.signature.change = {"tag": "x"}
    alice.send("GET", "/v1/balances")
    found = metrics_of(venue)
    count = 'northgate_request_seconds_count{operation="%s",status="%s"}'
    assert found[count % ("createOrder", 201)] == 1
    assert found[count % ("getServerTime", 200)] == 1
    assert found[count % ("listBalances", 401)] == 2
    failures = 'northgate_signature_failures_total{code="%s"}'
    assert found[failures % "credentials_missing"] == found[failures % "signature_invalid"] == 1
    assert found["northgate_commit_commands_count"] >= 1
    assert found["northgate_commit_seconds_sum"] > 0
    assert found["northgate_commands_waiting"] == 0
    assert found["northgate_ready"] == 1


def test_rate_limits_are_counted(venue, public):
    for _ in range(103):
        public.raw("GET", "/v1/time")
    assert metrics_of(venue)['northgate_rate_limited_total{operation="getServerTime"}'] == 3


def test_no_client_can_make_series(venue, public):
    before = len(metrics_of(venue))
    for number in range(20):
        public.raw("GET", f"/v1/nothing/{number}", headers={"x-request-id": str(number)})
        public.raw(f"VERB{number}", "/v1/time")
    assert len(metrics_of(venue)) == before


def test_an_answer_that_breaks_the_contract_is_counted(venue, alice, monkeypatch):
    one = Decimal(1)
    balance = models.Balance.model_construct(
        asset="not an asset!", total=one, available=one, reserved=one
    )
    monkeypatch.setattr("handlers.translate.model", lambda _kind, _each: balance)
    answer = alice.raw("GET", "/v1/balances")
    assert answer.status_code == 500  # held back, as in all tests
    name = 'northgate_response_violations_total{operation="listBalances"}'
    assert metrics_of(venue)[name] == 1


def test_probes_tell_whether_traffic_may_come():
    running = [False]
    readiness = Readiness(lambda: running[0])
    transport = httpx.ASGITransport(probes(readiness, Metrics()))

    def get(path, method="GET"):
        async def call():
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                return await client.request(method, path)

        return asyncio.run(call())

    assert (get("/healthz").status_code, get("/readyz").status_code) == (200, 503)
    running[0] = True
    assert (get("/readyz").status_code, get("/readyz").text) == (200, "ready\n")
    readiness.drain()
    assert (get("/readyz").status_code, get("/readyz").text) == (503, "draining\n")
    assert get("/healthz").status_code == 200
    assert get("/metrics").headers["content-type"].startswith("text/plain; version=0.0.4")
    assert get("/else").status_code == 404
    assert get("/metrics", "POST").status_code == 405
    assert get("/healthz", "HEAD").content == b""


@contextmanager
def operated(database, **variables):
    """A process with its public and its admin address."""
    with serving(database, **variables) as (process, url):
        yield process, url, process.stdout.readline().strip()


def until(check, seconds=20):
    for _ in range(seconds * 50):
        if check():
            return True
        time.sleep(0.02)
    return False


def ready(admin):
    try:
        return httpx.get(f"{admin}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def test_the_drain_begins_with_readiness_and_ends_with_the_process(tmp_path):
    with operated(tmp_path / "v.db", NORTHGATE_DRAIN_DELAY="1.5") as (process, url, admin):
        assert until(lambda: ready(admin))
        assert httpx.get(f"{url}/v1/time").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert until(lambda: httpx.get(f"{admin}/readyz").text == "draining\n")
        # Whoever has not noticed yet is still served.
        assert httpx.get(f"{url}/v1/time").status_code == 200
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)


def test_the_public_port_knows_nothing_of_probes_and_the_admin_port_nothing_else(tmp_path):
    with operated(tmp_path / "v.db") as (_, url, admin):
        assert until(lambda: ready(admin))
        assert admin.startswith("http://127.0.0.1:")
        for path in ("/healthz", "/readyz", "/metrics"):
            assert httpx.get(f"{url}{path}").status_code == 404
            assert httpx.get(f"{admin}{path}").status_code == 200
        assert httpx.get(f"{admin}/v1/time").status_code == 404


def test_the_process_counts_connections_that_it_ends(tmp_path):
    with operated(tmp_path / "v.db", NORTHGATE_HEAD_LIMIT="2000") as (_, url, admin):
        assert until(lambda: ready(admin))
        answer = httpx.get(f"{url}/v1/time", headers={"x": "y" * 3000})
        assert (answer.status_code, answer.json()["code"]) == (431, "too_many_fields")
        found = series(httpx.get(f"{admin}/metrics").text)
        assert found['northgate_connections_refused_total{reason="too_many_fields"}'] == 1


def test_a_request_is_a_span_that_holds_no_secret(venue, alice):
    pytest.importorskip("opentelemetry.sdk", reason="the `tracing` extra is not installed")
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - optional
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415 - optional
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import (  # noqa: PLC0415 - optional
        InMemorySpanExporter,
    )

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    app = venue.http._http._transport.app
    venue.http._http._transport.app = traced(app, provider)
    trace_id = "0af7651916cd43dd8448eb211c80319c"
    answer = alice.send(
        "GET",
        "/v1/orders?limit=77",
        headers={"traceparent": f"00-{trace_id}-b7ad6b7169203331-01"},
    )
    (span,) = exporter.get_finished_spans()
    assert f"{span.context.trace_id:032x}" == trace_id
    assert dict(span.attributes) == {
        "http.request.method": "GET",
        "url.path": "/v1/orders",
        "http.response.status_code": 200,
        "northgate.request_id": answer.headers["x-request-id"],
    }
