"""Time, injected: whoever needs an instant is handed a clock, so that tests own the time."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]
"""The time now, in microseconds since 1970-01-01T00:00:00Z."""


def system_clock() -> int:
    """The machine's clock."""
    return time.time_ns() // 1_000
