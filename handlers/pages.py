"""Windows of lists, and pages of lists that time does not order."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from handlers.exchange.codes import MALFORMED, RefusalError
from handlers.exchange.paging import Page, Window
from handlers.exchange.times import microseconds

T = TypeVar("T")


def window(
    cursor: str | None,
    limit: int,
    start_time: datetime | None = None,
    end_time: datetime | None = None,
) -> Window:
    """What a list operation's parameters ask for."""
    return Window(
        cursor=cursor,
        limit=limit,
        start=None if start_time is None else microseconds(start_time),
        end=None if end_time is None else microseconds(end_time),
    )


def page_by_name(
    items: Sequence[T], name: Callable[[T], str], cursor: str | None, limit: int
) -> Page[T]:
    """A page of items that are sorted by a unique name; the cursor holds the last one's."""
    first = 0
    if cursor is not None:
        first = bisect_right(items, _decode(cursor), key=name)
    shown = tuple(items[first : first + limit])
    more = len(items) > first + limit
    return Page(shown, _encode(name(shown[-1])) if more else None)


def _encode(name: str) -> str:
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        name = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        name = ""
    if not name or _encode(name) != cursor:
        raise RefusalError(MALFORMED, "This cursor is none that the venue gave out.", "/cursor")
    return name
