"""Numbers: an interval, multiples wanted, multiples and values forbidden; all exact."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, islice

MAX_CANDIDATES = 4_000


@dataclass(slots=True)
class NumberSet:
    """What is asked of a number. `None` bounds are infinite.

    Attributes:
        low, high: The bounds.
        low_open, high_open: Whether the bound itself is excluded.
        step: The number must be a multiple of this (0: any number).
        not_multiples: It must not be a multiple of any of these.
        excluded: It must not be any of these.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    step: Fraction = Fraction(0)
    not_multiples: list[Fraction] = field(default_factory=list)
    excluded: set[Fraction] = field(default_factory=set)

    def at_least(self, limit: Fraction, *, strict: bool) -> None:
        """Raise the lower bound."""
        if self.low is None or limit > self.low or (limit == self.low and strict):
            self.low, self.low_open = limit, strict

    def at_most(self, limit: Fraction, *, strict: bool) -> None:
        """Lower the upper bound."""
        if self.high is None or limit < self.high or (limit == self.high and strict):
            self.high, self.high_open = limit, strict

    def multiple_of(self, step: Fraction) -> None:
        """Ask for multiples of `step` too: of the least common multiple of both."""
        self.step = least_common_multiple(self.step, step) if self.step else step

    def holds(self, number: Fraction) -> bool:
        """Membership."""
        return (
            self._in_bounds(number)
            and (not self.step or number % self.step == 0)
            and all(number % step != 0 for step in self.not_multiples)
            and number not in self.excluded
        )

    def _in_bounds(self, number: Fraction) -> bool:
        low, high = self.low, self.high
        if low is not None and (number < low or (self.low_open and number == low)):
            return False
        return high is None or number < high or (number == high and not self.high_open)

    def _empty_bounds(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def pick(self) -> Fraction | None:
        """The most readable member; None if the set is empty.

        Raises:
            OverflowError: where the search was cut off before it could decide.
        """
        if self._empty_bounds():
            return None
        for number in self._likely():
            if self.holds(number):
                return number
        return self._stepwise() if self.step else self._dense()

    def _likely(self) -> Iterator[Fraction]:
        """Zero, one, the bounds and their neighbours."""
        yield from map(Fraction, (0, 1, -1, 2))
        step = self.step or Fraction(1)
        for bound in (self.low, self.high):
            if bound is not None:
                nearest = Fraction(math.floor(bound / step)) * step
                yield from (bound, nearest, nearest + step, nearest - step)
        yield from (Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2))

    def _stepwise(self) -> Fraction | None:
        """Multiples of the step in order. Empty only if a full period of them is refused.

        Among multiples t*step, a forbidden divisor d rules out t divisible by some q; t = 1
        modulo the least common multiple of all q passes, unless q is 1 and nothing passes.
        """
        quotients = [
            (least_common_multiple(self.step, other) / self.step).numerator
            for other in self.not_multiples
        ]
        if 1 in quotients:
            return None
        period = math.lcm(1, *quotients)
        needed = period * (len(self.excluded) + 1)
        candidates = list(islice(self._multiples(), min(needed, MAX_CANDIDATES)))
        for number in candidates:
            if self.holds(number):
                return number
        if len(candidates) < MAX_CANDIDATES or needed <= MAX_CANDIDATES:
            return None
        raise OverflowError("too many multiples to try")

    def _multiples(self) -> Iterator[Fraction]:
        """Multiples inside the bounds, from the bound nearest to zero outwards."""
        if self.low is not None:
            first = math.ceil(self.low / self.step)
            for index in count(first):
                number = index * self.step
                if self.high is not None and number > self.high:
                    return
                if self._in_bounds(number):
                    yield number
        top = 0 if self.high is None else math.floor(self.high / self.step)
        for index in count(0):
            number = (top - index) * self.step
            if self._in_bounds(number):
                yield number

    def _dense(self) -> Fraction | None:
        """A point of a real interval; only finitely many points and multiples are refused."""
        if self.low is not None and self.low == self.high:
            return None  # `pick` tried the only point
        low = self.low if self.low is not None else (self.high or Fraction(0)) - 1000
        high = self.high if self.high is not None else low + 1000
        for halvings in range(1, 60):
            width = (high - low) / 2**halvings
            for index in range(1, min(2**halvings, 64)):
                number: Fraction = low + width * index
                if self.holds(number):
                    return number
        raise OverflowError("no point of the interval was found")


def least_common_multiple(left: Fraction, right: Fraction) -> Fraction:
    """The smallest positive number that is a multiple of both."""
    return Fraction(
        math.lcm(left.numerator, right.numerator), math.gcd(left.denominator, right.denominator)
    )
