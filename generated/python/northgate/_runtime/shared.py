"""What all copies of one client share: the clock, the limits, the log, what was warned about."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .clock import Clock
from .config import ClientConfig
from .errors import Outcome
from .logs import logger_for, redacted, redacted_url
from .operation import Operation
from .ratelimit import Bucket, RateLimiter
from .request import Request, ResponseHead
from .retry import Failure


@dataclass(slots=True, eq=False)
class Shared:
    """State of a client and of all copies that `with_options` makes of it."""

    log: logging.Logger
    limiter: RateLimiter
    clock: Clock
    warned: set[str] = field(default_factory=set[str])

    @classmethod
    def of(cls, package: str, buckets: Mapping[str, Bucket], log_variable: str) -> Shared:
        """The state of a new client; the environment variable sets the level of its log."""
        return cls(logger_for(package, log_variable), RateLimiter(buckets), Clock())


def log_request(shared: Shared, config: ClientConfig, request: Request, attempt: int) -> None:
    """One line a request, without secrets."""
    if shared.log.isEnabledFor(logging.DEBUG):
        secret = config.secret_fields()
        shared.log.debug(
            "-> %s %s attempt=%d headers=%s",
            request.method,
            redacted_url(request, secret),
            attempt,
            redacted(request.headers, secret),
        )


def log_response(
    shared: Shared, config: ClientConfig, request: Request, head: ResponseHead, seconds: float
) -> None:
    """One line an answer, without secrets."""
    if shared.log.isEnabledFor(logging.DEBUG):
        shared.log.debug(
            "<- %d %s %s in %.1f ms headers=%s",
            head.status,
            request.method,
            request.path,
            seconds * 1000,
            redacted(head.headers, config.secret_fields()),
        )


def log_retry(shared: Shared, operation: Operation[Any], failure: Failure, delay: float) -> None:
    """Why a request is sent again."""
    outcome: Outcome = failure.outcome
    shared.log.info(
        "%s failed (%s, outcome %s); trying again in %.2f s",
        operation.id,
        failure.status or "no answer",
        outcome,
        delay,
    )


def notice_lifecycle(shared: Shared, operation: Operation[Any], head: ResponseHead) -> None:
    """Warn once an operation where the server announces its end (RFC 9745, RFC 8594)."""
    if operation.id in shared.warned:
        return
    deprecation, sunset = head.headers.get("deprecation"), head.headers.get("sunset")
    if not deprecation and not sunset:
        return
    shared.warned.add(operation.id)
    end = f"; it may be gone from {sunset}" if sunset else ""
    warnings.warn(f"{operation.id} is deprecated{end}", DeprecationWarning, stacklevel=5)
