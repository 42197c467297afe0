import assert from "node:assert/strict";
import { generateKeyPairSync, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase64, toBase64, utf8 } from "../runtime/bytes.js";
import { ApiError } from "../runtime/errors.js";
import { signer } from "../runtime/keys.js";
import type { Outgoing } from "../runtime/plan.js";
import { httpSignature, signatureBase, type SignatureProfile } from "../runtime/sign.js";

const PROFILE: SignatureProfile = {
  scheme: "signature",
  label: "sig1",
  components: ["@method", "@authority", "@path", "@query", "content-digest"],
  optional: ["content-digest"],
  tag: "trading-v1",
  window: 5,
  maxAhead: 1,
};
const SIGNAL = new AbortController().signal;
const SEED = new Uint8Array(32).fill(7);

function outgoing(method: string, url: string, body?: BodyInit): Outgoing {
  return { method, url, headers: new Headers(), body, redirect: "manual" };
}

interface Vector {
  signature_base: string;
  signature_input: string;
  signature: string;
  body: string;
  content_digest: string;
}

const path = process.env["AUTH_VECTORS"] ?? "";
const skip = path === "" && "the shared vectors are not there: the signer is NOT held against them";

test("reproduces the shared vectors", { skip }, async () => {
  const vectors = JSON.parse(readFileSync(path, "utf8")) as {
    key: JsonWebKey & { kid: string };
    rest_post: Vector;
    rest_get: Vector;
  };
  const cases = [
    { vector: vectors.rest_post, request: outgoing("POST", "https://api.example.test/v1/orders", vectors.rest_post.body) },
    { vector: vectors.rest_get, request: outgoing("GET", "https://api.example.test/v1/orders?status=open&limit=100") },
  ];
  for (const { vector, request } of cases) {
    const nonce = /nonce="([^"]+)"/.exec(vector.signature_input)?.[1] ?? "";
    const credential = httpSignature(PROFILE, {
      keyId: vectors.key.kid,
      key: vectors.key,
      now: () => 1793000000_400,
      nonce: () => nonce,
    });
    await credential.apply(request, SIGNAL);
    assert.equal(request.headers.get("signature-input"), vector.signature_input);
    assert.equal(request.headers.get("signature"), vector.signature);
    assert.equal(request.headers.get("content-digest"), vector.content_digest ?? null);
    const components = /\(([^)]*)\)/.exec(vector.signature_input)?.[1]?.match(/[^" ]+/g) ?? [];
    const parameters = vector.signature_input.replace(/^sig1=/, "");
    assert.equal(signatureBase(request, components, parameters), vector.signature_base);
  }
});

test("all forms of an Ed25519 key sign the same", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const jwk = privateKey.export({ format: "jwk" }) as JsonWebKey;
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }) as string;
  const der = new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" }));
  const seed = fromBase64(jwk.d ?? "");
  const handle = await crypto.subtle.importKey("pkcs8", der, "Ed25519", false, ["sign"]);
  const data = utf8("what is signed");
  const signatures = new Set<string>();
  for (const key of [jwk, pem, der, seed, jwk.d ?? "", handle]) {
    const { algorithm, run } = await signer(key);
    assert.equal(algorithm, "ed25519");
    signatures.add(toBase64(await run(data)));
  }
  assert.equal(signatures.size, 1);
  const [signature = ""] = signatures;
  assert.ok(verify(null, data, publicKey, fromBase64(signature)));
});

test("HMAC and foreign signers say which algorithm they are", async () => {
  const hmac = await signer({ secret: "shared" });
  assert.equal(hmac.algorithm, "hmac-sha256");
  assert.equal(toBase64(await hmac.run(utf8("data"))), "6BCnpl4Z9asU645WPI7UlP10xK8vHB480hcfs/GqKBM=");
  const hsm = await signer({ algorithm: "rsa-pss-sha512", sign: async (data) => data });
  assert.equal(hsm.algorithm, "rsa-pss-sha512");
  assert.equal(toBase64(await hsm.run(utf8("x"))), "eA==");
});

test("refuses what is no private Ed25519 key, at the first signature", async () => {
  for (const key of [{ kty: "OKP", crv: "Ed25519", x: "AA" }, { kty: "RSA" }, new Uint8Array(31), "bm9wZQ=="]) {
    const credential = httpSignature(PROFILE, { keyId: "k", key });
    await assert.rejects(async () => credential.apply(outgoing("GET", "https://a.test/"), SIGNAL));
  }
});

test("each request has a nonce of its own and tells when it dies", async () => {
  const credential = httpSignature(PROFILE, { keyId: "k", key: SEED, now: () => 1000_900, window: 7 });
  const inputs = new Set<string>();
  for (let index = 0; index < 20; index++) {
    const request = outgoing("GET", "https://a.test/x");
    const notAfter = await credential.apply(request, SIGNAL);
    assert.equal(notAfter, (1000 + 7 + 1 + 1) * 1000);
    inputs.add(request.headers.get("signature-input") ?? "");
  }
  assert.equal(inputs.size, 20);
  for (const input of inputs) {
    assert.match(input, /;created=1000;expires=1007;nonce="[A-Za-z0-9]{16,}";keyid="k";alg="ed25519";tag="trading-v1"$/);
  }
});

test("learns the server's clock from its answer, once it differs", async () => {
  let now = 5_000_000_000_000;
  const credential = httpSignature(PROFILE, { keyId: "k", key: SEED, now: () => now });
  const skewed = (time: number): ApiError =>
    new ApiError(401, new Headers(), { server_time: new Date(time).toISOString() });
  assert.equal(credential.recover?.(skewed(now - 90_000)), true);
  const request = outgoing("GET", "https://a.test/x");
  const notAfter = await credential.apply(request, SIGNAL);
  const created = (now - 90_000) / 1000;
  assert.match(request.headers.get("signature-input") ?? "", new RegExp(`;created=${created};`));
  assert.equal(notAfter, (created + 5 + 1 + 1) * 1000 + 90_000, "told in local time");
  assert.equal(credential.recover?.(skewed(now - 90_000)), false, "nothing new");
  now += 1;
  const dated = new ApiError(401, new Headers({ date: new Date(now + 60_000).toUTCString() }), "");
  assert.equal(credential.recover?.(dated), true);
  assert.equal(credential.recover?.(new ApiError(401, new Headers(), "")), false);
});

test("a body that is no octets is read, digested, and keeps its type", async () => {
  const form = new FormData();
  form.append("a", "b");
  const request = outgoing("POST", "https://a.test/", form);
  await httpSignature(PROFILE, { keyId: "k", key: SEED }).apply(request, SIGNAL);
  assert.match(request.headers.get("content-type") ?? "", /^multipart\/form-data; boundary=/);
  assert.ok(request.body instanceof Uint8Array);
  const hash = toBase64(await crypto.subtle.digest("SHA-256", request.body as Uint8Array<ArrayBuffer>));
  assert.equal(request.headers.get("content-digest"), `sha-256=:${hash}:`);
});

test("text that no structured field can hold is refused, quotes are escaped", async () => {
  const sign = async (keyId: string): Promise<string> => {
    const request = outgoing("GET", "https://a.test/");
    await httpSignature(PROFILE, { keyId, key: SEED }).apply(request, SIGNAL);
    return request.headers.get("signature-input") ?? "";
  };
  assert.match(await sign('a"b\\c'), /keyid="a\\"b\\\\c"/);
  await assert.rejects(sign("schlüssel"), TypeError);
  await assert.rejects(sign("a\nb"), TypeError);
});

test("covers other derived components and plain fields", () => {
  const request = outgoing("GET", "https://a.test:8443/p?q=1");
  request.headers.set("x-tenant", "t");
  assert.equal(
    signatureBase(request, ["@authority", "@target-uri", "@scheme", "@request-target", "x-tenant"], "()"),
    [
      '"@authority": a.test:8443',
      '"@target-uri": https://a.test:8443/p?q=1',
      '"@scheme": https',
      '"@request-target": /p?q=1',
      '"x-tenant": t',
      '"@signature-params": ()',
    ].join("\n"),
  );
  assert.throws(() => signatureBase(request, ["x-absent"], "()"), TypeError);
});
