// What these tests share: calls and messages as data, and a transport that answers from them.
// @ts-check

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as auth from "northgate/auth";
import { createClient } from "northgate";

/**
 * A request as the contract has it.
 *
 * @typedef {object} Sent
 * @property {string} method
 * @property {string} path
 * @property {string} [server] of this operation alone
 * @property {[string, string][]} query decoded
 * @property {string} [rawQuery]
 * @property {Record<string, string>} headers
 * @property {[string, string][]} cookies
 * @property {string} type media type
 * @property {"none" | "json" | "form" | "parts" | "text"} kind
 * @property {any} body JSON as its text
 */

/**
 * One part of a multipart body; `value` is JSON as its text where the type is JSON.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {string} value
 * @property {string} type
 * @property {boolean} file
 */

/**
 * An answer that the contract allows; `items` are what a stream says, one after the other.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {"none" | "json" | "text" | "events" | "lines"} kind
 * @property {string} content
 * @property {true} [base64] `content` is that of octets which are no text
 * @property {any[]} [items]
 */

/**
 * @typedef {object} Case
 * @property {string} operation
 * @property {string} module
 * @property {string} function
 * @property {any} given
 * @property {Sent} sent
 * @property {Answer} answer
 * @property {"" | "Exact" | "Decimal"} exact whose digits are kept that `JSON.parse` would round
 */

/** All cases, as `cases.json` has them. */
export const data = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));

const BASE = "https://sdk.test/base";

/** Credentials that no server has to know; a mock takes any. */
const credentials = data.credentials.map((/** @type {[string, any[]]} */ [name, values]) =>
  /** @type {any} */ (auth)[name](...values),
);

/** A client of a running server. */
export function connect(/** @type {string} */ baseUrl) {
  return createClient({ baseUrl, auth: credentials });
}

/**
 * A request as it was sent.
 *
 * @typedef {object} Seen
 * @property {URL} url
 * @property {string} method
 * @property {Headers} headers
 * @property {Response} content
 */

/** A client that is given one answer, and the requests that it made. */
export function answering(/** @type {Answer} */ answer) {
  /** @type {Seen[]} */
  const seen = [];
  const client = createClient({
    baseUrl: BASE,
    auth: credentials,
    maxRetries: 0,
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      const content = new Response(init.body ?? null, { headers: typed(headers) });
      seen.push({ url: new URL(url), method: String(init.method), headers, content });
      const { status, content: text, base64 } = answer;
      const bytes = base64 ? Buffer.from(text, "base64") : text;
      const bodiless = [204, 205, 304].includes(status);
      return new Response(bodiless ? null : bytes, { status, headers: answer.headers });
    },
  });
  return { client, seen };
}

/** Only what tells the type of a body; without it, a form's boundary is its own. */
function typed(/** @type {Headers} */ headers) {
  const type = headers.get("content-type");
  return type === null ? new Headers() : new Headers({ "content-type": type });
}

/** Calls the function of a case. */
export async function call(
  /** @type {Case} */ one,
  /** @type {object} */ client,
  /** @type {any} */ given = one.given,
) {
  const module = await import(`northgate/${one.module}`);
  return module[one.function](client, revived(given));
}

/**
 * Arguments out of JSON: bigints and files, which it cannot say, are objects with one `$` member.
 *
 * @returns {any}
 */
function revived(/** @type {any} */ value) {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  if (typeof value.$bigint === "string") return BigInt(value.$bigint);
  if (typeof value.$blob === "string") return new Blob([value.$blob]);
  /** @type {Record<string, unknown>} */
  const made = {};
  for (const [name, each] of Object.entries(value)) {
    Object.defineProperty(made, name, { value: revived(each), enumerable: true });
  }
  return made;
}

/** Checks a request against what the contract says. */
export async function checkRequest(/** @type {Sent} */ sent, /** @type {Seen[]} */ seen) {
  const [made, ...more] = seen;
  assert.ok(made && more.length === 0, `${seen.length} requests`);
  const base = new URL(sent.server ?? BASE);
  assert.equal(made.url.origin, base.origin);
  assert.equal(made.method, sent.method);
  const [path = "", fixed = ""] = sent.path.split("?");
  const prefix = base.pathname.replace(/\/+$/, "");
  assert.deepEqual(made.url.pathname.split("/").map(decoded), (prefix + path).split("/").map(decoded));
  const query = [...pairs(fixed), ...(sent.rawQuery ? pairs(sent.rawQuery) : sent.query)];
  checkPairs(pairs(made.url.search.slice(1)), query);
  for (const [name, value] of Object.entries(sent.headers)) {
    assert.equal(made.headers.get(name), value, name);
  }
  const crumbs = (made.headers.get("cookie") ?? "").split("; ").filter(Boolean);
  for (const [name, value] of sent.cookies) {
    assert.ok(crumbs.map(decoded).includes(`${name}=${value}`), `cookie ${name}`);
  }
  const type = (made.content.headers.get("content-type") ?? "").split(";")[0] ?? "";
  if (sent.type) assert.equal(type.trim().toLowerCase(), sent.type.toLowerCase());
  await checkBody(sent, made.content);
}

/** Pairs of a query or a form, names of secrets apart. Numbers may be written in another way. */
function checkPairs(/** @type {[string, string][]} */ made, /** @type {[string, string][]} */ stated) {
  const spelled = (/** @type {[string, string][]} */ list) =>
    sorted(list.filter(([name]) => !data.secrets.includes(name))).map(([name, value]) => [
      name,
      /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) ? plain(value) : value,
    ]);
  assert.deepEqual(spelled(made), spelled(stated));
}

async function checkBody(/** @type {Sent} */ sent, /** @type {Response} */ content) {
  switch (sent.kind) {
    case "json":
      return assert.deepEqual(exactly(await content.text()), exactly(sent.body));
    case "form":
      return checkPairs(pairs(await content.text()), sent.body);
    case "parts":
      return checkParts(sent.body, await content.formData());
    default:
      return assert.equal(await content.text(), sent.kind === "text" ? sent.body : "");
  }
}

async function checkParts(
  /** @type {Part[]} */ parts,
  /** @type {FormData} */ form,
) {
  const made = [...form];
  assert.deepEqual(made.map(([name]) => name), parts.map(({ name }) => name));
  for (const [index, { value, type, file }] of parts.entries()) {
    const part = made[index]?.[1] ?? "";
    const text = typeof part === "string" ? part : await part.text();
    if (/[/+]json/.test(type)) assert.deepEqual(exactly(text), exactly(value));
    else if (text !== value) assert.equal(plain(text), plain(value));
    if (file) assert.ok(part instanceof File);
    if (type && typeof part !== "string") assert.equal(part.type, type);
  }
}

/** Reads to the end whatever a call gave. */
export async function drain(/** @type {any} */ result) {
  if (result instanceof Response) await result.arrayBuffer();
  else if (result?.[Symbol.asyncIterator]) for await (const _ of result);
}

/** Checks a result against the answer that was given. */
export async function checkResult(
  /** @type {Case} */ one,
  /** @type {any} */ result,
  answer = one.answer,
) {
  const { kind, content, items = [] } = answer;
  if (result instanceof Response) {
    const text = Buffer.from(await result.arrayBuffer());
    assert.equal(text.toString(answer.base64 ? "base64" : "utf8"), content);
  } else if (kind === "events" || kind === "lines") {
    const found = [];
    for await (const item of result) found.push(kind === "events" ? item.data : item);
    assert.deepEqual(found, items);
  } else if (kind === "json") {
    assert.deepEqual(result, parsed(content, one.exact));
  } else {
    assert.equal(result, kind === "text" ? content : undefined);
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON as the SDK promises to read it: numbers, and what no number can be without loss. */
function parsed(/** @type {string} */ text, /** @type {string} */ exact) {
  /** @type {unknown[]} */
  const large = [];
  const marked = text.replace(TOKEN, (token) => {
    if (token.startsWith('"') || !exact) return token;
    const whole = /^-?\d+$/.test(token);
    if (whole ? Number.isSafeInteger(Number(token)) : exact === "Exact" || plain(token) === token) {
      return token;
    }
    return `{"$large":${large.push(whole ? BigInt(token) : token) - 1}}`;
  });
  return JSON.parse(marked, (_, value) =>
    typeof value?.$large === "number" ? large[value.$large] : value,
  );
}

/** JSON as data whose numbers are texts, equal if and only if the numbers are. */
function exactly(/** @type {string} */ text) {
  const marked = text.replace(TOKEN, (token) =>
    token.startsWith('"') ? token : `{"$number":"${plain(token)}"}`,
  );
  return JSON.parse(marked);
}

/** A number as a double prints it, if that loses nothing; otherwise as it is. */
function plain(/** @type {string} */ token) {
  const short = String(Number(token));
  const digits = (/** @type {string} */ number) =>
    number.replace(/[eE].*/, "").replace(/\D/g, "").replace(/^0+|0+$/g, "");
  return digits(short) === digits(token) ? short : token;
}

/** @returns {[string, string][]} */
function pairs(/** @type {string} */ query) {
  return query
    .split("&")
    .filter(Boolean)
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [decoded(name), decoded(value.join("="))];
    });
}

/** Pairs by name; those of one name keep their order. */
function sorted(/** @type {[string, string][]} */ list) {
  return [...list].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function decoded(/** @type {string} */ text) {
  return decodeURIComponent(text);
}
