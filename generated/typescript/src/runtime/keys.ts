/** Signing keys in the forms people have them in. */

import { fromBase64, utf8, type Bytes } from "./bytes.js";

/** A private JWK, as far as it is read. */
export interface PrivateJwk {
  readonly kty?: string;
  readonly crv?: string;
  readonly d?: string;
}

/** A `CryptoKey`, named so that it is known with and without the DOM's types. */
type Handle = Parameters<typeof crypto.subtle.sign>[1];

/**
 * A key for signing:
 * - Ed25519: a JWK (`kty: "OKP"`), a PKCS #8 PEM text or its DER octets, the 32 octet seed, or a
 *   `CryptoKey`;
 * - HMAC-SHA256: `{ secret }`, text or octets;
 * - anything else that can sign, such as an HSM: `{ algorithm, sign }`.
 */
export type Key =
  | PrivateJwk
  | string
  | Bytes
  | Handle
  | { readonly secret: string | Bytes }
  | { readonly algorithm: string; sign(data: Bytes): Promise<ArrayBuffer | Bytes> };

/** A key ready for use: the registered algorithm name (RFC 9421) and the function. */
export interface Signer {
  readonly algorithm: string;
  run(data: Bytes): Promise<ArrayBuffer | Bytes>;
}

/** Imports a key. The promise never stays unhandled: its failure shows at the first signature. */
export function signer(key: Key): Promise<Signer> {
  const ready = imported(key);
  ready.catch(() => undefined);
  return ready;
}

async function imported(key: Key): Promise<Signer> {
  if (typeof key === "object" && "sign" in key) {
    return { algorithm: key.algorithm, run: (data) => key.sign(data) };
  }
  if (typeof key === "object" && "secret" in key) {
    const secret = typeof key.secret === "string" ? utf8(key.secret) : key.secret;
    const hmac = { name: "HMAC", hash: "SHA-256" };
    const handle = await crypto.subtle.importKey("raw", secret, hmac, false, ["sign"]);
    return { algorithm: "hmac-sha256", run: (data) => crypto.subtle.sign("HMAC", handle, data) };
  }
  const handle = key instanceof CryptoKey ? key : await importEd25519(key);
  return { algorithm: "ed25519", run: (data) => crypto.subtle.sign("Ed25519", handle, data) };
}

function importEd25519(key: PrivateJwk | string | Bytes): Promise<Handle> {
  const der = octets(key);
  // The ASN.1 frame of a PKCS #8 Ed25519 key (RFC 8410) around a bare seed.
  const frame = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
  const pkcs8 = der.length === 32 ? new Uint8Array([...frame, ...der]) : der;
  return crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
}

function octets(key: PrivateJwk | string | Bytes): Bytes {
  if (key instanceof Uint8Array) return key;
  if (typeof key === "string") return fromBase64(key.replace(/-----[^-]+-----/g, ""));
  if (key.crv !== "Ed25519" || key.d === undefined) {
    throw new TypeError("the JWK is not a private Ed25519 key");
  }
  return fromBase64(key.d);
}
