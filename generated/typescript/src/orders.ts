/** Place, look up, amend and cancel orders. */

import type { Call } from "./runtime/call.js";
import type { CallOptions, Client } from "./runtime/client.js";
import { json } from "./runtime/content.js";
import { exactJson, readExactJson, type Int64 } from "./runtime/exact.js";
import { PagedCall } from "./runtime/pages.js";
import { segment } from "./runtime/query.js";
import { readJson } from "./runtime/read.js";
import { send } from "./runtime/send.js";
import type {
  CancelAfter,
  CanceledOrders,
  ClientOrderId,
  InstrumentId,
  NewOrder,
  NewOrderSide,
  NewOrderStpMode,
  NewOrderTimeInForce,
  NewOrderType,
  Order,
  OrderBatchResult,
  OrderId,
  OrderList,
  OrderStatusFilter,
  PlacedOrder,
  Price,
  Quantity,
} from "./types.js";

/** Arguments of `listOrders`. */
export interface ListOrdersParams {
  /** Only this instrument. */
  instrument_id?: InstrumentId | undefined;
  /** Only orders of this status. */
  status?: OrderStatusFilter | undefined;
  /** Nothing before this instant. */
  start_time?: string | undefined;
  /** Only what is before this instant. */
  end_time?: string | undefined;
  /**
   * `next_cursor` of the page before. Opaque; goes with the same filters only. Paging is stable:
   * what is new appears on a first page, never in the middle.
   */
  cursor?: string | undefined;
  /**
   * The most items that a page may hold.
   *
   * @defaultValue `100`
   */
  limit?: number | undefined;
}

/** Arguments of `createOrder`. */
export interface CreateOrderParams {
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
  /**
   * Units of the base asset, as a decimal string without exponent. Orders name quantities on the
   * instrument's `quantity_step`.
   */
  quantity: Quantity;
  /**
   * Make every check, then place nothing. The answer is the order as it would have been accepted,
   * under an `order_id` that is not kept.
   *
   * @defaultValue `false`
   */
  dry_run?: boolean | undefined;
  /** Default `gtc`; a market order is always `ioc` or `fok`, by default `ioc`. */
  time_in_force?: NewOrderTimeInForce | undefined;
  /** When a `gtd` order ends. Required with `gtd`, refused with anything else. */
  expire_time?: string | undefined;
  /** The worst acceptable price. Required for `limit` and `stop_limit`, refused for the others. */
  limit_price?: Price | undefined;
  /**
   * The order wakes when a trade reaches this price: at or above it for a buy, at or below it for a
   * sell. Required for `stop` and `stop_limit`, refused for the others.
   */
  stop_price?: Price | undefined;
  /**
   * Refuse the order (422 `post_only_would_cross`) rather than trade at once.
   *
   * @defaultValue `false`
   */
  post_only?: boolean | undefined;
  /**
   * Only bring the position nearer to zero; refused if there is none to reduce.
   *
   * @defaultValue `false`
   */
  reduce_only?: boolean | undefined;
  /** @defaultValue `"cancel_newest"` */
  stp_mode?: NewOrderStpMode | undefined;
}

/** Arguments of `cancelOrders`. */
export interface CancelOrdersParams {
  /** Only this instrument. */
  instrument_id?: InstrumentId | undefined;
}

/** Arguments of `createOrderBatch`. */
export interface CreateOrderBatchParams {
  /** Placed one after the other, in this order. Not atomic. */
  orders: NewOrder[];
}

/** Arguments of `getOrderByClientId`. */
export interface GetOrderByClientIdParams {
  /** Your name of the order. */
  client_order_id: ClientOrderId;
}

/** Arguments of `getOrder`. */
export interface GetOrderParams {
  /** The order. */
  order_id: OrderId;
}

/** Arguments of `amendOrder`. */
export interface AmendOrderParams {
  /** The order. */
  order_id: OrderId;
  /** The `version` that you decided upon; 409 `version_conflict` if it has moved on. */
  expected_version: Int64;
  /** The new total quantity, filled part included. */
  quantity?: Quantity | undefined;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  limit_price?: Price | undefined;
  /**
   * Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
   * prices on the instrument's `price_tick`.
   */
  stop_price?: Price | undefined;
}

/** Arguments of `cancelOrder`. */
export interface CancelOrderParams {
  /** The order. */
  order_id: OrderId;
}

/** Arguments of `setCancelAfter`. */
export interface SetCancelAfterParams {
  /**
   * Milliseconds from now until all working orders of the account are canceled, unless you call
   * again before. 0 switches it off.
   */
  timeout_ms: number;
}

/**
 * List orders
 *
 * The account's orders, newest first, by the time they were created.
 *
 * @example
 * for await (const item of listOrders(client)) {
 *   console.log(item);
 * }
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function listOrders(
  client: Client,
  params: ListOrdersParams = {},
  options?: CallOptions,
): PagedCall<OrderList, Order> {
  return new PagedCall(
    (cursor) =>
      send<OrderList>(
        client,
        {
          id: "listOrders",
          method: "GET",
          path: "/v1/orders",
          query: {
            instrument_id: params.instrument_id,
            status: params.status,
            start_time: params.start_time,
            end_time: params.end_time,
            cursor,
            limit: params.limit,
          },
          read: readExactJson,
          security: [["signature"]],
          cost: ["reads", 2],
        },
        options,
      ),
    params.cursor,
    (page) => page.data,
    (page) => page.next_cursor,
  );
}

/**
 * Place an order
 *
 * The order is on disk before it is acknowledged. The `expires` of the signature is enforced again
 * at the matching core: an order that reaches it later is refused, never placed late.
 *
 * @example
 * await createOrder(client, {
 *   client_order_id: "arb-20261122-0001",
 *   instrument_id: "BTC-USD",
 *   side: "buy",
 *   type: "limit",
 *   quantity: decimal("0.25"),
 *   time_in_force: "gtc",
 *   limit_price: decimal("60000.10"),
 * });
 * @throws BadRequestError 400: `malformed`, `number_not_decimal_string`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `instrument_not_found`
 * @throws ConflictError 409: `client_order_id_conflict`
 * @throws ApiError 413: `content_too_large`
 * @throws ApiError 415: `unsupported_media_type`
 * @throws UnprocessableError 422: `invalid_combination`, `price_off_tick`, `quantity_off_step`,
 * `below_minimum`, `insufficient_balance`, `post_only_would_cross`, `reduce_only_violation`,
 * `self_trade_prevented`, `instrument_not_open`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 * @throws ServerError 504: `timeout_unknown`
 */
export function createOrder(
  client: Client,
  params: CreateOrderParams,
  options?: CallOptions,
): Call<PlacedOrder> {
  const { dry_run, ...body } = params;
  return send(
    client,
    {
      id: "createOrder",
      method: "POST",
      path: "/v1/orders",
      query: { dry_run },
      body: json(body),
      read: readExactJson,
      security: [["signature"]],
      key: {
        value: body.client_order_id,
        lookup: (options) =>
          getOrderByClientId(client, { client_order_id: body.client_order_id }, options),
        absent: ["order_not_found"],
      },
      cost: ["orders", 1],
    },
    options,
  );
}

/**
 * Cancel all orders
 *
 * All working orders of the account, or of one instrument. Safe to repeat.
 *
 * @example
 * await cancelOrders(client);
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `instrument_not_found`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 * @throws ServerError 504: `timeout_unknown`
 */
export function cancelOrders(
  client: Client,
  params: CancelOrdersParams = {},
  options?: CallOptions,
): Call<CanceledOrders> {
  return send(
    client,
    {
      id: "cancelOrders",
      method: "DELETE",
      path: "/v1/orders",
      query: { instrument_id: params.instrument_id },
      read: readJson,
      security: [["signature"]],
      cost: ["cancels", 10],
    },
    options,
  );
}

/**
 * Place up to 20 orders
 *
 * One after the other, each by itself: one may be refused while the others are placed. Safe to
 * repeat, because each order has its `client_order_id`.
 *
 * @example
 * await createOrderBatch(client, {
 *   orders: [
 *     {
 *       client_order_id: "arb-20261122-0004",
 *       instrument_id: "BTC-USD",
 *       side: "buy",
 *       type: "limit",
 *       quantity: decimal("0.25"),
 *       limit_price: decimal("60000.10"),
 *     },
 *     {
 *       client_order_id: "arb-20261122-0005",
 *       instrument_id: "BTC-USD",
 *       side: "buy",
 *       type: "limit",
 *       quantity: decimal("0.25"),
 *       limit_price: decimal("60000.101"),
 *     },
 *   ],
 * });
 * @throws BadRequestError 400: `malformed`, `number_not_decimal_string`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws ApiError 413: `content_too_large`
 * @throws ApiError 415: `unsupported_media_type`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 * @throws ServerError 504: `timeout_unknown`
 */
export function createOrderBatch(
  client: Client,
  params: CreateOrderBatchParams,
  options?: CallOptions,
): Call<OrderBatchResult> {
  return send(
    client,
    {
      id: "createOrderBatch",
      method: "POST",
      path: "/v1/orders/batch",
      body: json(params),
      read: readExactJson,
      security: [["signature"]],
      idempotent: true,
      cost: ["orders", 10],
    },
    options,
  );
}

/**
 * Get an order by your name of it
 *
 * Linearizable: an order that was acknowledged before this request began is found.
 *
 * @example
 * await getOrderByClientId(client, { client_order_id: "arb-20261122-0001" });
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `order_not_found`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function getOrderByClientId(
  client: Client,
  params: GetOrderByClientIdParams,
  options?: CallOptions,
): Call<Order> {
  return send(
    client,
    {
      id: "getOrderByClientId",
      method: "GET",
      path: `/v1/orders/by-client-id/${segment(params.client_order_id)}`,
      read: readExactJson,
      security: [["signature"]],
      cost: ["reads", 1],
    },
    options,
  );
}

/**
 * Get an order
 *
 * Orders stay for at least 30 days after they ended.
 *
 * @example
 * await getOrder(client, { order_id: "ord_0000000000000001" });
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `order_not_found`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function getOrder(
  client: Client,
  params: GetOrderParams,
  options?: CallOptions,
): Call<Order> {
  return send(
    client,
    {
      id: "getOrder",
      method: "GET",
      path: `/v1/orders/${segment(params.order_id)}`,
      read: readExactJson,
      security: [["signature"]],
      cost: ["reads", 1],
    },
    options,
  );
}

/**
 * Amend an order
 *
 * Changes a working order in one step. A smaller quantity keeps the order's place in the queue,
 * anything else moves it to the end.
 *
 * @example
 * await amendOrder(client, {
 *   order_id: "ord_0000000000000001",
 *   expected_version: 1,
 *   quantity: decimal("0.2"),
 * });
 * @throws BadRequestError 400: `malformed`, `number_not_decimal_string`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `order_not_found`
 * @throws ConflictError 409: `version_conflict`, `order_not_open`
 * @throws ApiError 413: `content_too_large`
 * @throws ApiError 415: `unsupported_media_type`
 * @throws UnprocessableError 422: `invalid_combination`, `price_off_tick`, `quantity_off_step`,
 * `below_minimum`, `insufficient_balance`, `post_only_would_cross`, `reduce_only_violation`,
 * `self_trade_prevented`, `instrument_not_open`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 * @throws ServerError 504: `timeout_unknown`
 */
export function amendOrder(
  client: Client,
  params: AmendOrderParams,
  options?: CallOptions,
): Call<Order> {
  const { order_id, ...body } = params;
  return send(
    client,
    {
      id: "amendOrder",
      method: "PATCH",
      path: `/v1/orders/${segment(order_id)}`,
      body: exactJson(body),
      read: readExactJson,
      security: [["signature"]],
      cost: ["orders", 1],
    },
    options,
  );
}

/**
 * Cancel an order
 *
 * Safe to repeat: a canceled order answers 200 again. An order that ended otherwise answers 409.
 *
 * @example
 * await cancelOrder(client, { order_id: "ord_0000000000000001" });
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `order_not_found`
 * @throws ConflictError 409: `order_not_open`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 * @throws ServerError 504: `timeout_unknown`
 */
export function cancelOrder(
  client: Client,
  params: CancelOrderParams,
  options?: CallOptions,
): Call<Order> {
  return send(
    client,
    {
      id: "cancelOrder",
      method: "DELETE",
      path: `/v1/orders/${segment(params.order_id)}`,
      read: readExactJson,
      security: [["signature"]],
      cost: ["cancels", 1],
    },
    options,
  );
}

/**
 * Set the dead-man switch
 *
 * Cancels all working orders of the account when `timeout_ms` pass without another call. Call it
 * every few seconds; a lost connection then leaves nothing in the book.
 *
 * @example
 * await setCancelAfter(client, { timeout_ms: 10000 });
 * @throws BadRequestError 400: `malformed`, `number_not_decimal_string`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws ApiError 413: `content_too_large`
 * @throws ApiError 415: `unsupported_media_type`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 * @throws ServerError 504: `timeout_unknown`
 */
export function setCancelAfter(
  client: Client,
  params: SetCancelAfterParams,
  options?: CallOptions,
): Call<CancelAfter> {
  return send(
    client,
    {
      id: "setCancelAfter",
      method: "PUT",
      path: "/v1/cancel-after",
      body: json(params),
      read: readJson,
      security: [["signature"]],
      cost: ["cancels", 1],
    },
    options,
  );
}

/** The functions of this module as methods. */
export class OrdersResource {
  /** What the standalone functions take as their first argument. */
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /**
   * List orders
   *
   * The account's orders, newest first, by the time they were created.
   */
  list(
    params: ListOrdersParams = {},
    options?: CallOptions,
  ): PagedCall<OrderList, Order> {
    return listOrders(this.client, params, options);
  }

  /**
   * Place an order
   *
   * The order is on disk before it is acknowledged. The `expires` of the signature is enforced
   * again at the matching core: an order that reaches it later is refused, never placed late.
   */
  create(
    params: CreateOrderParams,
    options?: CallOptions,
  ): Call<PlacedOrder> {
    return createOrder(this.client, params, options);
  }

  /**
   * Cancel all orders
   *
   * All working orders of the account, or of one instrument. Safe to repeat.
   */
  cancelAll(
    params: CancelOrdersParams = {},
    options?: CallOptions,
  ): Call<CanceledOrders> {
    return cancelOrders(this.client, params, options);
  }

  /**
   * Place up to 20 orders
   *
   * One after the other, each by itself: one may be refused while the others are placed. Safe to
   * repeat, because each order has its `client_order_id`.
   */
  createBatch(
    params: CreateOrderBatchParams,
    options?: CallOptions,
  ): Call<OrderBatchResult> {
    return createOrderBatch(this.client, params, options);
  }

  /**
   * Get an order by your name of it
   *
   * Linearizable: an order that was acknowledged before this request began is found.
   */
  getByClientId(
    params: GetOrderByClientIdParams,
    options?: CallOptions,
  ): Call<Order> {
    return getOrderByClientId(this.client, params, options);
  }

  /**
   * Get an order
   *
   * Orders stay for at least 30 days after they ended.
   */
  get(
    params: GetOrderParams,
    options?: CallOptions,
  ): Call<Order> {
    return getOrder(this.client, params, options);
  }

  /**
   * Amend an order
   *
   * Changes a working order in one step. A smaller quantity keeps the order's place in the queue,
   * anything else moves it to the end.
   */
  amend(
    params: AmendOrderParams,
    options?: CallOptions,
  ): Call<Order> {
    return amendOrder(this.client, params, options);
  }

  /**
   * Cancel an order
   *
   * Safe to repeat: a canceled order answers 200 again. An order that ended otherwise answers 409.
   */
  cancel(
    params: CancelOrderParams,
    options?: CallOptions,
  ): Call<Order> {
    return cancelOrder(this.client, params, options);
  }

  /**
   * Set the dead-man switch
   *
   * Cancels all working orders of the account when `timeout_ms` pass without another call. Call it
   * every few seconds; a lost connection then leaves nothing in the book.
   */
  setCancelAfter(
    params: SetCancelAfterParams,
    options?: CallOptions,
  ): Call<CancelAfter> {
    return setCancelAfter(this.client, params, options);
  }
}
