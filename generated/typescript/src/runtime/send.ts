/**
 * Sends a plan: attempts, retries, and an honest account of the outcome.
 *
 * A call is repeated only when repeating is harmless: the method is idempotent, the operation
 * carries an idempotency key, or the server (or the network) says that nothing was executed.
 * Every attempt is built and signed afresh; only the key stays the same.
 */

import { attempt, type CallState } from "./attempt.js";
import { Call, type Exchange } from "./call.js";
import { listOf, type CallOptions, type Client } from "./client.js";
import { ApiError, SdkError } from "./errors.js";
import type { Plan } from "./plan.js";
import { backoff, shouldRetry, sleep } from "./retry.js";
import { OutcomeUnknownError } from "./unknown.js";

/** Starts a call. */
export function send<T>(client: Client, plan: Plan<T>, options: CallOptions = {}): Call<T> {
  const { deadline = client.options.deadline ?? 120_000 } = options;
  return new Call(
    run({
      client: client.options,
      plan,
      options,
      hooks: listOf(client.options.hooks),
      end: Date.now() + deadline,
      step: { operation: plan.id, attempt: 1 },
      doubtful: false,
      notAfter: 0,
      recovered: false,
    }),
  );
}

async function run<T>(state: CallState<T>): Promise<Exchange<T>> {
  for (;;) {
    let failure: unknown;
    try {
      return await attempt(state);
    } catch (error) {
      failure = error;
    }
    const delay = delayBeforeNext(failure, state);
    if (delay !== undefined) {
      for (const hook of state.hooks) hook.retry?.(failure, delay, state.step);
      failure = await sleep(delay, state.options.signal);
    }
    if (failure !== undefined) {
      failure = verdict(failure, state);
      for (const hook of state.hooks) hook.failure?.(failure, state.step);
      throw failure;
    }
    state.step = { ...state.step, attempt: state.step.attempt + 1 };
  }
}

/** Milliseconds to wait before the next attempt; undefined where there shall be none. */
function delayBeforeNext(error: unknown, state: CallState<unknown>): number | undefined {
  const { client, options, plan, step } = state;
  if (!(error instanceof SdkError)) return undefined;
  if (plan.body?.data instanceof ReadableStream) return undefined; // it is used up
  if (error instanceof ApiError && error.status === 401 && !state.recovered) {
    state.recovered = true;
    if (listOf(client.auth).some((credential) => credential.recover?.(error))) return 0;
  }
  if (step.attempt > (options.maxRetries ?? client.maxRetries ?? 2)) return undefined;
  if (!shouldRetry(error, plan)) return undefined;
  const delay = backoff(error, step.attempt);
  return Date.now() + delay < state.end ? delay : undefined;
}

/** The error that tells the whole story, earlier attempts included. */
function verdict(error: unknown, { plan, doubtful, notAfter }: CallState<unknown>): unknown {
  if (!doubtful) return error;
  if (error instanceof SdkError && error.outcome === "executed") return error;
  if (plan.key) return new OutcomeUnknownError(plan.id, plan.key, notAfter, error);
  if (error instanceof SdkError) error.outcome = "unknown";
  return error;
}
