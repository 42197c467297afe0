/**
 * Validators of the contract's types: `valid(Order, value)`, `isValid(Order, value)`,
 * `issuesOf(Order, value)`. Values of open lists and tags that are not known yet are accepted.
 */

import type { Validator } from "./runtime/validate.js";
import type * as types from "./types.js";

export {
  isValid,
  issuesOf,
  valid,
  ShapeError,
  type ShapeIssue,
  type Validator,
} from "./runtime/validate.js";

/** Shape of `AcceptedBatchItem`. */
export const AcceptedBatchItem: Validator<types.AcceptedBatchItem> = {
  shape: {
    required: {
      result: { oneOf: ["accepted"] },
      client_order_id: () => ClientOrderId.shape,
      order: () => PlacedOrder.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `Amount`. */
export const Amount: Validator<types.Amount> = {
  shape: { scalar: "decimal", maxLength: 39, pattern: "^(0|[1-9][0-9]{0,19})(\\.[0-9]{1,18})?$" },
};

/** Shape of `ApiKey`. */
export const ApiKey: Validator<types.ApiKey> = {
  shape: {
    required: {
      key_id: () => KeyId.shape,
      name: () => ApiKeyName.shape,
      algorithm: () => ApiKeyAlgorithm.shape,
      public_key: { nullable: () => Ed25519PublicKey.shape },
      scopes: { list: () => ApiKeyScope.shape },
      ip_allow_list: () => IpAllowList.shape,
      status: () => ApiKeyStatus.shape,
      expire_time: { nullable: () => Instant.shape },
      created_time: () => Instant.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `ApiKeyAlgorithm`. */
export const ApiKeyAlgorithm: Validator<types.ApiKeyAlgorithm> = {
  shape: "string",
};

/** Shape of `ApiKeyList`. */
export const ApiKeyList: Validator<types.ApiKeyList> = {
  shape: {
    required: {
      data: { list: () => ApiKey.shape },
      next_cursor: { nullable: () => NextCursor.shape },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `ApiKeyName`. */
export const ApiKeyName: Validator<types.ApiKeyName> = {
  shape: { scalar: "string", minLength: 1, maxLength: 64 },
};

/** Shape of `ApiKeyRotation`. */
export const ApiKeyRotation: Validator<types.ApiKeyRotation> = {
  shape: {
    required: { overlap_seconds: { scalar: "integer", minimum: 0, maximum: 604800 } },
    optional: { public_key: () => Ed25519PublicKey.shape },
    rest: "never",
  },
};

/** Shape of `ApiKeyScope`. */
export const ApiKeyScope: Validator<types.ApiKeyScope> = {
  shape: "string",
};

/** Shape of `ApiKeyStatus`. */
export const ApiKeyStatus: Validator<types.ApiKeyStatus> = {
  shape: "string",
};

/** Shape of `ApiKeyUpdate`. */
export const ApiKeyUpdate: Validator<types.ApiKeyUpdate> = {
  shape: {
    required: {},
    optional: {
      name: () => ApiKeyName.shape,
      scopes: () => NewApiKeyScopes.shape,
      ip_allow_list: () => IpAllowList.shape,
      expire_time: "instant",
    },
    rest: "never",
  },
};

/** Shape of `Asset`. */
export const Asset: Validator<types.Asset> = {
  shape: { scalar: "string", pattern: "^[A-Z0-9]{2,10}$" },
};

/** Shape of `Balance`. */
export const Balance: Validator<types.Balance> = {
  shape: {
    required: {
      asset: () => Asset.shape,
      total: () => Amount.shape,
      available: () => Amount.shape,
      reserved: () => Amount.shape,
      updated_time: () => Instant.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `BalanceList`. */
export const BalanceList: Validator<types.BalanceList> = {
  shape: { required: { data: { list: () => Balance.shape } }, optional: {}, rest: "unknown" },
};

/** Shape of `CancelAfter`. */
export const CancelAfter: Validator<types.CancelAfter> = {
  shape: {
    required: {
      timeout_ms: { scalar: "integer", minimum: 0 },
      trigger_time: { nullable: () => Instant.shape },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `CancelReason`. */
export const CancelReason: Validator<types.CancelReason> = {
  shape: "string",
};

/** Shape of `CanceledOrders`. */
export const CanceledOrders: Validator<types.CanceledOrders> = {
  shape: { required: { order_ids: { list: () => OrderId.shape } }, optional: {}, rest: "unknown" },
};

/** Shape of `Candle`. */
export const Candle: Validator<types.Candle> = {
  shape: {
    required: {
      start_time: () => Instant.shape,
      open: () => Price.shape,
      high: () => Price.shape,
      low: () => Price.shape,
      close: () => Price.shape,
      volume: () => Quantity.shape,
      trade_count: { scalar: "int64", minimum: 1 },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `CandleInterval`. */
export const CandleInterval: Validator<types.CandleInterval> = {
  shape: { oneOf: ["1m", "5m", "15m", "1h", "4h", "1d"] },
};

/** Shape of `CandleList`. */
export const CandleList: Validator<types.CandleList> = {
  shape: {
    required: {
      data: { list: () => Candle.shape },
      next_cursor: { nullable: () => NextCursor.shape },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `ClientOrderId`. */
export const ClientOrderId: Validator<types.ClientOrderId> = {
  shape: { scalar: "string", pattern: "^[A-Za-z0-9_-][A-Za-z0-9._-]{0,35}$" },
};

/** Shape of `Ed25519PublicKey`. */
export const Ed25519PublicKey: Validator<types.Ed25519PublicKey> = {
  shape: { scalar: "string", pattern: "^[A-Za-z0-9+/]{43}=$" },
};

/** Shape of `Execution`. */
export const Execution: Validator<types.Execution> = {
  shape: {
    required: {
      execution_id: { scalar: "string", maxLength: 36 },
      order_id: () => OrderId.shape,
      client_order_id: () => ClientOrderId.shape,
      instrument_id: () => InstrumentId.shape,
      side: () => OrderSide.shape,
      price: () => Price.shape,
      quantity: () => Quantity.shape,
      fee: () => SignedAmount.shape,
      fee_asset: () => Asset.shape,
      liquidity: () => Liquidity.shape,
      time: () => Instant.shape,
      seq: () => Sequence.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `ExecutionList`. */
export const ExecutionList: Validator<types.ExecutionList> = {
  shape: {
    required: {
      data: { list: () => Execution.shape },
      next_cursor: { nullable: () => NextCursor.shape },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `FeeRate`. */
export const FeeRate: Validator<types.FeeRate> = {
  shape: { scalar: "decimal", maxLength: 40, pattern: "^(0|-?[1-9][0-9]{0,19}|-?(0|[1-9][0-9]{0,19})\\.[0-9]{1,18})$" },
};

/** Shape of `Instant`. */
export const Instant: Validator<types.Instant> = {
  shape: { scalar: "instant", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$" },
};

/** Shape of `Instrument`. */
export const Instrument: Validator<types.Instrument> = {
  shape: {
    required: {
      instrument_id: () => InstrumentId.shape,
      base_asset: () => Asset.shape,
      quote_asset: () => Asset.shape,
      status: () => InstrumentStatus.shape,
      price_tick: () => Price.shape,
      quantity_step: () => Quantity.shape,
      minimum_quantity: () => Quantity.shape,
      minimum_notional: () => Amount.shape,
      maker_fee_rate: () => FeeRate.shape,
      taker_fee_rate: () => FeeRate.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `InstrumentId`. */
export const InstrumentId: Validator<types.InstrumentId> = {
  shape: { scalar: "string", pattern: "^[A-Z0-9]{2,10}-[A-Z0-9]{2,10}$" },
};

/** Shape of `InstrumentList`. */
export const InstrumentList: Validator<types.InstrumentList> = {
  shape: {
    required: {
      data: { list: () => Instrument.shape },
      next_cursor: { nullable: () => NextCursor.shape },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `InstrumentStatus`. */
export const InstrumentStatus: Validator<types.InstrumentStatus> = {
  shape: "string",
};

/** Shape of `IpAllowList`. */
export const IpAllowList: Validator<types.IpAllowList> = {
  shape: { list: "string", max: 32 },
};

/** Shape of `IssuedApiKey`. */
export const IssuedApiKey: Validator<types.IssuedApiKey> = {
  shape: {
    required: {
      key_id: () => KeyId.shape,
      name: () => ApiKeyName.shape,
      algorithm: () => ApiKeyAlgorithm.shape,
      public_key: { nullable: () => Ed25519PublicKey.shape },
      scopes: { list: () => ApiKeyScope.shape },
      ip_allow_list: () => IpAllowList.shape,
      status: () => ApiKeyStatus.shape,
      expire_time: { nullable: () => Instant.shape },
      created_time: () => Instant.shape,
      secret: { nullable: "string" },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `KeyId`. */
export const KeyId: Validator<types.KeyId> = {
  shape: { scalar: "string", pattern: "^[A-Za-z0-9_-]{1,64}$" },
};

/** Shape of `Liquidity`. */
export const Liquidity: Validator<types.Liquidity> = {
  shape: "string",
};

/** Shape of `NewApiKey`. */
export const NewApiKey: Validator<types.NewApiKey> = {
  shape: {
    required: {
      name: () => ApiKeyName.shape,
      algorithm: () => NewApiKeyAlgorithm.shape,
      scopes: () => NewApiKeyScopes.shape,
    },
    optional: {
      public_key: () => Ed25519PublicKey.shape,
      ip_allow_list: () => IpAllowList.shape,
      expire_time: "instant",
    },
    rest: "never",
  },
};

/** Shape of `NewApiKeyAlgorithm`. */
export const NewApiKeyAlgorithm: Validator<types.NewApiKeyAlgorithm> = {
  shape: { oneOf: ["ed25519", "hmac-sha256"] },
};

/** Shape of `NewApiKeyScope`. */
export const NewApiKeyScope: Validator<types.NewApiKeyScope> = {
  shape: { oneOf: ["read", "trade", "keys"] },
};

/** Shape of `NewApiKeyScopes`. */
export const NewApiKeyScopes: Validator<types.NewApiKeyScopes> = {
  shape: { list: () => NewApiKeyScope.shape, min: 1, max: 3 },
};

/** Shape of `NewCancelAfter`. */
export const NewCancelAfter: Validator<types.NewCancelAfter> = {
  shape: {
    required: { timeout_ms: { scalar: "integer", minimum: 0, maximum: 600000 } },
    optional: {},
    rest: "never",
  },
};

/** Shape of `NewOrder`. */
export const NewOrder: Validator<types.NewOrder> = {
  shape: {
    required: {
      client_order_id: () => ClientOrderId.shape,
      instrument_id: () => InstrumentId.shape,
      side: () => NewOrderSide.shape,
      type: () => NewOrderType.shape,
      quantity: () => Quantity.shape,
    },
    optional: {
      time_in_force: () => NewOrderTimeInForce.shape,
      expire_time: "instant",
      limit_price: () => Price.shape,
      stop_price: () => Price.shape,
      post_only: "boolean",
      reduce_only: "boolean",
      stp_mode: () => NewOrderStpMode.shape,
    },
    rest: "never",
  },
};

/** Shape of `NewOrderSide`. */
export const NewOrderSide: Validator<types.NewOrderSide> = {
  shape: { oneOf: ["buy", "sell"] },
};

/** Shape of `NewOrderStpMode`. */
export const NewOrderStpMode: Validator<types.NewOrderStpMode> = {
  shape: { oneOf: ["cancel_newest", "cancel_oldest", "cancel_both"] },
};

/** Shape of `NewOrderTimeInForce`. */
export const NewOrderTimeInForce: Validator<types.NewOrderTimeInForce> = {
  shape: { oneOf: ["gtc", "day", "ioc", "fok", "gtd"] },
};

/** Shape of `NewOrderType`. */
export const NewOrderType: Validator<types.NewOrderType> = {
  shape: { oneOf: ["market", "limit", "stop", "stop_limit"] },
};

/** Shape of `NextCursor`. */
export const NextCursor: Validator<types.NextCursor> = {
  shape: { scalar: "string", maxLength: 512 },
};

/** Shape of `Order`. */
export const Order: Validator<types.Order> = {
  shape: {
    required: {
      order_id: () => OrderId.shape,
      client_order_id: () => ClientOrderId.shape,
      instrument_id: () => InstrumentId.shape,
      side: () => OrderSide.shape,
      type: () => OrderType.shape,
      time_in_force: () => TimeInForce.shape,
      expire_time: { nullable: () => Instant.shape },
      quantity: () => Quantity.shape,
      limit_price: { nullable: () => Price.shape },
      stop_price: { nullable: () => Price.shape },
      post_only: "boolean",
      reduce_only: "boolean",
      stp_mode: () => StpMode.shape,
      status: () => OrderStatus.shape,
      filled_quantity: () => Quantity.shape,
      remaining_quantity: () => Quantity.shape,
      average_price: { nullable: () => Price.shape },
      cancel_reason: { nullable: () => CancelReason.shape },
      reject_code: { nullable: () => ProblemCode.shape },
      version: { scalar: "int64", minimum: 1 },
      created_time: () => Instant.shape,
      updated_time: () => Instant.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `OrderAmendment`. */
export const OrderAmendment: Validator<types.OrderAmendment> = {
  shape: {
    required: { expected_version: { scalar: "int64", minimum: 1 } },
    optional: {
      quantity: () => Quantity.shape,
      limit_price: () => Price.shape,
      stop_price: () => Price.shape,
    },
    rest: "never",
  },
};

/** Shape of `OrderBatch`. */
export const OrderBatch: Validator<types.OrderBatch> = {
  shape: {
    required: { orders: { list: () => NewOrder.shape, min: 1, max: 20 } },
    optional: {},
    rest: "never",
  },
};

/** Shape of `OrderBatchItem`. */
export const OrderBatchItem: Validator<types.OrderBatchItem> = {
  shape: {
    tag: "result",
    arms: { accepted: () => AcceptedBatchItem.shape, refused: () => RefusedBatchItem.shape },
  },
};

/** Shape of `OrderBatchResult`. */
export const OrderBatchResult: Validator<types.OrderBatchResult> = {
  shape: { required: { results: { list: () => OrderBatchItem.shape } }, optional: {}, rest: "unknown" },
};

/** Shape of `OrderBook`. */
export const OrderBook: Validator<types.OrderBook> = {
  shape: {
    required: {
      instrument_id: () => InstrumentId.shape,
      bids: { list: () => PriceLevel.shape },
      asks: { list: () => PriceLevel.shape },
      seq: () => Sequence.shape,
      time: () => Instant.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `OrderId`. */
export const OrderId: Validator<types.OrderId> = {
  shape: { scalar: "string", pattern: "^[A-Za-z0-9_-]{1,36}$" },
};

/** Shape of `OrderList`. */
export const OrderList: Validator<types.OrderList> = {
  shape: {
    required: {
      data: { list: () => Order.shape },
      next_cursor: { nullable: () => NextCursor.shape },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `OrderSide`. */
export const OrderSide: Validator<types.OrderSide> = {
  shape: "string",
};

/** Shape of `OrderStatus`. */
export const OrderStatus: Validator<types.OrderStatus> = {
  shape: "string",
};

/** Shape of `OrderStatusFilter`. */
export const OrderStatusFilter: Validator<types.OrderStatusFilter> = {
  shape: {
    oneOf: [
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
    ],
  },
};

/** Shape of `OrderType`. */
export const OrderType: Validator<types.OrderType> = {
  shape: "string",
};

/** Shape of `PlacedOrder`. */
export const PlacedOrder: Validator<types.PlacedOrder> = {
  shape: {
    required: {
      order_id: () => OrderId.shape,
      client_order_id: () => ClientOrderId.shape,
      instrument_id: () => InstrumentId.shape,
      side: () => OrderSide.shape,
      type: () => OrderType.shape,
      time_in_force: () => TimeInForce.shape,
      expire_time: { nullable: () => Instant.shape },
      quantity: () => Quantity.shape,
      limit_price: { nullable: () => Price.shape },
      stop_price: { nullable: () => Price.shape },
      post_only: "boolean",
      reduce_only: "boolean",
      stp_mode: () => StpMode.shape,
      status: () => OrderStatus.shape,
      filled_quantity: () => Quantity.shape,
      remaining_quantity: () => Quantity.shape,
      average_price: { nullable: () => Price.shape },
      cancel_reason: { nullable: () => CancelReason.shape },
      reject_code: { nullable: () => ProblemCode.shape },
      version: { scalar: "int64", minimum: 1 },
      created_time: () => Instant.shape,
      updated_time: () => Instant.shape,
      replayed: "boolean",
      dry_run: "boolean",
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `Position`. */
export const Position: Validator<types.Position> = {
  shape: {
    required: {
      instrument_id: () => InstrumentId.shape,
      quantity: () => SignedQuantity.shape,
      average_price: { nullable: () => Price.shape },
      realized_pnl: () => SignedAmount.shape,
      updated_time: () => Instant.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `PositionList`. */
export const PositionList: Validator<types.PositionList> = {
  shape: { required: { data: { list: () => Position.shape } }, optional: {}, rest: "unknown" },
};

/** Shape of `Price`. */
export const Price: Validator<types.Price> = {
  shape: { scalar: "decimal", maxLength: 39, pattern: "^(0|[1-9][0-9]{0,19})(\\.[0-9]{1,18})?$" },
};

/** Shape of `PriceLevel`. */
export const PriceLevel: Validator<types.PriceLevel> = {
  shape: {
    required: { price: () => Price.shape, quantity: () => Quantity.shape },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `Problem`. */
export const Problem: Validator<types.Problem> = {
  shape: {
    required: {
      type: "string",
      title: "string",
      status: { scalar: "integer", minimum: 400, maximum: 599 },
      detail: "string",
      code: () => ProblemCode.shape,
      request_id: "string",
      retryable: "boolean",
      outcome: () => ProblemOutcome.shape,
    },
    optional: {
      errors: { list: () => ProblemDetail.shape },
      server_time: () => Instant.shape,
      signature_base: "string",
    },
    rest: "unknown",
  },
};

/** Shape of `ProblemCode`. */
export const ProblemCode: Validator<types.ProblemCode> = {
  shape: "string",
};

/** Shape of `ProblemDetail`. */
export const ProblemDetail: Validator<types.ProblemDetail> = {
  shape: {
    required: { pointer: "string", code: () => ProblemCode.shape, detail: "string" },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `ProblemOutcome`. */
export const ProblemOutcome: Validator<types.ProblemOutcome> = {
  shape: "string",
};

/** Shape of `Quantity`. */
export const Quantity: Validator<types.Quantity> = {
  shape: { scalar: "decimal", maxLength: 39, pattern: "^(0|[1-9][0-9]{0,19})(\\.[0-9]{1,18})?$" },
};

/** Shape of `RateLimit`. */
export const RateLimit: Validator<types.RateLimit> = {
  shape: {
    required: {
      bucket: "string",
      rate: { scalar: "integer", minimum: 1 },
      burst: { scalar: "integer", minimum: 1 },
      remaining: { scalar: "integer", minimum: 0 },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `RateLimitList`. */
export const RateLimitList: Validator<types.RateLimitList> = {
  shape: { required: { data: { list: () => RateLimit.shape } }, optional: {}, rest: "unknown" },
};

/** Shape of `RefusedBatchItem`. */
export const RefusedBatchItem: Validator<types.RefusedBatchItem> = {
  shape: {
    required: {
      result: { oneOf: ["refused"] },
      client_order_id: () => ClientOrderId.shape,
      problem: () => Problem.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `Sequence`. */
export const Sequence: Validator<types.Sequence> = {
  shape: { scalar: "int64", minimum: 0 },
};

/** Shape of `ServerTime`. */
export const ServerTime: Validator<types.ServerTime> = {
  shape: { required: { time: () => Instant.shape }, optional: {}, rest: "unknown" },
};

/** Shape of `ServiceStatus`. */
export const ServiceStatus: Validator<types.ServiceStatus> = {
  shape: {
    required: {
      status: () => VenueStatus.shape,
      message: { nullable: "string" },
      time: () => Instant.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `SignedAmount`. */
export const SignedAmount: Validator<types.SignedAmount> = {
  shape: { scalar: "decimal", maxLength: 40, pattern: "^(0|-?[1-9][0-9]{0,19}|-?(0|[1-9][0-9]{0,19})\\.[0-9]{1,18})$" },
};

/** Shape of `SignedQuantity`. */
export const SignedQuantity: Validator<types.SignedQuantity> = {
  shape: { scalar: "decimal", maxLength: 40, pattern: "^(0|-?[1-9][0-9]{0,19}|-?(0|[1-9][0-9]{0,19})\\.[0-9]{1,18})$" },
};

/** Shape of `StpMode`. */
export const StpMode: Validator<types.StpMode> = {
  shape: "string",
};

/** Shape of `TimeInForce`. */
export const TimeInForce: Validator<types.TimeInForce> = {
  shape: "string",
};

/** Shape of `Trade`. */
export const Trade: Validator<types.Trade> = {
  shape: {
    required: {
      trade_id: { scalar: "string", maxLength: 36 },
      instrument_id: () => InstrumentId.shape,
      price: () => Price.shape,
      quantity: () => Quantity.shape,
      taker_side: () => OrderSide.shape,
      time: () => Instant.shape,
      seq: () => Sequence.shape,
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `TradeList`. */
export const TradeList: Validator<types.TradeList> = {
  shape: {
    required: {
      data: { list: () => Trade.shape },
      next_cursor: { nullable: () => NextCursor.shape },
    },
    optional: {},
    rest: "unknown",
  },
};

/** Shape of `VenueStatus`. */
export const VenueStatus: Validator<types.VenueStatus> = {
  shape: "string",
};
