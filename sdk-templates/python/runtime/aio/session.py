"""What all copies of a client share."""

from __future__ import annotations

from dataclasses import dataclass

from ..shared import Shared
from .oauth import AsyncTokenCache
from .transport import AsyncTransport


@dataclass(slots=True, eq=False)
class AsyncSession:
    """What all copies of a client share, and how they reach the server."""

    transport: AsyncTransport
    shared: Shared
    tokens: AsyncTokenCache
