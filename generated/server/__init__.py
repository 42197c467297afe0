"""The server of the contract. Generated; do not edit.

Implement the Protocols of `handlers` (one per tag, one async method per operation), then::

    from generated.server import Auth, Handlers, create_app

    app = create_app(
        Handlers(
            market_data=...,
            orders=...,
            account=...,
            api_keys=...,
        ),
        auth=Auth(signature=...),
    )

and serve `app` with any ASGI server: `uvicorn module:app --loop uvloop --http httptools`.

A method gets the request's `Context` (principal, request id, signature, header fields), the path
parameters, `body` as a model of `models`, and the other parameters by name, all of them valid by
the contract. It returns the body of the first success that the contract declares, or a `Reply`
with another declared status, media type or header fields. It refuses with a `Problem`: `problems`
has a function for every code that the contract promises. Whatever else it raises becomes a 500.

`Auth` has a field for each security scheme. A scheme of HTTP message signatures takes a
`SignatureAuth(keys=KeyStore, nonces=NonceStore)`; API keys, bearer tokens and Basic credentials
take an async function `(credentials, context) -> Principal | None`. `runtime.memory` has stores
for tests.

`create_app` raises `HandlerError` with the list of everything that is missing or does not fit.
"""

from __future__ import annotations

from .app import create_app
from .auth import Auth
from .handlers import (
    Handlers,
    AccountHandlers,
    ApiKeysHandlers,
    MarketDataHandlers,
    OrdersHandlers,
)
from .runtime.auth import BasicCredentials, CredentialCheck, Identity, Principal, RequestAuth
from .runtime.binding import HandlerError
from .runtime.body import Limits
from .runtime.checks import ALWAYS, OFF, ResponseValidation, Violation
from .runtime.context import Context
from .runtime.plan import Bucket
from .runtime.problem import Detail, Problem
from .runtime.ratelimit import Decision, RateLimiter
from .runtime.reply import Reply
from .runtime.signature import KeyStore, NonceStore, SignatureAuth, SigningKey, VerifiedSignature

__all__ = [
    "ALWAYS",
    "Auth",
    "BasicCredentials",
    "Bucket",
    "Context",
    "CredentialCheck",
    "Decision",
    "Detail",
    "HandlerError",
    "Handlers",
    "Identity",
    "KeyStore",
    "Limits",
    "NonceStore",
    "OFF",
    "Principal",
    "Problem",
    "RateLimiter",
    "Reply",
    "RequestAuth",
    "ResponseValidation",
    "SignatureAuth",
    "SigningKey",
    "VerifiedSignature",
    "Violation",
    "create_app",
    "AccountHandlers",
    "ApiKeysHandlers",
    "MarketDataHandlers",
    "OrdersHandlers",
]
