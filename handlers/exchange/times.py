"""Instants: integers of microseconds since 1970-01-01T00:00:00Z, as text only at the edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

MILLISECOND: Final = 1_000
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def end_of_day(time: int) -> int:
    """The first instant of the next UTC day: when a `day` order expires."""
    return (time // DAY + 1) * DAY


def rfc3339(time: int) -> str:
    """RFC 3339 in UTC, always with six digits of a second: `2026-01-31T12:00:00.000000Z`."""
    return (_EPOCH + timedelta(microseconds=time)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def microseconds(instant: datetime) -> int:
    """Microseconds since the epoch of an aware datetime, exactly."""
    return (instant - _EPOCH) // timedelta(microseconds=1)
