"""Candles: one-minute bars kept as trades happen, longer ones folded from them on request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from handlers.exchange.times import DAY, HOUR, MINUTE

INTERVALS: Final = {
    "1m": MINUTE,
    "5m": 5 * MINUTE,
    "15m": 15 * MINUTE,
    "1h": HOUR,
    "4h": 4 * HOUR,
    "1d": DAY,
}


class Candle:
    """Open, high, low and close in ticks, volume in lots. `start` is a multiple of the interval."""

    __slots__ = ("close", "count", "high", "low", "open", "start", "volume")

    def __init__(self, start: int, price: int) -> None:
        self.start = start
        self.open = self.high = self.low = self.close = price
        self.volume = 0
        self.count = 0

    def values(self) -> tuple[int, ...]:
        """All members in a fixed order, for digests."""
        return (self.start, self.open, self.high, self.low, self.close, self.volume, self.count)


def record(candles: list[Candle], time: int, price: int, quantity: int) -> None:
    """Book a trade into the minute it belongs to; time never goes back."""
    start = time - time % MINUTE
    if candles and candles[-1].start == start:
        candle = candles[-1]
        if price > candle.high:
            candle.high = price
        elif price < candle.low:
            candle.low = price
        candle.close = price
    else:
        candle = Candle(start, price)
        candles.append(candle)
    candle.volume += quantity
    candle.count += 1


def fold(minutes: Iterable[Candle], interval: int) -> list[Candle]:
    """Fold minute candles, oldest first, into candles of a longer interval."""
    folded: list[Candle] = []
    for minute in minutes:
        start = minute.start - minute.start % interval
        if not folded or folded[-1].start != start:
            folded.append(Candle(start, minute.open))
        candle = folded[-1]
        candle.high = max(candle.high, minute.high)
        candle.low = min(candle.low, minute.low)
        candle.close = minute.close
        candle.volume += minute.volume
        candle.count += minute.count
    return folded
