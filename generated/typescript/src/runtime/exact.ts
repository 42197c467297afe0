/**
 * JSON without loss. `JSON.parse` rounds integers above 2^53 and long fractions; here an integer
 * that a double cannot repeat digit for digit becomes a bigint (and in `fractions.ts`, where a
 * contract has decimal numbers, a fraction a decimal string).
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

/**
 * `JSON.parse` that keeps every digit of integers, and of `fractions` where that is asked for.
 * Elsewhere fractions are binary floating point by contract, however many digits a server prints.
 */
export function parseExact(text: string, fractions = false): unknown {
  if (!fractions && !/\d{16}/.test(text)) return JSON.parse(text); // no integer is that long
  let mark = "";
  const source = text.replace(TOKEN, (token) => {
    if (token.startsWith('"') || survives(token, fractions)) return token;
    mark ||= unguessable();
    return JSON.stringify(mark + token);
  });
  if (!mark) return JSON.parse(text);
  return JSON.parse(source, (_, value: unknown) => {
    if (typeof value !== "string" || !value.startsWith(mark)) return value;
    const token = value.slice(mark.length);
    return /^-?\d+$/.test(token) ? BigInt(token) : token;
  });
}

/** `JSON.stringify` that writes bigints as numbers. */
export function stringifyExact(value: unknown): string {
  let mark = "";
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === "bigint" ? (mark ||= unguessable()) + each : each,
  );
  if (!mark) return text;
  return text.replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

/** A JSON body that may hold bigints. */
export function exactJson(value: unknown, type = "application/json"): Content | undefined {
  return value === undefined ? undefined : { type, data: stringifyExact(value) };
}

/** A JSON result with every digit of its integers. */
export const readExactJson: Reader<never> = async (response) =>
  parse(response, (text) => parseExact(text));

/** A JSON result with every digit of its integers, or none where the response carries no body. */
export const readExactJsonOrNothing: Reader<never> = async (response) =>
  parse(response, (text) => (text === "" ? undefined : parseExact(text)));

/** By what the server says it sent: JSON with every digit of its integers, or else text. */
export const readExactAny: Reader<never> = async (response) => {
  const isJson = /[/+]json/i.test(response.headers.get("content-type") ?? "");
  return parse(response, (text) => (text === "" ? undefined : isJson ? parseExact(text) : text));
};

/** Whether a double repeats the number digit for digit (trailing zeros apart). */
function survives(token: string, fractions: boolean): boolean {
  if (/^-?\d{1,15}(\.\d)?$/.test(token)) return true;
  const value = Number(token);
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(value);
  return !fractions || (Number.isFinite(value) && digits(token) === digits(String(value)));
}

/** What is left of a number without sign, point, exponent, and the zeros around it. */
function digits(number: string): string {
  return number.replace(/[eE].*/, "").replace(/\D/g, "").replace(/^0+|0+$/g, "");
}

/** Marks a number for a moment; no text from outside can contain it. */
function unguessable(): string {
  return `${crypto.getRandomValues(new Uint32Array(4)).join("-")}:`;
}
