/** Balances, positions, executions and limits of the account. */

import type { Call } from "./runtime/call.js";
import type { CallOptions, Client } from "./runtime/client.js";
import { readExactJson } from "./runtime/exact.js";
import { PagedCall } from "./runtime/pages.js";
import { readJson } from "./runtime/read.js";
import { send } from "./runtime/send.js";
import type {
  BalanceList,
  Execution,
  ExecutionList,
  InstrumentId,
  OrderId,
  PositionList,
  RateLimitList,
} from "./types.js";

/** Arguments of `listBalances`. */
export type ListBalancesParams = { readonly [key: string]: never };

/** Arguments of `listPositions`. */
export type ListPositionsParams = { readonly [key: string]: never };

/** Arguments of `listExecutions`. */
export interface ListExecutionsParams {
  /** Only this instrument. */
  instrument_id?: InstrumentId | undefined;
  /** Only executions of this order. */
  order_id?: OrderId | undefined;
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

/** Arguments of `getRateLimits`. */
export type GetRateLimitsParams = { readonly [key: string]: never };

/**
 * List balances
 *
 * All assets, taken in one instant. Reserved amounts are held for working orders.
 *
 * @example
 * await listBalances(client);
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function listBalances(
  client: Client,
  _params: ListBalancesParams = {},
  options?: CallOptions,
): Call<BalanceList> {
  return send(
    client,
    {
      id: "listBalances",
      method: "GET",
      path: "/v1/balances",
      read: readJson,
      security: [["signature"]],
      cost: ["reads", 1],
    },
    options,
  );
}

/**
 * List positions
 *
 * All instruments, taken in one instant.
 *
 * @example
 * await listPositions(client);
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function listPositions(
  client: Client,
  _params: ListPositionsParams = {},
  options?: CallOptions,
): Call<PositionList> {
  return send(
    client,
    {
      id: "listPositions",
      method: "GET",
      path: "/v1/positions",
      read: readJson,
      security: [["signature"]],
      cost: ["reads", 1],
    },
    options,
  );
}

/**
 * List executions
 *
 * The account's side of its trades, newest first.
 *
 * @example
 * for await (const item of listExecutions(client)) {
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
export function listExecutions(
  client: Client,
  params: ListExecutionsParams = {},
  options?: CallOptions,
): PagedCall<ExecutionList, Execution> {
  return new PagedCall(
    (cursor) =>
      send<ExecutionList>(
        client,
        {
          id: "listExecutions",
          method: "GET",
          path: "/v1/executions",
          query: {
            instrument_id: params.instrument_id,
            order_id: params.order_id,
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
 * Rate limits
 *
 * The account's buckets and what is left in each.
 *
 * @example
 * await getRateLimits(client);
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function getRateLimits(
  client: Client,
  _params: GetRateLimitsParams = {},
  options?: CallOptions,
): Call<RateLimitList> {
  return send(
    client,
    {
      id: "getRateLimits",
      method: "GET",
      path: "/v1/rate-limits",
      read: readJson,
      security: [["signature"]],
      cost: ["reads", 1],
    },
    options,
  );
}

/** The functions of this module as methods. */
export class AccountResource {
  /** What the standalone functions take as their first argument. */
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /**
   * List balances
   *
   * All assets, taken in one instant. Reserved amounts are held for working orders.
   */
  listBalances(
    params: ListBalancesParams = {},
    options?: CallOptions,
  ): Call<BalanceList> {
    return listBalances(this.client, params, options);
  }

  /**
   * List positions
   *
   * All instruments, taken in one instant.
   */
  listPositions(
    params: ListPositionsParams = {},
    options?: CallOptions,
  ): Call<PositionList> {
    return listPositions(this.client, params, options);
  }

  /**
   * List executions
   *
   * The account's side of its trades, newest first.
   */
  listExecutions(
    params: ListExecutionsParams = {},
    options?: CallOptions,
  ): PagedCall<ExecutionList, Execution> {
    return listExecutions(this.client, params, options);
  }

  /**
   * Rate limits
   *
   * The account's buckets and what is left in each.
   */
  getRateLimits(
    params: GetRateLimitsParams = {},
    options?: CallOptions,
  ): Call<RateLimitList> {
    return getRateLimits(this.client, params, options);
  }
}
