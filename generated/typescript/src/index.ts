/** Northgate 1.0.0. */

export { Northgate, type NorthgateOptions } from "./client.js";
export { BASE_URL, createClient } from "./create.js";
export type * from "./types.js";
export { Call, type Exchange } from "./runtime/call.js";
export { withOptions, type CallOptions, type Client, type ClientOptions } from "./runtime/client.js";
export { decimal, type Decimal, type DecimalLike } from "./runtime/decimal.js";
export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  DecodeError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  SdkError,
  ServerError,
  TimeoutError,
  UnprocessableError,
  type Outcome,
} from "./runtime/errors.js";
export type { DecimalNumber, Int64 } from "./runtime/exact.js";
export type { Hooks, Step } from "./runtime/hooks.js";
export { logging, type Logger } from "./runtime/log.js";
export type { Outgoing } from "./runtime/plan.js";
export { OutcomeUnknownError, type Resolution } from "./runtime/unknown.js";
