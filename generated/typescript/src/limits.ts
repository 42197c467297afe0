/** Rate limits of Northgate, kept on this side of the wire. */

import { tokenBuckets, type BucketSize, type Limiter } from "./runtime/limit.js";

/** Tokens per second and capacity of each bucket. */
export const RATE_LIMITS = {
  orders: { rate: 50, burst: 100 },
  cancels: { rate: 200, burst: 400 },
  reads: { rate: 20, burst: 40 },
  keys: { rate: 1, burst: 10 },
  public: { rate: 20, burst: 100 },
} as const satisfies Record<string, BucketSize>;

/**
 * Holds calls back that would be refused. Share one among all clients of an account.
 *
 * @example
 * const client = createClient({ limiter: rateLimits() });
 */
export function rateLimits(sizes: Record<string, BucketSize> = RATE_LIMITS): Limiter {
  return tokenBuckets(sizes);
}
