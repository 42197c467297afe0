"""Credentials: what a security scheme of the contract needs to let a request through."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .clock import Clock
from .parameters import percent
from .request import Request
from .sign import RequestSigner


class Credential(Protocol):
    """Puts proof of identity on a request, anew for every attempt.

    `field` is the header field or query parameter that carries it, for the log to redact.
    """

    @property
    def field(self) -> str:
        """What the log must not show."""
        ...

    def apply(self, request: Request, clock: Clock) -> float | None:
        """Change the request; the time (epoch seconds) until which it is valid, if limited."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Bearer:
    """`Authorization: Bearer`; a function is asked before every attempt."""

    token: str | Callable[[], str]
    field: str = "Authorization"

    def apply(self, request: Request, clock: Clock) -> None:  # noqa: ARG002 - one signature for all credentials
        """Put the token on the request."""
        token = self.token if isinstance(self.token, str) else self.token()
        request.headers.setdefault("Authorization", f"Bearer {token}")

    def __repr__(self) -> str:
        return "Bearer(...)"


@dataclass(frozen=True, slots=True, eq=False)
class Basic:
    """`Authorization: Basic` (RFC 7617)."""

    username: str
    password: str
    field: str = "Authorization"

    def apply(self, request: Request, clock: Clock) -> None:  # noqa: ARG002 - one signature for all credentials
        """Put user name and password on the request."""
        pair = f"{self.username}:{self.password}".encode()
        request.headers.setdefault(
            "Authorization", f"Basic {base64.b64encode(pair).decode('ascii')}"
        )

    def __repr__(self) -> str:
        return "Basic(...)"


@dataclass(frozen=True, slots=True, eq=False)
class ApiKey:
    """A key in a header field, a query parameter or a cookie. `prefix` goes before the key."""

    key: str
    field: str
    location: str = "header"
    prefix: str = ""

    def apply(self, request: Request, clock: Clock) -> None:  # noqa: ARG002 - one signature for all credentials
        """Put the key on the request, unless the caller has put one there."""
        if self.location == "query":
            if any(
                pair.partition("=")[0] == percent(self.field) for pair in request.query.split("&")
            ):
                return
            pair = f"{percent(self.field)}={percent(self.key)}"
            request.query = f"{request.query}&{pair}" if request.query else pair
        elif self.location == "cookie":
            pair = f"{self.field}={percent(self.key)}"
            before = request.headers.get("Cookie")
            request.headers["Cookie"] = f"{before}; {pair}" if before else pair
        else:
            request.headers.setdefault(self.field, f"{self.prefix}{self.key}")

    def __repr__(self) -> str:
        return f"ApiKey(field={self.field!r})"


@dataclass(frozen=True, slots=True, eq=False)
class MessageSignature:
    """RFC 9421 signatures."""

    signer: RequestSigner
    field: str = "Signature"

    def apply(self, request: Request, clock: Clock) -> float:
        """Sign the request with a new nonce; the time at which the signature expires."""
        return float(self.signer.sign(request, clock.now()).expires)


@dataclass(frozen=True, slots=True, eq=False)
class ClientCredentials:
    """OAuth 2.0 client credentials (RFC 6749 section 4.4): the client fetches its own tokens.

    The token is kept until shortly before it expires, and fetched anew after a 401.
    """

    token_url: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...] = ()
    field: str = "Authorization"

    def apply(self, request: Request, clock: Clock) -> None:
        """Nothing: the client puts the token on, because fetching it may take a request."""

    def __repr__(self) -> str:
        return f"ClientCredentials(client_id={self.client_id!r})"
