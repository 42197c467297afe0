"""Faults: a venue that fails in every way, and the two things that must never happen.

No order is placed twice, and nothing is said about an order's outcome that is not so.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.python_tools import Answer, Received, Server, sdk, serving

SEED = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"


class Venue:
    """Executes orders once a key, as the contract says, and fails as its script says.

    A fault is a name: `drop_before` and `drop_after` close the connection before and after the
    order is executed, `truncate` breaks the answer off, `garbage` answers 200 with HTML,
    a number answers that status without executing, `500_after` after it.
    """

    def __init__(self, faults: Iterator[str]) -> None:
        self.faults = faults
        self.orders: dict[str, dict[str, Any]] = {}
        self.executions = 0
        self.nonces: list[str] = []

    def __call__(self, request: Received) -> Answer:
        if request.method == "GET":
            return self.look_up(request.path.rpartition("/")[2])
        self.nonces.append(request.headers["Signature-Input"])
        fault = next(self.faults, "")
        if fault == "drop_before":
            return Answer(drop=True)
        if fault.isdigit():
            return Answer(int(fault), self.problem(fault), {"Retry-After": "0"})
        order = self.execute(request.json)
        return {
            "drop_after": Answer(drop=True),
            "truncate": Answer(201, order, truncate=True),
            "garbage": Answer(200, b"<html>", {"Content-Type": "text/html"}),
            "500_after": Answer(500, {"code": "internal", "outcome": "unknown"}),
        }.get(fault, Answer(201, order))

    def problem(self, status: str) -> dict[str, str]:
        return {"code": f"fault_{status}", "outcome": "not_executed"}

    def execute(self, body: dict[str, Any]) -> dict[str, Any]:
        key = body["client_order_id"]
        if key not in self.orders:
            self.executions += 1
            self.orders[key] = {"order_id": f"o{self.executions}", **body}
        return self.orders[key]

    def look_up(self, key: str) -> Answer:
        order = self.orders.get(key)
        return Answer(200, order) if order else Answer(404, {"code": "order_not_found"})


def client(probe: ModuleType, server: Server, **options: Any) -> Any:
    retry = probe.RetryPolicy(max_retries=options.pop("max_retries", 2), base_delay=0.001)
    return probe.Probe(base_url=server.url, key_id="k", private_key=SEED, retry=retry, **options)


def place(client: Any, key: str = "c1") -> Any:
    return client.orders.create(client_order_id=key, side="buy", quantity="1")


ONE = ["drop_before", "drop_after", "truncate", "429", "503", "500_after"]


@pytest.mark.parametrize(
    "faults", [*itertools.product(ONE, repeat=1), *itertools.product(ONE, repeat=2)]
)
def test_an_order_gets_through_faults_exactly_once(
    probe: ModuleType, faults: tuple[str, ...]
) -> None:
    venue = Venue(iter(faults))
    with serving(venue) as server, client(probe, server) as sdk:
        order = place(sdk)
    assert order.order_id == "o1"
    assert venue.executions == 1
    assert len(venue.nonces) == len(faults) + 1
    assert len(set(venue.nonces)) == len(venue.nonces), "a retry repeated a signature"


@pytest.mark.parametrize("last", ["drop_before", "drop_after", "truncate", "500_after", "garbage"])
@pytest.mark.parametrize("executed", [True, False])
def test_an_unknown_outcome_is_called_unknown_and_can_be_resolved(
    probe: ModuleType,
    last: str,
    executed: bool,  # noqa: FBT001 - both cases
) -> None:
    venue = Venue(iter([last]))
    if not executed:
        venue.execute = lambda body: body  # type: ignore[method-assign] - the venue forgets what it is told
    with serving(venue) as server, client(probe, server, max_retries=0) as sdk:
        with pytest.raises(probe.UnknownOutcomeError, match="not known") as caught:
            place(sdk)
        unknown = caught.value
        assert (unknown.key, unknown.outcome, unknown.operation) == ("c1", "unknown", "createOrder")
        assert unknown.__cause__ is not None
        if executed and last != "drop_before":
            assert unknown.resolve().order_id == "o1"
        else:
            sdk._session.shared.clock.offset += 60  # the signature's window has passed
            assert unknown.resolve() is None
    assert venue.executions <= 1


def test_never_is_said_only_after_the_signature_has_expired(
    probe: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order arrives late, but while its signature is still good: a look-up must wait for it."""
    venue = Venue(iter(["drop_before"]))
    with serving(venue) as server, client(probe, server, max_retries=0) as sdk:
        with pytest.raises(probe.UnknownOutcomeError) as caught:
            place(sdk)
        waits: list[float] = []

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            venue.execute({"client_order_id": "c1", "side": "buy", "quantity": "1"})
            sdk._session.shared.clock.offset += seconds

        monkeypatch.setattr(sys.modules[type(caught.value).__module__], "sleep", sleep)
        assert caught.value.resolve().order_id == "o1"
    (waited,) = waits
    assert 0 < waited <= 6, "the window of five seconds, and one for the clocks"


@pytest.mark.parametrize("answer", [429, 503, 401, 403, 422])
def test_a_refusal_after_a_doubt_does_not_remove_the_doubt(probe: ModuleType, answer: int) -> None:
    """The first attempt was executed and its answer lost; what is refused is only the second."""
    venue = Venue(iter(["drop_after", str(answer), str(answer)]))
    with serving(venue) as server, client(probe, server) as sdk:
        with pytest.raises(probe.UnknownOutcomeError) as caught:
            place(sdk)
        assert isinstance(caught.value.__cause__, probe.APIStatusError)
        assert caught.value.__cause__.outcome == "unknown"
        assert caught.value.resolve().order_id == "o1"
    assert venue.executions == 1


@pytest.mark.parametrize("status", [400, 401, 403, 409, 422, 429, 503])
def test_a_plain_refusal_is_known_not_to_be_executed(probe: ModuleType, status: int) -> None:
    venue = Venue(itertools.repeat(str(status)))
    with (
        serving(venue) as server,
        client(probe, server) as sdk,
        pytest.raises(probe.APIStatusError) as caught,
    ):
        place(sdk)
    assert caught.value.outcome == "not_executed"
    assert venue.executions == 0
    assert caught.value.attempts == (3 if status in {429, 503} else 1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_may_be_the_answer_to_what_was_done(probe: ModuleType, status: int) -> None:
    """Only 307 and 308 say that the same request is to be sent elsewhere."""
    venue = Venue(iter([]))

    def behave(request: Received) -> Answer:
        answer = venue(request)
        elsewhere = Answer(status, headers={"Location": "/orders/o1"})
        return elsewhere if request.method == "POST" else answer

    with serving(behave) as server, client(probe, server) as sdk:
        with pytest.raises(probe.ProbeError) as caught:
            place(sdk)
        posts = [request for request in server.received if request.method == "POST"]
    assert len(posts) == 1
    assert caught.value.outcome == ("not_executed" if status in {307, 308} else "unknown")
    assert isinstance(caught.value, probe.UnknownOutcomeError) is (status < 307)


def test_nobody_there_means_not_executed(probe: ModuleType) -> None:
    with serving(Venue(iter(()))) as server:
        url = server.url
    with (
        probe.Probe(base_url=url, key_id="k", private_key=SEED, max_retries=1) as sdk,
        pytest.raises(probe.APIConnectionError) as caught,
    ):
        place(sdk)
    assert caught.value.outcome == "not_executed"
    assert caught.value.attempts == 2


def test_what_has_no_key_is_never_sent_twice(probe: ModuleType) -> None:
    with serving(lambda _: Answer(drop=True)) as server, client(probe, server) as sdk:
        with pytest.raises(probe.APIConnectionError) as caught:
            sdk.orders.amend(order_id="o", quantity="2")
        assert len(server.received) == 1
    assert caught.value.outcome == "unknown"


def test_what_has_no_key_is_sent_again_if_it_was_refused(probe: ModuleType) -> None:
    order = {"order_id": "o", "client_order_id": "c", "side": "buy", "quantity": "1"}
    answers = iter([Answer(429, {}, {"Retry-After": "0"}), Answer(200, order)])
    with serving(lambda _: next(answers)) as server, client(probe, server) as sdk:
        assert sdk.orders.amend(order_id="o", quantity="2").order_id == "o"
        assert len(server.received) == 2


def test_a_cancel_that_finds_nothing_on_retry_is_not_called_a_failure_for_sure(
    probe: ModuleType,
) -> None:
    answers = iter([Answer(drop=True), Answer(404, {"code": "order_not_found"})])
    with (
        serving(lambda _: next(answers)) as server,
        client(probe, server) as sdk,
        pytest.raises(probe.NotFoundError) as caught,
    ):
        sdk.orders.cancel(order_id="o")
    assert caught.value.outcome == "unknown"


def test_the_clock_is_corrected_once_and_for_all(probe: ModuleType) -> None:
    """The server's clock is an hour ahead; it says so, and the next signature is right."""
    ahead = 3600

    def behave(request: Received) -> Answer:
        created = int(request.headers["Signature-Input"].partition("created=")[2].partition(";")[0])
        now = time.time() + ahead
        if abs(created - now) > 3:
            told = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
            return Answer(401, {"code": "timestamp_out_of_window", "server_time": told})
        return Answer(201, {"order_id": "o1", **request.json})

    with serving(behave) as server, client(probe, server, max_retries=0) as sdk:
        assert place(sdk).order_id == "o1"
        assert len(server.received) == 2
        place(sdk, "c2")
        assert len(server.received) == 3


def test_a_clock_that_cannot_be_corrected_ends_in_an_error(probe: ModuleType) -> None:
    numbers = itertools.count()

    def behave(_: Received) -> Answer:
        told = 1_795_339_800 + next(numbers) * 100
        return Answer(401, {"code": "timestamp_out_of_window", "server_time": told})

    with serving(behave) as server, client(probe, server) as sdk:
        with pytest.raises(probe.AuthenticationError):
            place(sdk)
        assert len(server.received) == 2


def test_the_deadline_covers_the_whole_call(probe: ModuleType) -> None:
    with (
        serving(lambda _: Answer(503, {}, {"Retry-After": "1"})) as server,
        client(probe, server, max_retries=50, deadline=1.5) as sdk,
    ):
        start = time.monotonic()
        with pytest.raises(probe.InternalServerError):
            sdk.orders.get(order_id="o")
        assert time.monotonic() - start < 20, "50 retries would take 50 seconds"
        assert len(server.received) <= 3


def test_a_slow_answer_times_out_as_unknown(probe: ModuleType) -> None:
    over = threading.Event()

    def slow(_: Received) -> Answer:
        over.wait(30)
        return Answer(drop=True)

    with serving(slow) as server, client(probe, server, max_retries=0) as sdk:
        with pytest.raises(probe.UnknownOutcomeError) as caught:
            sdk.orders.create(client_order_id="c", side="buy", quantity="1", timeout=0.5)
        assert isinstance(caught.value.__cause__, probe.APITimeoutError)
        with pytest.raises(probe.APITimeoutError) as read:
            sdk.orders.get(order_id="o", timeout=0.5)
        assert read.value.outcome == "unknown"
        over.set()


def test_hooks_hear_of_retries(probe: ModuleType) -> None:
    heard: list[int] = []
    hooks = probe.Hooks(on_retry=(lambda _request, attempt, _delay: heard.append(attempt),))
    with serving(Venue(iter(["503", "503"]))) as server, client(probe, server, hooks=hooks) as sdk:
        place(sdk)
    assert heard == [1, 2]


def test_the_asynchronous_client_fails_in_the_same_ways(probe: ModuleType) -> None:
    venue = Venue(iter(["drop_after", "503", "503"]))

    async def story(server: Server) -> None:
        retry = probe.RetryPolicy(base_delay=0.001)
        async with probe.AsyncProbe(
            base_url=server.url, key_id="k", private_key=SEED, retry=retry
        ) as sdk:
            with pytest.raises(probe.UnknownOutcomeError) as caught:
                await sdk.orders.create(client_order_id="c1", side="buy", quantity="1")
            assert (await caught.value.resolve()).order_id == "o1"

    with serving(venue) as server:
        asyncio.run(story(server))
    assert venue.executions == 1


def _storm(seed: int) -> Iterator[str]:
    chaos = random.Random(seed)
    while True:
        yield chaos.choice([*ONE, "garbage", "", "", "", ""])


@pytest.mark.parametrize("seed", range(4))
def test_a_storm_of_faults_places_every_order_once_and_tells_the_truth(
    probe: ModuleType, seed: int
) -> None:
    venue = Venue(_storm(seed))
    wrong: list[str] = []
    with serving(venue) as server, client(probe, server) as sdk:
        for number in range(60):
            key = f"c{number}"
            said = _outcome(probe, lambda key=key: place(sdk, key))  # type: ignore[misc] - the default binds the key
            executed = key in venue.orders
            if (said, executed) in {("executed", False), ("not_executed", True)}:
                wrong.append(f"{key}: said {said}, executed {executed}")
    assert wrong == []
    assert venue.executions == len(venue.orders)
    assert len(set(venue.nonces)) == len(venue.nonces)


def _outcome(probe: ModuleType, call: Callable[[], Any]) -> str:
    try:
        call()
    except probe.ProbeError as error:
        outcome: str = error.outcome
        return outcome
    return "executed"


def test_local_limits_hold_calls_back_before_the_server_has_to(probe: ModuleType) -> None:
    order = json.dumps({"order_id": "o", "client_order_id": "c", "side": "buy", "quantity": "1"})
    empty = {"RateLimit": '"orders";r=0;t=60'}
    with (
        serving(lambda _: Answer(200, order.encode(), empty)) as server,
        client(probe, server, deadline=5) as sdk,
    ):
        start = time.monotonic()
        for number in range(20):
            place(sdk, f"c{number}")
        assert time.monotonic() - start >= 0.015  # 1000 tokens a second, none left after each


def repeated(statement: str, method: str) -> dict[str, Any]:
    operation = {"operationId": "act", "responses": {"204": {"description": "d"}}}
    if statement:
        operation["x-idempotent"] = json.loads(statement)
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/orders": {method: operation}},
    }


@pytest.mark.parametrize(
    ("method", "statement", "sent"),
    [
        # RFC 9110 section 9.2.2, with and without a word of the contract.
        ("delete", "", 2),
        ("put", "", 2),
        ("post", "", 1),
        ("patch", "", 1),
        ("post", "true", 2),
        ("delete", "false", 1),
    ],
)
@pytest.mark.parametrize("surface", ["sync", "async"])
def test_what_is_idempotent_is_repeated_when_the_outcome_is_in_doubt(
    tmp_path: Path, method: str, statement: str, sent: int, surface: str
) -> None:
    package = f"repeat_{method}_{statement or 'unsaid'}_{surface}"
    module = sdk(tmp_path, repeated(statement, method), package)
    dropped = iter([Answer(drop=True)])
    with serving(lambda _: next(dropped, Answer(204))) as server:
        name = package.title().replace("_", "")
        prefix = "Async" if surface == "async" else ""
        found = getattr(module, f"{prefix}{name}")(
            base_url=server.url, retry=module.RetryPolicy(base_delay=0.001)
        )

        def call() -> None:
            with found:
                found.api.act()

        async def act() -> None:
            async with found:
                await found.api.act()

        run = call if surface == "sync" else lambda: asyncio.run(act())
        if sent == 2:
            run()
        else:
            with pytest.raises(module.APIConnectionError) as caught:
                run()
            assert caught.value.outcome == "unknown"
        assert len(server.received) == sent
