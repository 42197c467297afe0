"""Pages over (time, id): newest first, stable while new items arrive.

A cursor names the last item of a page. What came before it in time stays where it is, so
pages never repeat or skip an item. Cursors travel as opaque text.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from handlers.exchange.codes import MALFORMED, RefusalError

_DIGITS = 20  # more than any 64-bit number needs

T = TypeVar("T")
V = TypeVar("V")


class Cursor(NamedTuple):
    """Time (microseconds) and number of the last item that was shown."""

    time: int
    number: int

    def encode(self) -> str:
        """Opaque text, safe in a URL."""
        return urlsafe_b64encode(f"{self.time}.{self.number}".encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """The cursor behind a text, or a refusal with `malformed`."""
        try:
            plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        except (binascii.Error, ValueError):
            plain = ""
        time, _, number = plain.partition(".")
        if all(part.isdigit() and len(part) <= _DIGITS for part in (time, number)):
            cursor = cls(int(time), int(number))
            if cursor.encode() == text:
                return cursor
        raise RefusalError(MALFORMED, "This cursor is none that the venue gave out.", "/cursor")


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for: `start` included, `end` excluded, in microseconds."""

    limit: int = 100
    cursor: str | None = None
    start: int | None = None
    end: int | None = None


class Page(NamedTuple, Generic[V]):
    """Some items, and the cursor of the next page or None on the last one."""

    items: tuple[V, ...]
    next_cursor: str | None


def page(
    items: Sequence[T],
    key: Callable[[T], Cursor],
    show: Callable[[T], V],
    window: Window,
    wanted: Callable[[T], bool] = lambda _: True,
) -> Page[V]:
    """The newest wanted items of a window, newest first.

    Args:
        items: Oldest first; `key` rises along them.
        key: Place of an item.
        show: Makes of an item what the page holds.
        window: What is asked for.
        wanted: Filter.
    """
    last, first = len(items), 0
    if window.cursor is not None:
        last = bisect_left(items, Cursor.decode(window.cursor), key=key)
    if window.end is not None:
        last = min(last, bisect_left(items, Cursor(window.end, 0), key=key))
    if window.start is not None:
        first = bisect_left(items, Cursor(window.start, 0), key=key)
    shown: list[T] = []
    for index in range(last - 1, first - 1, -1):
        item = items[index]
        if not wanted(item):
            continue
        if len(shown) == window.limit:
            return Page(tuple(map(show, shown)), key(shown[-1]).encode() if shown else None)
        shown.append(item)
    return Page(tuple(map(show, shown)), None)
