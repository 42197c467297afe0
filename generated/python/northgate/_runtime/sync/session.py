"""What all copies of a client share."""

from __future__ import annotations

from dataclasses import dataclass

from ..shared import Shared
from .oauth import TokenCache
from .transport import Transport


@dataclass(slots=True, eq=False)
class Session:
    """What all copies of a client share, and how they reach the server."""

    transport: Transport
    shared: Shared
    tokens: TokenCache
