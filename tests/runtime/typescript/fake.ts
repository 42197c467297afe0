/** A server on loopback that misbehaves on purpose, and remembers what reached it. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly at: number;
}

export type Answer = (seen: Seen, response: ServerResponse, nth: number) => void | Promise<void>;

export interface Fake extends AsyncDisposable {
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** Starts the server; `answers` are used one a request, the last one for all further requests. */
export async function fake(...answers: Answer[]): Promise<Fake> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
        at: Date.now(),
      };
      seen.push(one);
      const answer = answers[Math.min(seen.length, answers.length) - 1];
      void answer?.(one, response, seen.length);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Answers with JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers with text as it is. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { "content-type": "text/html", ...headers });
    response.end(body);
  };
}

/** Cuts the connection without an answer. */
export const drop: Answer = (_, response) => {
  response.destroy();
};

/** Promises a body and cuts the connection in the middle of it. */
export const truncate: Answer = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"order_id":', () => void response.destroy());
};

/** Never answers. */
export const silence: Answer = () => undefined;
