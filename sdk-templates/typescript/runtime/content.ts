/** Request bodies in JSON, and bodies that are sent as they are. */

import type { Content } from "./plan.js";

/** What can be sent as it is. */
export type Upload = Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | string;

/** A JSON body; none where there is no value. */
export function json(value: unknown, type = "application/json"): Content | undefined {
  return value === undefined ? undefined : { type, data: JSON.stringify(value) };
}

/** The members of an optional body; none where none is given, so that no body is sent. */
export function anyOf<T extends object>(members: T): T | undefined {
  return Object.values(members).some((each) => each !== undefined) ? members : undefined;
}

/** A body as it is: a file, text, a stream. A stream can be sent only once, so never again. */
export function upload(value: Upload | undefined, type: string): Content | undefined {
  return value === undefined ? undefined : { type, data: value };
}
