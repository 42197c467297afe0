"""Numbers of a conjunction: its tightest bounds, and a readable number between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from wireproof.ir.schema import Schema

_MOST_STEPS = 100
_LARGE = 1 << 50


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive bounds and what to step by; open ends have been moved inwards."""

    low: Decimal | None
    high: Decimal | None
    step: Decimal
    stepped: bool

    def choose(self, random: Random | None) -> Decimal | None:
        """A number of the range; None where stepping does not find one."""
        low = self.low
        if low is None:
            low = self.step if self.high is None else min(self.high, self.step)
        if random is not None and abs(low) < _LARGE:
            top = self.high if self.high is not None else low + _MOST_STEPS * self.step
            steps = min(_MOST_STEPS, int((top - low) / self.step))
            low += self.step * random.randint(0, max(0, steps))
        value = -(-low // self.step) * self.step if self.stepped else low
        return value if self.high is None or value <= self.high else None


def bounds(schemas: list[Schema]) -> Range:
    """The tightest bounds of a conjunction."""
    stated = next((s.multiple_of for s in schemas if s.multiple_of is not None), None)
    low = max((s.minimum for s in schemas if s.minimum is not None), default=None)
    high = min((s.maximum for s in schemas if s.maximum is not None), default=None)
    above = max((s.exclusive_minimum for s in schemas if s.exclusive_minimum is not None),
                default=None)  # fmt: skip
    below = min((s.exclusive_maximum for s in schemas if s.exclusive_maximum is not None),
                default=None)  # fmt: skip
    floor = above if above is not None else low
    ceiling = below if below is not None else high
    step = stated or Decimal(1)
    if stated is None and floor is not None and ceiling is not None and ceiling - floor <= 1:
        step = (ceiling - floor) / 4 or step
    if above is not None:
        low = max(above + step, low if low is not None else above + step)
    if below is not None:
        high = min(below - step, high if high is not None else below - step)
    return Range(low, high, step, stated is not None)
