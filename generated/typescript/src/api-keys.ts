/** The account's API keys. */

import type { Call } from "./runtime/call.js";
import type { CallOptions, Client } from "./runtime/client.js";
import { json } from "./runtime/content.js";
import { PagedCall } from "./runtime/pages.js";
import { segment } from "./runtime/query.js";
import { readJson, readNothing } from "./runtime/read.js";
import { send } from "./runtime/send.js";
import type {
  ApiKey,
  ApiKeyList,
  ApiKeyName,
  Ed25519PublicKey,
  IpAllowList,
  IssuedApiKey,
  KeyId,
  NewApiKeyAlgorithm,
  NewApiKeyScopes,
} from "./types.js";

/** Arguments of `listApiKeys`. */
export interface ListApiKeysParams {
  /**
   * `next_cursor` of the page before. Opaque; goes with the same filters only. Paging is stable:
   * what is new appears on a first page, never in the middle.
   */
  cursor?: string | undefined;
  /**
   * The most items that a page may hold.
   *
   * @defaultValue `100`
   */
  limit?: number | undefined;
}

/** Arguments of `createApiKey`. */
export interface CreateApiKeyParams {
  /** For people. */
  name: ApiKeyName;
  /**
   * `ed25519` (recommended): you keep the private key and register the public one, so the venue
   * holds no secret. `hmac-sha256`: the venue makes a secret and shows it once.
   */
  algorithm: NewApiKeyAlgorithm;
  /** A key can grant only scopes that it holds itself. */
  scopes: NewApiKeyScopes;
  /** Required for `ed25519`, refused for `hmac-sha256`. */
  public_key?: Ed25519PublicKey | undefined;
  ip_allow_list?: IpAllowList | undefined;
  /** When the key stops signing. Left out, it does not expire. */
  expire_time?: string | undefined;
}

/** Arguments of `updateApiKey`. */
export interface UpdateApiKeyParams {
  /** The API key. */
  key_id: KeyId;
  /** For people. */
  name?: ApiKeyName | undefined;
  /** A key can grant only scopes that it holds itself. */
  scopes?: NewApiKeyScopes | undefined;
  /** Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any. */
  ip_allow_list?: IpAllowList | undefined;
  /** When the key stops signing. A retiring key's end can only be moved nearer. */
  expire_time?: string | undefined;
}

/** Arguments of `revokeApiKey`. */
export interface RevokeApiKeyParams {
  /** The API key. */
  key_id: KeyId;
}

/** Arguments of `rotateApiKey`. */
export interface RotateApiKeyParams {
  /** The API key. */
  key_id: KeyId;
  /** How long the old key goes on signing beside its successor, at most a week. */
  overlap_seconds: number;
  /** The successor's. Required for `ed25519`, refused for `hmac-sha256`. */
  public_key?: Ed25519PublicKey | undefined;
}

/**
 * List API keys
 *
 * Keys that sign or did until they expired, newest first. Revoked keys are gone.
 *
 * @example
 * for await (const item of listApiKeys(client)) {
 *   console.log(item);
 * }
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function listApiKeys(
  client: Client,
  params: ListApiKeysParams = {},
  options?: CallOptions,
): PagedCall<ApiKeyList, ApiKey> {
  return new PagedCall(
    (cursor) =>
      send<ApiKeyList>(
        client,
        {
          id: "listApiKeys",
          method: "GET",
          path: "/v1/api-keys",
          query: { cursor, limit: params.limit },
          read: readJson,
          security: [["signature"]],
          cost: ["keys", 1],
        },
        options,
      ),
    params.cursor,
    (page) => page.data,
    (page) => page.next_cursor,
  );
}

/**
 * Create an API key
 *
 * A key can grant only scopes that it holds itself (403 `scope_missing`).
 *
 * @example
 * await createApiKey(client, {
 *   name: "market maker",
 *   algorithm: "ed25519",
 *   scopes: ["read", "trade"],
 *   public_key: "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
 *   ip_allow_list: ["192.0.2.0/24"],
 * });
 * @throws BadRequestError 400: `malformed`, `number_not_decimal_string`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws ApiError 413: `content_too_large`
 * @throws ApiError 415: `unsupported_media_type`
 * @throws UnprocessableError 422: `invalid_combination`, `key_limit_reached`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function createApiKey(
  client: Client,
  params: CreateApiKeyParams,
  options?: CallOptions,
): Call<IssuedApiKey> {
  return send(
    client,
    {
      id: "createApiKey",
      method: "POST",
      path: "/v1/api-keys",
      body: json(params),
      read: readJson,
      security: [["signature"]],
      cost: ["keys", 1],
    },
    options,
  );
}

/**
 * Change an API key
 *
 * Takes effect with the next request. A key cannot be given scopes that the signing key does not
 * hold.
 *
 * @example
 * await updateApiKey(client, {
 *   key_id: "key_7Jd0mZ1Qf2s9A",
 *   scopes: ["read"],
 *   ip_allow_list: ["192.0.2.0/24"],
 * });
 * @throws BadRequestError 400: `malformed`, `number_not_decimal_string`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `key_not_found`
 * @throws ApiError 413: `content_too_large`
 * @throws ApiError 415: `unsupported_media_type`
 * @throws UnprocessableError 422: `invalid_combination`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function updateApiKey(
  client: Client,
  params: UpdateApiKeyParams,
  options?: CallOptions,
): Call<ApiKey> {
  const { key_id, ...body } = params;
  return send(
    client,
    {
      id: "updateApiKey",
      method: "PATCH",
      path: `/v1/api-keys/${segment(key_id)}`,
      body: json(body),
      read: readJson,
      security: [["signature"]],
      cost: ["keys", 1],
    },
    options,
  );
}

/**
 * Revoke an API key
 *
 * At once and for good; also the key that signs this request. Orders stay.
 *
 * @example
 * await revokeApiKey(client, { key_id: "key_7Jd0mZ1Qf2s9A" });
 * @throws BadRequestError 400: `malformed`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `key_not_found`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function revokeApiKey(
  client: Client,
  params: RevokeApiKeyParams,
  options?: CallOptions,
): Call<void> {
  return send(
    client,
    {
      id: "revokeApiKey",
      method: "DELETE",
      path: `/v1/api-keys/${segment(params.key_id)}`,
      read: readNothing,
      security: [["signature"]],
      cost: ["keys", 1],
    },
    options,
  );
}

/**
 * Rotate an API key
 *
 * Issues a successor with the same name, algorithm, scopes, addresses and expiry. The old key goes
 * on signing for `overlap_seconds`.
 *
 * @example
 * await rotateApiKey(client, {
 *   key_id: "key_7Jd0mZ1Qf2s9A",
 *   overlap_seconds: 3600,
 *   public_key: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
 * });
 * @throws BadRequestError 400: `malformed`, `number_not_decimal_string`
 * @throws AuthenticationError 401: `credentials_missing`, `signature_invalid`, `key_unknown`,
 * `key_expired`, `timestamp_out_of_window`, `nonce_reused`
 * @throws PermissionError 403: `scope_missing`, `ip_not_allowed`
 * @throws NotFoundError 404: `key_not_found`
 * @throws ConflictError 409: `key_not_active`
 * @throws ApiError 413: `content_too_large`
 * @throws ApiError 415: `unsupported_media_type`
 * @throws UnprocessableError 422: `invalid_combination`, `key_limit_reached`
 * @throws RateLimitError 429: `rate_limited`
 * @throws ServerError 500: `internal_error`
 * @throws ServerError 503: `overloaded`
 */
export function rotateApiKey(
  client: Client,
  params: RotateApiKeyParams,
  options?: CallOptions,
): Call<IssuedApiKey> {
  const { key_id, ...body } = params;
  return send(
    client,
    {
      id: "rotateApiKey",
      method: "POST",
      path: `/v1/api-keys/${segment(key_id)}/rotate`,
      body: json(body),
      read: readJson,
      security: [["signature"]],
      cost: ["keys", 1],
    },
    options,
  );
}

/** The functions of this module as methods. */
export class ApiKeysResource {
  /** What the standalone functions take as their first argument. */
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /**
   * List API keys
   *
   * Keys that sign or did until they expired, newest first. Revoked keys are gone.
   */
  list(
    params: ListApiKeysParams = {},
    options?: CallOptions,
  ): PagedCall<ApiKeyList, ApiKey> {
    return listApiKeys(this.client, params, options);
  }

  /**
   * Create an API key
   *
   * A key can grant only scopes that it holds itself (403 `scope_missing`).
   */
  create(
    params: CreateApiKeyParams,
    options?: CallOptions,
  ): Call<IssuedApiKey> {
    return createApiKey(this.client, params, options);
  }

  /**
   * Change an API key
   *
   * Takes effect with the next request. A key cannot be given scopes that the signing key does not
   * hold.
   */
  update(
    params: UpdateApiKeyParams,
    options?: CallOptions,
  ): Call<ApiKey> {
    return updateApiKey(this.client, params, options);
  }

  /**
   * Revoke an API key
   *
   * At once and for good; also the key that signs this request. Orders stay.
   */
  revoke(
    params: RevokeApiKeyParams,
    options?: CallOptions,
  ): Call<void> {
    return revokeApiKey(this.client, params, options);
  }

  /**
   * Rotate an API key
   *
   * Issues a successor with the same name, algorithm, scopes, addresses and expiry. The old key
   * goes on signing for `overlap_seconds`.
   */
  rotate(
    params: RotateApiKeyParams,
    options?: CallOptions,
  ): Call<IssuedApiKey> {
    return rotateApiKey(this.client, params, options);
  }
}
