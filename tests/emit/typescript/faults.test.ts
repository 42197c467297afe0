/** No order twice, no outcome misreported: the installed package against a venue that fails. */

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createClient, decimal, OutcomeUnknownError, SdkError, withOptions, type Client } from "northgate";
import { signature } from "northgate/auth";
import { OrderNotFoundError } from "northgate/errors";
import { cancelOrders, createOrder, getOrderByClientId, setCancelAfter } from "northgate/orders";
import type { PlacedOrder } from "northgate/types";
import { VERSION, venue, type Fault, type Venue } from "./venue.js";

Math.random = () => 0.01;
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const key = privateKey.export({ format: "pem", type: "pkcs8" }) as string;

let market: Venue;
let serial = 0;
before(async () => void (market = await venue(publicKey)));
after(() => market.close());

// Seconds that signatures live. "Not there" is final only after that, so where it is waited for it
// must be short; elsewhere a machine may take its time.
const LONG = 25;
const SHORT = 6;

function connect(maxRetries: number, window = LONG, timeout = 30_000): Client {
  const auth = signature({ keyId: "k", key, window });
  return createClient({ baseUrl: market.url, auth, maxRetries, timeout });
}

interface Told {
  readonly outcome: "executed" | "not_executed" | "unknown";
  readonly resolved?: string;
}

const SILENT: readonly Fault[] = ["slow", "stall-after"];

/** Places an order under these faults; says what the SDK tells of it, and what is true. */
async function place(faults: Fault[], maxRetries = 2, window = LONG): Promise<{ told: Told; executed: boolean; id: string }> {
  const id = `o-${++serial}`;
  market.script.set(id, [...faults]);
  // Only what never answers shall run into the limit, however slow the machine is.
  const told = await attempt(connect(maxRetries, window, faults.some((each) => SILENT.includes(each)) ? 4000 : 30_000), id);
  market.script.delete(id);
  const times = market.placed.get(id) ?? 0;
  assert.ok(times <= 1, `placed ${times} times under ${faults.join()}`);
  return { told, executed: times === 1, id };
}

async function attempt(client: Client, id: string): Promise<Told> {
  try {
    const placed: PlacedOrder = await createOrder(client, {
      client_order_id: id,
      instrument_id: "BTC-USD",
      side: "buy",
      type: "limit",
      quantity: decimal("0.25"),
      limit_price: decimal("60000.10"),
    });
    assert.equal(placed.client_order_id, id);
    assert.equal(placed.version, BigInt(VERSION));
    return { outcome: "executed" };
  } catch (error) {
    assert.ok(error instanceof SdkError, String(error));
    if (!(error instanceof OutcomeUnknownError)) return { outcome: error.outcome };
    assert.equal(error.key, id);
    const found = await error.resolve<PlacedOrder>({ timeout: 10_000, maxRetries: 3 });
    if (found.outcome === "executed") assert.equal(found.value.client_order_id, id);
    return { outcome: "unknown", resolved: found.outcome };
  }
}

/** What was told must be true; what was told to be unknown must be resolved truly. */
function truthful(told: Told, executed: boolean, what: string): void {
  const said = told.outcome === "unknown" ? told.resolved : told.outcome;
  assert.equal(said, executed ? "executed" : "not_executed", `${what}: told ${JSON.stringify(told)}`);
}

// Nothing is executed, and the answer says so.
const REFUSED: Fault[] = [
  "overloaded",
  "limited",
  "limited-past",
  "limited-negative",
  "limited-long",
  "redirect-before",
];
const DOUBTFUL: Fault[] = [
  "drop-before",
  "drop-after",
  "late",
  "garbage-after",
  "truncate-after",
  "short-after",
  "gzip-after",
  "unknown-before",
  "unknown-after",
  "bad-gateway-after",
  "redirect-after",
  "slow",
  "stall-after",
];
const ALL: Fault[] = ["none", ...REFUSED, ...DOUBTFUL];
// To send the same again would be of no use, or against the server's word.
const FINAL: Fault[] = ["limited-long", "redirect-before", "redirect-after"];

describe("faults", { concurrency: 12 }, () => {
  for (const fault of ALL.filter((each) => !FINAL.includes(each))) {
    test(`once ${fault}: repeated with the same key, executed once`, async () => {
      const { told, executed } = await place([fault]);
      assert.deepEqual(told, { outcome: "executed" });
      assert.ok(executed);
    });
  }

  for (const fault of [...REFUSED, ...DOUBTFUL]) {
    test(`${fault} without retries: told truly`, async () => {
      const found = fault.endsWith("-after") || fault === "slow" || REFUSED.includes(fault);
      const { told, executed } = await place([fault], 0, found ? LONG : SHORT);
      truthful(told, executed, fault);
      assert.equal(told.outcome, REFUSED.includes(fault) ? "not_executed" : "unknown");
    });
  }

  for (const fault of FINAL) {
    test(`${fault} is not repeated, and told truly`, async () => {
      const { told, executed, id } = await place([fault, "none"]);
      truthful(told, executed, fault);
      assert.equal(market.done.get(id) ?? 0, fault === "redirect-after" ? 1 : 0);
    });
  }

  for (const first of ["drop-after", "unknown-after", "drop-before", "late"] as Fault[]) {
    test(`${first}, then refusals: it stays a doubt, and is resolved truly`, async () => {
      const { told, executed } = await place([first, "overloaded", "limited"], 2, SHORT);
      assert.equal(told.outcome, "unknown");
      truthful(told, executed, first);
    });
  }

  let state = 20261122;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  for (let round = 0; round < 80; round++) {
    const faults = Array.from({ length: 1 + random(4) }, () => ALL[random(ALL.length)] ?? "none");
    const maxRetries = random(4);
    test(`${faults.join(", ")} with ${maxRetries} retries`, async () => {
      const { told, executed } = await place(faults, maxRetries, SHORT);
      truthful(told, executed, faults.join());
    });
  }
});

for (const skew of [-90_000, -7_000, 45_000, 3_600_000]) {
  test(`a clock that is off by ${skew / 1000} s is corrected by one refusal`, async () => {
    market.skew = skew;
    market.problems.length = 0;
    const client = connect(0);
    for (const id of [`s${skew}-1`, `s${skew}-2`]) {
      assert.deepEqual(await attempt(client, id), { outcome: "executed" });
      assert.equal(market.placed.get(id), 1);
    }
    assert.deepEqual(market.problems, ["timestamp_out_of_window"]);
    const lost = await createOrder(client, {
      client_order_id: `s${skew}-3`,
      instrument_id: "BTC-USD",
      side: "buy",
      type: "market",
      quantity: decimal("1"),
    }).catch((error: unknown) => error);
    assert.ok(!(lost instanceof Error));
    market.skew = 0;
  });
}

test("an abort while the answer arrives: the order is there, and found", async () => {
  const stop = new AbortController();
  const hooks = { response: () => void setImmediate(() => stop.abort()) };
  const client = withOptions(connect(2), { hooks });
  market.script.set("aborted", ["stall-after"]);
  const order = { client_order_id: "aborted", instrument_id: "BTC-USD", side: "buy", type: "market" } as const;
  const call = createOrder(client, { ...order, quantity: decimal("1") }, { signal: stop.signal });
  const error = await call.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof OutcomeUnknownError);
  const found = await error.resolve<PlacedOrder>();
  assert.ok(found.outcome === "executed" && found.value.client_order_id === "aborted");
  assert.equal(market.placed.get("aborted"), 1);
});

// Idempotent by their methods (RFC 9110): no key, nothing to look up, and harmless to repeat.
for (const [name, act] of [
  ["cancelOrders", (client: Client) => cancelOrders(client)],
  ["setCancelAfter", (client: Client) => setCancelAfter(client, { timeout_ms: 1000 })],
] as const) {
  describe(name, () => {
    const call = async (faults: Fault[], maxRetries: number): Promise<[SdkError | undefined, number]> => {
      await attempt(connect(2), `${name}-${++serial}`); // something to cancel
      market.script.set(name, [...faults]);
      market.done.set(name, 0);
      const client = connect(maxRetries, LONG, faults.includes("slow") ? 4000 : 30_000);
      const error = await act(client).then(() => undefined, (thrown: unknown) => thrown);
      assert.ok(error === undefined || error instanceof SdkError, String(error));
      assert.ok(!(error instanceof OutcomeUnknownError), "there is no key to look up");
      return [error, market.done.get(name) ?? 0];
    };

    // Without those that take time once more, or show their effect in a later test.
    const quick = (fault: Fault): boolean => fault !== "late" && fault !== "stall-after";
    for (const fault of ALL.filter((each) => !FINAL.includes(each)).filter(quick)) {
      test(`once ${fault}: repeated, and executed`, async () => {
        const [error, done] = await call([fault, "none"], 3);
        assert.equal(error, undefined);
        assert.ok(done >= 1, `executed ${done} times`);
        assert.equal(market.script.get(name)?.length, fault === "none" ? 1 : 0);
      });
    }

    for (const fault of [...REFUSED, ...DOUBTFUL].filter(quick)) {
      test(`${fault} without retries: told truly`, async () => {
        const [error, done] = await call([fault], 0);
        assert.equal(error?.outcome, REFUSED.includes(fault) ? "not_executed" : "unknown");
        if (error?.outcome === "not_executed") assert.equal(done, 0);
      });
    }

    test("a refusal after a doubt leaves the doubt", async () => {
      const [error] = await call(["drop-after", "overloaded", "overloaded"], 2);
      assert.equal(error?.outcome, "unknown");
    });
  });
}

test("errors carry the contract's codes as classes", async () => {
  const error = await getOrderByClientId(connect(0), { client_order_id: "nobody" }).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof OrderNotFoundError);
  const code: "order_not_found" = error.code;
  assert.equal(code, "order_not_found");
  assert.equal(error.body.status, 404);
  assert.ok(!(new Error("x") instanceof OrderNotFoundError));
});
