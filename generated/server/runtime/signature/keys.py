"""Keys: what proves a signature, whose it is, and from where it may be used."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..auth import Principal
from ..context import ANONYMOUS
from .ed25519 import ed25519_verifier


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key as the verifier needs it.

    Attributes:
        key_id: `keyid` of its signatures.
        algorithm: `ed25519` or `hmac-sha256`; a signature that names another one is refused.
        material: The raw public key (32 octets), or the shared secret.
        principal: Whose it is.
        expires: When it stops signing, None for never.
        networks: Where it may be used from; empty for everywhere.
    """

    key_id: str
    algorithm: str
    material: bytes = field(repr=False)
    principal: Principal
    expires: datetime | None = None
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    verify: Callable[[bytes, bytes], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "verify", _verifier(self.algorithm, self.material))

    def usable_from(self, address: str) -> bool:
        """Whether the key may be used from that address."""
        return not self.networks or _within(address, self.networks)


class KeyStore(Protocol):
    """Where keys live."""

    async def find(self, key_id: str) -> SigningKey | None:
        """The key of that id; None where there is none (or none any more)."""


def decoy(algorithm: str) -> SigningKey:
    """A key that nobody can sign with.

    It takes the place of a key that is not known: both are refused after the same work, so time
    does not tell which ids are taken.
    """
    if algorithm == "ed25519":
        material = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    else:
        material = os.urandom(32)
    return SigningKey("", algorithm, material, ANONYMOUS)


def _verifier(algorithm: str, material: bytes) -> Callable[[bytes, bytes], bool]:
    """A function from signature and message to whether they belong together."""
    if algorithm == "ed25519":
        return ed25519_verifier(material)
    if algorithm == "hmac-sha256":
        return lambda signature, message: hmac.compare_digest(
            hmac.digest(material, message, "sha256"), signature
        )
    raise ValueError(f"unknown signature algorithm {algorithm}")


def _within(address: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    if isinstance(peer, IPv6Address) and peer.ipv4_mapped is not None:
        # A socket of both families shows an IPv4 peer as ::ffff:192.0.2.1 (RFC 4291 2.5.5.2).
        peer = peer.ipv4_mapped
    return any(peer in network for network in networks)
