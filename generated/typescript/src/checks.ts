/**
 * Results checked as they arrive: `createClient({ check: checkResults })`. Whoever does not import
 * this module does not ship it. Kinds, required members and formats are looked at; members, tags
 * and values that this version does not know pass, and so do bounds and patterns (`valid()` of the
 * validators looks at those, too).
 */

import { checker } from "./runtime/check.js";
import * as types from "./validators.js";

export { ResultError } from "./runtime/check.js";

/** Throws a `ResultError` for a result that is not what the contract says. */
export const checkResults: (operation: string, result: unknown) => void = /* @__PURE__ */ checker({
  getServerTime: () => types.ServerTime.shape,
  getStatus: () => types.ServiceStatus.shape,
  listInstruments: () => types.InstrumentList.shape,
  getOrderBook: () => types.OrderBook.shape,
  listTrades: () => types.TradeList.shape,
  listCandles: () => types.CandleList.shape,
  listOrders: () => types.OrderList.shape,
  createOrder: () => types.PlacedOrder.shape,
  cancelOrders: () => types.CanceledOrders.shape,
  createOrderBatch: () => types.OrderBatchResult.shape,
  getOrderByClientId: () => types.Order.shape,
  getOrder: () => types.Order.shape,
  amendOrder: () => types.Order.shape,
  cancelOrder: () => types.Order.shape,
  setCancelAfter: () => types.CancelAfter.shape,
  listBalances: () => types.BalanceList.shape,
  listPositions: () => types.PositionList.shape,
  listExecutions: () => types.ExecutionList.shape,
  getRateLimits: () => types.RateLimitList.shape,
  listApiKeys: () => types.ApiKeyList.shape,
  createApiKey: () => types.IssuedApiKey.shape,
  updateApiKey: () => types.ApiKey.shape,
  rotateApiKey: () => types.IssuedApiKey.shape,
});
