/**
 * JSON without loss. `JSON.parse` rounds integers above 2^53 and long fractions; here a number
 * that a double cannot repeat digit for digit becomes a bigint, or a decimal string.
 */

import type { Decimal } from "./decimal.js";
import type { Content, Reader } from "./plan.js";
import { parse } from "./read.js";

/** A 64-bit integer: a number while that is exact, otherwise a bigint. */
export type Int64 = number | bigint;

/** A JSON number read exactly: a number while that is exact, otherwise a decimal string. */
export type DecimalNumber = number | Decimal;

// Strings are matched to be passed over; what is left to match are numbers.
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = "\u0000exact:";

/** `JSON.parse` that keeps every digit. */
export function parseExact(text: string): unknown {
  let marked = false;
  const source = text.replace(TOKEN, (token) => {
    if (token.length < 16 || token.startsWith('"') || survives(token)) return token;
    marked = true;
    return JSON.stringify(MARK + token);
  });
  return marked ? JSON.parse(source, unmark) : JSON.parse(text);
}

/** `JSON.stringify` that writes bigints as numbers. */
export function stringifyExact(value: unknown): string {
  let marked = false;
  const text = JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== "bigint") return each;
    marked = true;
    return MARK + each;
  });
  return marked ? text.replace(/"\\u0000exact:(-?\d+)"/g, "$1") : text;
}

/** A JSON body that may hold bigints. */
export function exactJson(value: unknown, type = "application/json"): Content | undefined {
  return value === undefined ? undefined : { type, data: stringifyExact(value) };
}

/** A JSON result with every digit. */
export const readExactJson: Reader<never> = async (response) => parse(response, parseExact);

/** A JSON result with every digit, or none where the response carries no body. */
export const readExactJsonOrNothing: Reader<never> = async (response) =>
  parse(response, (text) => (text === "" ? undefined : parseExact(text)));

/** By what the server says it sent: JSON with every digit, or else text. */
export const readExactAny: Reader<never> = async (response) => {
  const isJson = /[/+]json/i.test(response.headers.get("content-type") ?? "");
  return parse(response, (text) => (text === "" ? undefined : isJson ? parseExact(text) : text));
};

function survives(token: string): boolean {
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(Number(token));
  const digits = token.replace(/[eE].*/, "").replace(/\D/g, "").replace(/^0+|0+$/g, "");
  return digits.length <= 15;
}

function unmark(_: string, value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith(MARK)) return value;
  const token = value.slice(MARK.length);
  return /^-?\d+$/.test(token) ? BigInt(token) : token;
}
