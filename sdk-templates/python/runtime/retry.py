"""When to send a request again, after how long, and what may be said about its effect.

A request is repeated only where that cannot execute it twice: operations that are idempotent by
their method (RFC 9110 section 9.2.2) or by their contract, and those whose contract declares an
idempotency key. Anything else is repeated only if the server cannot have acted on it: it was never
sent, or the answer says so.

Backoff is exponential with full jitter; Retry-After and the RateLimit fields are honoured. The
number of attempts is limited, and so is the time of the whole call.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from .errors import Outcome, problem_code, problem_of
from .headers import Headers
from .operation import Operation, Replay
from .ratelimit import reset_seconds

_REFUSED = frozenset({408, 425, 429})
"""Answers that ask to send again, what may be sent again (RFC 9110, RFC 8470, RFC 6585)."""
_READING = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "TRACE"})
_OUTCOMES: dict[object, Outcome] = {
    "not_executed": "not_executed",
    "executed": "executed",
    "unknown": "unknown",
}
_ELSEWHERE = frozenset({307, 308})
"""Redirects of the request as it is; by others a server may answer what it has done (303)."""
_CLIENT_ERROR = 400
_TIMED_OUT = 408
"""By RFC 9110 a server waited for the request; gateways say it having waited for a server."""
_SERVER_ERROR = 500
_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Limits of repetition.

    Attributes:
        max_retries: How often a request is sent again at most.
        base_delay: Upper bound in seconds of the first delay; doubles each time.
        max_delay: Upper bound of every delay that the server does not ask for.
        max_server_delay: The longest Retry-After that is waited for; beyond it the call fails.
    """

    max_retries: int = 2
    base_delay: float = 0.25
    max_delay: float = 8.0
    max_server_delay: float = 60.0


DEFAULT_RETRY = RetryPolicy()


class Deadline:
    """The point in time at which a call has failed, however many attempts are left."""

    def __init__(
        self, seconds: float | None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._end = None if seconds is None else monotonic() + seconds

    def remaining(self) -> float | None:
        """Seconds left, at least 0; None without a deadline."""
        return None if self._end is None else max(0.0, self._end - self._monotonic())

    def allows(self, delay: float) -> bool:
        """Whether there is time left after waiting so long."""
        remaining = self.remaining()
        return remaining is None or delay < remaining


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """One attempt that did not succeed.

    Attributes:
        status: HTTP status; 0 without an answer.
        headers: Header fields of the answer.
        body: The decoded body of the answer.
        sent: Whether the request may have reached the server.
        final: Whether trying again is known to be of no use.
    """

    status: int
    headers: Headers
    body: Any
    sent: bool = True
    final: bool = False

    @property
    def outcome(self) -> Outcome:
        """What this attempt's failure says about its own effect."""
        stated = problem_of(self.body).get("outcome")
        if isinstance(stated, str) and stated in _OUTCOMES:
            return _OUTCOMES[stated]
        refused = self.status in _ELSEWHERE or (
            _CLIENT_ERROR <= self.status < _SERVER_ERROR and self.status != _TIMED_OUT
        )
        return "not_executed" if refused or not self.sent else "unknown"

    @property
    def code(self) -> str:
        """The problem's code."""
        return problem_code(problem_of(self.body))

    @property
    def stated_retryable(self) -> bool | None:
        """What the server says about trying again."""
        stated = problem_of(self.body).get("retryable")
        return stated if isinstance(stated, bool) else None


class RetryState:
    """The attempts of one call: decides about the next one and remembers doubts.

    `attempts` counts requests; `in_doubt` is True once one of them may have changed something
    without our knowing.
    """

    def __init__(
        self,
        policy: RetryPolicy,
        operation: Operation[Any],
        deadline: Deadline,
        *,
        replayable: bool,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._policy = policy
        self._operation = operation
        self._deadline = deadline
        self._replayable = replayable
        self._jitter = jitter
        self._corrected = False
        self._limit = policy.max_retries
        self.attempts = 0
        self.in_doubt = False

    def delay_after(self, failure: Failure) -> float | None:
        """Seconds to wait before the next attempt; None if there shall be none."""
        if failure.outcome == "unknown" and self._operation.method not in _READING:
            self.in_doubt = True
        if self.attempts > self._limit or not self._may_repeat(failure):
            return None
        delay = self._delay(failure)
        return delay if delay is not None and self._deadline.allows(delay) else None

    def once_corrected(self) -> bool:
        """Whether to send again at once because a cause was put right; true only once a call."""
        if self._corrected or not self._replayable:
            return False
        self._corrected = True
        self._limit += 1
        return True

    def _may_repeat(self, failure: Failure) -> bool:
        if failure.final or not self._replayable or failure.stated_retryable is False:
            return False
        if failure.outcome == "executed":
            return False
        if failure.status and not self._transient(failure):
            return False
        return self._operation.replay is not Replay.NEVER or failure.outcome == "not_executed"

    def _transient(self, failure: Failure) -> bool:
        return (
            failure.status in _REFUSED
            or failure.status >= _SERVER_ERROR
            or failure.stated_retryable is True
        )

    def _delay(self, failure: Failure) -> float | None:
        ceiling = min(
            self._policy.max_delay, self._policy.base_delay * 2.0 ** min(self.attempts - 1, 30)
        )
        backoff = self._jitter() * ceiling
        asked = retry_after_seconds(failure.headers)
        if asked is None and failure.status in (429, _UNAVAILABLE):
            asked = reset_seconds(failure.headers)
        if asked is None:
            return backoff
        if asked > self._policy.max_server_delay:
            return None
        return asked + self._jitter() * min(ceiling, self._policy.base_delay)


def retry_after_seconds(headers: Headers, now: Callable[[], float] = time.time) -> float | None:
    """Retry-After as seconds (RFC 9110 section 10.2.3), also the common `retry-after-ms`."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None or text is None:
        return seconds
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, moment.timestamp() - now())


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else -1.0
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
