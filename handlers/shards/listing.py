"""One list of several shards': newest first by time, then by shard and number.

A cursor names the last item of a page by all three. Below it stand, of the shard it came from,
the items with a smaller (time, number); of shards whose name is smaller those up to its time; of
the others those before its time. So pages repeat nothing and skip nothing, whatever comes while
somebody turns them. Shards tell the time by clocks of their own: an item that another shard adds
later may have an earlier time than one that was seen already, as with any two machines.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from handlers.exchange.codes import MALFORMED, RefusalError
from handlers.exchange.paging import Cursor, Page, Window

V = TypeVar("V")

_DIGITS = 20


class Place(NamedTuple):
    """Where an item stands; greater is newer."""

    time: int
    shard: str
    number: int

    def encode(self) -> str:
        """Opaque text, safe in a URL."""
        plain = f"{self.time}.{self.shard}.{self.number}"
        return urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Place:
        """The place behind a text, or a refusal with `malformed`."""
        try:
            plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        except (binascii.Error, ValueError):
            plain = ""
        time, _, rest = plain.partition(".")
        shard, _, number = rest.partition(".")
        if all(part.isdigit() and len(part) <= _DIGITS for part in (time, number)):
            place = cls(int(time), shard, int(number))
            if place.encode() == text:
                return place
        raise RefusalError(MALFORMED, "This cursor is none that the venue gave out.", "/cursor")

    def within(self, shard: str) -> Cursor:
        """The cursor of one shard whose items below it are those below this place."""
        if shard == self.shard:
            return Cursor(self.time, self.number)
        return Cursor(self.time + (shard < self.shard), 0)


def merged(
    lists: Mapping[str, Callable[[Window], Page[V]]],
    place: Callable[[str, V], Place],
    window: Window,
) -> Page[V]:
    """A page of several shards' lists.

    Args:
        lists: Asks a shard for a page of its own.
        place: Of an item of a shard.
        window: What is asked for.
    """
    cursor = None if window.cursor is None else Place.decode(window.cursor)
    found: list[tuple[Place, V]] = []
    more = False
    for shard, ask in lists.items():
        own = None if cursor is None else cursor.within(shard).encode()
        page = ask(replace(window, cursor=own))
        found += [(place(shard, item), item) for item in page.items]
        more = more or page.next_cursor is not None
    found.sort(key=lambda each: each[0], reverse=True)
    shown = found[: window.limit]
    more = more or len(found) > len(shown)
    last = shown[-1][0].encode() if more and shown else None
    return Page(tuple(item for _, item in shown), last)
