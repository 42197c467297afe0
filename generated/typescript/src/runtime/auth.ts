/** Credentials: bearer, basic, API key. Signing is in `sign.ts`, OAuth2 in `oauth.ts`. */

import type { ApiError } from "./errors.js";
import type { Outgoing } from "./plan.js";
import { pair } from "./query.js";

/** Proves who is calling, for one security scheme of the contract. */
export interface Credential {
  /** The scheme's name in the contract. */
  readonly scheme: string;
  /**
   * Adds the proof to a request. May return the local time in ms from which the server will
   * no longer accept it, so that a lost request can be told dead.
   */
  apply(request: Outgoing, signal: AbortSignal): void | number | Promise<void | number>;
  /** Looks at a 401; true when there is reason to try once more (clock set, token renewed). */
  recover?(error: ApiError): boolean;
}

/** A secret, or a function that gives the current one. */
export type Secret = string | (() => string | Promise<string>);

/** `Authorization: Bearer ...` */
export function bearer(scheme: string, token: Secret): Credential {
  return authorization(scheme, async () => `Bearer ${await reveal(token)}`);
}

/** `Authorization: Basic ...` (RFC 7617, UTF-8). */
export function basic(scheme: string, username: string, password: Secret): Credential {
  return authorization(scheme, async () => {
    const bytes = new TextEncoder().encode(`${username}:${await reveal(password)}`);
    return `Basic ${btoa(String.fromCharCode(...bytes))}`;
  });
}

/** A key in a header, a query parameter or a cookie. */
export function apiKey(
  scheme: string,
  place: "header" | "query" | "cookie",
  name: string,
  key: Secret,
): Credential {
  return {
    scheme,
    async apply(request) {
      const value = await reveal(key);
      // `fetch` drops only Authorization when a redirect leads to a stranger.
      request.redirect = "manual";
      if (place === "header") {
        request.headers.set(name, value);
      } else if (place === "cookie") {
        const others = request.headers.get("cookie");
        const crumb = `${name}=${encodeURIComponent(value)}`;
        request.headers.set("cookie", others === null ? crumb : `${others}; ${crumb}`);
      } else {
        // Not by `searchParams`: they would spell the other parameters anew.
        const url = new URL(request.url);
        const others = url.search.slice(1).split("&");
        const kept = others.filter((each) => each && each.split("=")[0] !== encodeURIComponent(name));
        url.search = [...kept, ...pair(name, value)].join("&");
        request.url = url.href;
      }
    },
  };
}

/** Any other HTTP scheme: the whole value of the `Authorization` header. */
export function authorization(scheme: string, value: Secret): Credential {
  return {
    scheme,
    async apply(request) {
      request.headers.set("authorization", await reveal(value));
    },
  };
}

async function reveal(secret: Secret): Promise<string> {
  return typeof secret === "function" ? secret() : secret;
}
