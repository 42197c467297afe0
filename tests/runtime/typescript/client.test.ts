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
