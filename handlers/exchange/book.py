"""One side of a book: price levels in priority order, each a first-in first-out queue.

Sides hold *keys* instead of prices, so that the greatest key is always the best: a bid's key is
its price, an ask's key is minus its price (and for stops: buys wake from the lowest stop price
up, sells from the highest down). Adding costs a binary search only for a new level; removing
from the middle of a queue costs the same as from its head.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.exchange.orders import Order


class Level:
    """The queue of one price: a linked list through the orders themselves, never empty."""

    __slots__ = ("head", "key", "quantity", "side", "tail")

    def __init__(self, side: Side, key: int, order: Order) -> None:
        self.side = side
        self.key = key
        self.head = order
        self.tail = order
        self.quantity = 0

    def __iter__(self) -> Iterator[Order]:
        order: Order | None = self.head
        while order is not None:
            yield order
            order = order.next


class Side:
    """Price levels by key; `keys` is sorted and its last element is the best."""

    __slots__ = ("keys", "levels")

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.levels: dict[int, Level] = {}

    def add(self, order: Order, key: int) -> None:
        """Queue an order behind all others of its key."""
        level = self.levels.get(key)
        if level is None:
            level = self.levels[key] = Level(self, key, order)
            insort(self.keys, key)
        else:
            last = level.tail
            last.next = order
            order.previous = last
            level.tail = order
        order.level = level
        level.quantity += order.remaining

    def best(self) -> Order | None:
        """The first order of the best level."""
        return self.levels[self.keys[-1]].head if self.keys else None

    def __iter__(self) -> Iterator[Order]:
        """All orders, best first."""
        for key in reversed(self.keys):
            yield from self.levels[key]

    def depth(self, limit: int) -> list[tuple[int, int]]:
        """The best levels as (key, total quantity)."""
        keys = self.keys[: -limit - 1 : -1]
        return [(key, self.levels[key].quantity) for key in keys]


def remove(order: Order) -> None:
    """Take a queued order out of its level, and the level out of its side when it was alone.

    The order's `remaining` is still what it was when it was counted into the level.
    """
    level = order.level
    if level is None:
        return
    before, behind = order.previous, order.next
    order.level = order.previous = order.next = None
    level.quantity -= order.remaining
    if before is not None:
        before.next = behind
    elif behind is not None:
        level.head = behind
    if behind is not None:
        behind.previous = before
    elif before is not None:
        level.tail = before
    else:
        _drop(level)


def _drop(level: Level) -> None:
    side = level.side
    del side.levels[level.key]
    keys = side.keys
    if keys[-1] == level.key:
        keys.pop()
    else:
        del keys[bisect_left(keys, level.key)]
