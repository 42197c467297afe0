/** A call under way: a promise of its result that can also give the response behind it. */

/** What came back: the result and the response that carried it. */
export interface Exchange<T> {
  readonly data: T;
  /** Status and headers. Its body is already read, unless the result itself is a stream. */
  readonly response: Response;
}

/**
 * A promise of a result.
 *
 * @example
 * const order = await getOrder(client, { order_id });
 * const { data, response } = await getOrder(client, { order_id }).withResponse();
 */
export class Call<T> extends Promise<T> {
  readonly #exchange: Promise<Exchange<T>>;

  /** `then` gives plain promises. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor(exchange: Promise<Exchange<T>>) {
    super((resolve, reject) => {
      exchange.then(({ data }) => resolve(data), reject);
    });
    this.#exchange = exchange;
  }

  /** The result together with status and headers. */
  withResponse(): Promise<Exchange<T>> {
    this.catch(() => undefined); // whoever asks here hears of a failure here
    return this.#exchange;
  }
}
