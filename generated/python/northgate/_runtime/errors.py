"""Everything that a call can raise.

    SDKError
    ├── ConfigurationError          the client cannot do this as it is set up; nothing was sent
    ├── APIConnectionError          no answer
    │   └── APITimeoutError         no answer in time
    ├── ResponseDecodeError         an answer that is not what the contract says
    ├── UnknownOutcomeError         executed or not? `resolve()` finds out
    └── APIStatusError              an answer that says no
        ├── BadRequestError 400, AuthenticationError 401, PermissionDeniedError 403,
        │   NotFoundError 404, ConflictError 409, GoneError 410, UnprocessableEntityError 422,
        │   RateLimitError 429
        └── InternalServerError     5xx

`outcome` says what is known about the effect of the call: `not_executed`, `executed` or
`unknown`. It is never a guess in favour of the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from .headers import Headers
from .narrow import is_object

Json = Any

Outcome = Literal["not_executed", "executed", "unknown"]


class SDKError(Exception):
    """Base of everything that this SDK raises on purpose."""

    outcome: Outcome = "not_executed"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConfigurationError(SDKError):
    """The client cannot make this call as it is set up. Nothing was sent."""


class APIConnectionError(SDKError):
    """No answer came back. `outcome` is `unknown` if the request may have arrived."""

    def __init__(self, message: str, *, outcome: Outcome = "unknown", attempts: int = 1) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.attempts = attempts


class APITimeoutError(APIConnectionError):
    """No answer came back in time."""


class ResponseDecodeError(SDKError):
    """The answer is not what the contract says: no JSON, or not of the declared shape."""

    def __init__(
        self, message: str, *, status: int, content: bytes, outcome: Outcome = "unknown"
    ) -> None:
        super().__init__(message)
        self.status_code = status
        self.content = content
        self.outcome = outcome


class UnknownOutcomeError(SDKError):
    """Whether the request was executed cannot be told from what came back.

    Attributes:
        operation: The operation's id.
        key: The idempotency key that every attempt carried.
        attempts: How many requests were sent.

    The failure of the last attempt is the `__cause__`.
    """

    outcome: Outcome = "unknown"

    def __init__(self, message: str, *, operation: str, key: str, attempts: int) -> None:
        super().__init__(message)
        self.operation = operation
        self.key = key
        self.attempts = attempts

    def resolve(self) -> Json:
        """Look the key up: what the call would have returned, or None if it never happened.

        Raised by an asynchronous client, it has to be awaited.

        Raises:
            ConfigurationError: where the contract declares no way to look the key up.
        """
        raise ConfigurationError(f"{self.operation} declares no operation to look its key up")


class APIStatusError(SDKError):
    """The server answered with an error.

    Attributes:
        status_code: HTTP status.
        headers: Header fields of the answer.
        body: The decoded JSON body, else the text.
        code: The problem's machine-readable code, "" where there is none.
        request_id: What to quote to the operator.
        retryable: What the server says about trying again; None where it says nothing.
        attempts: How many requests were sent.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        headers: Headers,
        body: Json,
        outcome: Outcome,
        attempts: int = 1,
    ) -> None:
        super().__init__(message)
        problem = problem_of(body)
        self.status_code = status
        self.headers = headers
        self.body = body
        self.outcome = outcome
        self.attempts = attempts
        self.code = problem_code(problem)
        self.request_id = _text(problem.get("request_id")) or headers.get("x-request-id", "")
        retryable = problem.get("retryable")
        self.retryable = retryable if isinstance(retryable, bool) else None

    @property
    def detail(self) -> str:
        """What the server says about this occurrence."""
        return _text(problem_of(self.body).get("detail"))


class BadRequestError(APIStatusError):
    """400: the request is malformed."""


class AuthenticationError(APIStatusError):
    """401: who asks is not known."""


class PermissionDeniedError(APIStatusError):
    """403: who asks may not do this."""


class NotFoundError(APIStatusError):
    """404: there is no such thing."""


class ConflictError(APIStatusError):
    """409: the state of the thing forbids it."""


class GoneError(APIStatusError):
    """410: there is no such thing any more."""


class UnprocessableEntityError(APIStatusError):
    """422: well-formed, but not acceptable."""


class RateLimitError(APIStatusError):
    """429: too many requests."""


class InternalServerError(APIStatusError):
    """5xx: the server failed."""


class ErrorTypes:
    """Which class reports which answer: by the problem's code first, then by the status."""

    BY_STATUS: ClassVar[Mapping[int, type[APIStatusError]]] = {
        400: BadRequestError,
        401: AuthenticationError,
        403: PermissionDeniedError,
        404: NotFoundError,
        409: ConflictError,
        410: GoneError,
        422: UnprocessableEntityError,
        429: RateLimitError,
    }

    def __init__(self, by_code: Mapping[str, type[APIStatusError]]) -> None:
        self._by_code = by_code

    def of(self, status: int, code: str) -> type[APIStatusError]:
        """The class for a status and a code ("" where there is none)."""
        if code in self._by_code:
            return self._by_code[code]
        fallback = InternalServerError if status >= 500 else APIStatusError  # noqa: PLR2004 - RFC 9110 section 15.6
        return self.BY_STATUS.get(status, fallback)


def problem_of(body: Json) -> Mapping[str, Any]:
    """The object that describes an error: the body (RFC 9457), or its `error` member."""
    if not is_object(body):
        return {}
    inner = body.get("error")
    return inner if is_object(inner) else body


def problem_code(problem: Mapping[str, Any]) -> str:
    """The machine-readable code of a problem."""
    return _text(problem.get("code"))


def describe(status: int, body: Json) -> str:
    """One line for people: status, code, and the best sentence that the body offers."""
    problem = problem_of(body)
    sentence = next(
        (text for key in ("detail", "message", "title") if (text := _text(problem.get(key)))), ""
    )
    if not sentence and isinstance(body, str):
        sentence = body.strip()[:200]
    code = problem_code(problem)
    return " ".join(part for part in (str(status), f"[{code}]" if code else "", sentence) if part)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
