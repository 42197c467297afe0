"""What connections may cost before their requests are known, and how many are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address


@dataclass(frozen=True, slots=True, kw_only=True)
class WireLimits:
    """What one connection may cost before its request is known.

    Attributes:
        head_octets: Request line and header fields together (431).
        head_seconds: From the first octet a server waits for to the end of the head (408).
        connections: Open at once (503).
        connections_per_address: Open at once from one address (503).
    """

    head_octets: int = 32 * 1024
    head_seconds: float = 10.0
    connections: int = 10_000
    connections_per_address: int = 1_000


@dataclass(slots=True)
class Guard:
    """The limits, what is open now, and who is told of connections that are ended.

    Attributes:
        shared: Addresses that stand for many clients: proxies, whose own limits count there.
    """

    limits: WireLimits
    refused: Callable[[str], None] = lambda _reason: None
    open: Counter[str] = field(default_factory=Counter)
    shared: tuple[IPv4Network | IPv6Network, ...] = ()

    def has_too_many(self, address: str) -> bool:
        """Whether an address has more connections than one client may have."""
        if self.open[address] <= self.limits.connections_per_address:
            return False
        return not any(ip_address(address) in network for network in self.shared)
