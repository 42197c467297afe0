"""An operation at work: everything between the socket and the handler, compiled at start-up.

The order of a request: limits, per-address rate limits, body off the wire, authentication,
per-account rate limit, parameters, body, handler, reply. Nothing is looked up, inspected or built
per request that could have been before.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from time import perf_counter
from typing import Any

from .auth import Authenticate
from .body import ClientGone, Limits, Receive, covers, read_body
from .checks import ResponseCheck
from .context import Context
from .failed_auth import FailedAuth
from .params import Binder
from .plan import OperationPlan
from .problem import PROBLEM_JSON, Dialect, Problem
from .ratelimit import Charge
from .reading import ABSENT, ReadBody
from .reply import Prepared, Replies

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Handler = Callable[..., Awaitable[Any]]
Fields = list[tuple[bytes, bytes]]

Observer = Callable[[Context, int, float], None]
"""Told of every answer: its context, status and seconds. For metrics and access logs."""

STARTED = "generated.response_started"
"""Key of the ASGI scope that says that an answer is on its way and no other can be given."""

_CONTENT_LENGTH = b"content-length"
_MOST_ACCEPTS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What an operation is compiled from."""

    plan: OperationPlan
    handler: Handler
    bind: Binder
    read: ReadBody | None
    replies: Replies
    authenticate: Authenticate | None
    failed_auth: FailedAuth | None
    charge: Charge | None
    charge_first: bool
    limits: Limits
    dialect: Dialect
    check: ResponseCheck | None
    observe: Observer | None


class Operation:
    """One operation of the contract as an ASGI application."""

    def __init__(self, parts: Parts) -> None:
        plan = parts.plan
        self.id = plan.id
        self.plan = plan
        self.handler = parts.handler
        self._parts = parts
        self._bind = parts.bind if plan.parameters else None
        self._strict = parts.bind
        self._read = parts.read
        self._replies = parts.replies
        self._authenticate = parts.authenticate
        self._failed_auth: FailedAuth | None = None
        if parts.failed_auth is not None and parts.authenticate is not None:
            self._failed_auth = parts.failed_auth
            self._authenticate = parts.failed_auth.counting(parts.authenticate)
        self._charge_first = parts.charge if parts.charge_first else None
        self._charge = None if parts.charge_first else parts.charge
        self._takes_body = parts.read is not None
        self._limits = parts.limits
        self._check = parts.check
        self._observe = parts.observe
        self._codes = _codes(plan)
        self._fixed = _fixed_fields(plan)
        self._accepts: dict[bytes, bool] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface; path values come from `path_params`, as routers leave them."""
        await self.handle(scope, receive, send, tuple(scope.get("path_params", {}).values()))

    async def handle(
        self, scope: Scope, receive: Receive, send: Send, path_values: tuple[str, ...]
    ) -> None:
        """Answer one request.

        Args:
            scope: The ASGI scope.
            receive: The ASGI channel in.
            send: The ASGI channel out.
            path_values: Values of the path's parameters, in order, still percent-encoded.
        """
        started = perf_counter() if self._observe is not None else 0.0
        context = Context(scope, self.id, path_values)
        try:
            prepared = await self._answer(context, receive)
        except Problem as problem:
            status = await self.refuse(context, problem, send)
        except ClientGone:
            return
        else:
            status = prepared.status
            await self._send(context, prepared, send)
        if self._observe is not None:
            self._observe(context, status, perf_counter() - started)

    async def _answer(self, context: Context, receive: Receive) -> Prepared:
        fields = context.fields
        limits = self._limits
        if len(context.scope["headers"]) > limits.fields:
            raise Problem(431, "too_many_fields", f"Send at most {limits.fields} header fields.")
        if self._failed_auth is not None:
            self._failed_auth.refuse_held(context)
        if self._charge_first is not None:
            await self._charge_first(context)
        if self._takes_body or b"content-length" in fields or b"transfer-encoding" in fields:
            context.body = await read_body(receive, fields.get(_CONTENT_LENGTH), limits)
        if self._authenticate is not None:
            await self._authenticate(context)
        if self._charge is not None:
            await self._charge(context)
        if b"accept" in fields:
            self._check_accept(fields[b"accept"])
        arguments: dict[str, Any] = {}
        if self._bind is not None or context.scope["query_string"]:
            self._strict(context, arguments)
        if self._read is not None:
            body = await self._read(context)
            if body is not ABSENT:
                arguments["body"] = body
        prepared = self._replies.prepare(await self.handler(context, **arguments))
        if self._check is not None:
            self._check(context, prepared)
        return prepared

    def _check_accept(self, accept: bytes) -> None:
        """406 only where the client refuses all that the operation could send."""
        good = self._accepts.get(accept)
        if good is None:
            good = _acceptable(accept.decode("latin-1"), self._replies.media_types)
            if len(self._accepts) < _MOST_ACCEPTS:
                self._accepts[accept] = good
        if not good:
            offered = ", ".join(self._replies.media_types)
            raise Problem(406, "not_acceptable", f"This operation answers with {offered}.")

    async def _send(self, context: Context, prepared: Prepared, send: Send) -> None:
        payload = prepared.payload
        fields = self._head(context)
        fields += prepared.fields
        if isinstance(payload, bytes):
            if prepared.status != 204:  # noqa: PLR2004 - No Content has no length (RFC 9110 8.6)
                fields.append((_CONTENT_LENGTH, b"%d" % len(payload)))
            await _respond(context, prepared.status, fields, payload, send)
        else:
            await _stream(context, prepared.status, fields, payload, send)

    async def refuse(self, context: Context, problem: Problem, send: Send) -> int:
        """Answer with a problem; gives its status."""
        dialect = self._parts.dialect
        context.problem = problem
        payload = dialect.render(problem, context.request_id, self._codes.get(problem.status, ()))
        fields = [*self._head(context), *_problem_fields(problem, payload)]
        if self._check is not None:
            self._check.problem(context, self._replies, problem.status, payload)
        await _respond(context, problem.status, fields, payload, send)
        return problem.status

    def _head(self, context: Context) -> Fields:
        return [
            (b"x-request-id", context.request_id.encode("latin-1")),
            *self._fixed,
            *context.response_headers,
        ]


async def refuse(context: Context, problem: Problem, dialect: Dialect, send: Send) -> None:
    """Answer with a problem where no operation is concerned: 404, 405, a fault in between."""
    payload = dialect.render(problem, context.request_id)
    fields = [
        (b"x-request-id", context.request_id.encode("latin-1")),
        *_problem_fields(problem, payload),
    ]
    await _respond(context, problem.status, fields, payload, send)


def _problem_fields(problem: Problem, payload: bytes) -> Fields:
    return [
        (b"content-type", PROBLEM_JSON),
        (_CONTENT_LENGTH, b"%d" % len(payload)),
        *(
            (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
            for name, value in problem.headers
        ),
    ]


async def _respond(
    context: Context, status: int, fields: Fields, payload: bytes, send: Send
) -> None:
    context.scope[STARTED] = True
    await send({"type": "http.response.start", "status": status, "headers": fields})
    body = b"" if context.scope["method"] == "HEAD" else payload
    await send({"type": "http.response.body", "body": body})


async def _stream(
    context: Context, status: int, fields: Fields, pieces: AsyncIterator[bytes], send: Send
) -> None:
    context.scope[STARTED] = True
    await send({"type": "http.response.start", "status": status, "headers": fields})
    if context.scope["method"] != "HEAD":
        async for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _acceptable(accept: str, offered: tuple[str, ...]) -> bool:
    """Whether an Accept field (RFC 9110 12.5.1) leaves any offered media type."""
    if not offered:
        return True
    for part in accept.split(","):
        pattern, *parameters = (piece.strip() for piece in part.split(";"))
        if any(p.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for p in parameters):
            continue
        if not pattern or any(_overlap(pattern, media_type) for media_type in offered):
            return True
    return False


def _overlap(pattern: str, offered: str) -> bool:
    plain = offered.partition(";")[0].strip().lower()
    return covers(pattern, plain) or covers(plain, pattern.lower())


def _codes(plan: OperationPlan) -> dict[int, tuple[str, ...]]:
    return {
        int(reply.status): reply.codes
        for reply in plan.replies
        if reply.codes and reply.status.isdigit()
    }


def _fixed_fields(plan: OperationPlan) -> tuple[tuple[bytes, bytes], ...]:
    """Fields that every answer of an operation has: `Sunset` (RFC 8594)."""
    if not plan.sunset:
        return ()
    day = date.fromisoformat(plan.sunset)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return ((b"sunset", format_datetime(moment, usegmt=True).encode("ascii")),)
