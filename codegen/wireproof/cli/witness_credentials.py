"""Credentials that a contract asks for, written into a request: their place, not their truth."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from wireproof.cli.witness_request import Sendable, Untold
from wireproof.ir.contract import Contract, SchemeUse, SecurityScheme

_SECRET = "witness"  # noqa: S105 - a word that no server knows


def with_credentials(request: Sendable, contract: Contract, uses: Iterable[SchemeUse]) -> Sendable:
    """The request with everything that one alternative of an operation's security asks for.

    Raises:
        Untold: A request cannot carry it.
    """
    for use in uses:
        scheme = contract.security_schemes.get(use.scheme)
        if scheme is None:
            raise Untold(f"the contract does not say what {use.scheme} is")
        if scheme.kind == "mutualTLS":
            raise Untold("a client certificate is no part of a request")
        request = _key(request, scheme) if scheme.kind == "apiKey" else _header(request, scheme)
    return request


def _key(request: Sendable, scheme: SecurityScheme) -> Sendable:
    name = scheme.api_key_name
    if scheme.api_key_in == "query":
        joint = "&" if "?" in request.target else "?"
        return replace(request, target=f"{request.target}{joint}{quote(name)}={_SECRET}")
    if scheme.api_key_in == "cookie":
        return _with(request, "Cookie", f"{name}={_SECRET}")
    return _with(request, name, _SECRET)


def _header(request: Sendable, scheme: SecurityScheme) -> Sendable:
    if scheme.signature is not None:
        label = scheme.signature.label
        signed = _with(request, "Signature-Input", f"{label}=()")
        return _with(signed, "Signature", f"{label}=:{_basic()}:")
    if scheme.kind != "http":
        return _with(request, "Authorization", f"Bearer {_SECRET}")
    token = _basic() if scheme.http_scheme.lower() == "basic" else _SECRET
    return _with(request, "Authorization", f"{scheme.http_scheme.capitalize()} {token}")


def _with(request: Sendable, name: str, value: str) -> Sendable:
    """With one more header; cookies share theirs (RFC 6265 section 5.4)."""
    others = [(key, text) for key, text in request.headers if key != name or name != "Cookie"]
    cookies = [text for key, text in request.headers if key == name == "Cookie"]
    return replace(request, headers=(*others, (name, "; ".join([*cookies, value]))))


def _basic() -> str:
    return b64encode(f"{_SECRET}:{_SECRET}".encode()).decode()
