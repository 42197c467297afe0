/** One attempt: build the request, sign it, send it, read the answer, all within its time. */

import type { Credential } from "./auth.js";
import type { Exchange } from "./call.js";
import { listOf, type CallOptions, type ClientOptions } from "./client.js";
import { apiError, ConnectionError, SdkError, TimeoutError } from "./errors.js";
import type { Hooks, Step } from "./hooks.js";
import type { Outgoing, Plan } from "./plan.js";
import { pair, queryString } from "./query.js";
import { LONGEST } from "./retry.js";

/** What one call knows while it lasts. */
export interface CallState<T> {
  readonly client: Readonly<ClientOptions>;
  readonly plan: Plan<T>;
  readonly options: CallOptions;
  readonly hooks: readonly Hooks[];
  /** Local time in ms at which the call must be over. */
  readonly end: number;
  step: Step;
  /** Some attempt may have been executed. */
  doubtful: boolean;
  /** Local time in ms from which no attempt so far can still be executed. */
  notAfter: number;
  /** The credentials have had their one chance to mend a 401. */
  recovered: boolean;
}

/** Makes one attempt; throws what went wrong and keeps `doubtful` and `notAfter` up to date. */
export async function attempt<T>(state: CallState<T>): Promise<Exchange<T>> {
  const { client, options, plan } = state;
  const { signal, timeout = client.timeout ?? 30_000 } = options;
  const limit = new AbortController();
  const stop = (): void => limit.abort(signal?.reason);
  const time = Math.max(Math.min(timeout, state.end - Date.now(), LONGEST), 0);
  const timer = setTimeout(() => limit.abort(new TimeoutError(`no answer in ${time} ms`)), time);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  let live = false;
  try {
    const exchange = await exchanged(state, limit.signal);
    live = plan.read.streams === true;
    return exchange;
  } finally {
    clearTimeout(timer);
    if (!live) signal?.removeEventListener("abort", stop);
  }
}

async function exchanged<T>(state: CallState<T>, limit: AbortSignal): Promise<Exchange<T>> {
  const { client, hooks, plan, step, doubtful } = state;
  const request = await prepared(state, limit);
  state.doubtful = true; // from here on the server may have it
  try {
    const fetch = client.fetch ?? globalThis.fetch;
    const response = await online(limit, () => fetch(request.url, init(request, limit)));
    if (plan.cost) client.limiter?.update(plan.cost[0], response);
    for (const hook of hooks) await hook.response?.(response, request, step);
    if (!response.ok) throw await online(limit, () => failed(response));
    const data = await online(limit, () => plan.read(response));
    client.check?.(plan.id, data);
    return { data, response };
  } catch (error) {
    if (error instanceof SdkError && error.outcome !== "unknown") state.doubtful = doubtful;
    throw error;
  }
}

/** The request of this attempt: within the rate limit, changed by hooks, then signed. */
async function prepared(state: CallState<unknown>, limit: AbortSignal): Promise<Outgoing> {
  const { client, plan, options, step } = state;
  try {
    if (plan.cost) await client.limiter?.acquire(...plan.cost, limit);
    const request = outgoing(client, plan, options);
    for (const hook of state.hooks) await hook.request?.(request, step);
    let lease = Infinity;
    for (const credential of chosen(client, plan)) {
      lease = Math.min(lease, (await credential.apply(request, limit)) ?? Infinity);
    }
    if (request.body !== undefined && /^(GET|HEAD)$/.test(request.method) && !client.fetch) {
      throw new TypeError(`fetch sends no body with ${request.method}: give \`fetch\` a transport`);
    }
    limit.throwIfAborted();
    state.notAfter = Math.max(state.notAfter, lease);
    return request;
  } catch (error) {
    if (error instanceof SdkError) error.outcome = "not_executed"; // nothing was sent
    throw error;
  }
}

function outgoing(client: ClientOptions, plan: Plan<unknown>, options: CallOptions): Outgoing {
  const { method, path, server, query, cookies, body, read } = plan;
  const url = (server ?? client.baseUrl).replace(/\/+$/, "") + path;
  const headers = new Headers({ accept: read.accept ?? "application/json" });
  if (body?.type) headers.set("content-type", body.type);
  for (const given of [client.headers, plan.headers, options.headers]) {
    for (const [name, value] of Object.entries(given ?? {})) {
      if (value != null) headers.set(name, String(value));
    }
  }
  const crumbs = Object.entries(cookies ?? {}).flatMap(([name, value]) => pair(name, value));
  if (crumbs.length > 0) headers.set("cookie", crumbs.join("; "));
  return {
    method,
    url: new URL(url + queryString({ ...query, ...options.query }, path.includes("?"))).href,
    headers,
    body: body?.data,
    // A redirected order would be sent twice, or turned into a GET.
    redirect: /^(GET|HEAD)$/.test(method) ? "follow" : "manual",
  };
}

/** The credentials of the first alternative that can be met in full. */
function chosen({ auth }: ClientOptions, { security = [] }: Plan<unknown>): readonly Credential[] {
  const known = new Map(listOf(auth).map((credential) => [credential.scheme, credential]));
  const schemes = security.find((all) => all.length > 0 && all.every((name) => known.has(name)));
  return (schemes ?? []).flatMap((name) => known.get(name) ?? []);
}

function init({ method, headers, body, redirect }: Outgoing, signal: AbortSignal): RequestInit {
  const stream = body instanceof ReadableStream ? { duplex: "half" } : {};
  return { method, headers, signal, redirect, ...(body === undefined ? {} : { body }), ...stream };
}

/** Does what needs the network, and says in our own terms how it failed. */
async function online<T>(limit: AbortSignal, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (limit.aborted) throw limit.reason;
    if (cause instanceof SdkError) throw cause;
    const error = new ConnectionError("no answer: the connection failed", { cause });
    if (neverSent(cause)) error.outcome = "not_executed";
    throw error;
  }
}

/** Whether the connection was never made (Node's codes; elsewhere nobody can tell). */
function neverSent(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(String(cause?.code));
}

async function failed(response: Response): Promise<SdkError> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: a proxy's page. The text is the body.
  }
  return apiError(response.status, response.headers, body);
}
