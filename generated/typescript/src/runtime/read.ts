/** Readers: from a successful response to a result. */

import { DecodeError } from "./errors.js";
import type { Reader } from "./plan.js";

/** A JSON result. An empty or unreadable body is an error: the contract promises one. */
export const readJson: Reader<never> = async (response) => parse(response, JSON.parse);

/** No result. */
export const readNothing: Reader<void> = async (response) => {
  await response.body?.cancel();
};

/** A JSON result, or none where the response carries no body. */
export const readJsonOrNothing: Reader<never> = async (response) =>
  parse(response, (text) => (text === "" ? undefined : JSON.parse(text)));

/** Text as it came. */
export const readText: Reader<string> = (response) => response.text();

/** By what the server says it sent: JSON, or else text; nothing for an empty body. */
export const readAny: Reader<never> = async (response) => {
  const isJson = /[/+]json/i.test(response.headers.get("content-type") ?? "");
  return parse(response, (text) => (text === "" ? undefined : isJson ? JSON.parse(text) : text));
};

/** The response itself, its body unread: download it as a stream, blob or buffer. */
export const readRaw: Reader<Response> = /* @__PURE__ */ Object.assign(
  async (response: Response) => response,
  { streams: true, accept: "*/*" },
);

/** Reads the text, then parses it; what cannot be parsed is a `DecodeError` that holds it. */
export async function parse(response: Response, parser: (text: string) => unknown): Promise<never> {
  const text = await response.text();
  try {
    return parser(text) as never;
  } catch (cause) {
    throw new DecodeError(`unreadable body: ${text.slice(0, 80)}`, response.status, text, { cause });
  }
}
