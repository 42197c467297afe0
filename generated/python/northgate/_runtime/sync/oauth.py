"""OAuth 2.0 access tokens by client credentials (RFC 6749 section 4.4), fetched when needed."""

from __future__ import annotations

import base64
import json
import time

from ..auth import ClientCredentials
from ..call import split_base_url
from ..errors import APIConnectionError, ConfigurationError
from ..parameters import percent, query_string
from ..request import Request, Timeout
from ..transport_error import TransportError
from ..waiting import lock
from .transport import Transport

_EARLY_SECONDS = 30.0
_DEFAULT_LIFETIME_SECONDS = 300.0


class TokenCache:
    """The current access token of one client; concurrent calls share one fetch."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._lock = lock()
        self._token = ""
        self._expires = 0.0

    def token(self, credential: ClientCredentials, limits: Timeout) -> str:
        """A token that is still good for a while."""
        with self._lock:
            if not self._token or time.monotonic() >= self._expires:
                self._fetch(credential, limits)
            return self._token

    def forget(self, token: str) -> None:
        """The server refused this token: the next call fetches another one."""
        if token == self._token:
            self._token = ""

    def _fetch(self, credential: ClientCredentials, limits: Timeout) -> None:
        try:
            reply = self._transport.send(_token_request(credential), limits)
            try:
                content = b"".join([chunk for chunk in reply.iter_bytes()])
            finally:
                reply.close()
        except TransportError as error:
            message = f"no access token from {credential.token_url}: {error}"
            raise APIConnectionError(message, outcome="not_executed") from error
        self._token, lifetime = _granted(credential, reply.status, content)
        self._expires = time.monotonic() + max(lifetime - _EARLY_SECONDS, lifetime / 2)


def _token_request(credential: ClientCredentials) -> Request:
    origin, path = split_base_url(credential.token_url)
    pair = f"{percent(credential.client_id)}:{percent(credential.client_secret)}"
    form: dict[str, object] = {"grant_type": "client_credentials"}
    if credential.scopes:
        form["scope"] = " ".join(credential.scopes)
    return Request(
        method="POST",
        origin=origin,
        path=path,
        headers={
            "Accept": "application/json",
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode('ascii')}",
            "Content-Type": "application/x-www-form-urlencoded",
        },
        content=query_string(form, {}).encode("ascii"),
    )


def _granted(credential: ClientCredentials, status: int, content: bytes) -> tuple[str, float]:
    try:
        grant = json.loads(content)
        token = grant["access_token"]
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError(
            f"{credential.token_url} granted no access token (status {status})"
        ) from None
    lifetime = grant.get("expires_in")
    return str(token), float(lifetime) if lifetime else _DEFAULT_LIFETIME_SECONDS
