/**
 * What a call can throw.
 *
 *     SdkError                      everything below, with `outcome`
 *     ├── ApiError                  the server answered with an error status
 *     │   ├── BadRequestError       400
 *     │   ├── AuthenticationError   401
 *     │   ├── PermissionError       403
 *     │   ├── NotFoundError         404
 *     │   ├── ConflictError         409
 *     │   ├── UnprocessableError    422
 *     │   ├── RateLimitError        429
 *     │   └── ServerError           5xx
 *     ├── ConnectionError           no answer arrived
 *     │   └── TimeoutError          ... in time
 *     ├── DecodeError               an answer that cannot be read
 *     └── OutcomeUnknownError       a keyed operation that may or may not have happened
 *
 * A caller's own abort is rethrown as the reason given to its `AbortSignal`, unless a keyed
 * operation was already under way: then it is the `cause` of an `OutcomeUnknownError`.
 */

/** Whether the server carried the request out, as far as can be known. */
export type Outcome = "not_executed" | "executed" | "unknown";

// Statuses that say so: the request was refused, or is to be sent elsewhere as it is (307, 308).
// Not 303, by which a server answers what it has done, and not 408, which gateways give, too.
const REFUSED = /^(30[78]|40[0-79]|4[1-9].)$/;

/** Base of everything that this SDK throws on purpose. */
export class SdkError extends Error {
  /** Whether the operation took effect. Never a guess: what is not known is `"unknown"`. */
  outcome: Outcome = "unknown";

  override get name(): string {
    return "SdkError";
  }
}

/** The server answered, and the answer is an error. */
export class ApiError<Body = unknown> extends SdkError {
  /** HTTP status code. */
  readonly status: number;
  readonly headers: Headers;
  /** The decoded body: JSON where it is JSON, otherwise text. */
  readonly body: Body;
  /** The contract's error code, where the body carries one (`code`). */
  readonly code: string | undefined;

  constructor(status: number, headers: Headers, body: Body) {
    const fields = members(body);
    const code = text(fields["code"]);
    const detail = text(fields["detail"]) ?? text(fields["title"]) ?? text(fields["message"]);
    super([status, code, detail].filter(Boolean).join(" "));
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.code = code;
    const said = fields["outcome"];
    this.outcome =
      said === "not_executed" || said === "executed" || said === "unknown"
        ? said
        : REFUSED.test(String(status))
          ? "not_executed"
          : "unknown";
  }

  override get name(): string {
    return "ApiError";
  }

  /** The server's name for this exchange, to quote to its operators. */
  get requestId(): string | undefined {
    return text(members(this.body)["request_id"]) ?? this.headers.get("x-request-id") ?? undefined;
  }

  /** What the server says about trying again; undefined where it says nothing. */
  get retryable(): boolean | undefined {
    const said = members(this.body)["retryable"];
    return typeof said === "boolean" ? said : undefined;
  }
}

/** 400: the request is malformed. */
export class BadRequestError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "BadRequestError";
  }
}

/** 401: who is asking is not known, or not proven. */
export class AuthenticationError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "AuthenticationError";
  }
}

/** 403: who is asking may not do this. */
export class PermissionError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "PermissionError";
  }
}

/** 404: there is no such thing. */
export class NotFoundError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "NotFoundError";
  }
}

/** 409: the state of the thing does not allow it. */
export class ConflictError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "ConflictError";
  }
}

/** 422: understood, but against the rules. */
export class UnprocessableError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "UnprocessableError";
  }
}

/** 429: too many requests, also after the retries. */
export class RateLimitError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "RateLimitError";
  }
}

/** 5xx: the server failed. */
export class ServerError<Body = unknown> extends ApiError<Body> {
  override get name(): string {
    return "ServerError";
  }
}

/** No answer arrived. `cause` is what `fetch` threw. */
export class ConnectionError extends SdkError {
  override get name(): string {
    return "ConnectionError";
  }
}

/** No answer arrived in time. */
export class TimeoutError extends ConnectionError {
  override get name(): string {
    return "TimeoutError";
  }
}

/** The server reports success, but its body cannot be read. `body` is its text. */
export class DecodeError extends SdkError {
  readonly status: number;
  readonly body: string;

  constructor(message: string, status: number, body: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.body = body;
  }

  override get name(): string {
    return "DecodeError";
  }
}

/** The error class for a status. */
export function apiError<Body>(status: number, headers: Headers, body: Body): ApiError<Body> {
  const classes: Record<number, typeof ApiError> = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableError,
    429: RateLimitError,
  };
  const type = status >= 500 ? ServerError : (classes[status] ?? ApiError);
  return new type(status, headers, body);
}

/** Whether an error is the server's answer with this error code; the base of the code classes. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
