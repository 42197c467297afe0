/** Form bodies: `application/x-www-form-urlencoded` and `multipart/form-data`. */

import type { Content } from "./plan.js";
import { deepObject, delimited, form } from "./style.js";

/** How one member of a form travels, where the contract says so. */
export interface PartEncoding {
  readonly contentType?: string;
  readonly style?: string;
  readonly explode?: boolean;
}

type Encodings = Readonly<Record<string, PartEncoding>>;

/** A URL-encoded form. */
export function urlEncoded(value: object | undefined, encodings: Encodings = {}): Content | undefined {
  if (value === undefined) return undefined;
  const pairs = Object.entries(value).flatMap(([name, each]) => {
    const { style, explode = (style ?? "form") === "form" } = encodings[name] ?? {};
    // Without a style of its own an object travels as JSON (OpenAPI 3.1, Encoding Object).
    const plain = style === undefined && encodings[name]?.explode === undefined;
    if (plain) return form([each].flat(), true)(name);
    if (style === "deepObject") return deepObject(each)(name);
    if (style === "spaceDelimited") return delimited(each, "%20")(name);
    if (style === "pipeDelimited") return delimited(each, "%7C")(name);
    return form(each, explode)(name);
  });
  return { type: "application/x-www-form-urlencoded", data: pairs.join("&") };
}

/** A multipart form: files as files, objects as JSON, lists as repeated parts. */
export function multipart(value: object | undefined, encodings: Encodings = {}): Content | undefined {
  if (value === undefined) return undefined;
  const data = new FormData();
  for (const [name, member] of Object.entries(value)) {
    for (const each of [member].flat()) append(data, name, each, encodings[name]?.contentType);
  }
  return { type: "", data };
}

function append(data: FormData, name: string, value: unknown, type: string | undefined): void {
  if (value == null) return;
  if (value instanceof Blob) {
    // A file without a type of its own has the one that the contract states.
    const file = type && !value.type ? new Blob([value], { type }) : value;
    if (value instanceof File) data.append(name, file, value.name);
    else data.append(name, file);
  } else if (value instanceof ArrayBuffer || value instanceof Uint8Array) {
    data.append(name, new Blob([value as Uint8Array<ArrayBuffer>], type ? { type } : {}), name);
  } else if (isObject(value) || type !== undefined) {
    const isText = typeof value === "string" && !/[/+]json/.test(type ?? "");
    const text = isText ? value : JSON.stringify(value);
    data.append(name, new Blob([text], { type: type ?? "application/json" }));
  } else {
    data.append(name, String(value));
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
