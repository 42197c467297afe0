/** A request as data: what a generated function hands to `send`. */

import type { CallOptions } from "./client.js";
import type { QueryValue, Scalar } from "./query.js";

/** What `fetch` takes as a body. */
export type Body = NonNullable<RequestInit["body"]>;

/** A body ready to be sent. `type` is empty where `fetch` must choose it (multipart). */
export interface Content {
  readonly type: string;
  readonly data: Body;
}

/** Turns a successful response into a result. */
export interface Reader<T> {
  (response: Response): Promise<T>;
  /** The result is a live stream: time limits end when the headers are there. */
  readonly streams?: boolean;
  /** Value of the `Accept` header. */
  readonly accept?: string;
}

/** How an operation is made safe to repeat. */
export interface Key {
  /** The value that names this request for ever. */
  readonly value: string;
  /** Asks what became of it. */
  readonly lookup?: (options?: CallOptions) => Promise<unknown>;
  /** Error codes by which the look-up says "no such thing"; empty: any 404 says so. */
  readonly absent?: readonly string[];
}

/** One request, not yet sent. */
export interface Plan<T> {
  /** Operation id. */
  readonly id: string;
  readonly method: string;
  /** Path with its parameters filled in and encoded. */
  readonly path: string;
  /** Where the operation lives, if not at the client's base URL. */
  readonly server?: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly headers?: Readonly<Record<string, Scalar | readonly Scalar[] | null | undefined>>;
  readonly cookies?: Readonly<Record<string, Scalar | null | undefined>>;
  readonly body?: Content | undefined;
  readonly read: Reader<T>;
  /** Alternatives; each is a set of security schemes that must be used together. */
  readonly security?: readonly (readonly string[])[];
  /** Whether sending it twice does what sending it once does. By default, the method says. */
  readonly idempotent?: boolean;
  readonly key?: Key;
  /** Rate limit bucket, and what the call takes from it. */
  readonly cost?: readonly [bucket: string, tokens: number];
}

/** A request on its way out. Credentials and hooks may change it. */
export interface Outgoing {
  readonly method: string;
  url: string;
  readonly headers: Headers;
  body: Body | undefined;
  redirect: NonNullable<RequestInit["redirect"]>;
}
