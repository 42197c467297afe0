from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdk_runtime.headers import Headers
from sdk_runtime.operation import Operation, Replay
from sdk_runtime.retry import Deadline, Failure, RetryPolicy, RetryState, retry_after_seconds


def operation(replay: Replay, method: str = "POST") -> Operation[Any]:
    return Operation(id="op", method=method, path="/x", replay=replay)


def state(
    replay: Replay = Replay.SAFE,
    *,
    method: str = "GET",
    retries: int = 2,
    deadline: float | None = None,
    replayable: bool = True,
    jitter: float = 1.0,
) -> RetryState:
    policy = RetryPolicy(max_retries=retries, base_delay=1.0, max_delay=4.0)
    made = RetryState(
        policy,
        operation(replay, method),
        Deadline(deadline),
        replayable=replayable,
        jitter=lambda: jitter,
    )
    made.attempts = 1
    return made


def failure(status: int = 0, *, sent: bool = True, **problem: object) -> Failure:
    return Failure(status, Headers(), problem or None, sent=sent)


@pytest.mark.parametrize(
    ("problem", "safe", "keyed", "never"),
    [
        (failure(sent=False), True, True, True),  # it never left
        (failure(sent=True), True, True, False),  # nobody knows
        (failure(500), True, True, False),
        (failure(502), True, True, False),
        (failure(503), True, True, False),
        (failure(503, outcome="not_executed"), True, True, True),
        (failure(504, outcome="unknown"), True, True, False),
        (failure(500, outcome="executed"), False, False, False),
        (failure(503, retryable=False), False, False, False),
        (failure(429), True, True, True),
        (failure(408), True, True, False),  # gateways say it of the server, too
        (failure(409), False, False, False),
        (failure(409, retryable=True), True, True, True),
        (failure(400), False, False, False),
        (failure(401), False, False, False),
        (failure(404), False, False, False),
        (failure(422), False, False, False),
    ],
)
def test_what_may_be_repeated(problem: Failure, safe: bool, keyed: bool, never: bool) -> None:  # noqa: FBT001 - a table's columns
    found = [state(replay).delay_after(problem) is not None for replay in Replay]
    assert found == [safe, keyed, never]


def test_a_body_that_is_gone_is_never_sent_again() -> None:
    assert state(replayable=False).delay_after(failure(sent=False)) is None


def test_attempts_are_limited() -> None:
    attempts = state(retries=2)
    assert attempts.delay_after(failure(503)) is not None
    attempts.attempts = 2
    assert attempts.delay_after(failure(503)) is not None
    attempts.attempts = 3
    assert attempts.delay_after(failure(503)) is None


def test_backoff_doubles_up_to_its_limit() -> None:
    attempts = state(retries=9)
    delays = []
    for number in range(1, 6):
        attempts.attempts = number
        delays.append(attempts.delay_after(failure(500)))
    assert delays == [1.0, 2.0, 4.0, 4.0, 4.0]


@given(st.floats(0, 1), st.integers(1, 60))
def test_jitter_is_full(jitter: float, number: int) -> None:
    attempts = state(retries=99, jitter=jitter)
    attempts.attempts = number
    delay = attempts.delay_after(failure(500))
    assert delay is not None
    assert 0 <= delay <= 4.0


def test_the_deadline_ends_it() -> None:
    assert state(deadline=0.5).delay_after(failure(500)) is None
    assert state(deadline=30).delay_after(failure(500)) == 1.0


def test_the_server_s_wish_is_a_lower_bound() -> None:
    asked = Failure(429, Headers({"Retry-After": "3"}), None)
    assert state(jitter=0).delay_after(asked) == 3.0
    assert state(jitter=1).delay_after(asked) == 4.0


def test_an_absurd_wish_is_not_waited_for() -> None:
    assert state().delay_after(Failure(503, Headers({"Retry-After": "86400"}), None)) is None


def test_the_rate_limit_fields_stand_in_for_retry_after() -> None:
    headers = Headers({"RateLimit": '"reads";r=5;t=9, "orders";r=0;t=2'})
    assert state(jitter=0).delay_after(Failure(429, headers, None)) == 2.0


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}, 10.0),
        ({"retry-after-ms": "250", "Retry-After": "9"}, 0.25),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "inf"}, None),
        ({}, None),
    ],
)
def test_retry_after(fields: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(Headers(fields), now=lambda: 784111767.0) == seconds


def test_doubt_stays_once_there_is_some() -> None:
    attempts = state(Replay.KEYED, method="POST")
    attempts.delay_after(failure(429))
    assert not attempts.in_doubt
    attempts.delay_after(failure(sent=True))
    assert attempts.in_doubt
    attempts.delay_after(failure(429))
    assert attempts.in_doubt


def test_reading_leaves_no_doubt() -> None:
    attempts = state(method="GET")
    attempts.delay_after(failure(sent=True))
    assert not attempts.in_doubt


def test_a_cause_is_put_right_only_once() -> None:
    attempts = state()
    assert attempts.once_corrected()
    assert not attempts.once_corrected()
