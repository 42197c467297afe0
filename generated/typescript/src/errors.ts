/**
 * One class for each error code of Northgate. The errors that are thrown belong to the class of
 * their status (`ConflictError`); `instanceof` a class of this module also looks at the code.
 */

import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  UnprocessableError,
  hasCode,
} from "./runtime/errors.js";
import type { Problem } from "./types.js";

/** 400 `malformed`. */
export class MalformedError extends BadRequestError<Problem> {
  declare readonly code: "malformed";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "malformed");
  }
}

/** 429 `rate_limited`. */
export class RateLimitedError extends RateLimitError<Problem> {
  declare readonly code: "rate_limited";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "rate_limited");
  }
}

/** 500 `internal_error`. */
export class InternalError extends ServerError<Problem> {
  declare readonly code: "internal_error";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "internal_error");
  }
}

/** 503 `overloaded`. */
export class OverloadedError extends ServerError<Problem> {
  declare readonly code: "overloaded";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "overloaded");
  }
}

/** 404 `instrument_not_found`. */
export class InstrumentNotFoundError extends NotFoundError<Problem> {
  declare readonly code: "instrument_not_found";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "instrument_not_found");
  }
}

/** 401 `credentials_missing`. */
export class CredentialsMissingError extends AuthenticationError<Problem> {
  declare readonly code: "credentials_missing";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "credentials_missing");
  }
}

/** 401 `signature_invalid`. */
export class SignatureInvalidError extends AuthenticationError<Problem> {
  declare readonly code: "signature_invalid";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "signature_invalid");
  }
}

/** 401 `key_unknown`. */
export class KeyUnknownError extends AuthenticationError<Problem> {
  declare readonly code: "key_unknown";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "key_unknown");
  }
}

/** 401 `key_expired`. */
export class KeyExpiredError extends AuthenticationError<Problem> {
  declare readonly code: "key_expired";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "key_expired");
  }
}

/** 401 `timestamp_out_of_window`. */
export class TimestampOutOfWindowError extends AuthenticationError<Problem> {
  declare readonly code: "timestamp_out_of_window";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "timestamp_out_of_window");
  }
}

/** 401 `nonce_reused`. */
export class NonceReusedError extends AuthenticationError<Problem> {
  declare readonly code: "nonce_reused";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "nonce_reused");
  }
}

/** 403 `scope_missing`. */
export class ScopeMissingError extends PermissionError<Problem> {
  declare readonly code: "scope_missing";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "scope_missing");
  }
}

/** 403 `ip_not_allowed`. */
export class IpNotAllowedError extends PermissionError<Problem> {
  declare readonly code: "ip_not_allowed";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "ip_not_allowed");
  }
}

/** 400 `number_not_decimal_string`. */
export class NumberNotDecimalStringError extends BadRequestError<Problem> {
  declare readonly code: "number_not_decimal_string";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "number_not_decimal_string");
  }
}

/** 409 `client_order_id_conflict`. */
export class ClientOrderIdConflictError extends ConflictError<Problem> {
  declare readonly code: "client_order_id_conflict";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "client_order_id_conflict");
  }
}

/** 413 `content_too_large`. */
export class ContentTooLargeError extends ApiError<Problem> {
  declare readonly code: "content_too_large";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "content_too_large");
  }
}

/** 415 `unsupported_media_type`. */
export class UnsupportedMediaTypeError extends ApiError<Problem> {
  declare readonly code: "unsupported_media_type";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "unsupported_media_type");
  }
}

/** 422 `invalid_combination`. */
export class InvalidCombinationError extends UnprocessableError<Problem> {
  declare readonly code: "invalid_combination";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "invalid_combination");
  }
}

/** 422 `price_off_tick`. */
export class PriceOffTickError extends UnprocessableError<Problem> {
  declare readonly code: "price_off_tick";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "price_off_tick");
  }
}

/** 422 `quantity_off_step`. */
export class QuantityOffStepError extends UnprocessableError<Problem> {
  declare readonly code: "quantity_off_step";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "quantity_off_step");
  }
}

/** 422 `below_minimum`. */
export class BelowMinimumError extends UnprocessableError<Problem> {
  declare readonly code: "below_minimum";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "below_minimum");
  }
}

/** 422 `insufficient_balance`. */
export class InsufficientBalanceError extends UnprocessableError<Problem> {
  declare readonly code: "insufficient_balance";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "insufficient_balance");
  }
}

/** 422 `post_only_would_cross`. */
export class PostOnlyWouldCrossError extends UnprocessableError<Problem> {
  declare readonly code: "post_only_would_cross";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "post_only_would_cross");
  }
}

/** 422 `reduce_only_violation`. */
export class ReduceOnlyViolationError extends UnprocessableError<Problem> {
  declare readonly code: "reduce_only_violation";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "reduce_only_violation");
  }
}

/** 422 `self_trade_prevented`. */
export class SelfTradePreventedError extends UnprocessableError<Problem> {
  declare readonly code: "self_trade_prevented";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "self_trade_prevented");
  }
}

/** 422 `instrument_not_open`. */
export class InstrumentNotOpenError extends UnprocessableError<Problem> {
  declare readonly code: "instrument_not_open";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "instrument_not_open");
  }
}

/** 504 `timeout_unknown`. */
export class TimeoutUnknownError extends ServerError<Problem> {
  declare readonly code: "timeout_unknown";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "timeout_unknown");
  }
}

/** 404 `order_not_found`. */
export class OrderNotFoundError extends NotFoundError<Problem> {
  declare readonly code: "order_not_found";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "order_not_found");
  }
}

/** 409 `version_conflict`. */
export class VersionConflictError extends ConflictError<Problem> {
  declare readonly code: "version_conflict";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "version_conflict");
  }
}

/** 409 `order_not_open`. */
export class OrderNotOpenError extends ConflictError<Problem> {
  declare readonly code: "order_not_open";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "order_not_open");
  }
}

/** 422 `key_limit_reached`. */
export class KeyLimitReachedError extends UnprocessableError<Problem> {
  declare readonly code: "key_limit_reached";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "key_limit_reached");
  }
}

/** 404 `key_not_found`. */
export class KeyNotFoundError extends NotFoundError<Problem> {
  declare readonly code: "key_not_found";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "key_not_found");
  }
}

/** 409 `key_not_active`. */
export class KeyNotActiveError extends ConflictError<Problem> {
  declare readonly code: "key_not_active";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, "key_not_active");
  }
}
