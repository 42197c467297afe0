import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../runtime/attempt.js";
import { apiKey, authorization, basic, bearer } from "../runtime/auth.js";
import { clientOf, listOf } from "../runtime/client.js";
import { environment } from "../runtime/env.js";
import { ApiError, apiError, NotFoundError, hasCode } from "../runtime/errors.js";
import { tokenBuckets } from "../runtime/limit.js";
import { logging } from "../runtime/log.js";
import { clientCredentials } from "../runtime/oauth.js";
import type { Key, Outgoing } from "../runtime/plan.js";
import { readJson } from "../runtime/read.js";
import { backoff, retryAfter } from "../runtime/retry.js";
import { send } from "../runtime/send.js";
import { OutcomeUnknownError } from "../runtime/unknown.js";
import { clock, turn } from "./clock.js";
import { fake, json } from "./fake.js";

const SIGNAL = new AbortController().signal;

function outgoing(url = "https://a.test/x?q=1"): Outgoing {
  return { method: "GET", url, headers: new Headers(), body: undefined, redirect: "follow" };
}

test("bearer, basic, apiKey, authorization", async () => {
  const request = outgoing();
  await bearer("s", async () => "t1").apply(request, SIGNAL);
  assert.equal(request.headers.get("authorization"), "Bearer t1");
  await basic("s", "Aladdin", "open sesame").apply(request, SIGNAL);
  assert.equal(request.headers.get("authorization"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  await basic("s", "ü", "ü").apply(request, SIGNAL);
  assert.equal(request.headers.get("authorization"), `Basic ${Buffer.from("ü:ü").toString("base64")}`);
  await authorization("s", async () => "Custom x").apply(request, SIGNAL);
  assert.equal(request.headers.get("authorization"), "Custom x");
  assert.equal(request.redirect, "follow");
  await apiKey("s", "header", "X-Key", "k").apply(request, SIGNAL);
  assert.equal(request.headers.get("x-key"), "k");
  assert.equal(request.redirect, "manual", "the key would follow a redirect to a stranger");
  await apiKey("s", "query", "key", "a b").apply(request, SIGNAL);
  assert.equal(request.url, "https://a.test/x?q=1&key=a%20b");
  await apiKey("s", "cookie", "sid", "a;b").apply(request, SIGNAL);
  await apiKey("s", "cookie", "two", "2").apply(request, SIGNAL);
  assert.equal(request.headers.get("cookie"), "sid=a%3Bb; two=2");
});

test("client credentials: one token for all, renewed when stale or refused", async (context) => {
  let now = 1_800_000_000_000;
  context.mock.method(Date, "now", () => now);
  let issued = 0;
  await using server = await fake((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ access_token: `t${++issued}`, expires_in: 3600 }));
  });
  const credential = clientCredentials("s", `${server.url}/token`, { clientId: "i:d", clientSecret: "s", scopes: ["a", "b"] });
  const token = async (): Promise<string | null> => {
    const request = outgoing();
    await credential.apply(request, SIGNAL);
    return request.headers.get("authorization");
  };
  assert.deepEqual(await Promise.all([token(), token()]), ["Bearer t1", "Bearer t1"]);
  assert.equal(server.seen[0]?.body, "grant_type=client_credentials&scope=a+b");
  assert.equal(server.seen[0]?.headers["authorization"], `Basic ${btoa("i%3Ad:s")}`);
  now += 3_600_000;
  assert.deepEqual(await Promise.all([token(), token(), token()]), ["Bearer t2", "Bearer t2", "Bearer t2"]);
  assert.equal(credential.recover?.(new ApiError(401, new Headers(), {})), true);
  assert.equal(await token(), "Bearer t3");
  assert.equal(server.seen.length, 3);
});

test("client credentials: a failed token is not kept", async () => {
  await using server = await fake(json(500, {}), json(200, { access_token: "t" }));
  const credential = clientCredentials("s", `${server.url}/token`, { clientId: "i", clientSecret: "s" });
  await assert.rejects(async () => credential.apply(outgoing(), SIGNAL), /no token/);
  const request = outgoing();
  await credential.apply(request, SIGNAL);
  assert.equal(request.headers.get("authorization"), "Bearer t");
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

test("a limiter holds calls back inside send, within the attempt's time", async () => {
  await using server = await fake(json(200, {}));
  const client = clientOf({ baseUrl: server.url, limiter: tokenBuckets({ b: { rate: 0.001, burst: 1 } }) });
  const plan = { id: "op", method: "POST", path: "/", read: readJson, cost: ["b", 1] as const };
  await send(client, plan);
  await assert.rejects(send(client, plan, { timeout: 50, maxRetries: 0 }), (error: { outcome?: unknown }) => {
    assert.equal(error.outcome, "not_executed");
    return true;
  });
  assert.equal(server.seen.length, 1);
});

test("backoff has full jitter and honours Retry-After", (context) => {
  const now = 1_800_000_000_000;
  context.mock.method(Date, "now", () => now);
  const error = apiError(503, new Headers(), {});
  const delays = Array.from({ length: 200 }, () => backoff(error, 2));
  assert.ok(Math.max(...delays) <= 1000 && Math.min(...delays) >= 0);
  assert.ok(new Set(delays).size > 50);
  assert.ok(Array.from({ length: 50 }, () => backoff(error, 40)).every((each) => each <= 8000));
  const told = apiError(503, new Headers({ "retry-after": "3" }), {});
  assert.ok(backoff(told, 1) >= 3000);
  assert.equal(retryAfter(new Headers({ "retry-after": "soon" })), undefined);
  const date = new Date(now + 5000).toUTCString();
  assert.equal(retryAfter(new Headers({ "retry-after": date })), 5000);
  assert.equal(retryAfter(new Headers({ "retry-after": new Date(0).toUTCString() })), 0);
});

test("resolve: found is executed", async () => {
  const key: Key = { value: "k", lookup: async () => ({ id: 1 }) };
  const error = new OutcomeUnknownError("op", key, Infinity, new Error("cut"));
  assert.deepEqual(await error.resolve(), { outcome: "executed", value: { id: 1 } });
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

test("resolve: a 404 of something else, or without an end in sight, settles nothing", async () => {
  const gone = new NotFoundError(404, new Headers(), "<html>");
  const lookup = async (): Promise<never> => {
    throw gone;
  };
  const other = new OutcomeUnknownError("op", { value: "k", lookup, absent: ["order_not_found"] }, 0, "cut");
  await assert.rejects(other.resolve(), (thrown) => thrown === gone);
  const endless = new OutcomeUnknownError("op", { value: "k", lookup }, Infinity, "cut");
  assert.deepEqual(await endless.resolve(), { outcome: "unknown" });
  const blind = new OutcomeUnknownError("op", { value: "k" }, 0, "cut");
  assert.deepEqual(await blind.resolve(), { outcome: "unknown" });
  const stop = new AbortController();
  const waiting = new OutcomeUnknownError("op", { value: "k", lookup }, Date.now() + 600_000, "cut");
  const stopped = assert.rejects(waiting.resolve({ signal: stop.signal }), /enough/);
  stop.abort(new Error("enough"));
  await stopped;
});

test("logging hides secrets, in headers and in URLs, and tells of deprecation", async () => {
  await using server = await fake(json(200, {}, { deprecation: "@1", sunset: "Fri, 01 Jan 2027 00:00:00 GMT", "set-cookie": "s=SECRET" }));
  const lines: string[] = [];
  const note = (message: string, details: object): void => void lines.push(`${message} ${JSON.stringify(details)}`);
  const client = clientOf({
    baseUrl: server.url,
    headers: { authorization: "Bearer SECRET", "x-api-key": "SECRET", "x-trace": "SECRET", "x-plain": "shown" },
    hooks: logging({ debug: note, warn: note }, ["X-Trace"]),
  });
  const plan = { id: "op", method: "GET", path: "/", query: { api_key: "SECRET", a: "b" }, read: readJson };
  await send(client, plan);
  const text = lines.join("\n");
  assert.doesNotMatch(text, /SECRET/);
  assert.match(text, /shown/);
  assert.match(text, /op is deprecated.*2027/);
  assert.match(text, /api_key=%5Bredacted%5D&a=b/);
});

test("small things", () => {
  assert.deepEqual([listOf(undefined), listOf(1), listOf([1, 2])], [[], [1], [1, 2]]);
  assert.equal(environment()["PATH"], process.env["PATH"]);
  assert.equal(hasCode(apiError(409, new Headers(), { code: "c" }), "c"), true);
  assert.equal(hasCode(new Error("c"), "c"), false);
  assert.equal(typeof attempt, "function");
});
