"""The server's time, as far as it can be known from here.

Signatures carry timestamps that the server compares with its own clock. The correction starts at
zero, follows the server's word where an error tells its time, and otherwise the Date field,
whose resolution of one second makes it useful for gross errors only.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

_DATE_TOLERANCE_SECONDS = 2.0
_END_OF_TIME = 253_402_300_799
"""The last second of the year 9999."""


class Clock:
    """Local time plus an offset that is learned from answers."""

    def __init__(self, local: Callable[[], float] = time.time) -> None:
        self._local = local
        self.offset = 0.0

    def now(self) -> float:
        """Seconds since the epoch, as the server is believed to count them."""
        return self._local() + self.offset

    def learn_time(self, server_time: object) -> bool:
        """Correct by a time that the server told; whether it could be understood.

        `server_time` is RFC 3339 text, or epoch seconds or milliseconds.
        """
        seconds = _epoch_seconds(server_time)
        if seconds is None:
            return False
        self.offset = seconds - self._local()
        return True

    def learn_date(self, date: str | None) -> None:
        """Correct by a Date field if it shows an error that cannot be rounding or delay."""
        if not date:
            return
        try:
            server = parsedate_to_datetime(date).timestamp()
        except (TypeError, ValueError):
            return
        if abs(server + 0.5 - self.now()) > _DATE_TOLERANCE_SECONDS:
            self.offset = server + 0.5 - self._local()


def _epoch_seconds(value: object) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not 0 <= value <= _END_OF_TIME * 1000:
            return None
        return value / 1000 if value > 1e11 else float(value)  # noqa: PLR2004 - 1e11 s is the year 5138
    if isinstance(value, str):
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            return None
        return max(moment.timestamp(), 0.0) if moment.tzinfo else None
    return None
