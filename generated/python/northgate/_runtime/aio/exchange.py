"""One call on the wire: as many attempts as are allowed, and the truth about their effect."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import NoReturn

from ..auth import ClientCredentials, Credential
from ..call import Call, build_request, credentials_for
from ..config import ClientConfig
from ..decode import error_body
from ..errors import (
    APIConnectionError,
    APITimeoutError,
    Outcome,
    ResponseDecodeError,
    SDKError,
    UnknownOutcomeError,
    describe,
    problem_code,
    problem_of,
)
from ..headers import Headers
from ..operation import Replay
from ..redirect import redirected
from ..request import Request, ResponseHead
from ..retry import Deadline, Failure, RetryState, retry_after_seconds
from ..shared import log_request, log_response, log_retry
from ..transport_error import TransportError
from ..waiting import async_sleep
from .session import AsyncSession
from .transport import AsyncReply

_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429
_FIRST_REDIRECT = 300
_MOST_HOPS = 5


class AsyncExchange:
    """The attempts of one call."""

    def __init__(self, session: AsyncSession, config: ClientConfig, call: Call) -> None:
        self._session = session
        self._config = config
        self._call = call
        self._credentials = credentials_for(config, call)
        self._request = build_request(config, call)
        self._deadline = Deadline(config.deadline)
        self._valid_until: float | None = None
        self._token = ""
        self._hops = 0
        self._state = RetryState(
            config.retry, call.operation, self._deadline, replayable=self._request.replayable
        )

    @property
    def attempts(self) -> int:
        """How many requests were sent."""
        return self._state.attempts

    async def answer(self) -> tuple[ResponseHead, bytes]:
        """The head and the whole body of a successful answer.

        Raises:
            SDKError: where there is none.
        """
        while True:
            reply = await self.reply()
            try:
                content = await self._content(reply)
            except TransportError as error:
                await self._unanswered(error)
                continue
            return ResponseHead(reply.status, reply.headers), content

    async def reply(self) -> AsyncReply:
        """A successful answer whose body has not been read yet."""
        while True:
            self._state.attempts += 1
            try:
                await self._take_tokens()
                request = await self._attempt_request()
                reply = await self._send(request)
            except TransportError as error:
                await self._unanswered(error)
                continue
            except SDKError as error:
                doubted = self._with_doubts(error, "not_executed")
                raise doubted from doubted.__cause__
            if reply.status < _FIRST_REDIRECT:
                return reply
            target = redirected(self._request, reply.status, reply.headers)
            if target is None or self._hops == _MOST_HOPS:
                await self._refused(reply)
                continue
            await reply.aclose()
            self._follow(target)

    def _follow(self, target: Request) -> None:
        """Go on with another request; credentials stay with the origin that they are for."""
        if target.origin != self._request.origin:
            self._credentials = ()
        self._request = target
        self._hops += 1
        self._state.attempts -= 1

    async def _take_tokens(self) -> None:
        cost, limiter = self._call.operation.cost, self._session.shared.limiter
        if cost is None:
            return
        wait = limiter.reserve(cost.bucket, cost.tokens)
        if wait <= 0:
            return
        if not self._deadline.allows(wait):
            limiter.give_back(cost.bucket, cost.tokens)
            message = f"the local {cost.bucket} limit would hold the call back for {wait:.1f} s"
            raise TransportError(message, sent=False, timed_out=True, final=True)
        await async_sleep(wait)

    async def _attempt_request(self) -> Request:
        """A fresh copy of the request: hooks, then credentials, so that changes are signed."""
        request = replace(self._request, headers=dict(self._request.headers))
        for hook in self._config.hooks.before_request:
            hook(request)
        for credential in self._credentials:
            await self._authenticate(credential, request)
        log_request(self._session.shared, self._config, request, self._state.attempts)
        return request

    async def _authenticate(self, credential: Credential, request: Request) -> None:
        if isinstance(credential, ClientCredentials):
            limits = self._call.timeout(self._config).within(self._deadline.remaining())
            self._token = await self._session.tokens.token(credential, limits)
            request.headers["Authorization"] = f"Bearer {self._token}"
            return
        valid_until = credential.apply(request, self._session.shared.clock)
        if valid_until is not None:
            self._valid_until = max(valid_until, self._valid_until or 0.0)

    async def _send(self, request: Request) -> AsyncReply:
        remaining = self._deadline.remaining()
        if remaining is not None and remaining <= 0:
            message = "the deadline has passed"
            raise TransportError(message, sent=False, timed_out=True, final=True)
        start = time.monotonic()
        limits = self._call.timeout(self._config).within(remaining)
        reply = await self._session.transport.send(request, limits)
        head = ResponseHead(reply.status, reply.headers)
        log_response(self._session.shared, self._config, request, head, time.monotonic() - start)
        for hook in self._config.hooks.after_response:
            hook(request, head)
        self._session.shared.limiter.learn(reply.headers)
        return reply

    async def _content(self, reply: AsyncReply) -> bytes:
        """The body; the deadline also ends an answer that trickles."""
        chunks: list[bytes] = []
        try:
            async for chunk in reply.aiter_bytes():
                chunks.append(chunk)
                if self._deadline.remaining() == 0:
                    raise TransportError("the deadline has passed", sent=True, timed_out=True)
        finally:
            await reply.aclose()
        return b"".join(chunks)

    async def _refused(self, reply: AsyncReply) -> None:
        """Deal with an error answer: return to try again, raise otherwise."""
        try:
            body = error_body(await self._content(reply))
        except TransportError:
            body = None
        failure = Failure(reply.status, reply.headers, body)
        if self._corrected(failure):
            return
        cost = self._call.operation.cost
        if failure.status == _TOO_MANY_REQUESTS and cost is not None:
            wait = retry_after_seconds(failure.headers) or 0.0
            self._session.shared.limiter.refused(cost.bucket, wait)
        await self._failed(failure, None)

    def _corrected(self, failure: Failure) -> bool:
        """Whether a 401 has a cause that was just put right: a wrong clock, an old token."""
        if failure.status != _UNAUTHORIZED:
            return False
        if self._token:
            self._session.tokens.forget(self._token)
            return self._state.once_corrected()
        if self._valid_until is None:
            return False
        clock = self._session.shared.clock
        before = clock.offset
        if not clock.learn_time(problem_of(failure.body).get("server_time")):
            clock.learn_date(failure.headers.get("date"))
        return clock.offset != before and self._state.once_corrected()

    async def _unanswered(self, error: TransportError) -> None:
        failure = Failure(0, Headers(), None, sent=error.sent, final=error.final)
        await self._failed(failure, error)

    async def _failed(self, failure: Failure, cause: TransportError | None) -> None:
        """Wait before the next attempt, or raise what is known."""
        delay = self._state.delay_after(failure)
        if delay is None:
            self._give_up(failure, cause)
        log_retry(self._session.shared, self._call.operation, failure, delay)
        for hook in self._config.hooks.on_retry:
            hook(self._request, self._state.attempts, delay)
        await async_sleep(delay)

    def _give_up(self, failure: Failure, cause: TransportError | None) -> NoReturn:
        plain = self._error(failure, cause)
        plain.__cause__ = cause
        error = self._with_doubts(plain, failure.outcome)
        raise error from error.__cause__

    def _with_doubts(self, error: SDKError, outcome: Outcome) -> SDKError:
        """The error, or one that says more where an earlier attempt may have been executed."""
        if not self._state.in_doubt or outcome == "executed":
            return error
        error.outcome = "unknown"
        if self._call.operation.replay is not Replay.KEYED or not self._call.key:
            return error
        return self._unknown(error)

    def _error(self, failure: Failure, cause: TransportError | None) -> SDKError:
        attempts = self._state.attempts
        if cause is not None:
            kind = APITimeoutError if cause.timed_out else APIConnectionError
            message = f"{self._call.operation.id}: {cause}"
            return kind(message, outcome=failure.outcome, attempts=attempts)
        code = problem_code(problem_of(failure.body))
        return self._config.errors.of(failure.status, code)(
            f"{self._call.operation.id}: {describe(failure.status, failure.body)}",
            status=failure.status,
            headers=failure.headers,
            body=failure.body,
            outcome=failure.outcome,
            attempts=attempts,
        )

    def undecodable(self, error: ResponseDecodeError) -> SDKError:
        """What to raise for a successful answer that cannot be read."""
        if self._call.operation.replay is Replay.KEYED and self._call.key:
            return self._unknown(error)
        return error

    def _unknown(self, error: SDKError) -> UnknownOutcomeError:
        from .outcome import AsyncLookup, AsyncUnresolvedError  # noqa: PLC0415 - rarely needed

        operation = self._call.operation
        unknown = AsyncUnresolvedError(
            f"{operation.id}: it is not known whether the request was executed ({error.message}); "
            f"look up {self._call.key!r} with resolve()",
            operation=operation.id,
            key=self._call.key,
            attempts=self._state.attempts,
            lookup=AsyncLookup(self._session, self._config, self._call, self._valid_until),
        )
        unknown.__cause__ = error
        return unknown
