/** JSON results of contracts that have decimal numbers: every digit of fractions, too, is kept. */

import { parseExact } from "./exact.js";
import type { Reader } from "./plan.js";
import { parse } from "./read.js";

/** A JSON result with every digit. */
export const readDecimalJson: Reader<never> = async (response) =>
  parse(response, (text) => parseExact(text, true));

/** A JSON result with every digit, or none where the response carries no body. */
export const readDecimalJsonOrNothing: Reader<never> = async (response) =>
  parse(response, (text) => (text === "" ? undefined : parseExact(text, true)));

/** By what the server says it sent: JSON with every digit, or else text. */
export const readDecimalAny: Reader<never> = async (response) => {
  const isJson = /[/+]json/i.test(response.headers.get("content-type") ?? "");
  return parse(response, (text) =>
    text === "" ? undefined : isJson ? parseExact(text, true) : text,
  );
};
