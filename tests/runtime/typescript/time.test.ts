/**
 * What takes time, in time that stands still. Nothing here uses the network: node's own client
 * keeps timers, too.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../runtime/bytes.js";
import { clientOf, type Client, type ClientOptions } from "../runtime/client.js";
import { NotFoundError, RateLimitError, TimeoutError } from "../runtime/errors.js";
import { tokenBuckets } from "../runtime/limit.js";
import type { Plan } from "../runtime/plan.js";
import { readJson, readRaw } from "../runtime/read.js";
import { send } from "../runtime/send.js";
import { OutcomeUnknownError } from "../runtime/unknown.js";
import { clock, turn } from "./clock.js";

Math.random = () => 0.02; // waits of a few ms; that they are random is tested elsewhere
const SIGNAL = new AbortController().signal;

function client(options: Partial<ClientOptions>): Client {
  return clientOf({ baseUrl: "https://a.test", ...options });
}

function get(changes: Partial<Plan<unknown>> = {}): Plan<unknown> {
  return { id: "getOrder", method: "GET", path: "/orders/1", read: readJson, ...changes };
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => assert.fail("the call succeeded"),
    (error: unknown) => error,
  );
}

/** Waits for nothing but the abort. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/** A transport without a network, for tests in which time stands still. */
function canned(...answers: Response[]): NonNullable<ClientOptions["fetch"]> {
  return async (_url, { signal }) => answers.shift() ?? endless(signal as AbortSignal);
}

const limited = (seconds: string): Response => new Response("{}", { status: 429, headers: { "retry-after": seconds } });

test("waits as long as Retry-After asks", async (context) => {
  const time = clock(context);
  const call = send(client({ fetch: canned(limited("1"), Response.json({ order_id: "1" })) }), get());
  const waited = await time.until(call);
  assert.ok(waited >= 1000 && waited < 1100, `${waited} ms`);
  assert.deepEqual(await call, { order_id: "1" });
});

test("does not wait longer than the deadline", async (context) => {
  const time = clock(context);
  const call = failure(send(client({ deadline: 500, fetch: canned(limited("30")) }), get()));
  assert.equal(await time.until(call), 0);
  assert.ok((await call) instanceof RateLimitError);
});

test("no wait is too long for a timer, and no limit", async (context) => {
  const time = clock(context);
  let attempts = 0;
  const hooks = { request: () => void attempts++ };
  const forever = { timeout: Infinity, deadline: Infinity };
  const told = client({ ...forever, hooks, fetch: canned(limited("99999999999"), limited("0")) });
  const silent = client({ ...forever, fetch: canned() });
  const stop = new AbortController();
  const calls = [told, silent].map((each) => send(each, get(), { signal: stop.signal }));
  const failures = calls.map((call) => failure(call));
  await time.pass(100);
  assert.equal(attempts, 1, "it does not hammer");
  stop.abort("enough");
  assert.deepEqual(await Promise.all(failures), ["enough", "enough"], "not out of time before");
});

test("an attempt ends in time, and the whole call by its deadline", async (context) => {
  const time = clock(context);
  let attempts = 0;
  const hooks = { request: () => void attempts++ };
  const one = client({ hooks, fetch: canned() });
  const call = failure(send(one, get(), { timeout: 100, deadline: 700, maxRetries: 50 }));
  assert.ok((await time.until(call)) <= 700);
  assert.ok((await call) instanceof TimeoutError);
  assert.ok(attempts >= 3, `${attempts} attempts`);
});

test("an abort during the wait for a retry ends the call at once", async (context) => {
  const time = clock(context);
  const stop = new AbortController();
  const one = client({ fetch: canned(limited("20")) });
  const call = failure(send(one, get(), { signal: stop.signal }));
  await time.pass(50);
  stop.abort();
  assert.equal(await time.until(call), 0);
});

test("raw results are streams that outlive the attempt's time", async (context) => {
  const time = clock(context);
  const { readable, writable } = new TransformStream<Uint8Array>();
  const writer = writable.getWriter();
  const plan = get({ read: readRaw }) as Plan<Response>;
  const response = await send(client({ fetch: canned(new Response(readable)) }), plan, { timeout: 100 });
  void writer.write(utf8("one"));
  await time.pass(200);
  void writer.write(utf8("two"));
  void writer.close();
  assert.equal(await response.text(), "onetwo");
});

test("token buckets: a burst passes, then the rate holds, and cancels never wait for reads", async (context) => {
  const time = clock(context);
  const limiter = tokenBuckets({ reads: { rate: 20, burst: 2 }, cancels: { rate: 100, burst: 5 } });
  const order: string[] = [];
  const reads = [1, 2, 3, 4].map((n) => limiter.acquire("reads", 1, SIGNAL).then(() => order.push(`read${n}`)));
  await limiter.acquire("cancels", 1, SIGNAL);
  order.push("cancel");
  await turn();
  assert.deepEqual([...order].sort(), ["cancel", "read1", "read2"], "without any time passing");
  assert.equal(await time.until(Promise.all(reads)), 100);
  assert.deepEqual(order.filter((each) => each !== "cancel"), ["read1", "read2", "read3", "read4"]);
  await limiter.acquire("not declared", 5, SIGNAL);
});

test("token buckets: learn from RateLimit fields and from 429, and end with the signal", async (context) => {
  const time = clock(context);
  const limiter = tokenBuckets({ orders: { rate: 100, burst: 100 } });
  const answer = (status: number, headers: Record<string, string>): Response => new Response(null, { status, headers });
  limiter.update("orders", answer(200, { ratelimit: '"reads";r=0;t=9, "orders";r=0;t=1' }));
  assert.equal(await time.until(limiter.acquire("orders", 5, SIGNAL)), 50);
  limiter.update("orders", answer(429, { "retry-after": "0.1" }));
  assert.equal(await time.until(limiter.acquire("orders", 1, SIGNAL)), 100);
  await time.pass(850); // a date has whole seconds
  const date = new Date(Date.now() + 2000).toUTCString();
  limiter.update("orders", answer(429, { "retry-after": date }));
  assert.equal(await time.until(limiter.acquire("orders", 1, SIGNAL)), 2000);
  limiter.update("orders", answer(429, { "retry-after": "99999999999" }));
  assert.equal(await time.until(limiter.acquire("orders", 1, SIGNAL)), 60_000, "then one goes and looks");
  limiter.update("orders", answer(429, { "retry-after": "60" }));
  const stop = new AbortController();
  const stopped = assert.rejects(limiter.acquire("orders", 1, stop.signal), /enough/);
  await time.pass(20);
  stop.abort(new Error("enough"));
  await stopped;
  await assert.rejects(limiter.acquire("orders", 1, AbortSignal.abort(new Error("before"))), /before/);
});

test("token buckets: a cost above the capacity still passes once the bucket is full", async (context) => {
  const time = clock(context);
  const limiter = tokenBuckets({ batch: { rate: 1000, burst: 5 } });
  assert.equal(await time.until(limiter.acquire("batch", 10, SIGNAL)), 0);
  assert.equal(await time.until(limiter.acquire("batch", 1, SIGNAL)), 6, "it pays for what it took");
});

test("resolve: not found counts only after the last signature has died", async (context) => {
  const time = clock(context);
  const asked: number[] = [];
  const lookup = async (): Promise<never> => {
    asked.push(Date.now());
    throw new NotFoundError(404, new Headers(), { code: "order_not_found" });
  };
  const notAfter = Date.now() + 5000;
  const error = new OutcomeUnknownError("op", { value: "k", lookup, absent: ["order_not_found"] }, notAfter, "cut");
  const resolved = error.resolve();
  await time.until(resolved);
  assert.deepEqual(await resolved, { outcome: "not_executed" });
  assert.deepEqual(asked, [notAfter - 5000, notAfter + 1]);
});

test("resolve: what turns up late is executed after all", async (context) => {
  const time = clock(context);
  let calls = 0;
  const lookup = async (): Promise<unknown> => {
    if (++calls === 1) throw new NotFoundError(404, new Headers(), {});
    return "late";
  };
  const error = new OutcomeUnknownError("op", { value: "k", lookup }, Date.now() + 5000, "cut");
  const resolved = error.resolve();
  await time.until(resolved);
  assert.deepEqual(await resolved, { outcome: "executed", value: "late" });
});
