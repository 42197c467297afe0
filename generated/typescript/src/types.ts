/** Types of the contract, as they travel. */

import type { Decimal } from "./runtime/decimal.js";
import type { Int64 } from "./runtime/exact.js";
import type { UnknownTag } from "./runtime/tag.js";

export interface AcceptedBatchItem {
  result: "accepted";
  /**
   * Your name of an order, unique per account for at least 30 days, whatever became of the order.
   * It makes a retry safe and finds the order after a timeout. It may not begin with a dot, because
   * it is also a path segment.
   */
  client_order_id: ClientOrderId;
  /** The order as it stands, and what this request had to do with it. */
  order: PlacedOrder;
}

/** Units of the asset that the field beside it names, as a decimal string. */
export type Amount = Decimal;

/** A key as the venue lists it. Never contains a secret. */
export interface ApiKey {
  /** Name of an API key; the `keyid` of its signatures. Public. */
  key_id: KeyId;
  /** For people. */
  name: ApiKeyName;
  /** The `alg` of the key's signatures. */
  algorithm: ApiKeyAlgorithm;
  /** The registered public key; null for `hmac-sha256`. */
  public_key: Ed25519PublicKey | null;
  scopes: ApiKeyScope[];
  /** Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any. */
  ip_allow_list: IpAllowList;
  /** `retiring` still signs until its `expire_time`, but has a successor. */
  status: ApiKeyStatus;
  /** When the key stops signing; null for never. */
  expire_time: Instant | null;
  /** RFC 3339, always UTC, always six fractional digits. */
  created_time: Instant;
}

/** The `alg` of the key's signatures. */
export type ApiKeyAlgorithm = "ed25519" | "hmac-sha256" | (string & {});

export interface ApiKeyList {
  data: ApiKey[];
  /** Pass it as `cursor` to get the next page; null on the last one. */
  next_cursor: NextCursor | null;
}

/** For people. */
export type ApiKeyName = string;

export interface ApiKeyRotation {
  /** How long the old key goes on signing beside its successor, at most a week. */
  overlap_seconds: number;
  /** The successor's. Required for `ed25519`, refused for `hmac-sha256`. */
  public_key?: Ed25519PublicKey;
}

/** What the key may do. Scopes do not include each other. */
export type ApiKeyScope = "read" | "trade" | "keys" | (string & {});

/** `retiring` still signs until its `expire_time`, but has a successor. */
export type ApiKeyStatus = "active" | "retiring" | "expired" | (string & {});

/** What to change; everything else stays. A list replaces the whole list. */
export interface ApiKeyUpdate {
  /** For people. */
  name?: ApiKeyName;
  /** A key can grant only scopes that it holds itself. */
  scopes?: NewApiKeyScopes;
  /** Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any. */
  ip_allow_list?: IpAllowList;
  /** When the key stops signing. A retiring key's end can only be moved nearer. */
  expire_time?: string;
}

/** Code of an asset. */
export type Asset = string;

export interface Balance {
  /** Code of an asset. */
  asset: Asset;
  /** Everything, `available` and `reserved` together. */
  total: Amount;
  /** Free for new orders. */
  available: Amount;
  /** Held for working orders. */
  reserved: Amount;
  /** RFC 3339, always UTC, always six fractional digits. */
  updated_time: Instant;
}

export interface BalanceList {
  /** One per asset that the account ever held, by asset code, all in one instant. */
  data: Balance[];
}

export interface CancelAfter {
  /** As asked for. */
  timeout_ms: number;
  /** When the orders will be canceled; null when the switch is off. */
  trigger_time: Instant | null;
}

/**
 * Why the order was taken off the book: you asked, it could not wait (`ioc`, `fok`, a market
 * order's rest), it met an order of the same account, there was no position left to reduce, or the
 * dead-man switch fired.
 */
export type CancelReason =
  | "requested"
  | "time_in_force"
  | "self_trade_prevention"
  | "reduce_only"
  | "cancel_after"
  | (string & {});

export interface CanceledOrders {
  /** The orders that this request canceled, oldest first. */
  order_ids: OrderId[];
}

/** Trades of one interval. Intervals without a trade have no candle. */
export interface Candle {
  /** First instant of the interval; its end is the start of the next. */
  start_time: Instant;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  open: Price;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  high: Price;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  low: Price;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  close: Price;
  /** Traded quantity in the base asset. */
  volume: Quantity;
  /** Number of trades. */
  trade_count: Int64;
}

/** Length of a candle; candles begin at multiples of it since midnight UTC. */
export type CandleInterval = "1m" | "5m" | "15m" | "1h" | "4h" | "1d";

export interface CandleList {
  data: Candle[];
  /** Pass it as `cursor` to get the next page; null on the last one. */
  next_cursor: NextCursor | null;
}

/**
 * Your name of an order, unique per account for at least 30 days, whatever became of the order. It
 * makes a retry safe and finds the order after a timeout. It may not begin with a dot, because it
 * is also a path segment.
 */
export type ClientOrderId = string;

/**
 * The 32 raw bytes in base64: `openssl pkey -in key.pem -pubout -outform DER | tail -c 32 |
 * base64`.
 */
export type Ed25519PublicKey = string;

/** Your side of a trade. */
export interface Execution {
  /** Unique on the venue; book executions once by it. */
  execution_id: string;
  /** The venue's name of an order. Opaque and never reused. */
  order_id: OrderId;
  /**
   * Your name of an order, unique per account for at least 30 days, whatever became of the order.
   * It makes a retry safe and finds the order after a timeout. It may not begin with a dot, because
   * it is also a path segment.
   */
  client_order_id: ClientOrderId;
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /** Buy or sell the base asset. */
  side: OrderSide;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  price: Price;
  /**
   * Units of the base asset, as a decimal string without exponent. Orders name quantities on the
   * instrument's `quantity_step`.
   */
  quantity: Quantity;
  /** Paid by you, in `fee_asset`; negative is a rebate. */
  fee: SignedAmount;
  /** Code of an asset. */
  fee_asset: Asset;
  /** Whether the order waited in the book (maker) or came to it (taker). */
  liquidity: Liquidity;
  /** RFC 3339, always UTC, always six fractional digits. */
  time: Instant;
  /** Position in the venue's event stream; strictly increasing, with gaps. */
  seq: Sequence;
}

export interface ExecutionList {
  data: Execution[];
  /** Pass it as `cursor` to get the next page; null on the last one. */
  next_cursor: NextCursor | null;
}

/** Share of the traded value, `0.001` is ten basis points; negative is a rebate. */
export type FeeRate = Decimal;

/** RFC 3339, always UTC, always six fractional digits. */
export type Instant = string;

/** Something that trades, and the rules its orders follow. */
export interface Instrument {
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /** What is bought and sold. */
  base_asset: Asset;
  /** What it is paid with. */
  quote_asset: Asset;
  /** `open` trades; `halted` accepts cancels only. */
  status: InstrumentStatus;
  /** Prices are multiples of this. */
  price_tick: Price;
  /** Quantities are multiples of this. */
  quantity_step: Quantity;
  /** The smallest order. */
  minimum_quantity: Quantity;
  /** The smallest limit price x quantity, in the quote asset. */
  minimum_notional: Amount;
  /** Share of the traded value, `0.001` is ten basis points; negative is a rebate. */
  maker_fee_rate: FeeRate;
  /** Share of the traded value, `0.001` is ten basis points; negative is a rebate. */
  taker_fee_rate: FeeRate;
}

/** Base and quote asset, joined by a hyphen. */
export type InstrumentId = string;

export interface InstrumentList {
  data: Instrument[];
  /** Pass it as `cursor` to get the next page; null on the last one. */
  next_cursor: NextCursor | null;
}

/** `open` trades; `halted` accepts cancels only. */
export type InstrumentStatus = "open" | "halted" | (string & {});

/** Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any. */
export type IpAllowList = string[];

/** A new key. This is the only time that its secret is shown. */
export interface IssuedApiKey {
  /** Name of an API key; the `keyid` of its signatures. Public. */
  key_id: KeyId;
  /** For people. */
  name: ApiKeyName;
  /** The `alg` of the key's signatures. */
  algorithm: ApiKeyAlgorithm;
  /** The registered public key; null for `hmac-sha256`. */
  public_key: Ed25519PublicKey | null;
  scopes: ApiKeyScope[];
  /** Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any. */
  ip_allow_list: IpAllowList;
  /** `retiring` still signs until its `expire_time`, but has a successor. */
  status: ApiKeyStatus;
  /** When the key stops signing; null for never. */
  expire_time: Instant | null;
  /** RFC 3339, always UTC, always six fractional digits. */
  created_time: Instant;
  /**
   * The shared secret. Its characters, as they are, are the HMAC key. Null for `ed25519`, where you
   * keep the private key.
   */
  secret: string | null;
}

/** Name of an API key; the `keyid` of its signatures. Public. */
export type KeyId = string;

/** Whether the order waited in the book (maker) or came to it (taker). */
export type Liquidity = "maker" | "taker" | (string & {});

export interface NewApiKey {
  /** For people. */
  name: ApiKeyName;
  /**
   * `ed25519` (recommended): you keep the private key and register the public one, so the venue
   * holds no secret. `hmac-sha256`: the venue makes a secret and shows it once.
   */
  algorithm: NewApiKeyAlgorithm;
  /** Required for `ed25519`, refused for `hmac-sha256`. */
  public_key?: Ed25519PublicKey;
  /** A key can grant only scopes that it holds itself. */
  scopes: NewApiKeyScopes;
  ip_allow_list?: IpAllowList;
  /** When the key stops signing. Left out, it does not expire. */
  expire_time?: string;
}

/**
 * `ed25519` (recommended): you keep the private key and register the public one, so the venue holds
 * no secret. `hmac-sha256`: the venue makes a secret and shows it once.
 */
export type NewApiKeyAlgorithm = "ed25519" | "hmac-sha256";

/** `read` sees the account, `trade` places and cancels orders, `keys` manages keys. */
export type NewApiKeyScope = "read" | "trade" | "keys";

/** A key can grant only scopes that it holds itself. */
export type NewApiKeyScopes = NewApiKeyScope[];

export interface NewCancelAfter {
  /**
   * Milliseconds from now until all working orders of the account are canceled, unless you call
   * again before. 0 switches it off.
   */
  timeout_ms: number;
}

/**
 * An order to place. Leave out what you do not need; null is not accepted, and neither are members
 * that are not listed here.
 */
export interface NewOrder {
  /**
   * Your name of an order, unique per account for at least 30 days, whatever became of the order.
   * It makes a retry safe and finds the order after a timeout. It may not begin with a dot, because
   * it is also a path segment.
   */
  client_order_id: ClientOrderId;
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /** Buy or sell the base asset. */
  side: NewOrderSide;
  /**
   * `market` takes what the book offers; `limit` trades at `limit_price` or better; `stop` and
   * `stop_limit` wait until a trade reaches `stop_price`, then become `market` and `limit`.
   */
  type: NewOrderType;
  /** Default `gtc`; a market order is always `ioc` or `fok`, by default `ioc`. */
  time_in_force?: NewOrderTimeInForce;
  /** When a `gtd` order ends. Required with `gtd`, refused with anything else. */
  expire_time?: string;
  /**
   * Units of the base asset, as a decimal string without exponent. Orders name quantities on the
   * instrument's `quantity_step`.
   */
  quantity: Quantity;
  /** The worst acceptable price. Required for `limit` and `stop_limit`, refused for the others. */
  limit_price?: Price;
  /**
   * The order wakes when a trade reaches this price: at or above it for a buy, at or below it for a
   * sell. Required for `stop` and `stop_limit`, refused for the others.
   */
  stop_price?: Price;
  /**
   * Refuse the order (422 `post_only_would_cross`) rather than trade at once.
   *
   * @defaultValue `false`
   */
  post_only?: boolean;
  /**
   * Only bring the position nearer to zero; refused if there is none to reduce.
   *
   * @defaultValue `false`
   */
  reduce_only?: boolean;
  /** @defaultValue `"cancel_newest"` */
  stp_mode?: NewOrderStpMode;
}

/** Buy or sell the base asset. */
export type NewOrderSide = "buy" | "sell";

/**
 * Which side goes when the order would trade with another order of the same account: itself, the
 * resting one, or both.
 */
export type NewOrderStpMode = "cancel_newest" | "cancel_oldest" | "cancel_both";

/**
 * `gtc` until canceled, `day` until the end of the UTC day, `gtd` until `expire_time`, `ioc` what
 * trades at once, `fok` everything at once or nothing.
 */
export type NewOrderTimeInForce = "gtc" | "day" | "ioc" | "fok" | "gtd";

/**
 * `market` takes what the book offers; `limit` trades at `limit_price` or better; `stop` and
 * `stop_limit` wait until a trade reaches `stop_price`, then become `market` and `limit`.
 */
export type NewOrderType = "market" | "limit" | "stop" | "stop_limit";

/** Pass it as `cursor` to get the next page; null on the last one. */
export type NextCursor = string;

/**
 * An order as the venue knows it. Every member is always there; null says that it does not apply.
 */
export interface Order {
  /** The venue's name of an order. Opaque and never reused. */
  order_id: OrderId;
  /**
   * Your name of an order, unique per account for at least 30 days, whatever became of the order.
   * It makes a retry safe and finds the order after a timeout. It may not begin with a dot, because
   * it is also a path segment.
   */
  client_order_id: ClientOrderId;
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /** Buy or sell the base asset. */
  side: OrderSide;
  /** How the order finds its price. */
  type: OrderType;
  /** How long the order may wait. */
  time_in_force: TimeInForce;
  /** When a `gtd` or `day` order ends. */
  expire_time: Instant | null;
  /** What was asked for, filled part included. */
  quantity: Quantity;
  /** The worst acceptable price. */
  limit_price: Price | null;
  /** The price that wakes the order. */
  stop_price: Price | null;
  post_only: boolean;
  reduce_only: boolean;
  /** What self-trade prevention does with this order. */
  stp_mode: StpMode;
  /**
   * `pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
   * `canceled`, `rejected` and `expired` are final.
   */
  status: OrderStatus;
  /** What has traded. */
  filled_quantity: Quantity;
  /** What may still trade; zero once the status is final. */
  remaining_quantity: Quantity;
  /** Average price of what has traded, rounded to 18 digits; null before that. */
  average_price: Price | null;
  cancel_reason: CancelReason | null;
  /** Why a stop order was rejected when it woke. */
  reject_code: ProblemCode | null;
  /** Grows with every change; `expected_version` of an amendment names it. */
  version: Int64;
  /** RFC 3339, always UTC, always six fractional digits. */
  created_time: Instant;
  /** RFC 3339, always UTC, always six fractional digits. */
  updated_time: Instant;
}

/** What to change. At least one member besides `expected_version`. */
export interface OrderAmendment {
  /** The `version` that you decided upon; 409 `version_conflict` if it has moved on. */
  expected_version: Int64;
  /** The new total quantity, filled part included. */
  quantity?: Quantity;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  limit_price?: Price;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  stop_price?: Price;
}

export interface OrderBatch {
  /** Placed one after the other, in this order. Not atomic. */
  orders: NewOrder[];
}

/** What became of one order of a batch. */
export type OrderBatchItem =
  | AcceptedBatchItem
  | RefusedBatchItem
  | { result: UnknownTag; [key: string]: unknown };

export interface OrderBatchResult {
  /** One per order of the request, in the same order. */
  results: OrderBatchItem[];
}

/** The book by price level, taken in one instant. */
export interface OrderBook {
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /** Best, that is highest, price first. */
  bids: PriceLevel[];
  /** Best, that is lowest, price first. */
  asks: PriceLevel[];
  /** The last event that the book contains. */
  seq: Sequence;
  /** RFC 3339, always UTC, always six fractional digits. */
  time: Instant;
}

/** The venue's name of an order. Opaque and never reused. */
export type OrderId = string;

export interface OrderList {
  data: Order[];
  /** Pass it as `cursor` to get the next page; null on the last one. */
  next_cursor: NextCursor | null;
}

/** Buy or sell the base asset. */
export type OrderSide = "buy" | "sell" | (string & {});

/**
 * `pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
 * `canceled`, `rejected` and `expired` are final.
 */
export type OrderStatus =
  | "pending_new"
  | "open"
  | "partially_filled"
  | "filled"
  | "pending_cancel"
  | "canceled"
  | "rejected"
  | "expired"
  | (string & {});

/** One status; or `working` for all that may still trade, `closed` for all final ones. */
export type OrderStatusFilter =
  | "pending_new"
  | "open"
  | "partially_filled"
  | "filled"
  | "pending_cancel"
  | "canceled"
  | "rejected"
  | "expired"
  | "working"
  | "closed";

/** How the order finds its price. */
export type OrderType = "market" | "limit" | "stop" | "stop_limit" | (string & {});

/** The order as it stands, and what this request had to do with it. */
export interface PlacedOrder {
  /** The venue's name of an order. Opaque and never reused. */
  order_id: OrderId;
  /**
   * Your name of an order, unique per account for at least 30 days, whatever became of the order.
   * It makes a retry safe and finds the order after a timeout. It may not begin with a dot, because
   * it is also a path segment.
   */
  client_order_id: ClientOrderId;
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /** Buy or sell the base asset. */
  side: OrderSide;
  /** How the order finds its price. */
  type: OrderType;
  /** How long the order may wait. */
  time_in_force: TimeInForce;
  /** When a `gtd` or `day` order ends. */
  expire_time: Instant | null;
  /** What was asked for, filled part included. */
  quantity: Quantity;
  /** The worst acceptable price. */
  limit_price: Price | null;
  /** The price that wakes the order. */
  stop_price: Price | null;
  post_only: boolean;
  reduce_only: boolean;
  /** What self-trade prevention does with this order. */
  stp_mode: StpMode;
  /**
   * `pending_new`, `open`, `partially_filled` and `pending_cancel` may still trade; `filled`,
   * `canceled`, `rejected` and `expired` are final.
   */
  status: OrderStatus;
  /** What has traded. */
  filled_quantity: Quantity;
  /** What may still trade; zero once the status is final. */
  remaining_quantity: Quantity;
  /** Average price of what has traded, rounded to 18 digits; null before that. */
  average_price: Price | null;
  cancel_reason: CancelReason | null;
  /** Why a stop order was rejected when it woke. */
  reject_code: ProblemCode | null;
  /** Grows with every change; `expected_version` of an amendment names it. */
  version: Int64;
  /** RFC 3339, always UTC, always six fractional digits. */
  created_time: Instant;
  /** RFC 3339, always UTC, always six fractional digits. */
  updated_time: Instant;
  /**
   * True when the order had been accepted before, under the same `client_order_id` and with the
   * same body. Nothing new was placed.
   */
  replayed: boolean;
  /** True when nothing was placed because you asked only for a check. */
  dry_run: boolean;
}

/** What trading in one instrument has come to. */
export interface Position {
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /** Bought less sold; negative is short. */
  quantity: SignedQuantity;
  /** Average entry price of the open quantity; null when it is zero. */
  average_price: Price | null;
  /** Profit and loss of what has been closed, in the quote asset, fees apart. */
  realized_pnl: SignedAmount;
  /** RFC 3339, always UTC, always six fractional digits. */
  updated_time: Instant;
}

export interface PositionList {
  /** One per instrument that was ever traded, by instrument, all in one instant. */
  data: Position[];
}

/**
 * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
 * prices on the instrument's `price_tick`.
 */
export type Price = Decimal;

export interface PriceLevel {
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  price: Price;
  /** What all orders at this price still offer together. */
  quantity: Quantity;
}

/** An error (RFC 9457). Branch on `code`; `title` and `detail` are for people and may change. */
export interface Problem {
  /** Identifies the kind of problem; one per `code`. */
  type: string;
  /** The kind of problem in words. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** What is wrong with this very request, and what to do about it. */
  detail: string;
  /**
   * What went wrong, for programs. Each operation lists the codes it can give, by status, in
   * `x-error-codes`.
   */
  code: ProblemCode;
  /** Name it when you ask us; the same as the `X-Request-Id` header. */
  request_id: string;
  /**
   * Whether the same request, signed anew, may succeed later. An order is retried with the same
   * `client_order_id`, never with a new one.
   */
  retryable: boolean;
  /**
   * What became of the request: nothing changed, it took effect, or the venue cannot tell and you
   * must look (for an order: get it by `client_order_id`).
   */
  outcome: ProblemOutcome;
  /** Each single flaw, where the request has several. */
  errors?: ProblemDetail[];
  /** With `timestamp_out_of_window` the venue's clock, to correct yours by. */
  server_time?: Instant;
  /**
   * With `signature_invalid`, in the sandbox only: the signature base (RFC 9421, section 2.5) that
   * the venue computed. Compare it with yours, byte by byte.
   */
  signature_base?: string;
}

/**
 * What went wrong, for programs. Each operation lists the codes it can give, by status, in
 * `x-error-codes`.
 */
export type ProblemCode =
  | "malformed"
  | "number_not_decimal_string"
  | "credentials_missing"
  | "signature_invalid"
  | "key_unknown"
  | "key_expired"
  | "timestamp_out_of_window"
  | "nonce_reused"
  | "scope_missing"
  | "ip_not_allowed"
  | "not_found"
  | "order_not_found"
  | "instrument_not_found"
  | "key_not_found"
  | "method_not_allowed"
  | "not_acceptable"
  | "request_timeout"
  | "uri_too_long"
  | "too_many_fields"
  | "client_order_id_conflict"
  | "version_conflict"
  | "order_not_open"
  | "key_not_active"
  | "content_too_large"
  | "unsupported_media_type"
  | "invalid_combination"
  | "price_off_tick"
  | "quantity_off_step"
  | "below_minimum"
  | "insufficient_balance"
  | "post_only_would_cross"
  | "reduce_only_violation"
  | "self_trade_prevented"
  | "instrument_not_open"
  | "key_limit_reached"
  | "rate_limited"
  | "internal_error"
  | "overloaded"
  | "timeout_unknown"
  | (string & {});

/** One flaw of a request. */
export interface ProblemDetail {
  /**
   * Where, as an RFC 6901 pointer into the request: `/body/orders/0/quantity`, `/query/limit`,
   * `/path/order_id`, `/header/content-type`.
   */
  pointer: string;
  /**
   * What went wrong, for programs. Each operation lists the codes it can give, by status, in
   * `x-error-codes`.
   */
  code: ProblemCode;
  /** What is wrong there. */
  detail: string;
}

/**
 * What became of the request: nothing changed, it took effect, or the venue cannot tell and you
 * must look (for an order: get it by `client_order_id`).
 */
export type ProblemOutcome = "not_executed" | "executed" | "unknown" | (string & {});

/**
 * Units of the base asset, as a decimal string without exponent. Orders name quantities on the
 * instrument's `quantity_step`.
 */
export type Quantity = Decimal;

/** A token bucket of the account. */
export interface RateLimit {
  /** Its name; operations say in `x-rate-limit-cost` what they take from which. */
  bucket: string;
  /** Tokens that flow in per second. */
  rate: number;
  /** Tokens that it holds when full. */
  burst: number;
  /** Tokens that it holds now, this request taken off. */
  remaining: number;
}

export interface RateLimitList {
  data: RateLimit[];
}

export interface RefusedBatchItem {
  result: "refused";
  /**
   * Your name of an order, unique per account for at least 30 days, whatever became of the order.
   * It makes a retry safe and finds the order after a timeout. It may not begin with a dot, because
   * it is also a path segment.
   */
  client_order_id: ClientOrderId;
  /** An error (RFC 9457). Branch on `code`; `title` and `detail` are for people and may change. */
  problem: Problem;
}

/** Position in the venue's event stream; strictly increasing, with gaps. */
export type Sequence = Int64;

export interface ServerTime {
  /** The clock that signature windows are judged by. */
  time: Instant;
}

export interface ServiceStatus {
  /**
   * `operational` takes orders; `degraded` takes them slowly; `cancel_only` takes cancels;
   * `maintenance` takes nothing.
   */
  status: VenueStatus;
  /** What is going on, for people; null when there is nothing to say. */
  message: string | null;
  /** RFC 3339, always UTC, always six fractional digits. */
  time: Instant;
}

/** Units of an asset; negative is a debit, a loss, or for a fee a rebate. */
export type SignedAmount = Decimal;

/** Units of the base asset; negative is short. */
export type SignedQuantity = Decimal;

/** What self-trade prevention does with this order. */
export type StpMode = "cancel_newest" | "cancel_oldest" | "cancel_both" | (string & {});

/** How long the order may wait. */
export type TimeInForce = "gtc" | "day" | "ioc" | "fok" | "gtd" | (string & {});

/** A public trade. */
export interface Trade {
  /** Unique on the venue. */
  trade_id: string;
  /** Base and quote asset, joined by a hyphen. */
  instrument_id: InstrumentId;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  price: Price;
  /**
   * Units of the base asset, as a decimal string without exponent. Orders name quantities on the
   * instrument's `quantity_step`.
   */
  quantity: Quantity;
  /** The side that came to the book. */
  taker_side: OrderSide;
  /** RFC 3339, always UTC, always six fractional digits. */
  time: Instant;
  /** Position in the venue's event stream; strictly increasing, with gaps. */
  seq: Sequence;
}

export interface TradeList {
  data: Trade[];
  /** Pass it as `cursor` to get the next page; null on the last one. */
  next_cursor: NextCursor | null;
}

/**
 * `operational` takes orders; `degraded` takes them slowly; `cancel_only` takes cancels;
 * `maintenance` takes nothing.
 */
export type VenueStatus =
  | "operational"
  | "degraded"
  | "cancel_only"
  | "maintenance"
  | (string & {});
