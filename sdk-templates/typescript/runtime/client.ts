/** A client: plain settings that every call starts from. */

import type { Credential } from "./auth.js";
import type { Hooks } from "./hooks.js";
import type { Limiter } from "./limit.js";

/** Settings of one call; they override the client's. */
export interface CallOptions {
  /** Ends the call, its waits and its retries. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt may take. */
  timeout?: number | undefined;
  /** Milliseconds that the whole call may take, retries and waits included. */
  deadline?: number | undefined;
  /** How often a call that failed in passing is sent again. */
  maxRetries?: number | undefined;
  /** Further request headers; they override the operation's own. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Further query parameters. */
  query?: Readonly<Record<string, string>> | undefined;
}

/** Settings of a client. */
export interface ClientOptions {
  /** Where the API lives, with scheme and, if any, path prefix. */
  baseUrl: string;
  /** Who is calling. Of several credentials, each operation uses those that it asks for. */
  auth?: Credential | readonly Credential[] | undefined;
  /** Milliseconds that one attempt may take. 30,000 unless told. */
  timeout?: number | undefined;
  /** Milliseconds that a whole call may take. 120,000 unless told. */
  deadline?: number | undefined;
  /** How often a call that failed in passing is sent again. 2 unless told. */
  maxRetries?: number | undefined;
  /** Headers of every request. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Called at each step of a call: logging, tracing, tests. */
  hooks?: Hooks | readonly Hooks[] | undefined;
  /** Keeps the client within the contract's rate limits; see `limit.ts`. */
  limiter?: Limiter | undefined;
  /** Called with each result before it is handed over; see `checkResults` of the checks. */
  check?: ((operation: string, result: unknown) => void) | undefined;
  /** The transport, anything that behaves like `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** What the functions of this package take first. */
export interface Client {
  readonly options: Readonly<ClientOptions>;
}

/** A client with these settings. It holds no connection and needs no closing. */
export function clientOf(options: ClientOptions): Client {
  return { options };
}

/** The same client with some settings changed; limits and credentials stay shared. */
export function withOptions(client: Client, changes: Partial<ClientOptions>): Client {
  return { options: { ...client.options, ...changes } };
}

/** One or many, as many. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as T];
}
