/**
 * A venue on loopback for fault tests. It checks signatures as the contract asks, keeps orders by
 * their client id, and does to each request what the script says.
 */

import { createHash, verify, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to one request that would change something. */
export type Fault =
  | "none"
  | "drop-before" // the connection dies, nothing is executed
  | "drop-after" // it is executed, then the connection dies
  | "late" // the connection dies, and it is executed a moment later
  | "garbage-after" // it is executed, the answer is unreadable
  | "truncate-after" // it is executed, the answer breaks off
  | "short-after" // it is executed, Content-Length promises less than the answer
  | "gzip-after" // it is executed, the answer says that it is compressed, and is not
  | "unknown-before" // 504 with outcome unknown, nothing is executed
  | "unknown-after" // 504 with outcome unknown, it is executed
  | "bad-gateway-after" // it is executed, a proxy answers 502
  | "redirect-before" // 307: it is to be sent elsewhere, nothing is executed
  | "redirect-after" // 303: it is executed, the answer is elsewhere
  | "overloaded" // 503, not executed
  | "limited" // 429 with Retry-After: 0
  | "limited-past" // 429 with a date that has passed
  | "limited-negative" // 429 with Retry-After: -5
  | "limited-long" // 429 with a Retry-After beyond every deadline
  | "slow" // it is executed, the answer does not come while the client waits
  | "stall-after"; // it is executed, the rest of the answer does not come

export interface Venue {
  readonly url: string;
  /** How often each client id was placed: never more than once. */
  readonly placed: Map<string, number>;
  readonly problems: string[];
  /** Milliseconds that the venue's clock is ahead. */
  skew: number;
  /** How many cancels of all orders were executed, and how often the switch was set. */
  readonly done: Map<string, number>;
  /** What to do to requests, one after the other: by the order's client id, or the operation. */
  readonly script: Map<string, Fault[]>;
  close(): Promise<void>;
}

/** The version of every order. */
export const VERSION = "9007199254740993";

interface Order {
  readonly client_order_id: string;
}

/** Status and body of what was executed. */
type Done = readonly [status: number, body: object];

export async function venue(key: KeyObject): Promise<Venue> {
  const orders = new Map<string, Order>();
  const nonces = new Set<string>();
  const state = {
    placed: new Map<string, number>(),
    done: new Map<string, number>(),
    problems: [] as string[],
    skew: 0,
    script: new Map<string, Fault[]>(),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handle(request, Buffer.concat(chunks), response));
  });

  function handle(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const refusal = refused(request, body);
    if (refusal !== undefined) {
      state.problems.push(refusal);
      const server_time = new Date(Date.now() + state.skew).toISOString();
      return problem(response, 401, refusal, "not_executed", { server_time });
    }
    const [path = ""] = (request.url ?? "").split("?");
    const what = `${request.method} ${path}`;
    if (what === "POST /v1/orders") {
      const order = JSON.parse(body.toString()) as Order;
      const expires = Number(/;expires=(\d+)/.exec(String(request.headers["signature-input"]))?.[1]);
      return perform(order.client_order_id, () => placed(order, expires * 1000), response);
    }
    if (what === "DELETE /v1/orders") return perform("cancelOrders", canceled, response);
    if (what === "PUT /v1/cancel-after") {
      const { timeout_ms } = JSON.parse(body.toString()) as { timeout_ms: number };
      return perform("setCancelAfter", () => [200, { timeout_ms, trigger_time: null }], response);
    }
    const order = orders.get(decodeURIComponent(path.split("/").at(-1) ?? ""));
    if (order === undefined) return problem(response, 404, "order_not_found", "not_executed");
    answer(response, 200, shown(order));
  }

  function placed(order: Order, expires: number): Done {
    const id = order.client_order_id;
    const replayed = orders.has(id);
    if (!replayed && Date.now() + state.skew <= expires) {
      orders.set(id, order);
      state.placed.set(id, (state.placed.get(id) ?? 0) + 1);
    }
    return [replayed ? 200 : 201, { ...shown(order), replayed }];
  }

  function canceled(): Done {
    const order_ids = [...orders.keys()].map((id) => `ord_${id}`);
    orders.clear();
    return [200, { order_ids }];
  }

  /** Executes, or not, and answers, or not, as the script says. */
  function perform(name: string, act: () => Done, response: ServerResponse): void {
    const fault = state.script.get(name)?.shift() ?? "none";
    const execute = (): Done => {
      state.done.set(name, (state.done.get(name) ?? 0) + 1);
      return act();
    };
    const limited = (wait: string): void =>
      problem(response, 429, "rate_limited", "not_executed", {}, { "retry-after": wait });
    if (fault === "drop-before") return void response.destroy();
    if (fault === "overloaded") return problem(response, 503, "overloaded", "not_executed");
    if (fault === "limited") return limited("0");
    if (fault === "limited-past") return limited(new Date(0).toUTCString());
    if (fault === "limited-negative") return limited("-5");
    if (fault === "limited-long") return limited("99999999999");
    if (fault === "redirect-before") return void response.writeHead(307, { location: "/v2/orders" }).end();
    if (fault === "unknown-before") return problem(response, 504, "timeout_unknown", "unknown");
    if (fault === "late") {
      setTimeout(execute, 300);
      return void response.destroy();
    }
    const [status, body] = execute();
    if (fault === "slow") return; // until the client gives up
    if (fault === "drop-after") return void response.destroy();
    if (fault === "unknown-after") return problem(response, 504, "timeout_unknown", "unknown");
    if (fault === "garbage-after") return void response.writeHead(200).end("<html>");
    if (fault === "bad-gateway-after") return void response.writeHead(502).end("<html>");
    if (fault === "redirect-after") return void response.writeHead(303, { location: "/v1/orders/1" }).end();
    const text = serialised(body);
    const length = Buffer.byteLength(text);
    const headers = { "content-type": "application/json", "content-length": length };
    if (fault === "short-after") {
      // Not by node's own writer, which would not let this pass.
      response.socket?.end(`HTTP/1.1 ${status} OK\r\ncontent-length: ${length - 9}\r\n\r\n${text}`);
      return;
    }
    if (fault === "gzip-after") {
      return void response.writeHead(status, { ...headers, "content-encoding": "gzip" }).end(text);
    }
    response.writeHead(status, headers);
    if (fault === "truncate-after") {
      return void response.write(text.slice(0, 10), () => void response.destroy());
    }
    if (fault === "stall-after") return void response.write(text.slice(0, 10)); // and no more
    response.end(text);
  }

  /** Why a request is not accepted, as the contract's signature profile has it. */
  function refused(request: IncomingMessage, body: Buffer): string | undefined {
    const input = String(request.headers["signature-input"] ?? "").replace(/^sig1=/, "");
    const signature = /^sig1=:(.+):$/.exec(String(request.headers["signature"] ?? ""))?.[1];
    if (signature === undefined) return "credentials_missing";
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
    if (body.length > 0 && request.headers["content-digest"] !== digest) return "signature_invalid";
    const lines = [
      `"@method": ${request.method}`,
      `"@authority": ${url.host}`,
      `"@path": ${url.pathname}`,
      `"@query": ${url.search || "?"}`,
      ...(body.length > 0 ? [`"content-digest": ${digest}`] : []),
      `"@signature-params": ${input}`,
    ];
    if (!verify(null, Buffer.from(lines.join("\n")), key, Buffer.from(signature, "base64"))) return "signature_invalid";
    const now = (Date.now() + state.skew) / 1000;
    const created = Number(/;created=(\d+)/.exec(input)?.[1]);
    const expires = Number(/;expires=(\d+)/.exec(input)?.[1]);
    if (created > now + 1 || expires < now || expires - created > 30) return "timestamp_out_of_window";
    const nonce = /;nonce="([^"]+)"/.exec(input)?.[1] ?? "";
    if (nonces.has(nonce)) return "nonce_reused";
    nonces.add(nonce);
    return undefined;
  }

  function shown(order: Order): object {
    return { order_id: `ord_${order.client_order_id}`, version: VERSION, ...order };
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
}

function answer(response: ServerResponse, status: number, body: object, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(serialised(body));
}

/** JSON with a version that no double can hold. */
function serialised(body: object): string {
  return JSON.stringify(body).replace(`"${VERSION}"`, VERSION);
}

function problem(
  response: ServerResponse,
  status: number,
  code: string,
  outcome: string,
  more: object = {},
  fields: Record<string, string> = {},
): void {
  const headers = { "content-type": "application/problem+json", "retry-after": "0", ...fields };
  answer(response, status, { type: "about:blank", title: code, status, code, outcome, ...more }, headers);
}
