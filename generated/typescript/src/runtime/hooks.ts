/** Steps of a call that an application can watch, or take part in. */

import type { Outgoing } from "./plan.js";

/** What a hook is told about the call it sees. */
export interface Step {
  /** The operation, by its id in the contract. */
  readonly operation: string;
  /** Which attempt this is, counted from 1. */
  readonly attempt: number;
}

/** Functions called at each step; what they throw ends the call. */
export interface Hooks {
  /** Before each attempt, before it is signed. The request may be changed. */
  request?(request: Outgoing, step: Step): void | Promise<void>;
  /** After each answer, of any status. */
  response?(response: Response, request: Outgoing, step: Step): void | Promise<void>;
  /** Before the wait that precedes the next attempt, `delay` in milliseconds. */
  retry?(error: unknown, delay: number, step: Step): void;
  /** When the call has failed for good. */
  failure?(error: unknown, step: Step): void;
}
