/** Server-sent events (the HTML standard, section 9.2) and JSON lines as async iterables. */

import { ConnectionError, DecodeError } from "./errors.js";
import type { Reader } from "./plan.js";

/** One event; `data` is parsed JSON where it is JSON, otherwise text. */
export interface ServerEvent<T> {
  readonly event: string;
  readonly data: T;
  readonly id: string;
  /** Milliseconds to wait before connecting again, where the server says so. */
  readonly retry: number | undefined;
}

/** Events until the server ends them. Leaving the loop closes the connection. */
export type EventStream<T> = AsyncIterable<ServerEvent<T>>;

/** Reads `text/event-stream`. */
export const readEvents: Reader<EventStream<never>> = /* @__PURE__ */ Object.assign(
  async (response: Response) => events(response),
  { streams: true, accept: "text/event-stream" },
);

/** Reads one JSON value a line (`application/jsonl`, `application/x-ndjson`). */
export const readJsonLines: Reader<AsyncIterable<never>> = /* @__PURE__ */ Object.assign(
  async (response: Response) => jsonLines(response),
  { streams: true, accept: "application/jsonl, application/x-ndjson" },
);

async function* events(response: Response): AsyncGenerator<ServerEvent<never>, void, undefined> {
  let id = "";
  let event = "";
  let data: string[] = [];
  let retry: number | undefined;
  for await (const line of lines(response)) {
    if (line === "") {
      if (data.length > 0) {
        yield { event: event || "message", data: value(data.join("\n")) as never, id, retry };
      }
      event = "";
      data = [];
      continue;
    }
    const [, field, text = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "data") data.push(text);
    else if (field === "event") event = text;
    else if (field === "id" && !text.includes("\0")) id = text;
    else if (field === "retry" && /^\d+$/.test(text)) retry = Number(text);
  }
}

async function* jsonLines(response: Response): AsyncGenerator<never, void, undefined> {
  for await (const line of lines(response)) {
    if (line.trim() === "") continue;
    try {
      yield JSON.parse(line) as never;
    } catch (cause) {
      throw new DecodeError(`unreadable line: ${line.slice(0, 80)}`, response.status, line, { cause });
    }
  }
}

/** Lines without their ends; CR, LF and CRLF all end one. */
async function* lines(response: Response): AsyncGenerator<string, void, undefined> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value: chunk = "" } = await reader.read();
      rest += chunk;
      // A CR at the end of a chunk may be the first half of a CRLF.
      const parts = rest.split(done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?=[^])/);
      rest = parts.pop() ?? "";
      yield* parts;
      if (done) break;
    }
    if (rest !== "") yield rest;
  } catch (cause) {
    throw new ConnectionError("the stream broke off", { cause });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function value(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
