/** When to try again, and after how long. */

import { ApiError, type SdkError } from "./errors.js";
import type { Plan } from "./plan.js";

/** The longest time in ms that a timer can be set to; beyond it, it goes off at once. */
export const LONGEST = 2 ** 31 - 1;

/** Whether the failure may pass and repeating the request does no harm. */
export function shouldRetry(error: SdkError, plan: Plan<unknown>): boolean {
  if (error instanceof ApiError) {
    const passing = /^(408|425|429|50[02-4])$/.test(String(error.status));
    if (!(error.retryable ?? passing)) return false;
  } else if (error.outcome === "executed") {
    return false; // the answer is at fault, and would be again
  }
  const { key, idempotent = /^(GET|HEAD|OPTIONS|PUT|DELETE)$/.test(plan.method) } = plan;
  return idempotent || key !== undefined || error.outcome === "not_executed";
}

/** Milliseconds: what the server asks for, or exponential backoff with full jitter. */
export function backoff(error: SdkError, attempt: number): number {
  const jitter = Math.random() * Math.min(8000, 250 * 2 ** attempt);
  const asked = error instanceof ApiError ? (retryAfter(error.headers) ?? 0) : 0;
  return Math.ceil(asked > 0 ? asked + jitter / 4 : jitter);
}

/** Milliseconds of `Retry-After` (RFC 9110: seconds or a date). */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^[\d.]+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

/** Waits; gives the reason when the signal ends the wait early, otherwise undefined. */
export function sleep(ms: number, signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve(signal?.aborted ? signal.reason : undefined);
    };
    const timer = setTimeout(done, Math.min(ms, LONGEST));
    signal?.addEventListener("abort", done);
    if (signal?.aborted) done();
  });
}
