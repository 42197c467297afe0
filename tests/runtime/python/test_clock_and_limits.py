from __future__ import annotations

from email.utils import formatdate

import pytest
from sdk_runtime.clock import Clock
from sdk_runtime.headers import Headers
from sdk_runtime.ratelimit import Bucket, RateLimiter, parse_items


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    "told",
    ["2026-11-22T09:30:00.500000Z", 1795339800.5, 1795339800500, "2026-11-22T10:30:00.5+01:00"],
)
def test_the_clock_follows_the_server_s_word(told: object) -> None:
    clock = Clock(lambda: 1795339000.0)
    assert clock.learn_time(told)
    assert clock.now() == 1795339800.5


@pytest.mark.parametrize("told", [None, "", "yesterday", "2026-11-22T09:30:00", True])
def test_what_is_no_time_changes_nothing(told: object) -> None:
    clock = Clock(lambda: 5.0)
    assert not clock.learn_time(told)
    assert clock.now() == 5.0


def test_the_date_field_corrects_gross_errors_only() -> None:
    clock = Clock(lambda: 1795339800.0)
    clock.learn_date(formatdate(1795339801, usegmt=True))
    assert clock.offset == 0.0
    clock.learn_date(formatdate(1795339860, usegmt=True))
    assert clock.offset == 60.5
    clock.learn_date("nonsense")
    assert clock.offset == 60.5


def limiter(time: Time) -> RateLimiter:
    buckets = {"orders": Bucket(rate=10, burst=2), "cancels": Bucket(rate=100, burst=5)}
    return RateLimiter(buckets, time)


def test_a_burst_passes_and_the_rest_waits_its_turn() -> None:
    limits = limiter(Time())
    assert [limits.reserve("orders") for _ in range(4)] == pytest.approx([0.0, 0.0, 0.1, 0.2])


def test_cancels_do_not_wait_behind_orders() -> None:
    limits = limiter(Time())
    for _ in range(50):
        limits.reserve("orders")
    assert limits.reserve("cancels") == 0.0


def test_tokens_come_back_with_time_up_to_the_burst() -> None:
    time = Time()
    limits = limiter(time)
    limits.reserve("orders", 2)
    time.now += 60
    assert [limits.reserve("orders") for _ in range(3)] == pytest.approx([0.0, 0.0, 0.1])


def test_the_server_s_count_lowers_ours_and_never_raises_it() -> None:
    limits = limiter(Time())
    limits.learn(Headers({"RateLimit": '"orders";r=0;t=1, "unknown";r=0'}))
    assert limits.reserve("orders") == pytest.approx(0.1)
    limits.learn(Headers({"RateLimit": '"orders";r=500'}))
    assert limits.reserve("orders") == pytest.approx(0.2)


def test_a_refusal_empties_the_bucket_for_its_time() -> None:
    limits = limiter(Time())
    limits.refused("orders", 3.0)
    assert limits.reserve("orders") == pytest.approx(3.1)


def test_unused_tokens_go_back() -> None:
    limits = limiter(Time())
    limits.reserve("orders", 2)
    limits.give_back("orders", 2)
    assert limits.reserve("orders", 2) == 0.0


def test_unknown_buckets_are_free() -> None:
    assert limiter(Time()).reserve("nonsense", 1000) == 0.0


@pytest.mark.parametrize(
    ("field", "items"),
    [
        ('"orders";r=42;t=1', [("orders", {"r": 42.0, "t": 1.0})]),
        ('"a";r=1, "b" ; r=2', [("a", {"r": 1.0}), ("b", {"r": 2.0})]),
        ('"a";r=x;t=3', [("a", {"t": 3.0})]),
        ("limit=10", []),
        ("", []),
    ],
)
def test_rate_limit_items(field: str, items: object) -> None:
    assert list(parse_items(field)) == items


def test_no_server_closes_a_bucket_for_ever() -> None:
    clock = [0.0]
    limiter = RateLimiter({"orders": Bucket(10, 10)}, lambda: clock[0])
    limiter.refused("orders", 1e12)
    limiter.learn(Headers([("RateLimit", '"orders";r=-1e400, "orders";r=nan')]))
    clock[0] = 61.0
    assert limiter.reserve("orders") < 1
