"""Parameters of `orders`: nested objects that are sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

from .._runtime.decimals import DecimalInput

if TYPE_CHECKING:
    from ..models.orders import NewOrderSide, NewOrderStpMode, NewOrderTimeInForce, NewOrderType


class NewCancelAfterParams(TypedDict, total=False):
    timeout_ms: Required[int]
    """Milliseconds from now until all working orders of the account are canceled, unless you call
    again before. 0 switches it off.
    """


class NewOrderParams(TypedDict, total=False):
    """An order to place. Leave out what you do not need; null is not accepted, and neither are
    members that are not listed here.
    """

    client_order_id: Required[str]
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: Required[str]
    """Base and quote asset, joined by a hyphen."""

    side: Required[NewOrderSide]
    """Buy or sell the base asset."""

    type: Required[NewOrderType]
    """`market` takes what the book offers; `limit` trades at `limit_price` or better; `stop` and
    `stop_limit` wait until a trade reaches `stop_price`, then become `market` and `limit`.
    """

    time_in_force: NewOrderTimeInForce
    """Default `gtc`; a market order is always `ioc` or `fok`, by default `ioc`."""

    expire_time: dt.datetime | str
    """When a `gtd` order ends. Required with `gtd`, refused with anything else."""

    quantity: Required[DecimalInput]
    """Units of the base asset, as a decimal string without exponent. Orders name quantities on the
    instrument's `quantity_step`.
    """

    limit_price: DecimalInput
    """The worst acceptable price. Required for `limit` and `stop_limit`, refused for the others."""

    stop_price: DecimalInput
    """The order wakes when a trade reaches this price: at or above it for a buy, at or below it for
    a sell. Required for `stop` and `stop_limit`, refused for the others.
    """

    post_only: bool
    """Refuse the order (422 `post_only_would_cross`) rather than trade at once."""

    reduce_only: bool
    """Only bring the position nearer to zero; refused if there is none to reduce."""

    stp_mode: NewOrderStpMode


class OrderAmendmentParams(TypedDict, total=False):
    """What to change. At least one member besides `expected_version`."""

    expected_version: Required[int]
    """The `version` that you decided upon; 409 `version_conflict` if it has moved on."""

    quantity: DecimalInput
    """The new total quantity, filled part included."""

    limit_price: DecimalInput
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    stop_price: DecimalInput
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """


class OrderBatchParams(TypedDict, total=False):
    orders: Required[Sequence[NewOrderParams]]
    """Placed one after the other, in this order. Not atomic."""
