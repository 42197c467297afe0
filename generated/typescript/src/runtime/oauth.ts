/** OAuth2 client credentials (RFC 6749 section 4.4): tokens fetched, shared and renewed. */

import type { Credential } from "./auth.js";

/** What the token endpoint needs to know. */
export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
  /** Overrides the contract's token endpoint. */
  tokenUrl?: string | undefined;
  scopes?: readonly string[] | undefined;
  /** The transport, anything that behaves like `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

interface Token {
  readonly value: string;
  /** Local time in ms from which it must be renewed. */
  readonly expires: number;
}

/** Fetches a token when the first request needs it, and again shortly before it expires. */
export function clientCredentials(
  scheme: string,
  tokenUrl: string,
  credentials: ClientCredentials,
): Credential {
  let current: Promise<Token> | undefined;
  return {
    scheme,
    async apply(request) {
      const url = credentials.tokenUrl ?? tokenUrl;
      const held = current;
      const stale = (await held?.catch(() => undefined))?.expires ?? 0;
      // Whoever finds the token stale first renews it for all.
      if (Date.now() >= stale && current === held) current = obtain(url, credentials);
      const token = await (current ??= obtain(url, credentials));
      request.headers.set("authorization", `Bearer ${token.value}`);
    },
    recover() {
      const had = current !== undefined;
      current = undefined;
      return had;
    },
  };
}

async function obtain(url: string, credentials: ClientCredentials): Promise<Token> {
  const { clientId, clientSecret, scopes = [], fetch = globalThis.fetch } = credentials;
  const bytes = new TextEncoder().encode(
    `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`,
  );
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  if (scopes.length > 0) body.set("scope", scopes.join(" "));
  const response = await fetch(url, {
    method: "POST",
    headers: {
      accept: "application/json",
      authorization: `Basic ${btoa(String.fromCharCode(...bytes))}`,
    },
    body,
    redirect: "error",
  });
  const answer = (await response.json()) as { access_token?: unknown; expires_in?: unknown };
  if (!response.ok || typeof answer.access_token !== "string") {
    throw new Error(`no token from ${url}: status ${response.status}`);
  }
  const seconds = typeof answer.expires_in === "number" ? answer.expires_in : 300;
  return { value: answer.access_token, expires: Date.now() + seconds * 900 };
}
