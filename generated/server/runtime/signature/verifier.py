"""The verifier: whether a signed request is let in, and as whom.

Order of checks: syntax, algorithm, time, digest, signature, key's expiry, address, nonce. So a
nonce is spent only by a request that is good in every other way. That a key is unknown is said by
name, but only after the same work as for a key whose signature is wrong: who sends what is stale or
bent anyway learns nothing of ids, neither from the answer nor from its time.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256, sha512
from time import time
from typing import NamedTuple, Protocol

from ..auth import Principal
from ..context import Context
from ..plan import SignaturePlan
from .base import derivable, only, signature_base
from .keys import KeyStore, SigningKey, decoy
from .profile import Claims, Profile
from .refusals import (
    address_not_allowed,
    invalid,
    key_expired,
    mismatch,
    nonce_reused,
    out_of_window,
    refusal,
)

_DIGESTS = {"sha-256": sha256, "sha-512": sha512}


class VerifiedSignature(NamedTuple):
    """What a good signature said. Times in seconds since the epoch."""

    key_id: str
    algorithm: str
    created: int
    expires: int
    nonce: str


class NonceStore(Protocol):
    """Remembers nonces until their signatures expire; shared by all workers."""

    async def add(self, key_id: str, nonce: str, expires: int) -> bool:
        """Remember a nonce until `expires` (seconds since the epoch).

        Returns False, atomically, where this key had used it before.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureAuth:
    """What an application decides about signatures; the rest is the contract's.

    Attributes:
        keys: Where keys live.
        nonces: What makes a replay fail.
        authorities: Values of `@authority` that this server answers to, lower case; None for any.
            Set it: otherwise a request signed for another host is good here too.
        sandbox: Answer a bad signature with the signature base that the server computed.
        clock: Seconds since the epoch.
    """

    keys: KeyStore
    nonces: NonceStore
    authorities: frozenset[str] | None = None
    sandbox: bool = False
    clock: Callable[[], float] = time


class SignatureVerifier:
    """Authenticates requests by one profile."""

    def __init__(self, plan: SignaturePlan, auth: SignatureAuth) -> None:
        if plan.digest not in _DIGESTS:
            raise ValueError(f"unknown digest algorithm {plan.digest}")
        strange = [name for name in plan.components if not derivable(name)]
        if strange:
            raise ValueError(f"cannot derive the components {', '.join(strange)}")
        self._plan = plan
        self._auth = auth
        self._profile = Profile(plan)
        self._decoys = {algorithm: decoy(algorithm) for algorithm in plan.algorithms}

    async def authenticate(self, context: Context) -> Principal | None:
        """The principal of a signed request; None where it carries no signature.

        Raises:
            Problem: 401 or 403; its code is one of `signature_invalid`, `key_unknown`,
                `key_expired`, `timestamp_out_of_window`, `nonce_reused`, `ip_not_allowed`.
        """
        fields = context.fields
        if b"signature-input" not in fields and b"signature" not in fields:
            return None
        claims = self._profile.claims(only(context, "signature-input"))
        signature = self._profile.signature(only(context, "signature"))
        known = await self._auth.keys.find(claims.key_id)
        key = known or self._decoys[claims.algorithm]
        if key.algorithm != claims.algorithm:
            raise invalid("The key is of another algorithm than the signature names.")
        self._check_time(claims)
        self._check_digest(context, claims)
        base = signature_base(context, claims, self._auth.authorities)
        good = key.verify(signature, base)
        if known is None:
            raise refusal("key_unknown", "No key has this keyid.")
        if not good:
            raise mismatch(base, sandbox=self._auth.sandbox)
        await self._admit(context, claims, key)
        context.signature = VerifiedSignature(
            key.key_id, key.algorithm, claims.created, claims.expires, claims.nonce
        )
        return key.principal

    def _check_time(self, claims: Claims) -> None:
        now = self._auth.clock()
        if claims.created > now + self._plan.max_ahead:
            raise out_of_window(f"created lies {claims.created - now:.1f} s ahead.", now)
        if claims.expires <= now:
            raise out_of_window(f"The signature expired {now - claims.expires:.1f} s ago.", now)
        if not 0 < claims.expires - claims.created <= self._plan.max_window:
            detail = f"expires must be 1 to {self._plan.max_window} s after created."
            raise out_of_window(detail, now)

    def _check_digest(self, context: Context, claims: Claims) -> None:
        """Content-Digest (RFC 9530 2): covered where there is a body, and true."""
        covered = "content-digest" in claims.components
        if not covered:
            if context.body and "content-digest" in self._plan.components:
                raise invalid("A request with a body must cover content-digest.")
            return
        algorithm = self._plan.digest
        digest = b64encode(_DIGESTS[algorithm](context.body).digest()).decode("ascii")
        if not hmac.compare_digest(
            only(context, "content-digest").encode("latin-1"), f"{algorithm}=:{digest}:".encode()
        ):
            raise invalid("Content-Digest is not that of the body as it arrived.")

    async def _admit(self, context: Context, claims: Claims, key: SigningKey) -> None:
        """What is asked of a key only after its signature proved good."""
        if key.expires is not None and key.expires.timestamp() <= self._auth.clock():
            raise key_expired(key.expires)
        if not key.usable_from(context.client_ip):
            raise address_not_allowed(context.client_ip)
        if not await self._auth.nonces.add(key.key_id, claims.nonce, claims.expires):
            raise nonce_reused()
