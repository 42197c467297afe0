"""Models of `orders`: what the API answers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, List, Literal, TypeAlias

from .._runtime.models import BaseModel, ExactDecimal, Tagged, Unknown
from .shared import OrderSide, Problem, ProblemCode

CancelReason: TypeAlias = (
    Literal["requested", "time_in_force", "self_trade_prevention", "reduce_only", "cancel_after"]
    | str
)
"""Why the order was taken off the book: you asked, it could not wait (`ioc`, `fok`, a market
order's rest), it met an order of the same account, there was no position left to reduce, or the
dead-man switch fired.
"""

NewOrderSide: TypeAlias = Literal["buy", "sell"]
"""Buy or sell the base asset."""

NewOrderStpMode: TypeAlias = Literal["cancel_newest", "cancel_oldest", "cancel_both"]
"""Which side goes when the order would trade with another order of the same account: itself, the
resting one, or both.
"""

NewOrderTimeInForce: TypeAlias = Literal["gtc", "day", "ioc", "fok", "gtd"]
"""`gtc` until canceled, `day` until the end of the UTC day, `gtd` until `expire_time`, `ioc` what
trades at once, `fok` everything at once or nothing.
"""

NewOrderType: TypeAlias = Literal["market", "limit", "stop", "stop_limit"]
"""`market` takes what the book offers; `limit` trades at `limit_price` or better; `stop` and
`stop_limit` wait until a trade reaches `stop_price`, then become `market` and `limit`.
"""

OrderStatus: TypeAlias = (
    Literal[
        "pending_new",
        "open",
        "partially_filled",
        "filled",
        "pending_cancel",
        "canceled",
        "rejected",
        "expired",
    ]
    | str
)
"""`pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
`canceled`, `rejected` and `expired` are final.
"""

OrderStatusFilter: TypeAlias = Literal[
    "pending_new",
    "open",
    "partially_filled",
    "filled",
    "pending_cancel",
    "canceled",
    "rejected",
    "expired",
    "working",
    "closed",
]
"""One status; or `working` for all that may still trade, `closed` for all final ones."""

OrderType: TypeAlias = Literal["market", "limit", "stop", "stop_limit"] | str
"""How the order finds its price."""

StpMode: TypeAlias = Literal["cancel_newest", "cancel_oldest", "cancel_both"] | str
"""What self-trade prevention does with this order."""

TimeInForce: TypeAlias = Literal["gtc", "day", "ioc", "fok", "gtd"] | str
"""How long the order may wait."""


class AcceptedBatchItem(BaseModel):
    result: Literal["accepted"]
    client_order_id: str
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    order: PlacedOrder
    """The order as it stands, and what this request had to do with it."""


class CancelAfter(BaseModel):
    timeout_ms: int
    """As asked for."""

    trigger_time: dt.datetime | None
    """When the orders will be canceled; null when the switch is off."""


class CanceledOrders(BaseModel):
    order_ids: List[str]
    """The orders that this request canceled, oldest first."""


class Order(BaseModel):
    """An order as the venue knows it. Every member is always there; null says that it does not
    apply.
    """

    order_id: str
    """The venue's name of an order. Opaque and never reused."""

    client_order_id: str
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: str
    """Base and quote asset, joined by a hyphen."""

    side: OrderSide
    """Buy or sell the base asset."""

    type: OrderType
    """How the order finds its price."""

    time_in_force: TimeInForce
    """How long the order may wait."""

    expire_time: dt.datetime | None
    """When a `gtd` or `day` order ends."""

    quantity: ExactDecimal
    """What was asked for, filled part included."""

    limit_price: ExactDecimal | None
    """The worst acceptable price."""

    stop_price: ExactDecimal | None
    """The price that wakes the order."""

    post_only: bool
    reduce_only: bool
    stp_mode: StpMode
    """What self-trade prevention does with this order."""

    status: OrderStatus
    """`pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
    `canceled`, `rejected` and `expired` are final.
    """

    filled_quantity: ExactDecimal
    """What has traded."""

    remaining_quantity: ExactDecimal
    """What may still trade; zero once the status is final."""

    average_price: ExactDecimal | None
    """Average price of what has traded, rounded to 18 digits; null before that."""

    cancel_reason: CancelReason | None
    reject_code: ProblemCode | None
    """Why a stop order was rejected when it woke."""

    version: int
    """Grows with every change; `expected_version` of an amendment names it."""

    created_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""

    updated_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""


class OrderBatchResult(BaseModel):
    results: List[OrderBatchItem]
    """One per order of the request, in the same order."""


class OrderList(BaseModel):
    data: List[Order]
    next_cursor: str | None
    """Pass it as `cursor` to get the next page; null on the last one."""


class PlacedOrder(BaseModel):
    """The order as it stands, and what this request had to do with it."""

    order_id: str
    """The venue's name of an order. Opaque and never reused."""

    client_order_id: str
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: str
    """Base and quote asset, joined by a hyphen."""

    side: OrderSide
    """Buy or sell the base asset."""

    type: OrderType
    """How the order finds its price."""

    time_in_force: TimeInForce
    """How long the order may wait."""

    expire_time: dt.datetime | None
    """When a `gtd` or `day` order ends."""

    quantity: ExactDecimal
    """What was asked for, filled part included."""

    limit_price: ExactDecimal | None
    """The worst acceptable price."""

    stop_price: ExactDecimal | None
    """The price that wakes the order."""

    post_only: bool
    reduce_only: bool
    stp_mode: StpMode
    """What self-trade prevention does with this order."""

    status: OrderStatus
    """`pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
    `canceled`, `rejected` and `expired` are final.
    """

    filled_quantity: ExactDecimal
    """What has traded."""

    remaining_quantity: ExactDecimal
    """What may still trade; zero once the status is final."""

    average_price: ExactDecimal | None
    """Average price of what has traded, rounded to 18 digits; null before that."""

    cancel_reason: CancelReason | None
    reject_code: ProblemCode | None
    """Why a stop order was rejected when it woke."""

    version: int
    """Grows with every change; `expected_version` of an amendment names it."""

    created_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""

    updated_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""

    replayed: bool
    """True when the order had been accepted before, under the same `client_order_id` and with the
    same body. Nothing new was placed.
    """

    dry_run: bool
    """True when nothing was placed because you asked only for a check."""


class RefusedBatchItem(BaseModel):
    result: Literal["refused"]
    client_order_id: str
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    problem: Problem
    """An error (RFC 9457). Branch on `code`; `title` and `detail` are for people and may change."""


OrderBatchItem: TypeAlias = Annotated[
    AcceptedBatchItem | RefusedBatchItem | Unknown,
    Tagged("result", {"accepted": AcceptedBatchItem, "refused": RefusedBatchItem}),
]
"""What became of one order of a batch."""
