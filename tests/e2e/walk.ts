// Calls every operation of Northgate with the installed TypeScript SDK; run as a program.
//
//     node walk.js functions|class PREFIX
//
// The environment names the server and the keys of alice and bob. Prints, as JSON, for each
// operation the error that a refused call of it raised.

import assert from "node:assert/strict";
import { env } from "node:process";

import { createClient, decimal, Northgate, type Client } from "northgate";
import * as accountFunctions from "northgate/account";
import * as apiKeyFunctions from "northgate/api-keys";
import { signature } from "northgate/auth";
import * as errors from "northgate/errors";
import * as marketFunctions from "northgate/market-data";
import * as orderFunctions from "northgate/orders";
import { Order, valid } from "northgate/validators";

const NEVER = "not-of-this-venue";
const [surface = "", prefix = ""] = process.argv.slice(2);
const baseUrl = env["NORTHGATE_BASE_URL"] ?? "";

const order = {
  instrument_id: "BTC-USD",
  side: "buy",
  type: "limit",
  quantity: decimal("0.25"),
  limit_price: decimal("60000.10"),
} as const;

/** The class client behind each client, when the walk goes through its methods. */
const facades = new Map<Client, Northgate>();

function signedBy(keyId: string, key: string | { secret: string }): Client {
  const options = { baseUrl, auth: signature({ keyId, key }) };
  if (surface === "functions") return createClient(options);
  const facade = new Northgate(options);
  facades.set(facade.client, facade);
  return facade.client;
}

type Resource = "account" | "apiKeys" | "marketData" | "orders";

/** The functions of a resource, or functions of the same names that call the facade's methods. */
function over<T extends object>(functions: T, resource: Resource, methods: object): T {
  if (surface === "functions") return functions;
  const calls = Object.entries(methods).map(([name, method]) => [
    name,
    (client: Client, ...rest: unknown[]) => {
      const holder = facades.get(client)?.[resource] as unknown as Record<string, Function>;
      return holder[method as string]?.call(holder, ...rest);
    },
  ]);
  return Object.fromEntries(calls) as T;
}

const account = over(accountFunctions, "account", {
  listBalances: "listBalances",
  listPositions: "listPositions",
  listExecutions: "listExecutions",
  getRateLimits: "getRateLimits",
});
const apiKeys = over(apiKeyFunctions, "apiKeys", {
  listApiKeys: "list",
  createApiKey: "create",
  updateApiKey: "update",
  revokeApiKey: "revoke",
  rotateApiKey: "rotate",
});
const market = over(marketFunctions, "marketData", {
  getServerTime: "getTime",
  getStatus: "getStatus",
  listInstruments: "listInstruments",
  getOrderBook: "getOrderBook",
  listTrades: "listTrades",
  listCandles: "listCandles",
});
const orders = over(orderFunctions, "orders", {
  listOrders: "list",
  createOrder: "create",
  cancelOrders: "cancelAll",
  createOrderBatch: "createBatch",
  getOrderByClientId: "getByClientId",
  getOrder: "get",
  amendOrder: "amend",
  cancelOrder: "cancel",
  setCancelAfter: "setCancelAfter",
});

function of(name: string): Client {
  return signedBy(env[`${name}_KEY_ID`] ?? "", env[`${name}_PRIVATE_KEY`] ?? "");
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of list) found.push(item);
  return found;
}

/** The class of what a call raises; nothing was executed by it. */
async function error(call: PromiseLike<unknown>): Promise<string> {
  try {
    await call;
  } catch (raised) {
    // Classes of the contract's codes are told by `instanceof`, which looks at the code.
    const names = Object.entries(errors).flatMap(([name, type]) =>
      typeof type === "function" && raised instanceof type ? [name] : [],
    );
    if (names.length === 1) {
      assert.equal((raised as { outcome: string }).outcome, "not_executed");
      return names.join();
    }
    throw raised;
  }
  throw new Error("the call was to be refused");
}

const [alice, bob] = [of("ALICE"), of("BOB")];

async function trade(): Promise<void> {
  const now = await market.getServerTime(alice);
  assert.ok(Math.abs(Date.parse(now.time) - Date.now()) < 60_000);
  assert.equal((await market.getStatus(alice)).status, "operational");
  const listed = await all(market.listInstruments(alice, { limit: 1 }));
  assert.deepEqual(listed.map((one) => one.instrument_id), ["BTC-USD", "ETH-USD"]);

  const named = { client_order_id: `${prefix}-1`, ...order };
  const placed = await orders.createOrder(bob, named);
  assert.deepEqual([placed.status, placed.replayed], ["open", false]);
  const again = await orders.createOrder(bob, named);
  assert.deepEqual([again.order_id, again.replayed], [placed.order_id, true]);
  const { order_id } = placed;
  const seen = await orders.getOrder(bob, { order_id });
  assert.equal(valid(Order, seen).version, placed.version);
  const byName = await orders.getOrderByClientId(bob, { client_order_id: named.client_order_id });
  assert.equal(byName.order_id, order_id);
  const amended = await orders.amendOrder(bob, {
    order_id,
    expected_version: placed.version,
    quantity: decimal("0.20"),
  });
  assert.equal(Number(amended.quantity), 0.2);
  const book = await market.getOrderBook(alice, { instrument_id: "BTC-USD", depth: 1 });
  assert.equal(book.bids[0]?.price, "60000.10");

  const sale = { ...order, side: "sell", quantity: decimal("0.1") } as const;
  const sold = await orders.createOrder(alice, { client_order_id: `${prefix}-s`, ...sale });
  assert.equal(sold.status, "filled");
  const [print] = await all(market.listTrades(alice, { instrument_id: "BTC-USD" }));
  assert.equal(print?.price, "60000.10");
  const candles = market.listCandles(alice, { instrument_id: "BTC-USD", interval: "1m" });
  assert.ok((await all(candles)).length > 0);
  const executions = await all(account.listExecutions(bob, { order_id }));
  assert.deepEqual(executions.map((one) => [one.liquidity, one.side]), [["maker", "buy"]]);
  const assets = (await account.listBalances(bob)).data.map((one) => one.asset);
  assert.ok(assets.includes("USD") && assets.includes("BTC"));
  assert.ok((await account.listPositions(bob)).data.length > 0);
  assert.ok((await account.getRateLimits(bob)).data.length > 0);

  const lots = [2, 3].map((number) => ({
    ...order,
    client_order_id: `${prefix}-${number}`,
    limit_price: decimal("10"),
  }));
  const batch = await orders.createOrderBatch(bob, { orders: lots });
  assert.deepEqual(batch.results.map((one) => one.result), ["accepted", "accepted"]);
  const working = await all(orders.listOrders(bob, { status: "working", limit: 1 }));
  const names = [3, 2, 1].map((number) => `${prefix}-${number}`);
  assert.deepEqual(working.map((one) => one.client_order_id), names);
  assert.equal((await orders.cancelOrder(bob, { order_id })).status, "canceled");
  assert.equal((await orders.cancelOrders(bob)).order_ids.length, 2);
  assert.equal((await orders.setCancelAfter(bob, { timeout_ms: 0 })).trigger_time, null);
}

async function refusals(): Promise<Record<string, string>> {
  const resting = {
    ...order,
    client_order_id: `${prefix}-r`,
    side: "sell",
    quantity: decimal("0.01"),
    limit_price: decimal("90000"),
  } as const;
  const placed = await orders.createOrder(alice, resting);
  const done = await orders.getOrderByClientId(alice, { client_order_id: `${prefix}-s` });
  const lot = { ...order, client_order_id: `${prefix}-t`, limit_price: decimal("0.001") };
  const [item] = (await orders.createOrderBatch(alice, { orders: [lot] })).results;
  assert.ok(item?.result === "refused" && "problem" in item);
  assert.equal((item.problem as { code: string }).code, "price_off_tick");
  const { order_id } = placed;
  const nowhere = { instrument_id: "XXX-USD" };
  const found = {
    listInstruments: await error(market.listInstruments(alice, { cursor: NEVER })),
    getOrderBook: await error(market.getOrderBook(alice, nowhere)),
    listTrades: await error(market.listTrades(alice, nowhere)),
    listCandles: await error(market.listCandles(alice, { ...nowhere, interval: "1h" })),
    listOrders: await error(orders.listOrders(alice, { cursor: NEVER })),
    listExecutions: await error(account.listExecutions(alice, { cursor: NEVER })),
    createOrder: await error(orders.createOrder(alice, { ...resting, quantity: decimal("0.02") })),
    getOrder: await error(orders.getOrder(alice, { order_id: NEVER })),
    getOrderByClientId: await error(orders.getOrderByClientId(alice, { client_order_id: NEVER })),
    amendOrder: await error(
      orders.amendOrder(alice, { order_id, expected_version: 99, quantity: decimal("0.02") }),
    ),
    cancelOrder: await error(orders.cancelOrder(alice, { order_id: done.order_id })),
    cancelOrders: await error(orders.cancelOrders(alice, nowhere)),
  };
  await orders.cancelOrder(alice, { order_id });
  return found;
}

async function keys(): Promise<Record<string, string>> {
  const hmac = { algorithm: "hmac-sha256" } as const;
  const issued = await apiKeys.createApiKey(alice, { name: "bot", ...hmac, scopes: ["keys"] });
  const listed = await all(apiKeys.listApiKeys(alice, { limit: 1 }));
  assert.ok(listed.some((key) => key.name === "bot"));
  const { key_id } = issued;
  assert.equal((await apiKeys.updateApiKey(alice, { key_id, name: "robot" })).name, "robot");
  const rotated = await apiKeys.rotateApiKey(alice, { key_id, overlap_seconds: 60 });
  const holder = signedBy(rotated.key_id, { secret: rotated.secret ?? "" });
  assert.ok((await apiKeys.listApiKeys(holder)).data.length > 0);
  const reads = await apiKeys.createApiKey(alice, { name: "reader", ...hmac, scopes: ["read"] });
  const reader = signedBy(reads.key_id, { secret: reads.secret ?? "" });
  assert.ok((await account.listBalances(reader)).data.length > 0);
  const lot = { ...order, client_order_id: "no" };
  const found = {
    listBalances: await error(account.listBalances(holder)),
    listPositions: await error(account.listPositions(holder)),
    getRateLimits: await error(account.getRateLimits(holder)),
    setCancelAfter: await error(orders.setCancelAfter(holder, { timeout_ms: 0 })),
    createOrderBatch: await error(orders.createOrderBatch(reader, { orders: [lot] })),
    listApiKeys: await error(apiKeys.listApiKeys(reader)),
    createApiKey: await error(
      apiKeys.createApiKey(holder, { name: "x", ...hmac, scopes: ["trade"] }),
    ),
    updateApiKey: await error(apiKeys.updateApiKey(alice, { key_id: NEVER, name: "x" })),
    revokeApiKey: await error(apiKeys.revokeApiKey(alice, { key_id: NEVER })),
    rotateApiKey: await error(apiKeys.rotateApiKey(alice, { key_id: NEVER, overlap_seconds: 1 })),
  };
  for (const gone of [rotated, reads]) {
    assert.equal(await apiKeys.revokeApiKey(alice, { key_id: gone.key_id }), undefined);
  }
  return found;
}

await trade();
console.log(JSON.stringify({ ...(await refusals()), ...(await keys()) }));
