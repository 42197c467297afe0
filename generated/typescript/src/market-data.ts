/** What everybody may see. Needs no key. */

import type { Call } from "./runtime/call.js";
import type { CallOptions, Client } from "./runtime/client.js";
import { readExactJson } from "./runtime/exact.js";
import { PagedCall } from "./runtime/pages.js";
import { segment } from "./runtime/query.js";
import { readJson } from "./runtime/read.js";
import { send } from "./runtime/send.js";
import type {
  Candle,
  CandleInterval,
  CandleList,
  Instrument,
  InstrumentId,
  InstrumentList,
  OrderBook,
  ServerTime,
  ServiceStatus,
  Trade,
  TradeList,
} from "./types.js";

/** Arguments of `getServerTime`. */
export type GetServerTimeParams = { readonly [key: string]: never };

/** Arguments of `getStatus`. */
export type GetStatusParams = { readonly [key: string]: never };

/** Arguments of `listInstruments`. */
export interface ListInstrumentsParams {
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

/** Arguments of `getOrderBook`. */
export interface GetOrderBookParams {
  /** The instrument. */
  instrument_id: InstrumentId;
  /**
   * The most price levels per side.
   *
   * @defaultValue `50`
   */
  depth?: number | undefined;
}

/** Arguments of `listTrades`. */
export interface ListTradesParams {
  /** The instrument. */
  instrument_id: InstrumentId;
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

/** Arguments of `listCandles`. */
export interface ListCandlesParams {
  /** The instrument. */
  instrument_id: InstrumentId;
  /** Length of each candle. */
  interval: CandleInterval;
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

/**
 * Server time
 *
 * The clock that signature windows are judged by. Use it to correct yours.
 *
 * @example
 * await getServerTime(client);
 * @throws BadRequestError 400: `malformed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function getServerTime(
  client: Client,
  _params: GetServerTimeParams = {},
  options?: CallOptions,
): Call<ServerTime> {
  return send(
    client,
    {
      id: "getServerTime",
      method: "GET",
      path: "/v1/time",
      read: readJson,
      cost: ["public", 1],
    },
    options,
  );
}

/**
 * Venue status
 *
 * Whether the venue takes orders. Per-instrument halts stand in the instruments.
 *
 * @example
 * await getStatus(client);
 * @throws BadRequestError 400: `malformed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function getStatus(
  client: Client,
  _params: GetStatusParams = {},
  options?: CallOptions,
): Call<ServiceStatus> {
  return send(
    client,
    {
      id: "getStatus",
      method: "GET",
      path: "/v1/status",
      read: readJson,
      cost: ["public", 1],
    },
    options,
  );
}

/**
 * List instruments
 *
 * What trades here and by which rules, in the order of their ids.
 *
 * @example
 * for await (const item of listInstruments(client)) {
 *   console.log(item);
 * }
 * @throws BadRequestError 400: `malformed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function listInstruments(
  client: Client,
  params: ListInstrumentsParams = {},
  options?: CallOptions,
): PagedCall<InstrumentList, Instrument> {
  return new PagedCall(
    (cursor) =>
      send<InstrumentList>(
        client,
        {
          id: "listInstruments",
          method: "GET",
          path: "/v1/instruments",
          query: { cursor, limit: params.limit },
          read: readJson,
          cost: ["public", 1],
        },
        options,
      ),
    params.cursor,
    (page) => page.data,
    (page) => page.next_cursor,
  );
}

/**
 * Order book
 *
 * Both sides by price level, best first, taken in one instant.
 *
 * @example
 * await getOrderBook(client, { instrument_id: "BTC-USD" });
 * @throws BadRequestError 400: `malformed`
 * @throws NotFoundError 404: `instrument_not_found`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function getOrderBook(
  client: Client,
  params: GetOrderBookParams,
  options?: CallOptions,
): Call<OrderBook> {
  return send(
    client,
    {
      id: "getOrderBook",
      method: "GET",
      path: `/v1/instruments/${segment(params.instrument_id)}/book`,
      query: { depth: params.depth },
      read: readExactJson,
      cost: ["public", 1],
    },
    options,
  );
}

/**
 * List public trades
 *
 * Newest first.
 *
 * @example
 * for await (const item of listTrades(client, { instrument_id: "BTC-USD" })) {
 *   console.log(item);
 * }
 * @throws BadRequestError 400: `malformed`
 * @throws NotFoundError 404: `instrument_not_found`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function listTrades(
  client: Client,
  params: ListTradesParams,
  options?: CallOptions,
): PagedCall<TradeList, Trade> {
  return new PagedCall(
    (cursor) =>
      send<TradeList>(
        client,
        {
          id: "listTrades",
          method: "GET",
          path: `/v1/instruments/${segment(params.instrument_id)}/trades`,
          query: {
            start_time: params.start_time,
            end_time: params.end_time,
            cursor,
            limit: params.limit,
          },
          read: readExactJson,
          cost: ["public", 1],
        },
        options,
      ),
    params.cursor,
    (page) => page.data,
    (page) => page.next_cursor,
  );
}

/**
 * List candles
 *
 * Newest first; the newest may still be growing. Intervals without a trade are left out.
 *
 * @example
 * for await (const item of listCandles(client, { instrument_id: "BTC-USD", interval: "1m" })) {
 *   console.log(item);
 * }
 * @throws BadRequestError 400: `malformed`
 * @throws NotFoundError 404: `instrument_not_found`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function listCandles(
  client: Client,
  params: ListCandlesParams,
  options?: CallOptions,
): PagedCall<CandleList, Candle> {
  return new PagedCall(
    (cursor) =>
      send<CandleList>(
        client,
        {
          id: "listCandles",
          method: "GET",
          path: `/v1/instruments/${segment(params.instrument_id)}/candles`,
          query: {
            interval: params.interval,
            start_time: params.start_time,
            end_time: params.end_time,
            cursor,
            limit: params.limit,
          },
          read: readExactJson,
          cost: ["public", 1],
        },
        options,
      ),
    params.cursor,
    (page) => page.data,
    (page) => page.next_cursor,
  );
}

/** The functions of this module as methods. */
export class MarketDataResource {
  /** What the standalone functions take as their first argument. */
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /**
   * Server time
   *
   * The clock that signature windows are judged by. Use it to correct yours.
   */
  getTime(
    params: GetServerTimeParams = {},
    options?: CallOptions,
  ): Call<ServerTime> {
    return getServerTime(this.client, params, options);
  }

  /**
   * Venue status
   *
   * Whether the venue takes orders. Per-instrument halts stand in the instruments.
   */
  getStatus(
    params: GetStatusParams = {},
    options?: CallOptions,
  ): Call<ServiceStatus> {
    return getStatus(this.client, params, options);
  }

  /**
   * List instruments
   *
   * What trades here and by which rules, in the order of their ids.
   */
  listInstruments(
    params: ListInstrumentsParams = {},
    options?: CallOptions,
  ): PagedCall<InstrumentList, Instrument> {
    return listInstruments(this.client, params, options);
  }

  /**
   * Order book
   *
   * Both sides by price level, best first, taken in one instant.
   */
  getOrderBook(
    params: GetOrderBookParams,
    options?: CallOptions,
  ): Call<OrderBook> {
    return getOrderBook(this.client, params, options);
  }

  /**
   * List public trades
   *
   * Newest first.
   */
  listTrades(
    params: ListTradesParams,
    options?: CallOptions,
  ): PagedCall<TradeList, Trade> {
    return listTrades(this.client, params, options);
  }

  /**
   * List candles
   *
   * Newest first; the newest may still be growing. Intervals without a trade are left out.
   */
  listCandles(
    params: ListCandlesParams,
    options?: CallOptions,
  ): PagedCall<CandleList, Candle> {
    return listCandles(this.client, params, options);
  }
}
