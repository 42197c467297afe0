/** Logging as a hook, with secrets left out. */

import type { Hooks } from "./hooks.js";

/** Where lines go; `console` fits. */
export interface Logger {
  debug(message: string, details: object): void;
  warn(message: string, details: object): void;
}

const SECRET = /^(authorization|cookie|set-cookie|signature|.*(key|token|secret|password).*)$/i;

/**
 * Logs each attempt and each answer, without bodies, and with the values of secret headers and
 * query parameters replaced.
 *
 * @param secrets Further names of headers and query parameters to hide.
 * @example
 * createClient({ ..., hooks: logging(console) });
 */
export function logging(logger: Logger, secrets: readonly string[] = []): Hooks {
  const hidden = (name: string): boolean =>
    SECRET.test(name) || secrets.some((each) => each.toLowerCase() === name.toLowerCase());
  return {
    request(request, step) {
      const headers = redacted(request.headers, hidden);
      logger.debug(`${request.method} ${redactedUrl(request.url, hidden)}`, { ...step, headers });
    },
    response(response, request, step) {
      const line = `${response.status} ${request.method} ${redactedUrl(request.url, hidden)}`;
      logger.debug(line, { ...step, headers: redacted(response.headers, hidden) });
      const sunset = response.headers.get("sunset");
      if (response.headers.has("deprecation") || sunset !== null) {
        logger.warn(`${step.operation} is deprecated`, { ...step, sunset });
      }
    },
    retry(error, delay, step) {
      logger.warn(`${step.operation} is tried again in ${delay} ms`, { ...step, error });
    },
    failure(error, step) {
      logger.warn(`${step.operation} failed`, { ...step, error });
    },
  };
}

function redacted(headers: Headers, hidden: (name: string) => boolean): Record<string, string> {
  const pairs = [...headers].map(([name, value]) => [name, hidden(name) ? "[redacted]" : value]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function redactedUrl(text: string, hidden: (name: string) => boolean): string {
  const url = new URL(text);
  for (const name of new Set(url.searchParams.keys())) {
    if (hidden(name)) url.searchParams.set(name, "[redacted]");
  }
  if (url.password !== "") url.password = "redacted";
  return url.href;
}
