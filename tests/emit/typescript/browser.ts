/** What a page does with the SDK; its findings end up in the document, for the test to read. */

import { createClient, decimal, Northgate, SdkError, type Client } from "northgate";
import { fromEnvironment, signature } from "northgate/auth";
import { checkResults } from "northgate/checks";
import { OrderNotFoundError } from "northgate/errors";
import { createOrder, getOrder, listOrders } from "northgate/orders";

const { api, secret, seed } = Object.fromEntries(new URLSearchParams(location.search)) as {
  api: string;
  secret: string;
  seed: string;
};
const hmac = signature({ keyId: "hmac", key: { secret } });
const ed25519 = signature({ keyId: "ed25519", key: seed });

function connect(auth = hmac): Client {
  return createClient({ baseUrl: api, auth, check: checkResults, maxRetries: 0 });
}

const order = {
  instrument_id: "BTC-USD",
  side: "buy",
  type: "limit",
  quantity: decimal("0.00000010"),
  limit_price: decimal("60000.10"),
} as const;

async function place(client: Client, name: string): Promise<unknown> {
  const placed = await createOrder(client, { client_order_id: name, ...order });
  return [placed.client_order_id, placed.quantity, String(placed.version)];
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "nothing was thrown",
    (error: unknown) => error,
  );
}

async function walked(): Promise<string[]> {
  const found: string[] = [];
  for await (const each of listOrders(connect(), { limit: 2 })) found.push(each.order_id);
  return found;
}

async function aborted(): Promise<unknown> {
  const controller = new AbortController();
  const call = getOrder(connect(), { order_id: "slow" }, { signal: controller.signal });
  // Not by a timer: a headless browser's clock stands still while it waits for an answer.
  await getOrder(connect(), { order_id: "quick" });
  controller.abort(new Error("changed my mind"));
  return String(await failure(call));
}

async function findings(): Promise<object> {
  const missing = await failure(getOrder(connect(), { order_id: "missing" }));
  const lost = await failure(createOrder(connect(), { client_order_id: "drop", ...order }));
  const { orders } = new Northgate({ baseUrl: api, auth: hmac });
  return {
    hmac: await place(connect(), "by-hmac"),
    ed25519: await place(connect(ed25519), "by-ed25519"),
    facade: (await orders.get({ order_id: "1" })).order_id,
    missing: missing instanceof OrderNotFoundError && missing.code,
    lost: lost instanceof SdkError && [lost.name, lost.outcome],
    walked: await walked(),
    aborted: await aborted(),
    environment: fromEnvironment().length,
  };
}

findings()
  .catch((error: unknown) => ({ failed: String(error), stack: error instanceof Error && error.stack }))
  .then((found) => {
    document.body.textContent = JSON.stringify(found);
  });
