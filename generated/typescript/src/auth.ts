/** Credentials for the security schemes of Northgate. */

import type { Credential } from "./runtime/auth.js";
import { environment } from "./runtime/env.js";
import { httpSignature, type SignatureOptions, type SignatureProfile } from "./runtime/sign.js";

const SIGNATURE_PROFILE: SignatureProfile = {
  scheme: "signature",
  label: "sig1",
  components: ["@method", "@authority", "@path", "@query", "content-digest"],
  optional: ["content-digest"],
  tag: "trading-v1",
  window: 5,
  maxAhead: 1,
};

/**
 * HTTP Message Signatures (RFC 9421), label `sig1`, over exactly these components in this
 * order. `content-digest` (RFC 9530, sha-256) is left out only when there is no body.
 * Parameters, in this order: `created`, `expires` (at most 30 s later; 5 s is usual),
 * `nonce` (random, unique per key until `expires`), `keyid`, `alg` (`ed25519` or
 * `hmac-sha256`, as the key), `tag` (`trading-v1`).
 *
 * The role names in an operation's security requirement are the scopes that the key must
 * hold: `read`, `trade`, `keys`.
 */
export function signature(options: SignatureOptions): Credential {
  return httpSignature(SIGNATURE_PROFILE, options);
}

/** Credentials from environment variables; none where they are not set. */
export function fromEnvironment(): Credential[] {
  const env = environment();
  const found: Credential[] = [];
  if (env["NORTHGATE_KEY_ID"] && env["NORTHGATE_PRIVATE_KEY"]) {
    found.push(signature({ keyId: env["NORTHGATE_KEY_ID"], key: env["NORTHGATE_PRIVATE_KEY"] }));
  }
  return found;
}
