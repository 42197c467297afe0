"""Places where an application can look at requests and answers, or change requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .request import Request, ResponseHead

BeforeRequest = Callable[[Request], None]
AfterResponse = Callable[[Request, ResponseHead], None]
OnRetry = Callable[[Request, int, float], None]


@dataclass(frozen=True, slots=True, eq=False)
class Hooks:
    """Functions that are called on the way; they must not block.

    Attributes:
        before_request: Called with every attempt's request before it is signed; may change it.
        after_response: Called with every answer, also those that will be retried.
        on_retry: Called before waiting, with the attempt's number and the delay in seconds.
    """

    before_request: tuple[BeforeRequest, ...] = ()
    after_response: tuple[AfterResponse, ...] = ()
    on_retry: tuple[OnRetry, ...] = ()


NO_HOOKS = Hooks()
