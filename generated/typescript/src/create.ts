/** A client for Northgate. */

import { clientOf, type Client, type ClientOptions } from "./runtime/client.js";

/** Where Northgate lives, unless told otherwise. */
export const BASE_URL = "https://api.northgate.example";

/** A client: what every function of this package takes first. */
export function createClient(options: Partial<ClientOptions> = {}): Client {
  return clientOf({ ...options, baseUrl: options.baseUrl ?? BASE_URL });
}
