/** The class client: all resources of Northgate in one object. */

import { AccountResource } from "./account.js";
import { ApiKeysResource } from "./api-keys.js";
import { fromEnvironment } from "./auth.js";
import { createClient } from "./create.js";
import { rateLimits } from "./limits.js";
import { MarketDataResource } from "./market-data.js";
import { OrdersResource } from "./orders.js";
import type { Client, ClientOptions } from "./runtime/client.js";
import { environment } from "./runtime/env.js";

/** Settings of `Northgate`. What is left out comes from the environment, or is the default. */
export type NorthgateOptions = Partial<ClientOptions>;

/**
 * Northgate.
 *
 * A thin facade over the standalone functions; where size counts, bundle those alone. Reads
 * `NORTHGATE_BASE_URL` and credentials from the environment, where there is one.
 */
export class Northgate {
  /** What the standalone functions take as their first argument. */
  readonly client: Client;
  /** What everybody may see. Needs no key. */
  readonly marketData: MarketDataResource;
  /** Place, look up, amend and cancel orders. */
  readonly orders: OrdersResource;
  /** Balances, positions, executions and limits of the account. */
  readonly account: AccountResource;
  /** The account's API keys. */
  readonly apiKeys: ApiKeysResource;

  constructor(options: NorthgateOptions = {}) {
    const { NORTHGATE_BASE_URL: baseUrl } = environment();
    this.client = createClient({
      ...(baseUrl ? { baseUrl } : {}),
      auth: fromEnvironment(),
      limiter: rateLimits(),
      ...options,
    });
    this.marketData = new MarketDataResource(this.client);
    this.orders = new OrdersResource(this.client);
    this.account = new AccountResource(this.client);
    this.apiKeys = new ApiKeysResource(this.client);
  }

  /** The same client with some settings changed; limits and credentials stay shared. */
  withOptions(changes: NorthgateOptions): Northgate {
    return new Northgate({ ...this.client.options, ...changes });
  }
}
