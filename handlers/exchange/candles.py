"""Candles: one-minute bars kept as trades happen, longer ones folded from finished minutes."""

from __future__ import annotations

from collections.abc import Sequence
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

    def copy(self) -> Candle:
        """The same candle, free to be changed."""
        return Candle.of(self.values())

    @classmethod
    def of(cls, values: Sequence[int]) -> Candle:
        """The candle whose `values` these are."""
        start, opened, high, low, close, volume, count = values
        candle = cls(start, opened)
        candle.high, candle.low, candle.close = high, low, close
        candle.volume, candle.count = volume, count
        return candle

    def values(self) -> tuple[int, ...]:
        """All members in a fixed order, for records."""
        return (self.start, self.open, self.high, self.low, self.close, self.volume, self.count)


class Candles:
    """The candles of one instrument, oldest first in every series.

    A trade touches the growing minute only. When a minute is over, it is folded into the series
    of all longer intervals, so that reading them costs no more than looking at them.
    """

    __slots__ = ("longer", "minutes")

    def __init__(self) -> None:
        self.minutes: list[Candle] = []
        self.longer: dict[int, list[Candle]] = {i: [] for i in INTERVALS.values() if i > MINUTE}

    def record(self, time: int, price: int, quantity: int) -> None:
        """Book a trade into the minute it belongs to; time never goes back."""
        start = time - time % MINUTE
        minutes = self.minutes
        if minutes and minutes[-1].start == start:
            candle = minutes[-1]
            if price > candle.high:
                candle.high = price
            elif price < candle.low:
                candle.low = price
            candle.close = price
        else:
            if minutes:
                for interval, series in self.longer.items():
                    _fold(series, minutes[-1], interval)
            candle = Candle(start, price)
            minutes.append(candle)
        candle.volume += quantity
        candle.count += 1

    def series(self, interval: int) -> list[Candle]:
        """All candles of an interval, the growing minute included; not to be changed."""
        if interval == MINUTE:
            return self.minutes
        series = self.longer[interval].copy()
        if self.minutes:
            if series:
                series[-1] = series[-1].copy()
            _fold(series, self.minutes[-1], interval)
        return series

    def prune(self, horizon: int) -> None:
        """Forget candles from before an instant that are shorter than an hour.

        The growing minute stays whatever its age: it is not folded into the others yet.
        """
        last = self.minutes[-1:]
        self.minutes = [c for c in self.minutes[:-1] if c.start >= horizon] + last
        for interval, series in self.longer.items():
            if interval < HOUR and series and series[0].start < horizon:
                self.longer[interval] = [c for c in series if c.start >= horizon]


def _fold(series: list[Candle], minute: Candle, interval: int) -> None:
    """Add a minute to a series of a longer interval."""
    start = minute.start - minute.start % interval
    if not series or series[-1].start != start:
        series.append(Candle(start, minute.open))
    candle = series[-1]
    candle.high = max(candle.high, minute.high)
    candle.low = min(candle.low, minute.low)
    candle.close = minute.close
    candle.volume += minute.volume
    candle.count += minute.count
