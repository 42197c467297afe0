/**
 * HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530), over WebCrypto.
 *
 * The contract fixes the profile (label, covered components, tag, window); the caller brings the
 * key. Each request gets its own nonce. When the server rejects the timestamp, the clock offset
 * is learnt from its answer and the request is signed once more.
 */

import type { Credential } from "./auth.js";
import { toBase64, utf8, type Bytes } from "./bytes.js";
import type { ApiError } from "./errors.js";
import { signer, type Key } from "./keys.js";
import type { Outgoing } from "./plan.js";

/** What the contract's `x-http-signature` lays down. */
export interface SignatureProfile {
  readonly scheme: string;
  readonly label: string;
  /** Covered components in order, without quotes. */
  readonly components: readonly string[];
  /** Those that are left out when the request has no such field. */
  readonly optional: readonly string[];
  readonly tag: string;
  /** Seconds from `created` to `expires`. */
  readonly window: number;
  /** Seconds by which the server lets `created` lie ahead of its own clock. */
  readonly maxAhead: number;
}

/** Who signs, and how. */
export interface SignatureOptions {
  keyId: string;
  /** The private key or shared secret; see `Key` for the forms it can have. */
  key: Key;
  /** Seconds that a signature lives, within what the contract allows. */
  window?: number | undefined;
  /** Milliseconds that the server's clock is ahead of ours, where that is known. */
  clockOffset?: number | undefined;
  /** The clock, in ms since the epoch. */
  now?: (() => number) | undefined;
  /** Makes the nonce; 16 random octets unless told. */
  nonce?: (() => string) | undefined;
}

/** Signs each request that asks for the scheme. */
export function httpSignature(profile: SignatureProfile, options: SignatureOptions): Credential {
  const { keyId, window = profile.window, now = Date.now, nonce = randomNonce } = options;
  const sign = signer(options.key);
  let offset = options.clockOffset ?? 0;
  return {
    scheme: profile.scheme,
    async apply(request) {
      const { algorithm, run } = await sign;
      if (request.body !== undefined) await digest(request);
      const present = profile.components.filter(
        (name) => !profile.optional.includes(name) || request.headers.has(name),
      );
      const created = Math.floor((now() + offset) / 1000);
      const parameters =
        `(${present.map(quoted).join(" ")});created=${created};expires=${created + window}` +
        `;nonce=${quoted(nonce())};keyid=${quoted(keyId)};alg=${quoted(algorithm)}` +
        `;tag=${quoted(profile.tag)}`;
      const signature = await run(utf8(signatureBase(request, present, parameters)));
      request.headers.set("signature-input", `${profile.label}=${parameters}`);
      request.headers.set("signature", `${profile.label}=:${toBase64(signature)}:`);
      return (created + window + profile.maxAhead + 1) * 1000 - offset;
    },
    recover(error) {
      const server = serverTime(error);
      const learnt = server - now();
      // A difference within the rounding of a Date header explains nothing.
      if (Number.isNaN(server) || Math.abs(learnt - offset) < 1000) return false;
      offset = learnt;
      return true;
    },
  };
}

/** The string that is signed (RFC 9421 section 2.5). */
export function signatureBase(
  request: Outgoing,
  components: readonly string[],
  parameters: string,
): string {
  const { method, url, headers } = request;
  const { host, pathname, search, protocol } = new URL(url);
  const derived: Record<string, string> = {
    "@method": method,
    "@authority": host,
    "@path": pathname,
    "@query": search || "?",
    "@target-uri": url,
    "@scheme": protocol.slice(0, -1),
    "@request-target": pathname + search,
  };
  const lines = components.map((name) => {
    const value = derived[name] ?? headers.get(name);
    if (value === null) throw new TypeError(`cannot sign "${name}": the request does not have it`);
    return `${quoted(name)}: ${value}`;
  });
  return [...lines, `"@signature-params": ${parameters}`].join("\n");
}


/** Adds the Content-Digest field; a body that is no text is read into memory for it. */
async function digest(request: Outgoing): Promise<void> {
  const { body, headers } = request;
  let bytes: Bytes;
  if (typeof body === "string" && headers.has("content-type")) {
    bytes = utf8(body); // what follows would do the same, in ten times the time
  } else {
    const content = new Response(body);
    bytes = new Uint8Array(await content.arrayBuffer());
    if (!headers.has("content-type")) {
      headers.set("content-type", content.headers.get("content-type") ?? "");
    }
  }
  request.body = bytes;
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  headers.set("content-digest", `sha-256=:${toBase64(hash)}:`);
}

/** A structured-field string (RFC 8941): printable ASCII, quotes and backslashes escaped. */
function quoted(text: string): string {
  if (/[^ -~]/.test(text)) throw new TypeError(`not printable ASCII: ${JSON.stringify(text)}`);
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function randomNonce(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(16))).replace(/\W/g, "");
}

/** The server's clock in ms: the problem's `server_time`, or else the Date field. */
function serverTime(error: ApiError): number {
  const { server_time: told } = Object(error.body) as { server_time?: unknown };
  return Date.parse(typeof told === "string" ? told : (error.headers.get("date") ?? ""));
}
