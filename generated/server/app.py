"""The application. Generated from the contract; do not edit."""

from __future__ import annotations

from pathlib import Path

from pydantic_core import from_json

from .auth import Auth
from .handlers import Handlers
from .operations import PLAN
from .runtime.app import App, Lifespan
from .runtime.body import Limits
from .runtime.checks import OFF, ResponseValidation
from .runtime.operation import Observer
from .runtime.plan import Bucket
from .runtime.ratelimit import RateLimiter
from .runtime.service import Options, build_app


def create_app(
    handlers: Handlers,
    *,
    auth: Auth,
    limits: Limits | None = None,
    validate_responses: ResponseValidation = OFF,
    rate_limiter: RateLimiter | None = None,
    failed_auth: Bucket | None = None,
    refuse_unknown_query: bool = True,
    base_path: str | None = None,
    problem_types: str = "",
    observe: Observer | None = None,
    lifespan: Lifespan | None = None,
) -> App:
    """The ASGI application, a `connexion.AsyncApp`.

    Args:
        handlers: What answers the operations.
        auth: What authenticates requests.
        limits: What a request may cost; None for the defaults.
        validate_responses: Whether answers are held against the contract: `OFF`, `ALWAYS`, or
            a sampled `ResponseValidation(rate=0.01, report=...)`.
        rate_limiter: Counts what the contract's rate limits say; None counts nothing.
        failed_auth: Bucket per address that a request with bad credentials takes a token from,
            as `Bucket("failed-auth", rate=0.5, burst=20, partition="ip")`; an address whose
            bucket is empty is refused unread. Counted by `rate_limiter`; None counts nothing.
        refuse_unknown_query: Answer 400 to query parameters that the contract does not declare.
        base_path: Prefix of all paths; None takes the path of the first declared server.
        problem_types: Prefix of problem `type` URIs; "" leaves them `about:blank`.
        observe: Told of every answer: `(context, status, seconds)`.
        lifespan: Async context manager around the application's life.

    Raises:
        HandlerError: something is missing or does not fit; lists all of it.
        ValueError: `failed_auth` without a `rate_limiter`, or not counted by address.
    """
    schemas = from_json(Path(__file__).with_name("schemas.json").read_bytes())
    options = Options(
        limits=limits or Limits(),
        validate_responses=validate_responses,
        rate_limiter=rate_limiter,
        failed_auth=failed_auth,
        refuse_unknown_query=refuse_unknown_query,
        base_path=base_path,
        problem_types=problem_types,
        observe=observe,
        lifespan=lifespan,
    )
    return build_app(PLAN, schemas, handlers, auth, options)
