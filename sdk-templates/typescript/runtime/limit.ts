/**
 * Rate limits kept on the client's side: a token bucket per declared cost class, corrected by
 * what the server's RateLimit fields say. Each bucket has a queue of its own, so cancels never
 * wait behind reads.
 */

import { retryAfter, sleep } from "./retry.js";

/** Holds calls back so that the server need not. */
export interface Limiter {
  /** Resolves when the call may go; rejects with the signal's reason. */
  acquire(bucket: string, tokens: number, signal: AbortSignal): Promise<void>;
  /** Learns from a response. */
  update(bucket: string, response: Response): void;
}

/** A bucket as the contract declares it: tokens per second, and how many it holds. */
export interface BucketSize {
  readonly rate: number;
  readonly burst: number;
}

interface Bucket {
  readonly size: BucketSize;
  tokens: number;
  /** When `tokens` was true, local ms. */
  at: number;
  /** Nothing goes before this time, local ms. */
  closedUntil: number;
  /** The last in the queue. */
  tail: Promise<unknown>;
}

/** Token buckets. Unknown buckets let everything through. */
export function tokenBuckets(sizes: Readonly<Record<string, BucketSize>>): Limiter {
  const buckets = new Map<string, Bucket>(
    Object.entries(sizes).map(([name, size]) => [
      name,
      { size, tokens: size.burst, at: Date.now(), closedUntil: 0, tail: Promise.resolve() },
    ]),
  );
  return {
    acquire(name, tokens, signal) {
      const bucket = buckets.get(name);
      if (bucket === undefined) return Promise.resolve();
      const turn = bucket.tail.then(() => take(bucket, tokens, signal));
      bucket.tail = turn.catch(() => undefined);
      return turn;
    },
    update(name, response) {
      const bucket = buckets.get(name);
      if (bucket !== undefined) learn(bucket, name, response);
    },
  };
}

async function take(bucket: Bucket, tokens: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  for (;;) {
    refill(bucket);
    const missing = Math.min(tokens, bucket.size.burst) - bucket.tokens;
    const now = Date.now();
    const delay = Math.max(bucket.closedUntil - now, (missing / bucket.size.rate) * 1000, 0);
    if (delay === 0) break;
    const reason = await sleep(Math.ceil(delay), signal);
    if (reason !== undefined) throw reason;
  }
  bucket.tokens -= tokens;
}

function refill(bucket: Bucket): void {
  const now = Date.now();
  const grown = bucket.tokens + ((now - bucket.at) / 1000) * bucket.size.rate;
  bucket.tokens = Math.min(grown, bucket.size.burst);
  bucket.at = now;
}

/** `RateLimit: "orders";r=12;t=1` (draft-ietf-httpapi-ratelimit-headers-10) and 429. */
function learn(bucket: Bucket, name: string, response: Response): void {
  const field = response.headers.get("ratelimit") ?? "";
  const item = field.split(/,\s*/).find((each) => each.startsWith(`"${name}"`)) ?? "";
  const remaining = /;\s*r=(\d+)/.exec(item)?.[1];
  const reset = /;\s*t=(\d+)/.exec(item)?.[1];
  refill(bucket);
  // The server knows of other clients: it can only have less for us than we think.
  if (remaining !== undefined) bucket.tokens = Math.min(bucket.tokens, Number(remaining));
  if (response.status !== 429) return;
  const ms = retryAfter(response.headers) ?? Number(reset ?? 1) * 1000;
  bucket.tokens = Math.min(bucket.tokens, 0);
  // Whatever the server asks for: after a minute somebody looks whether it still holds.
  bucket.closedUntil = Date.now() + Math.min(ms, 60_000);
}
