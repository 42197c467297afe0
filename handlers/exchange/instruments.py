"""Instruments: what is traded, and in which integer units the core counts it.

Prices are counted in *ticks*, quantities in *lots*, balances in *atoms* of their asset. One tick
times one lot is always a whole number of quote atoms (`unit_value`), so that every notional is
an exact integer product and nothing is ever rounded but fees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from handlers.exchange import money
from handlers.exchange.codes import (
    BELOW_MINIMUM,
    MALFORMED,
    PRICE_OFF_TICK,
    QUANTITY_OFF_STEP,
    RefusalError,
)
from handlers.exchange.commands import DefineInstrument

OPEN: Final = "open"
HALTED: Final = "halted"
STATUSES: Final = frozenset({OPEN, HALTED})

PPM: Final = 1_000_000
_PPM_SCALE: Final = 6
_MAX_FEE_PPM: Final = 100_000
_REMEMBERED: Final = 50_000


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that balances are held in; one atom is `10**-scale`."""

    asset: str
    scale: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """The fixed terms of an instrument in integer units.

    Attributes:
        tick: Price step in units of `10**-price_scale`.
        lot: Quantity step in units of `10**-lot_scale`.
        lot_atoms: Base atoms in one lot.
        unit_value: Quote atoms of one tick times one lot.
        minimum_lots: Smallest quantity of an order.
        minimum_notional: Smallest limit price times quantity, in quote atoms.
        maker_ppm: Fee of the resting side, parts per million of the notional.
        taker_ppm: Fee of the incoming side.
        reserve_ppm: The higher of both: what a buy order sets aside for fees.
        known_ticks: Prices that were read lately, because prices recur; no part of the terms.
        known_lots: The same for quantities.
    """

    instrument_id: str
    base: Asset
    quote: Asset
    price_scale: int
    tick: int
    lot_scale: int
    lot: int
    lot_atoms: int
    unit_value: int
    minimum_lots: int
    minimum_notional: int
    maker_ppm: int
    taker_ppm: int
    reserve_ppm: int
    known_ticks: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    known_lots: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def ticks(self, text: str, pointer: str) -> int:
        """A positive price in ticks, or a refusal with `price_off_tick`."""
        known = self.known_ticks.get(text)
        if known is not None:
            return known
        units = money.parse(text, self.price_scale, pointer)
        if not units or units % self.tick:
            step = money.render(self.tick, self.price_scale)
            raise RefusalError(
                PRICE_OFF_TICK, f"The price must be a positive multiple of {step}.", pointer
            )
        return _remember(self.known_ticks, text, units // self.tick)

    def lots(self, text: str, pointer: str = "/quantity") -> int:
        """A quantity in lots, or a refusal with `quantity_off_step` or `below_minimum`."""
        known = self.known_lots.get(text)
        if known is not None:
            return known
        units = money.parse(text, self.lot_scale, pointer)
        if units is None or units % self.lot:
            step = money.render(self.lot, self.lot_scale)
            raise RefusalError(
                QUANTITY_OFF_STEP, f"The quantity must be a multiple of {step}.", pointer
            )
        lots = units // self.lot
        if lots < self.minimum_lots:
            least = self.quantity_text(self.minimum_lots)
            raise RefusalError(BELOW_MINIMUM, f"The least quantity is {least}.", pointer)
        return _remember(self.known_lots, text, lots)

    def require_notional(self, ticks: int, lots: int) -> None:
        """Refuse a limit price times quantity below the instrument's minimum."""
        if ticks * lots * self.unit_value < self.minimum_notional:
            least = money.render(self.minimum_notional, self.quote.scale)
            raise RefusalError(
                BELOW_MINIMUM, f"Price times quantity must be at least {least}.", "/quantity"
            )

    def price_text(self, ticks: int) -> str:
        """A price as a decimal string."""
        return money.render(ticks * self.tick, self.price_scale)

    def quantity_text(self, lots: int) -> str:
        """A quantity as a decimal string."""
        return money.render(lots * self.lot, self.lot_scale)

    def average_text(self, value: int, lots: int) -> str:
        """The average price of `lots` that traded for `value` ticks x lots."""
        return money.render_ratio(value * self.tick, lots, self.price_scale)


def define(command: DefineInstrument, base: Asset, quote: Asset) -> Instrument:
    """The instrument that a command describes, or a refusal with `malformed`."""
    price_scale, tick = _step(command.price_tick, "/price_tick")
    lot_scale, lot = _step(command.quantity_step, "/quantity_step")
    if lot_scale > base.scale:
        raise RefusalError(MALFORMED, "Finer than the base asset.", "/quantity_step")
    shift = quote.scale - price_scale - lot_scale
    unit_value, rest = divmod(tick * lot * 10 ** max(shift, 0), 10 ** max(-shift, 0))
    if rest:
        raise RefusalError(
            MALFORMED, "Tick times step must be a whole number of quote atoms.", "/price_tick"
        )
    least = money.parse(command.minimum_quantity, lot_scale, "/minimum_quantity")
    if least is None or least % lot:
        raise RefusalError(MALFORMED, "Off the quantity step.", "/minimum_quantity")
    notional = money.parse(command.minimum_notional, quote.scale, "/minimum_notional")
    if notional is None:
        raise RefusalError(MALFORMED, "Finer than the quote asset.", "/minimum_notional")
    maker = _fee(command.maker_fee_rate, "/maker_fee_rate")
    taker = _fee(command.taker_fee_rate, "/taker_fee_rate")
    return Instrument(
        instrument_id=command.instrument_id,
        base=base,
        quote=quote,
        price_scale=price_scale,
        tick=tick,
        lot_scale=lot_scale,
        lot=lot,
        lot_atoms=lot * 10 ** (base.scale - lot_scale),
        unit_value=unit_value,
        minimum_lots=max(least // lot, 1),
        minimum_notional=notional,
        maker_ppm=maker,
        taker_ppm=taker,
        reserve_ppm=max(maker, taker),
    )


def _remember(known: dict[str, int], text: str, number: int) -> int:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[text] = number
    return number


def _step(text: str, pointer: str) -> tuple[int, int]:
    scale = money.scale_of(text)
    units = money.parse(text, scale, pointer) if scale <= money.MAX_SCALE else None
    if not units:
        raise RefusalError(MALFORMED, "A step is positive and has at most 18 digits.", pointer)
    return scale, units


def _fee(text: str, pointer: str) -> int:
    ppm = money.parse(text, _PPM_SCALE, pointer)
    if ppm is None or ppm > _MAX_FEE_PPM:
        raise RefusalError(MALFORMED, "A fee rate is 0 to 0.1 in millionths.", pointer)
    return ppm
