"""Authentication: who sent a request, decided by what the contract asks of each operation.

An application supplies one authenticator for each security scheme in use (the generated `Auth`
names them). For API keys, bearer tokens and Basic credentials that is an async function from the
credentials to a `Principal`, or None for "not valid"; for HTTP message signatures it is
`signature.SignatureAuth`. Scopes are compared here, so no authenticator can forget them.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Protocol, TypeVar

from .context import ANONYMOUS, Context
from .percent import decode_query
from .plan import SchemePlan, SchemeUse
from .problem import Problem


class Principal(Protocol):
    """Who asks. Applications bring their own class with whatever else they need to know.

    Attributes:
        subject: Identifies the account; what rate limits per account are counted by.
        scopes: What the credentials may do.
    """

    @property
    def subject(self) -> str:
        """The account."""

    @property
    def scopes(self) -> frozenset[str]:
        """What the credentials may do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The plain principal, for applications that need no more."""

    subject: str
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BasicCredentials:
    """User name and password of HTTP Basic (RFC 7617)."""

    username: str
    password: str


C_contra = TypeVar("C_contra", contravariant=True)


class CredentialCheck(Protocol[C_contra]):
    """Tells whose credentials these are; None where they are nobody's."""

    async def __call__(self, credentials: C_contra, context: Context, /) -> Principal | None:
        """Whose credentials these are."""


class RequestAuth(Protocol):
    """Authenticates a whole request: for signatures, client certificates and home-made schemes.

    Returns None where the request carries nothing of this scheme; raises Problem where it carries
    something that is not good.
    """

    async def authenticate(self, context: Context) -> Principal | None:
        """Who sent this request."""


Authenticate = Callable[[Context], Awaitable[None]]
Attempt = Callable[[Context], Awaitable[Principal | None]]


def compile_auth(
    security: tuple[tuple[SchemeUse, ...], ...], attempts: Mapping[str, Attempt], challenge: str
) -> Authenticate | None:
    """What authenticates the requests of one operation; None where nothing is asked for.

    Args:
        security: Alternatives; all schemes of one of them must be satisfied.
        attempts: An attempt for each scheme, see `attempt`.
        challenge: Value of WWW-Authenticate in a 401.
    """
    if not security or security == ((),):
        return None
    if len(security) == 1 and len(security[0]) == 1:
        return _single(attempts[security[0][0].scheme], security[0][0], challenge)
    alternatives = tuple(
        tuple((attempts[use.scheme], use) for use in alternative) for alternative in security
    )
    return _several(alternatives, challenge)


def _single(attempt: Attempt, use: SchemeUse, challenge: str) -> Authenticate:
    needed = frozenset(use.scopes)

    async def authenticate(context: Context) -> None:
        principal = await attempt(context)
        if principal is None:
            raise missing(challenge)
        if not needed <= principal.scopes:
            raise scope_missing(needed, principal)
        context.principal = principal

    return authenticate


def _several(
    alternatives: tuple[tuple[tuple[Attempt, SchemeUse], ...], ...], challenge: str
) -> Authenticate:
    anonymous = any(not alternative for alternative in alternatives)
    demanding = tuple(alternative for alternative in alternatives if alternative)

    async def authenticate(context: Context) -> None:
        refusal: Problem | None = None
        for alternative in demanding:
            try:
                if await _satisfied(alternative, context):
                    return
            except Problem as problem:
                # Bad credentials never fall back to anonymous, only to another alternative.
                refusal = refusal or problem
        if refusal is not None:
            raise refusal
        if not anonymous:
            raise missing(challenge)

    return authenticate


async def _satisfied(alternative: tuple[tuple[Attempt, SchemeUse], ...], context: Context) -> bool:
    """Whether a request satisfies all schemes of an alternative; sets the first's principal."""
    found: Principal | None = None
    for attempt, use in alternative:
        principal = await attempt(context)
        if principal is None:
            return False
        needed = frozenset(use.scopes)
        if not needed <= principal.scopes:
            raise scope_missing(needed, principal)
        found = found or principal
    context.principal = found or ANONYMOUS
    return True


def attempt(plan: SchemePlan, authenticator: object) -> Attempt:
    """What tries one scheme on a request.

    The attempt gives None where the request carries no credentials of the scheme, and raises
    Problem 401 where they are not valid.

    Raises:
        TypeError: the authenticator does not fit the scheme.
    """
    whole = getattr(authenticator, "authenticate", None)
    if callable(whole):
        found: Attempt = whole
        return found
    if plan.kind in ("signature", "mutualTLS", "other"):
        raise TypeError(f"{plan.name}: an object with `async authenticate(context)` is needed")
    if not callable(authenticator):
        raise TypeError(f"{plan.name}: an async function from credentials to a principal is needed")
    check: Callable[[object, Context], Awaitable[Principal | None]] = authenticator
    extract = _extractor(plan)
    challenge = challenge_of(plan)

    async def try_scheme(context: Context) -> Principal | None:
        credentials = extract(context)
        if credentials is None:
            return None
        principal = await check(credentials, context)
        if principal is None:
            raise Problem(
                401,
                "credentials_invalid",
                "The credentials are not valid.",
                headers=[("www-authenticate", challenge)],
            )
        return principal

    return try_scheme


def challenge_of(plan: SchemePlan) -> str:
    """A WWW-Authenticate challenge for a scheme (RFC 9110 11.6.1)."""
    match plan.kind:
        case "bearer":
            return "Bearer"
        case "basic":
            return 'Basic realm="api", charset="UTF-8"'
        case "signature":
            return "Signature"
        case "apiKey":
            return "ApiKey"
        case _:
            return plan.http_scheme.title() or "Unknown"


def _extractor(plan: SchemePlan) -> Callable[[Context], object]:
    match plan.kind:
        case "bearer":
            return lambda context: _authorization(context, "bearer")
        case "basic":
            return _basic
        case _:
            return _api_key(plan)


def _authorization(context: Context, scheme: str) -> str | None:
    value = context.header("authorization")
    if value is None:
        return None
    name, _, credentials = value.partition(" ")
    return credentials.strip() if name.lower() == scheme else None


def _basic(context: Context) -> BasicCredentials | None:
    encoded = _authorization(context, "basic")
    if encoded is None:
        return None
    try:
        user, colon, password = b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        colon = ""
    if not colon:
        raise Problem(401, "credentials_invalid", "The Basic credentials cannot be read.")
    return BasicCredentials(user, password)


def _api_key(plan: SchemePlan) -> Callable[[Context], str | None]:
    name = plan.key_name

    def from_query(context: Context) -> str | None:
        values = context.query.get(name)
        return decode_query(values[0], name) if values is not None and len(values) == 1 else None

    def from_cookie(context: Context) -> str | None:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load("; ".join(context.header_values("cookie")))
        except CookieError:
            return None
        return cookies[name].value if name in cookies else None

    if plan.key_in == "query":
        return from_query
    if plan.key_in == "cookie":
        return from_cookie
    return lambda context: context.header(name)


def missing(challenge: str) -> Problem:
    """The 401 of a request without credentials."""
    return Problem(
        401,
        "credentials_missing",
        "This operation needs credentials.",
        headers=[("www-authenticate", challenge)] if challenge else (),
    )


def scope_missing(needed: frozenset[str], principal: Principal) -> Problem:
    """The 403 of a request whose credentials may not do this."""
    lacking = ", ".join(sorted(needed - principal.scopes))
    return Problem(403, "scope_missing", f"The credentials lack the scope {lacking}.")
