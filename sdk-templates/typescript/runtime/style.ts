/**
 * Parameter styles of OpenAPI beyond the plain ones: delimited lists, objects, `label`, `matrix`,
 * `deepObject`, JSON. Each query helper writes the pairs of one parameter.
 */

import { pair, type Scalar } from "./query.js";

type Pairs = (name: string) => string[];

/** `style: form`, any value; objects become one pair a member when exploded. */
export function form(value: unknown, explode: boolean): Pairs {
  if (!explode) return delimited(value, ",");
  return (name) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, each]) => pair(key, plain(each)))
      : [value].flat().flatMap((each) => pair(name, plain(each)));
}

/** One pair whose items are joined by `,`, `%20` or `%7C` (form, spaceDelimited, pipeDelimited). */
export function delimited(value: unknown, separator: string): Pairs {
  return (name) => {
    if (value == null) return [];
    const items = flattened(value).map(encoded);
    return [`${encodeURIComponent(name)}=${items.join(separator)}`];
  };
}

/**
 * `style: deepObject`: `filter[side]=buy&filter[price][gte]=1`; the items of lists as `tags[]=a`,
 * and by their index where they have members: `legs[0][id]=1`.
 */
export function deepObject(value: unknown): Pairs {
  return (name) => {
    if (typeof value !== "object" || value === null) return pair(name, value);
    const flat = Array.isArray(value) && value.every((each) => Object(each) !== each);
    return Object.entries(value).flatMap(([key, each]) =>
      deepObject(each)(`${name}[${flat ? "" : key}]`),
    );
  };
}

/** A parameter that travels as JSON (`content: application/json`). */
export function jsonParameter(value: unknown): Pairs {
  return (name) => (value === undefined ? [] : pair(name, JSON.stringify(value)));
}

/** `allowReserved: true`: the characters that have a meaning in URLs stay as they are. */
export function reserved(value: unknown): Pairs {
  return (name) =>
    [value].flat().flatMap((each) =>
      each == null ? [] : [`${encodeURIComponent(name)}=${unreserved(String(plain(each)))}`],
    );
}

/** OpenAPI 3.2 `in: querystring`: the whole query as one form. */
export function wholeQuery(value: unknown): Pairs {
  return () => (isObject(value) ? form(value, true)("") : value == null ? [] : [encoded(value)]);
}

/** A path parameter in style `simple`, `label` or `matrix`. */
export function pathStyle(
  style: "simple" | "label" | "matrix",
  name: string,
  value: unknown,
  explode: boolean,
): string {
  const key = encodeURIComponent(name);
  if (style === "simple") return climbless(listed(value, explode, encoded));
  if (style === "label") return `.${listed(value, explode, encoded, explode ? "." : ",")}`;
  if (!explode) return `;${key}=${listed(value, false, encoded)}`;
  const named = isObject(value)
    ? Object.entries(value).map(([member, each]) => `${encodeURIComponent(member)}=${encoded(each)}`)
    : [value].flat().map((each) => `${key}=${encoded(each)}`);
  return `;${named.join(";")}`;
}

/** A header in style `simple`. */
export function headerStyle(value: unknown, explode: boolean): string | undefined {
  return value == null ? undefined : listed(value, explode, (each) => String(plain(each)));
}

function listed(
  value: unknown,
  explode: boolean,
  spell: (value: unknown) => string,
  separator = ",",
): string {
  if (!explode || !isObject(value)) return flattened(value).map(spell).join(separator);
  const members = Object.entries(value).map(([key, each]) => `${spell(key)}=${spell(each)}`);
  return members.join(separator);
}

function climbless(text: string): string {
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`"${text}" cannot stand in a path`);
  return text;
}

function flattened(value: unknown): unknown[] {
  if (!isObject(value)) return [value].flat();
  return Object.entries(value).flatMap(([key, each]) => (each == null ? [] : [key, each]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Scalars as they are; what is nested deeper than a style can say becomes JSON. */
function plain(value: unknown): Scalar | null | undefined {
  return typeof value === "object" && value !== null
    ? JSON.stringify(value)
    : (value as Scalar | null | undefined);
}

function encoded(value: unknown): string {
  return encodeURIComponent(String(plain(value)));
}

function unreserved(text: string): string {
  // `&`, `#` and `+` would still change what the query means.
  return encodeURI(text).replace(/[&#+]/g, encodeURIComponent);
}
