/** The error of a keyed operation whose fate is not known, and the way to find out. */

import type { CallOptions } from "./client.js";
import { NotFoundError, SdkError } from "./errors.js";
import type { Key } from "./plan.js";
import { sleep } from "./retry.js";

/** What became of a request. */
export type Resolution<T> =
  | { readonly outcome: "executed"; readonly value: T }
  | { readonly outcome: "not_executed" }
  | { readonly outcome: "unknown" };

/**
 * The request may or may not have been executed; `cause` says why that is not known.
 *
 * @example
 * if (error instanceof OutcomeUnknownError) {
 *   const found = await error.resolve<Order>();
 *   if (found.outcome === "executed") console.log(found.value.status);
 * }
 */
export class OutcomeUnknownError extends SdkError {
  /** The idempotency key that all attempts carried. */
  readonly key: string;
  /** Local time in ms from which the request can no longer be executed; may be Infinity. */
  readonly notAfter: number;
  readonly #key: Key;

  constructor(operation: string, key: Key, notAfter: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${operation}: outcome unknown for key ${key.value} (${why})`, { cause });
    this.key = key.value;
    this.notAfter = notAfter;
    this.#key = key;
  }

  override get name(): string {
    return "OutcomeUnknownError";
  }

  /**
   * Looks the request up by its key. "Not there" counts only once no attempt can be executed
   * any more, so this may wait until the last signature has expired (seconds).
   */
  async resolve<T = unknown>(options: CallOptions = {}): Promise<Resolution<T>> {
    const { lookup, absent = [] } = this.#key;
    for (;;) {
      const final = Date.now() > this.notAfter;
      try {
        if (lookup) return { outcome: "executed", value: (await lookup(options)) as T };
      } catch (error) {
        const gone = absent.length === 0 || absent.includes((error as NotFoundError).code ?? "");
        if (!(error instanceof NotFoundError) || !gone) throw error;
        if (final) return { outcome: "not_executed" };
      }
      if (!lookup || this.notAfter === Infinity) return { outcome: "unknown" };
      const reason = await sleep(this.notAfter + 1 - Date.now(), options.signal);
      if (reason !== undefined) throw reason;
    }
  }
}
