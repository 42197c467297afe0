"""What authenticates requests. Generated from the contract; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from .runtime.auth import BasicCredentials, CredentialCheck, RequestAuth
from .runtime.signature import SignatureAuth

__all__ = ["Auth", "BasicCredentials", "CredentialCheck", "RequestAuth", "SignatureAuth"]


@dataclass(frozen=True, kw_only=True)
class Auth:
    """One authenticator for each security scheme that an operation uses."""

    signature: SignatureAuth | RequestAuth
    """HTTP Message Signatures (RFC 9421), label `sig1`, over exactly these components in this
    order. `content-digest` (RFC 9530, sha-256) is left out only when there is no body.
    Parameters, in this order: `created`, `expires` (at most 30 s later; 5 s is usual),
    `nonce` (random, unique per key until `expires`), `keyid`, `alg` (`ed25519` or
    `hmac-sha256`, as the key), `tag` (`trading-v1`).

    The role names in an operation's security requirement are the scopes that the key must
    hold: `read`, `trade`, `keys`.
    """
