"""The contract's types as Pydantic models.

Generated from the contract; do not edit. A member that may be absent but not null is a `Maybe`:
None means absent, and it is not sent.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict
from typing_extensions import TypeAliasType

from .runtime.model import DecimalString, Maybe, Model, UtcInstant


ClientOrderId = TypeAliasType("ClientOrderId", str)
"""Your name of an order, unique per account for at least 30 days, whatever became of the order. It
makes a retry safe and finds the order after a timeout. It may not begin with a dot, because it
is also a path segment.
"""


OrderId = TypeAliasType("OrderId", str)
"""The venue's name of an order. Opaque and never reused."""


InstrumentId = TypeAliasType("InstrumentId", str)
"""Base and quote asset, joined by a hyphen."""


OrderSide = TypeAliasType("OrderSide", Literal["buy", "sell"] | str)
"""Buy or sell the base asset."""


OrderType = TypeAliasType("OrderType", Literal["market", "limit", "stop", "stop_limit"] | str)
"""How the order finds its price."""


TimeInForce = TypeAliasType("TimeInForce", Literal["gtc", "day", "ioc", "fok", "gtd"] | str)
"""How long the order may wait."""


Instant = TypeAliasType("Instant", UtcInstant)
"""RFC 3339, always UTC, always six fractional digits."""


Quantity = TypeAliasType("Quantity", DecimalString)
"""Units of the base asset, as a decimal string without exponent. Orders name quantities on the
instrument's `quantity_step`.
"""


Price = TypeAliasType("Price", DecimalString)
"""Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
prices on the instrument's `price_tick`.
"""


StpMode = TypeAliasType("StpMode", Literal["cancel_newest", "cancel_oldest", "cancel_both"] | str)
"""What self-trade prevention does with this order."""


OrderStatus = TypeAliasType("OrderStatus", Literal["pending_new", "open", "partially_filled", "filled", "pending_cancel", "canceled", "rejected", "expired"] | str)
"""`pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
`canceled`, `rejected` and `expired` are final.
"""


CancelReason = TypeAliasType("CancelReason", Literal["requested", "time_in_force", "self_trade_prevention", "reduce_only", "cancel_after"] | str)
"""Why the order was taken off the book: you asked, it could not wait (`ioc`, `fok`, a market
order's rest), it met an order of the same account, there was no position left to reduce, or the
dead-man switch fired.
"""


ProblemCode = TypeAliasType("ProblemCode", Literal["malformed", "number_not_decimal_string", "credentials_missing", "signature_invalid", "key_unknown", "key_expired", "timestamp_out_of_window", "nonce_reused", "scope_missing", "ip_not_allowed", "not_found", "order_not_found", "instrument_not_found", "key_not_found", "method_not_allowed", "not_acceptable", "request_timeout", "uri_too_long", "too_many_fields", "client_order_id_conflict", "version_conflict", "order_not_open", "key_not_active", "content_too_large", "unsupported_media_type", "invalid_combination", "price_off_tick", "quantity_off_step", "below_minimum", "insufficient_balance", "post_only_would_cross", "reduce_only_violation", "self_trade_prevented", "instrument_not_open", "key_limit_reached", "rate_limited", "internal_error", "overloaded", "timeout_unknown"] | str)
"""What went wrong, for programs. Each operation lists the codes it can give, by status, in
`x-error-codes`.
"""


class PlacedOrder(Model):
    """The order as it stands, and what this request had to do with it."""

    order_id: OrderId
    """The venue's name of an order. Opaque and never reused."""

    client_order_id: ClientOrderId
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    side: OrderSide
    """Buy or sell the base asset."""

    type: OrderType
    """How the order finds its price."""

    time_in_force: TimeInForce
    """How long the order may wait."""

    expire_time: Instant | None
    """When a `gtd` or `day` order ends."""

    quantity: Quantity
    """What was asked for, filled part included."""

    limit_price: Price | None
    """The worst acceptable price."""

    stop_price: Price | None
    """The price that wakes the order."""

    post_only: bool
    reduce_only: bool
    stp_mode: StpMode
    """What self-trade prevention does with this order."""

    status: OrderStatus
    """`pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
    `canceled`, `rejected` and `expired` are final.
    """

    filled_quantity: Quantity
    """What has traded."""

    remaining_quantity: Quantity
    """What may still trade; zero once the status is final."""

    average_price: Price | None
    """Average price of what has traded, rounded to 18 digits; null before that."""

    cancel_reason: CancelReason | None
    reject_code: ProblemCode | None
    """Why a stop order was rejected when it woke."""

    version: int
    """Grows with every change; `expected_version` of an amendment names it."""

    created_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""

    updated_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""

    replayed: bool
    """True when the order had been accepted before, under the same `client_order_id` and with the
    same body. Nothing new was placed.
    """

    dry_run: bool
    """True when nothing was placed because you asked only for a check."""


class AcceptedBatchItem(Model):
    result: Literal["accepted"]
    client_order_id: ClientOrderId
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    order: PlacedOrder
    """The order as it stands, and what this request had to do with it."""


Amount = TypeAliasType("Amount", DecimalString)
"""Units of the asset that the field beside it names, as a decimal string."""


KeyId = TypeAliasType("KeyId", str)
"""Name of an API key; the `keyid` of its signatures. Public."""


ApiKeyName = TypeAliasType("ApiKeyName", str)
"""For people."""


ApiKeyAlgorithm = TypeAliasType("ApiKeyAlgorithm", Literal["ed25519", "hmac-sha256"] | str)
"""The `alg` of the key's signatures."""


Ed25519PublicKey = TypeAliasType("Ed25519PublicKey", str)
"""The 32 raw bytes in base64: `openssl pkey -in key.pem -pubout -outform DER | tail -c 32 |
base64`.
"""


ApiKeyScope = TypeAliasType("ApiKeyScope", Literal["read", "trade", "keys"] | str)
"""What the key may do. Scopes do not include each other."""


IpAllowList = TypeAliasType("IpAllowList", list[str])
"""Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""


ApiKeyStatus = TypeAliasType("ApiKeyStatus", Literal["active", "retiring", "expired"] | str)
"""`retiring` still signs until its `expire_time`, but has a successor."""


class ApiKey(Model):
    """A key as the venue lists it. Never contains a secret."""

    key_id: KeyId
    """Name of an API key; the `keyid` of its signatures. Public."""

    name: ApiKeyName
    """For people."""

    algorithm: ApiKeyAlgorithm
    """The `alg` of the key's signatures."""

    public_key: Ed25519PublicKey | None
    """The registered public key; null for `hmac-sha256`."""

    scopes: list[ApiKeyScope]
    ip_allow_list: IpAllowList
    """Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""

    status: ApiKeyStatus
    """`retiring` still signs until its `expire_time`, but has a successor."""

    expire_time: Instant | None
    """When the key stops signing; null for never."""

    created_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""


NextCursor = TypeAliasType("NextCursor", str)
"""Pass it as `cursor` to get the next page; null on the last one."""


class ApiKeyList(Model):
    data: list[ApiKey]
    next_cursor: NextCursor | None
    """Pass it as `cursor` to get the next page; null on the last one."""


class ApiKeyRotation(Model):
    model_config = ConfigDict(extra="forbid")

    overlap_seconds: int
    """How long the old key goes on signing beside its successor, at most a week."""

    public_key: Maybe[Ed25519PublicKey] = None
    """The successor's. Required for `ed25519`, refused for `hmac-sha256`."""


NewApiKeyScope = TypeAliasType("NewApiKeyScope", Literal["read", "trade", "keys"])
"""`read` sees the account, `trade` places and cancels orders, `keys` manages keys."""


NewApiKeyScopes = TypeAliasType("NewApiKeyScopes", list[NewApiKeyScope])
"""A key can grant only scopes that it holds itself."""


class ApiKeyUpdate(Model):
    """What to change; everything else stays. A list replaces the whole list."""

    model_config = ConfigDict(extra="forbid")

    name: Maybe[ApiKeyName] = None
    """For people."""

    scopes: Maybe[NewApiKeyScopes] = None
    """A key can grant only scopes that it holds itself."""

    ip_allow_list: Maybe[IpAllowList] = None
    """Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""

    expire_time: Maybe[UtcInstant] = None
    """When the key stops signing. A retiring key's end can only be moved nearer."""


Asset = TypeAliasType("Asset", str)
"""Code of an asset."""


class Balance(Model):
    asset: Asset
    """Code of an asset."""

    total: Amount
    """Everything, `available` and `reserved` together."""

    available: Amount
    """Free for new orders."""

    reserved: Amount
    """Held for working orders."""

    updated_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""


class BalanceList(Model):
    data: list[Balance]
    """One per asset that the account ever held, by asset code, all in one instant."""


class CancelAfter(Model):
    timeout_ms: int
    """As asked for."""

    trigger_time: Instant | None
    """When the orders will be canceled; null when the switch is off."""


class CanceledOrders(Model):
    order_ids: list[OrderId]
    """The orders that this request canceled, oldest first."""


class Candle(Model):
    """Trades of one interval. Intervals without a trade have no candle."""

    start_time: Instant
    """First instant of the interval; its end is the start of the next."""

    open: Price
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    high: Price
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    low: Price
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    close: Price
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    volume: Quantity
    """Traded quantity in the base asset."""

    trade_count: int
    """Number of trades."""


CandleInterval = TypeAliasType("CandleInterval", Literal["1m", "5m", "15m", "1h", "4h", "1d"])
"""Length of a candle; candles begin at multiples of it since midnight UTC."""


class CandleList(Model):
    data: list[Candle]
    next_cursor: NextCursor | None
    """Pass it as `cursor` to get the next page; null on the last one."""


SignedAmount = TypeAliasType("SignedAmount", DecimalString)
"""Units of an asset; negative is a debit, a loss, or for a fee a rebate."""


Liquidity = TypeAliasType("Liquidity", Literal["maker", "taker"] | str)
"""Whether the order waited in the book (maker) or came to it (taker)."""


Sequence = TypeAliasType("Sequence", int)
"""Position in the venue's event stream; strictly increasing, with gaps."""


class Execution(Model):
    """Your side of a trade."""

    execution_id: str
    """Unique on the venue; book executions once by it."""

    order_id: OrderId
    """The venue's name of an order. Opaque and never reused."""

    client_order_id: ClientOrderId
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    side: OrderSide
    """Buy or sell the base asset."""

    price: Price
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    quantity: Quantity
    """Units of the base asset, as a decimal string without exponent. Orders name quantities on the
    instrument's `quantity_step`.
    """

    fee: SignedAmount
    """Paid by you, in `fee_asset`; negative is a rebate."""

    fee_asset: Asset
    """Code of an asset."""

    liquidity: Liquidity
    """Whether the order waited in the book (maker) or came to it (taker)."""

    time: Instant
    """RFC 3339, always UTC, always six fractional digits."""

    seq: Sequence
    """Position in the venue's event stream; strictly increasing, with gaps."""


class ExecutionList(Model):
    data: list[Execution]
    next_cursor: NextCursor | None
    """Pass it as `cursor` to get the next page; null on the last one."""


FeeRate = TypeAliasType("FeeRate", DecimalString)
"""Share of the traded value, `0.001` is ten basis points; negative is a rebate."""


InstrumentStatus = TypeAliasType("InstrumentStatus", Literal["open", "halted"] | str)
"""`open` trades; `halted` accepts cancels only."""


class Instrument(Model):
    """Something that trades, and the rules its orders follow."""

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    base_asset: Asset
    """What is bought and sold."""

    quote_asset: Asset
    """What it is paid with."""

    status: InstrumentStatus
    """`open` trades; `halted` accepts cancels only."""

    price_tick: Price
    """Prices are multiples of this."""

    quantity_step: Quantity
    """Quantities are multiples of this."""

    minimum_quantity: Quantity
    """The smallest order."""

    minimum_notional: Amount
    """The smallest limit price x quantity, in the quote asset."""

    maker_fee_rate: FeeRate
    """Share of the traded value, `0.001` is ten basis points; negative is a rebate."""

    taker_fee_rate: FeeRate
    """Share of the traded value, `0.001` is ten basis points; negative is a rebate."""


class InstrumentList(Model):
    data: list[Instrument]
    next_cursor: NextCursor | None
    """Pass it as `cursor` to get the next page; null on the last one."""


class IssuedApiKey(Model):
    """A new key. This is the only time that its secret is shown."""

    key_id: KeyId
    """Name of an API key; the `keyid` of its signatures. Public."""

    name: ApiKeyName
    """For people."""

    algorithm: ApiKeyAlgorithm
    """The `alg` of the key's signatures."""

    public_key: Ed25519PublicKey | None
    """The registered public key; null for `hmac-sha256`."""

    scopes: list[ApiKeyScope]
    ip_allow_list: IpAllowList
    """Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""

    status: ApiKeyStatus
    """`retiring` still signs until its `expire_time`, but has a successor."""

    expire_time: Instant | None
    """When the key stops signing; null for never."""

    created_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""

    secret: str | None
    """The shared secret. Its characters, as they are, are the HMAC key. Null for `ed25519`, where
    you keep the private key.
    """


NewApiKeyAlgorithm = TypeAliasType("NewApiKeyAlgorithm", Literal["ed25519", "hmac-sha256"])
"""`ed25519` (recommended): you keep the private key and register the public one, so the venue holds
no secret. `hmac-sha256`: the venue makes a secret and shows it once.
"""


class NewApiKey(Model):
    model_config = ConfigDict(extra="forbid")

    name: ApiKeyName
    """For people."""

    algorithm: NewApiKeyAlgorithm
    """`ed25519` (recommended): you keep the private key and register the public one, so the venue
    holds no secret. `hmac-sha256`: the venue makes a secret and shows it once.
    """

    public_key: Maybe[Ed25519PublicKey] = None
    """Required for `ed25519`, refused for `hmac-sha256`."""

    scopes: NewApiKeyScopes
    """A key can grant only scopes that it holds itself."""

    ip_allow_list: Maybe[IpAllowList] = None
    expire_time: Maybe[UtcInstant] = None
    """When the key stops signing. Left out, it does not expire."""


class NewCancelAfter(Model):
    model_config = ConfigDict(extra="forbid")

    timeout_ms: int
    """Milliseconds from now until all working orders of the account are canceled, unless you call
    again before. 0 switches it off.
    """


NewOrderSide = TypeAliasType("NewOrderSide", Literal["buy", "sell"])
"""Buy or sell the base asset."""


NewOrderType = TypeAliasType("NewOrderType", Literal["market", "limit", "stop", "stop_limit"])
"""`market` takes what the book offers; `limit` trades at `limit_price` or better; `stop` and
`stop_limit` wait until a trade reaches `stop_price`, then become `market` and `limit`.
"""


NewOrderTimeInForce = TypeAliasType("NewOrderTimeInForce", Literal["gtc", "day", "ioc", "fok", "gtd"])
"""`gtc` until canceled, `day` until the end of the UTC day, `gtd` until `expire_time`, `ioc` what
trades at once, `fok` everything at once or nothing.
"""


NewOrderStpMode = TypeAliasType("NewOrderStpMode", Literal["cancel_newest", "cancel_oldest", "cancel_both"])
"""Which side goes when the order would trade with another order of the same account: itself, the
resting one, or both.
"""


class NewOrder(Model):
    """An order to place. Leave out what you do not need; null is not accepted, and neither are
    members that are not listed here.
    """

    model_config = ConfigDict(extra="forbid")

    client_order_id: ClientOrderId
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    side: NewOrderSide
    """Buy or sell the base asset."""

    type: NewOrderType
    """`market` takes what the book offers; `limit` trades at `limit_price` or better; `stop` and
    `stop_limit` wait until a trade reaches `stop_price`, then become `market` and `limit`.
    """

    time_in_force: Maybe[NewOrderTimeInForce] = None
    """Default `gtc`; a market order is always `ioc` or `fok`, by default `ioc`."""

    expire_time: Maybe[UtcInstant] = None
    """When a `gtd` order ends. Required with `gtd`, refused with anything else."""

    quantity: Quantity
    """Units of the base asset, as a decimal string without exponent. Orders name quantities on the
    instrument's `quantity_step`.
    """

    limit_price: Maybe[Price] = None
    """The worst acceptable price. Required for `limit` and `stop_limit`, refused for the others."""

    stop_price: Maybe[Price] = None
    """The order wakes when a trade reaches this price: at or above it for a buy, at or below it for
    a sell. Required for `stop` and `stop_limit`, refused for the others.
    """

    post_only: bool = False
    """Refuse the order (422 `post_only_would_cross`) rather than trade at once."""

    reduce_only: bool = False
    """Only bring the position nearer to zero; refused if there is none to reduce."""

    stp_mode: NewOrderStpMode = "cancel_newest"


class Order(Model):
    """An order as the venue knows it. Every member is always there; null says that it does not
    apply.
    """

    order_id: OrderId
    """The venue's name of an order. Opaque and never reused."""

    client_order_id: ClientOrderId
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    side: OrderSide
    """Buy or sell the base asset."""

    type: OrderType
    """How the order finds its price."""

    time_in_force: TimeInForce
    """How long the order may wait."""

    expire_time: Instant | None
    """When a `gtd` or `day` order ends."""

    quantity: Quantity
    """What was asked for, filled part included."""

    limit_price: Price | None
    """The worst acceptable price."""

    stop_price: Price | None
    """The price that wakes the order."""

    post_only: bool
    reduce_only: bool
    stp_mode: StpMode
    """What self-trade prevention does with this order."""

    status: OrderStatus
    """`pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
    `canceled`, `rejected` and `expired` are final.
    """

    filled_quantity: Quantity
    """What has traded."""

    remaining_quantity: Quantity
    """What may still trade; zero once the status is final."""

    average_price: Price | None
    """Average price of what has traded, rounded to 18 digits; null before that."""

    cancel_reason: CancelReason | None
    reject_code: ProblemCode | None
    """Why a stop order was rejected when it woke."""

    version: int
    """Grows with every change; `expected_version` of an amendment names it."""

    created_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""

    updated_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""


class OrderAmendment(Model):
    """What to change. At least one member besides `expected_version`."""

    model_config = ConfigDict(extra="forbid")

    expected_version: int
    """The `version` that you decided upon; 409 `version_conflict` if it has moved on."""

    quantity: Maybe[Quantity] = None
    """The new total quantity, filled part included."""

    limit_price: Maybe[Price] = None
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    stop_price: Maybe[Price] = None
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """


class OrderBatch(Model):
    model_config = ConfigDict(extra="forbid")

    orders: list[NewOrder]
    """Placed one after the other, in this order. Not atomic."""


ProblemOutcome = TypeAliasType("ProblemOutcome", Literal["not_executed", "executed", "unknown"] | str)
"""What became of the request: nothing changed, it took effect, or the venue cannot tell and you
must look (for an order: get it by `client_order_id`).
"""


class ProblemDetail(Model):
    """One flaw of a request."""

    pointer: str
    """Where, as an RFC 6901 pointer into the request: `/body/orders/0/quantity`, `/query/limit`,
    `/path/order_id`, `/header/content-type`.
    """

    code: ProblemCode
    """What went wrong, for programs. Each operation lists the codes it can give, by status, in
    `x-error-codes`.
    """

    detail: str
    """What is wrong there."""


class Problem(Model):
    """An error (RFC 9457). Branch on `code`; `title` and `detail` are for people and may change."""

    type: str
    """Identifies the kind of problem; one per `code`."""

    title: str
    """The kind of problem in words."""

    status: int
    """The HTTP status."""

    detail: str
    """What is wrong with this very request, and what to do about it."""

    code: ProblemCode
    """What went wrong, for programs. Each operation lists the codes it can give, by status, in
    `x-error-codes`.
    """

    request_id: str
    """Name it when you ask us; the same as the `X-Request-Id` header."""

    retryable: bool
    """Whether the same request, signed anew, may succeed later. An order is retried with the same
    `client_order_id`, never with a new one.
    """

    outcome: ProblemOutcome
    """What became of the request: nothing changed, it took effect, or the venue cannot tell and you
    must look (for an order: get it by `client_order_id`).
    """

    errors: Maybe[list[ProblemDetail]] = None
    """Each single flaw, where the request has several."""

    server_time: Maybe[Instant] = None
    """With `timestamp_out_of_window` the venue's clock, to correct yours by."""

    signature_base: Maybe[str] = None
    """With `signature_invalid`, in the sandbox only: the signature base (RFC 9421, section 2.5)
    that the venue computed. Compare it with yours, byte by byte.
    """


class RefusedBatchItem(Model):
    result: Literal["refused"]
    client_order_id: ClientOrderId
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    problem: Problem
    """An error (RFC 9457). Branch on `code`; `title` and `detail` are for people and may change."""


OrderBatchItem = TypeAliasType("OrderBatchItem", AcceptedBatchItem | RefusedBatchItem)
"""What became of one order of a batch."""


class OrderBatchResult(Model):
    results: list[OrderBatchItem]
    """One per order of the request, in the same order."""


class PriceLevel(Model):
    price: Price
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    quantity: Quantity
    """What all orders at this price still offer together."""


class OrderBook(Model):
    """The book by price level, taken in one instant."""

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    bids: list[PriceLevel]
    """Best, that is highest, price first."""

    asks: list[PriceLevel]
    """Best, that is lowest, price first."""

    seq: Sequence
    """The last event that the book contains."""

    time: Instant
    """RFC 3339, always UTC, always six fractional digits."""


class OrderList(Model):
    data: list[Order]
    next_cursor: NextCursor | None
    """Pass it as `cursor` to get the next page; null on the last one."""


OrderStatusFilter = TypeAliasType("OrderStatusFilter", Literal["pending_new", "open", "partially_filled", "filled", "pending_cancel", "canceled", "rejected", "expired", "working", "closed"])
"""One status; or `working` for all that may still trade, `closed` for all final ones."""


SignedQuantity = TypeAliasType("SignedQuantity", DecimalString)
"""Units of the base asset; negative is short."""


class Position(Model):
    """What trading in one instrument has come to."""

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    quantity: SignedQuantity
    """Bought less sold; negative is short."""

    average_price: Price | None
    """Average entry price of the open quantity; null when it is zero."""

    realized_pnl: SignedAmount
    """Profit and loss of what has been closed, in the quote asset, fees apart."""

    updated_time: Instant
    """RFC 3339, always UTC, always six fractional digits."""


class PositionList(Model):
    data: list[Position]
    """One per instrument that was ever traded, by instrument, all in one instant."""


class RateLimit(Model):
    """A token bucket of the account."""

    bucket: str
    """Its name; operations say in `x-rate-limit-cost` what they take from which."""

    rate: int
    """Tokens that flow in per second."""

    burst: int
    """Tokens that it holds when full."""

    remaining: int
    """Tokens that it holds now, this request taken off."""


class RateLimitList(Model):
    data: list[RateLimit]


class ServerTime(Model):
    time: Instant
    """The clock that signature windows are judged by."""


VenueStatus = TypeAliasType("VenueStatus", Literal["operational", "degraded", "cancel_only", "maintenance"] | str)
"""`operational` takes orders; `degraded` takes them slowly; `cancel_only` takes cancels;
`maintenance` takes nothing.
"""


class ServiceStatus(Model):
    status: VenueStatus
    """`operational` takes orders; `degraded` takes them slowly; `cancel_only` takes cancels;
    `maintenance` takes nothing.
    """

    message: str | None
    """What is going on, for people; null when there is nothing to say."""

    time: Instant
    """RFC 3339, always UTC, always six fractional digits."""


class Trade(Model):
    """A public trade."""

    trade_id: str
    """Unique on the venue."""

    instrument_id: InstrumentId
    """Base and quote asset, joined by a hyphen."""

    price: Price
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    quantity: Quantity
    """Units of the base asset, as a decimal string without exponent. Orders name quantities on the
    instrument's `quantity_step`.
    """

    taker_side: OrderSide
    """The side that came to the book."""

    time: Instant
    """RFC 3339, always UTC, always six fractional digits."""

    seq: Sequence
    """Position in the venue's event stream; strictly increasing, with gaps."""


class TradeList(Model):
    data: list[Trade]
    next_cursor: NextCursor | None
    """Pass it as `cursor` to get the next page; null on the last one."""
