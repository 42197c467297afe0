"""An API key as the venue knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

ED25519: Final = "ed25519"
HMAC_SHA256: Final = "hmac-sha256"
SCOPES: Final = ("read", "trade", "keys")

ACTIVE: Final = "active"
RETIRING: Final = "retiring"
EXPIRED: Final = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """One key. Instants are microseconds since the epoch.

    Attributes:
        material: What signatures are verified with: the 32 raw bytes of an Ed25519 public key,
            or the shared secret of HMAC-SHA-256, its text in ASCII.
        scopes: A subset of `SCOPES`, in that order.
        ip_allow_list: Addresses and CIDR ranges; empty for any.
        expire_time: First instant at which the key no longer signs; None for never.
        successor_id: The key that replaces this one after a rotation.
    """

    key_id: str
    account_id: str
    name: str
    algorithm: str
    material: bytes = field(repr=False)
    scopes: tuple[str, ...]
    ip_allow_list: tuple[str, ...] = ()
    expire_time: int | None = None
    created_time: int
    successor_id: str | None = None

    def status(self, now: int) -> str:
        """The contract's word for the key's state."""
        if self.expired(now):
            return EXPIRED
        return ACTIVE if self.successor_id is None else RETIRING

    def expired(self, now: int) -> bool:
        """Whether the key has stopped signing."""
        return self.expire_time is not None and self.expire_time <= now
