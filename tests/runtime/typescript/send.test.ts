import assert from "node:assert/strict";
import { test } from "node:test";
import type { Credential } from "../runtime/auth.js";
import { clientOf, withOptions, type Client, type ClientOptions } from "../runtime/client.js";
import { json as jsonBody, upload } from "../runtime/content.js";
import {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  DecodeError,
  NotFoundError,
  SdkError,
  ServerError,
} from "../runtime/errors.js";
import type { Plan } from "../runtime/plan.js";
import { readJson, readNothing, readRaw } from "../runtime/read.js";
import { send } from "../runtime/send.js";
import { OutcomeUnknownError } from "../runtime/unknown.js";
import { drop, fake, json, text, truncate, type Answer } from "./fake.js";

Math.random = () => 0.02; // waits of a few ms; that they are random is tested elsewhere

const OK = json(200, { order_id: "1" });
const unknown = (status: number): Answer => json(status, { code: "x", outcome: "unknown" });

function client(baseUrl: string, options: Partial<ClientOptions> = {}): Client {
  return clientOf({ baseUrl, ...options });
}

function get(changes: Partial<Plan<unknown>> = {}): Plan<unknown> {
  return { id: "getOrder", method: "GET", path: "/orders/1", read: readJson, ...changes };
}

function post(changes: Partial<Plan<unknown>> = {}): Plan<unknown> {
  return {
    id: "createOrder",
    method: "POST",
    path: "/orders",
    body: jsonBody({ quantity: "1" }),
    read: readJson,
    ...changes,
  };
}

const keyed = (changes: Partial<Plan<unknown>> = {}): Plan<unknown> =>
  post({ key: { value: "k1" }, ...changes });

async function failure<T = SdkError>(call: Promise<unknown>): Promise<T> {
  try {
    await call;
  } catch (error) {
    return error as T;
  }
  throw new assert.AssertionError({ message: "the call succeeded" });
}

test("sends what the plan says and gives result and response", async () => {
  await using server = await fake(json(201, { a: 1 }, { "x-request-id": "r1" }));
  const one = client(`${server.url}/base/`, { headers: { "x-client": "c", "x-both": "c" } });
  const call = send(one, post({ query: { dry: true, none: undefined }, headers: { "x-plan": 5 } }), {
    headers: { "x-both": "call" },
    query: { extra: "1 2" },
  });
  const { data, response } = await call.withResponse();
  assert.deepEqual(data, { a: 1 });
  assert.deepEqual(await call, { a: 1 });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get("x-request-id"), "r1");
  const [seen] = server.seen;
  assert.equal(seen?.method, "POST");
  assert.equal(seen?.url, "/base/orders?dry=true&extra=1%202");
  assert.equal(seen?.body, '{"quantity":"1"}');
  assert.equal(seen?.headers["content-type"], "application/json");
  assert.equal(seen?.headers["accept"], "application/json");
  assert.equal(seen?.headers["x-client"], "c");
  assert.equal(seen?.headers["x-plan"], "5");
  assert.equal(seen?.headers["x-both"], "call");
});

test("errors have the class of their status, the body, the code and what the server says", async () => {
  const classes = new Map<number, typeof ApiError>([
    [401, AuthenticationError],
    [404, NotFoundError],
    [409, ConflictError],
    [418, ApiError],
    [500, ServerError],
  ]);
  for (const [status, type] of classes) {
    await using server = await fake(json(status, { code: "c", detail: "d", request_id: "r" }));
    const error = await failure<ApiError>(send(client(server.url, { maxRetries: 0 }), get()));
    assert.equal(error.constructor, type);
    assert.equal(error.name, type.name);
    assert.equal(error.status, status);
    assert.equal(error.code, "c");
    assert.equal(error.requestId, "r");
    assert.equal(error.message, `${status} c d`);
    assert.ok(error instanceof SdkError);
  }
});

test("an error page that is not JSON is the body as text", async () => {
  await using server = await fake(text(403, "<h1>no</h1>"));
  const error = await failure<ApiError>(send(client(server.url), get()));
  assert.equal(error.body, "<h1>no</h1>");
  assert.equal(error.outcome, "not_executed");
});

for (const [name, first] of [
  ["500", unknown(500)],
  ["502 page", text(502, "bad gateway")],
  ["503", text(503, "")],
  ["429", json(429, {})],
  ["408", json(408, {})],
  ["a dropped connection", drop],
  ["a truncated body", truncate],
  ["garbage instead of JSON", text(200, "<html>")],
  ["an empty body", text(200, "")],
] as [string, Answer][]) {
  test(`GET and keyed POST are repeated after ${name}`, async () => {
    for (const plan of [get(), keyed()]) {
      await using server = await fake(first, OK);
      assert.deepEqual(await send(client(server.url), plan), { order_id: "1" });
      assert.equal(server.seen.length, 2);
      assert.equal(server.seen[0]?.body, server.seen[1]?.body);
    }
  });
}

test("a POST without a key is never repeated when it may have been executed", async () => {
  for (const answer of [unknown(500), text(502, ""), text(503, ""), drop, truncate, text(200, "<html>")]) {
    await using server = await fake(answer, OK);
    const error = await failure(send(client(server.url), post()));
    assert.equal(server.seen.length, 1);
    assert.equal(error.outcome, "unknown");
    assert.ok(!(error instanceof OutcomeUnknownError));
  }
});

test("a POST without a key is repeated when the server says that nothing happened", async () => {
  for (const answer of [json(429, {}), json(503, { outcome: "not_executed" })]) {
    await using server = await fake(answer, OK);
    await send(client(server.url), post());
    assert.equal(server.seen.length, 2);
  }
});

test("a connection that was never made is not_executed, and harmless to try again", async () => {
  const server = await fake(OK);
  await server.close();
  const error = await failure<ConnectionError>(send(client(server.url, { maxRetries: 1 }), keyed()));
  assert.ok(error instanceof ConnectionError);
  assert.equal(error.outcome, "not_executed");
});

test("refusals are final", async () => {
  for (const answer of [json(400, {}), json(422, {}), json(409, {}), json(501, {}), json(503, { retryable: false })]) {
    await using server = await fake(answer, OK);
    await failure(send(client(server.url), get()));
    assert.equal(server.seen.length, 1);
  }
});

test("a conflict is repeated only when the server calls it retryable", async () => {
  await using server = await fake(json(409, { retryable: true }), OK);
  await send(client(server.url), keyed());
  assert.equal(server.seen.length, 2);
});

test("idempotent: false holds a DELETE back, but not after a refusal of the rate limit", async () => {
  const plan = get({ method: "DELETE", idempotent: false });
  await using server = await fake(drop, OK);
  await failure(send(client(server.url), plan));
  assert.equal(server.seen.length, 1);
  await using limited = await fake(json(429, {}), OK);
  await send(client(limited.url), plan);
  assert.equal(limited.seen.length, 2);
});

test("maxRetries counts, per client and per call", async () => {
  await using server = await fake(unknown(500));
  const one = client(server.url, { maxRetries: 1 });
  await failure(send(one, get()));
  assert.equal(server.seen.length, 2);
  await failure(send(one, get(), { maxRetries: 0 }));
  assert.equal(server.seen.length, 3);
  await failure(send(withOptions(one, { maxRetries: 3 }), get()));
  assert.equal(server.seen.length, 7);
});

/** Waits for nothing but the abort. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

test("the caller's abort is rethrown as it is", async () => {
  const reason = new Error("enough");
  const stop = new AbortController();
  await using server = await fake(() => stop.abort(reason));
  assert.equal(await failure(send(client(server.url), get(), { signal: stop.signal })), reason);
  assert.equal(await failure(send(client(server.url), get(), { signal: stop.signal })), reason);
  assert.equal(server.seen.length, 1, "nothing is sent after the abort");
});

for (const [name, answer] of [
  ["dropped", drop],
  ["500", unknown(500)],
  ["504 timeout_unknown", json(504, { code: "timeout_unknown", outcome: "unknown" })],
  ["garbage", text(200, "{")],
] as [string, Answer][]) {
  test(`a keyed call that stays ${name} ends with OutcomeUnknownError`, async () => {
    await using server = await fake(answer);
    const error = await failure<OutcomeUnknownError>(send(client(server.url, { maxRetries: 1 }), keyed()));
    assert.ok(error instanceof OutcomeUnknownError);
    assert.equal(error.key, "k1");
    assert.equal(error.outcome, "unknown");
    assert.ok(error.cause instanceof SdkError);
    assert.match(error.message, /createOrder: outcome unknown for key k1/);
  });
}

test("a doubt is not dispelled by a later refusal", async () => {
  // Attempt 1 may have placed the order; that attempt 2 was refused says nothing about it.
  for (const later of [json(503, { outcome: "not_executed", retryable: false }), json(401, {}), json(422, {})]) {
    await using server = await fake(drop, later);
    const error = await failure(send(client(server.url), keyed()));
    assert.ok(error instanceof OutcomeUnknownError);
    await using other = await fake(drop, later);
    const deleted = await failure(send(client(other.url), get({ method: "DELETE" })));
    assert.equal(deleted.outcome, "unknown");
  }
});

test("an abort while a keyed call is under way leaves its outcome unknown", async () => {
  const stop = new AbortController();
  await using server = await fake(() => stop.abort());
  const error = await failure<OutcomeUnknownError>(send(client(server.url), keyed(), { signal: stop.signal }));
  assert.ok(error instanceof OutcomeUnknownError);
  assert.equal((error.cause as Error).name, "AbortError");
});

for (const [stage, options] of [
  ["the rate limit", { limiter: { acquire: (_b, _t, signal) => endless(signal), update: () => undefined } }],
  ["a credential", { auth: { scheme: "token", apply: (_request, signal) => endless(signal) } }],
] as [string, Partial<ClientOptions>][]) {
  test(`an abort while ${stage} is waited for: nothing was sent, and that is certain`, async () => {
    await using server = await fake(OK);
    const stop = new AbortController();
    const reason = new Error("enough");
    const plan = keyed({ cost: ["orders", 1], security: [["token"]] });
    const call = send(client(server.url, options), plan, { signal: stop.signal });
    setImmediate(() => stop.abort(reason));
    assert.equal(await failure<unknown>(call), reason);
    assert.equal(server.seen.length, 0);
  });

  test(`an abort while ${stage} is waited for anew leaves the doubt of what was sent before`, async () => {
    await using server = await fake(drop, OK);
    const stop = new AbortController();
    const once = { ...options };
    const first = <T>(later: () => T): T | undefined => {
      if (server.seen.length === 0) return undefined;
      setImmediate(() => stop.abort());
      return later();
    };
    if (options.limiter) {
      const { limiter } = options;
      once.limiter = { ...limiter, acquire: async (...all) => first(() => limiter.acquire(...all)) };
    } else {
      once.auth = { scheme: "token", apply: async (_request, signal) => void (await first(() => endless(signal))) };
    }
    const plan = keyed({ cost: ["orders", 1], security: [["token"]] });
    const error = await failure(send(client(server.url, once), plan, { signal: stop.signal }));
    assert.ok(error instanceof OutcomeUnknownError, String(error));
    assert.equal(server.seen.length, 1);
  });
}

test("an abort while the answer arrives leaves the outcome of a keyed call unknown", async () => {
  await using server = await fake((_, response) => {
    response.writeHead(201, { "content-type": "application/json" });
    response.write('{"order_id":');
  });
  const stop = new AbortController();
  const reason = new Error("enough");
  const hooks = { response: () => void setImmediate(() => stop.abort(reason)) };
  const error = await failure(send(client(server.url, { hooks }), keyed(), { signal: stop.signal }));
  assert.ok(error instanceof OutcomeUnknownError);
  assert.equal(error.cause, reason);
  const resolving = new AbortController();
  resolving.abort(reason);
  assert.deepEqual(await error.resolve({ signal: resolving.signal }), { outcome: "unknown" });
});

test("a redirect may be the answer to what was done: only 307 and 308 say that it was not", async () => {
  for (const status of [301, 302, 303]) {
    await using server = await fake(text(status, "", { location: "/elsewhere" }));
    assert.ok((await failure(send(client(server.url), keyed()))) instanceof OutcomeUnknownError);
    assert.equal((await failure(send(client(server.url), post()))).outcome, "unknown");
    assert.equal(server.seen.length, 2, "neither is repeated");
  }
  for (const status of [307, 308]) {
    await using server = await fake(text(status, "", { location: "/elsewhere" }));
    assert.equal((await failure(send(client(server.url), keyed()))).outcome, "not_executed");
    assert.equal(server.seen.length, 1);
  }
});

test("an error that says executed is not unknown", async () => {
  await using server = await fake(json(500, { outcome: "executed" }));
  const error = await failure(send(client(server.url, { maxRetries: 0 }), keyed()));
  assert.ok(error instanceof ServerError);
  assert.equal(error.outcome, "executed");
});

test("a body that is a stream is sent once", async () => {
  await using server = await fake(unknown(500), OK);
  const stream = new Blob(["abc"]).stream();
  await failure(send(client(server.url), keyed({ body: upload(stream, "text/plain") })));
  assert.equal(server.seen.length, 1);
  assert.equal(server.seen[0]?.body, "abc");
});

test("credentials sign each attempt anew, mend one 401, and serve only their scheme", async () => {
  let signed = 0;
  const credential: Credential = {
    scheme: "s",
    apply: (request) => request.headers.set("authorization", `n${++signed}`),
    recover: () => true,
  };
  await using server = await fake(unknown(500), json(401, {}), json(401, {}), OK);
  const one = client(server.url, { auth: credential });
  const error = await failure(send(one, get({ security: [["other"], ["s"]] })));
  assert.ok(error instanceof AuthenticationError);
  assert.deepEqual(server.seen.map((each) => each.headers["authorization"]), ["n1", "n2", "n3"]);
  await send(one, get({ security: [[], ["other", "s"]] }));
  assert.equal(server.seen[3]?.headers["authorization"], undefined);
});

test("hooks see every step and may change the request", async () => {
  await using server = await fake(unknown(500), OK);
  const log: string[] = [];
  const one = client(server.url, {
    hooks: {
      request: (request, step) => {
        request.headers.set("x-trace", `t${step.attempt}`);
        log.push(`request ${step.operation} ${step.attempt}`);
      },
      response: (response) => void log.push(`response ${response.status}`),
      retry: (error, delay) => void log.push(`retry ${(error as Error).name} ${delay >= 0}`),
      failure: () => void log.push("failure"),
    },
  });
  await send(one, get());
  assert.deepEqual(log, [
    "request getOrder 1",
    "response 500",
    "retry ServerError true",
    "request getOrder 2",
    "response 200",
  ]);
  assert.equal(server.seen[1]?.headers["x-trace"], "t2");
  await failure(send(one, get({ path: "/x", read: readNothing }), { signal: AbortSignal.abort() }));
  assert.equal(log.at(-1), "failure");
});

test("a redirect of anything but GET is an error, not a second request", async () => {
  await using server = await fake(text(307, "", { location: "/elsewhere" }), OK);
  const error = await failure<ApiError>(send(client(server.url), keyed()));
  assert.equal(error.status, 307);
  assert.equal(server.seen.length, 1);
});

test("raw results are streams that end with the caller's signal", async () => {
  await using server = await fake((_, response) => void response.writeHead(200).write("one"));
  const stop = new AbortController();
  const plan = get({ read: readRaw }) as Plan<Response>;
  const response = await send(client(server.url), plan, { signal: stop.signal });
  assert.equal(server.seen[0]?.headers["accept"], "*/*");
  stop.abort();
  await assert.rejects(response.text());
});

test("an unreadable success keeps its text", async () => {
  await using server = await fake(text(200, "not json"));
  const error = await failure<DecodeError>(send(client(server.url, { maxRetries: 0 }), get()));
  assert.ok(error instanceof DecodeError);
  assert.equal(error.body, "not json");
  assert.equal(error.status, 200);
});

test("asking only for the response leaves no unhandled rejection", async () => {
  await using server = await fake(json(404, {}));
  await assert.rejects(send(client(server.url), get()).withResponse(), NotFoundError);
});

test("a body with GET is an error of the caller, unless there is a transport that sends it", async () => {
  await using server = await fake(OK);
  const plan = get({ body: jsonBody({ a: 1 }) });
  await assert.rejects(send(client(server.url), plan), { name: "TypeError", message: /no body with GET/ });
  assert.equal(server.seen.length, 0);
  const fetch = async (_url: string, { body }: RequestInit): Promise<Response> => new Response(String(body));
  assert.deepEqual(await send(client(server.url, { fetch }), plan), { a: 1 });
  await send(client(server.url), get({ body: jsonBody(undefined) }));
});

test("a base URL that is none is an error of the caller", async () => {
  await assert.rejects(send(client("not a url"), get()), TypeError);
});
