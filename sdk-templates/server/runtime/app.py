"""The application: compiled operations within a connexion AsyncApp.

Connexion is the framework: it owns the application object, `add_api` and its resolver, lifespan,
exception handlers and further middleware. Its per-request plumbing is not used: `make_operation`
gives the compiled operations, and a dispatcher in front of the stack finds them through a trie.
What a handler raises goes on through connexion's exception handling.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException

from .body import Limits, Receive
from .context import Context
from .framework import (
    AsyncApi,
    AsyncApp,
    AsyncASGIApp,
    ConnexionRequest,
    ConnexionResponse,
    ExceptionMiddleware,
    LifespanMiddleware,
    MiddlewarePosition,
    ProblemException,
    Resolver,
    ServerErrorMiddleware,
)
from .operation import STARTED, Operation, Scope, Send, refuse
from .plan import ServicePlan
from .problem import Dialect, Problem, phrase
from .routing import Route, Router

_LOG = logging.getLogger(__name__)
_PENDING = "generated.pending_exception"

Table = Router[Operation]
Lifespan = Callable[[Any], AbstractAsyncContextManager[Any]]
"""An async context manager around the application's life: start up, yield, shut down."""


class Dispatcher:
    """ASGI middleware in front of connexion's stack: routes, and answers 404, 405 and OPTIONS."""

    def __init__(
        self,
        app: Any,  # noqa: ANN401 - any ASGI application
        *,
        table: Table,
        base_path: str,
        dialect: Dialect,
        limits: Limits,
    ) -> None:
        self._next = app
        self._find = table.find
        self._allow = table.allow.encode("ascii")
        self._base = base_path
        self._dialect = dialect
        self._limits = limits
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] != "http":
            await self._next(scope, receive, send)
            return
        path = self._path(scope)
        found = self._find(path) if path is not None else None
        if found is None:
            if scope["method"] == "OPTIONS" and scope["path"] == "*":
                await _options(self._allow, send)
                return
            await self._next(scope, receive, send)
            return
        route, values = found
        operation = route.methods.get(scope["method"])
        if operation is None:
            operation = self._other_method(route, scope["method"])
            if operation is None:
                await self._no_method(route, scope, send)
                return
        problem = self._overload(scope)
        if problem is not None:
            await operation.refuse(Context(scope, operation.id, values), problem, send)
            return
        self._busy += 1
        try:
            await operation.handle(scope, receive, send, values)
        except Exception as error:
            if STARTED in scope:
                raise  # too late for another answer; the server closes the connection
            scope[_PENDING] = error
            await self._next(scope, receive, send)
        finally:
            self._busy -= 1

    def _path(self, scope: Scope) -> str | None:
        """The path below the base path, as on the wire; None where it lies elsewhere."""
        raw = scope.get("raw_path")
        path = raw.decode("latin-1") if raw is not None else scope["path"]
        base = scope.get("root_path", "") + self._base
        if not base:
            return str(path)
        if not path.startswith(base):
            # Servers differ in whether the path still holds the root path.
            base = self._base
        return str(path[len(base) :]) if path.startswith(base) else None

    def _overload(self, scope: Scope) -> Problem | None:
        limits = self._limits
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > limits.url:
            return Problem(414, "uri_too_long", f"Path and query exceed {limits.url} octets.")
        if limits.concurrency is not None and self._busy >= limits.concurrency:
            detail = "The server has too many requests in work."
            return Problem(503, "overloaded", detail, headers=[("retry-after", "1")])
        return None

    @staticmethod
    def _other_method(route: Route[Operation], method: str) -> Operation | None:
        return route.methods.get("GET") if method == "HEAD" else None

    async def _no_method(self, route: Route[Operation], scope: Scope, send: Send) -> None:
        context = Context(scope, "", ())
        if scope["method"] == "OPTIONS":
            await _options(route.allow.encode("ascii"), send)
            return
        detail = f"{context.scope['method'][:20]} is not a method of this resource."
        problem = Problem(405, "method_not_allowed", detail, headers=[("allow", route.allow)])
        await refuse(context, problem, self._dialect, send)


async def _options(allow: bytes, send: Send) -> None:
    """What may be asked of a resource, or of the whole server (RFC 9110 9.3.7)."""
    await send({"type": "http.response.start", "status": 204, "headers": [(b"allow", allow)]})
    await send({"type": "http.response.body", "body": b""})


class _Api(AsyncApi):  # type: ignore[misc] # connexion ships no types
    """An AsyncApi whose operations are the compiled ones."""

    def __init__(self, *args: Any, compiled: Mapping[str, Operation], **kwargs: Any) -> None:  # noqa: ANN401 - connexion's own
        self._compiled = compiled
        super().__init__(*args, **kwargs)

    def make_operation(self, operation: Any) -> Operation:  # noqa: ANN401 - connexion's own
        """The compiled operation of that id."""
        return self._compiled[operation.operation_id]


class _Application(AsyncASGIApp):  # type: ignore[misc] # connexion ships no types
    """The innermost application: routes that were added by hand, and what is left over."""

    api_cls = _Api

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self._dialect = dialect
        self.router.default = self._not_found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise what an operation left behind, or route."""
        pending = scope.pop(_PENDING, None)
        if pending is not None:
            raise pending
        await self.router(scope, receive, send)

    def add_api(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - connexion's own
        """Register an API; its paths belong to the dispatcher, the rest stays not found."""
        api = super().add_api(*args, **kwargs)
        api.router.default = self._not_found
        return api

    async def _not_found(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.router.not_found(scope, receive, send)
            return
        problem = Problem(404, "not_found", "There is nothing at this path.")
        await refuse(Context(scope, "", ()), problem, self._dialect, send)


class App(AsyncApp):  # type: ignore[misc] # connexion ships no types
    """A connexion AsyncApp that serves compiled operations."""

    def __init__(
        self,
        plan: ServicePlan,
        operations: Mapping[str, Operation],
        *,
        base_path: str,
        dialect: Dialect,
        limits: Limits,
        lifespan: Lifespan | None,
    ) -> None:
        dispatcher = partial(
            Dispatcher,
            table=_table(operations),
            base_path=base_path,
            dialect=dialect,
            limits=limits,
        )
        super().__init__(
            __name__,
            lifespan=lifespan,
            middlewares=[
                dispatcher,
                ServerErrorMiddleware,
                ExceptionMiddleware,
                LifespanMiddleware,
            ],
            resolver=Resolver(lambda operation_id: operations[operation_id].handler),
        )
        self._middleware_app = self.middleware.app = _Application(dialect)
        self.operations = operations
        self._outer = 0
        self._dialect = dialect
        for kind in (HTTPException, ProblemException, Problem, Exception):
            self.add_error_handler(kind, self._failure)
        self.add_api(routing_document(plan), base_path=base_path, compiled=operations)

    def add_middleware(
        self,
        middleware_class: Any,  # noqa: ANN401 - any ASGI middleware class
        position: MiddlewarePosition | None = None,
        **options: Any,  # noqa: ANN401 - the middleware's own
    ) -> None:
        """Add a middleware: around everything, first one outermost, unless a position is given."""
        if position is not None:
            super().add_middleware(middleware_class, position, **options)
            return
        if self.middleware.middleware_stack is not None:
            raise RuntimeError("cannot add middleware after the application has started")
        self.middleware.middlewares.insert(self._outer, partial(middleware_class, **options))
        self._outer += 1

    async def _failure(self, request: ConnexionRequest, error: Exception) -> ConnexionResponse:
        """The answer to what no other error handler took."""
        context = Context(request.scope, "", ())
        problem = _problem_of(error)
        if problem.status >= 500:  # noqa: PLR2004 - server errors
            _LOG.error("request %s failed", context.request_id, exc_info=error)
        headers = {"x-request-id": context.request_id, **dict(problem.headers)}
        return ConnexionResponse(
            status_code=problem.status,
            mimetype="application/problem+json",
            body=self._dialect.render(problem, context.request_id),
            headers=headers,
        )


def _problem_of(error: Exception) -> Problem:
    """A problem that tells nothing of the server's inside."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        headers = tuple((error.headers or {}).items())
        return Problem(
            error.status_code, _code_of(error.status_code), error.detail, headers=headers
        )
    if isinstance(error, ProblemException):
        return Problem(error.status, _code_of(error.status), str(error.detail or ""))
    return Problem(500, "internal_error", "The request failed for a reason of the server's own.")


def _code_of(status: int) -> str:
    return phrase(status).lower().replace(" ", "_").replace("-", "_")


def _table(operations: Mapping[str, Operation]) -> Table:
    table: Table = Router()
    for operation in operations.values():
        table.add(operation.plan.path, operation.plan.method, operation)
    return table


def routing_document(plan: ServicePlan) -> dict[str, object]:
    """The contract as connexion needs it: paths and operation ids, in OpenAPI 3.0.3."""
    paths: dict[str, dict[str, object]] = {}
    for operation in plan.operations:
        parameters = [
            {"name": p.name, "in": "path", "required": True, "schema": {"type": "string"}}
            for p in operation.parameters
            if p.location == "path"
        ]
        paths.setdefault(operation.path, {})[operation.method.lower()] = {
            "operationId": operation.id,
            "parameters": parameters,
            "responses": {"default": {"description": ""}},
        }
    info = {"title": plan.title, "version": plan.version}
    return {"openapi": "3.0.3", "info": info, "paths": paths}
