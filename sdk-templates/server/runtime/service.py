"""The service: a plan, its schemas and the application's parts, put together and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .app import App, Lifespan
from .auth import Attempt, attempt, challenge_of, compile_auth
from .binding import HandlerError, bind_handlers
from .body import Limits
from .checks import OFF, ResponseCheck, ResponseValidation
from .failed_auth import FailedAuth
from .operation import Handler, Observer, Operation, Parts
from .params import compile_parameters
from .plan import Bucket, OperationPlan, SchemePlan, ServicePlan
from .problem import Dialect
from .ratelimit import RateLimiter, compile_charge
from .reading import compile_body
from .reply import Replies
from .routing import Route
from .signature import SignatureAuth, SignatureVerifier
from .validation import Schemas


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a service runs.

    Attributes:
        limits: What a request may cost.
        validate_responses: Whether and how answers are held against the contract.
        rate_limiter: Counts what the contract's `x-rate-limit-cost` says; None counts nothing.
        failed_auth: Bucket per address that a request with bad credentials takes a token from;
            an address whose bucket is empty is refused unread. Counted by `rate_limiter`; None
            counts nothing.
        refuse_unknown_query: Answer 400 to query parameters that the contract does not declare,
            so that a typing error is never another request.
        base_path: Prefix of all paths; None takes the path of the first declared server.
        problem_types: Prefix of problem `type` URIs; "" leaves them `about:blank`.
        observe: Told of every answer.
        lifespan: Start-up and shut-down, as connexion has it.
    """

    limits: Limits = field(default_factory=Limits)
    validate_responses: ResponseValidation = OFF
    rate_limiter: RateLimiter | None = None
    failed_auth: Bucket | None = None
    refuse_unknown_query: bool = True
    base_path: str | None = None
    problem_types: str = ""
    observe: Observer | None = None
    lifespan: Lifespan | None = None


def build_app(
    plan: ServicePlan,
    schemas_document: Mapping[str, Any],
    handlers: object,
    auth: object,
    options: Options,
) -> App:
    """The application of a service.

    Args:
        plan: What the contract says.
        schemas_document: The contract's schemas, under `$defs`.
        handlers: The generated `Handlers`: an object for each group of operations.
        auth: The generated `Auth`: an authenticator for each security scheme; None without any.
        options: How it runs.

    Raises:
        HandlerError: handlers or authenticators are missing or do not fit; lists all of them.
    """
    problems: list[str] = []
    bound: dict[str, Handler] = {}
    try:
        groups = {o.group: getattr(handlers, o.group, None) for o in plan.operations}
        bound = bind_handlers(plan.operations, groups)
    except HandlerError as error:
        problems += error.problems
    attempts = _attempts(plan, auth, problems)
    if problems:
        raise HandlerError(problems)
    dialect = Dialect(plan.problem_members, plan.problem_codes, options.problem_types)
    compiler = _Compiler(plan, Schemas(schemas_document), attempts, dialect, options)
    operations = {
        operation.id: compiler.compile(operation, bound[operation.id])
        for operation in plan.operations
    }
    base_path = plan.base_path if options.base_path is None else options.base_path
    return App(
        plan,
        operations,
        base_path=base_path.rstrip("/"),
        dialect=dialect,
        limits=options.limits,
        lifespan=options.lifespan,
    )


def _attempts(plan: ServicePlan, auth: object, problems: list[str]) -> dict[str, Attempt]:
    """What tries each security scheme that an operation uses; adds to `problems` what is wrong."""
    used = {
        use.scheme
        for operation in plan.operations
        for alternative in operation.security
        for use in alternative
    }
    found: dict[str, Attempt] = {}
    for scheme in plan.schemes:
        if scheme.name not in used:
            continue
        authenticator = getattr(auth, scheme.argument, None)
        if authenticator is None:
            problems.append(f"auth.{scheme.argument}: no authenticator for {scheme.name}")
            continue
        try:
            found[scheme.name] = attempt(scheme, _authenticator(scheme, authenticator))
        except (TypeError, ValueError) as error:
            problems.append(f"auth.{scheme.argument}: {error}")
    return found


def _authenticator(scheme: SchemePlan, given: object) -> object:
    if scheme.signature is not None and isinstance(given, SignatureAuth):
        return SignatureVerifier(scheme.signature, given)
    return given


def _failed_auth(options: Options) -> FailedAuth | None:
    if options.failed_auth is None:
        return None
    if options.rate_limiter is None:
        raise ValueError("failed_auth needs a rate_limiter to count it")
    return FailedAuth(options.failed_auth, options.rate_limiter)


class _Compiler:
    """Compiles operations that share a service's parts."""

    def __init__(
        self,
        plan: ServicePlan,
        schemas: Schemas,
        attempts: Mapping[str, Attempt],
        dialect: Dialect,
        options: Options,
    ) -> None:
        self._schemas = schemas
        self._attempts = attempts
        self._dialect = dialect
        self._options = options
        self._buckets = {bucket.name: bucket for bucket in plan.buckets}
        self._failed_auth = _failed_auth(options)
        self._challenges = {scheme.name: challenge_of(scheme) for scheme in plan.schemes}

    def compile(self, plan: OperationPlan, handler: Handler) -> Operation:
        """One operation, ready to serve."""
        options = self._options
        rate = plan.rate
        per_ip = (
            rate is not None
            and rate.bucket in self._buckets
            and (self._buckets[rate.bucket].partition == "ip")
        )
        names = Route[object](plan.path).names
        return Operation(
            Parts(
                plan=plan,
                handler=handler,
                bind=compile_parameters(
                    plan.parameters,
                    names,
                    self._schemas,
                    refuse_unknown=options.refuse_unknown_query,
                ),
                read=(
                    compile_body(
                        plan.body, self._schemas, options.limits, required=plan.body_required
                    )
                    if plan.body
                    else None
                ),
                replies=Replies(plan.id, plan.replies),
                authenticate=compile_auth(plan.security, self._attempts, self._challenge(plan)),
                failed_auth=self._failed_auth,
                charge=compile_charge(rate, self._buckets, options.rate_limiter),
                charge_first=per_ip,
                limits=options.limits,
                dialect=self._dialect,
                check=(
                    ResponseCheck(options.validate_responses, self._schemas)
                    if options.validate_responses.rate > 0
                    else None
                ),
                observe=options.observe,
            )
        )

    def _challenge(self, plan: OperationPlan) -> str:
        """Challenges of all schemes that would let a request in."""
        names = dict.fromkeys(use.scheme for alternative in plan.security for use in alternative)
        return ", ".join(dict.fromkeys(self._challenges[name] for name in names))
