/** Lists that come in pages: the first page as a promise, all items as an async iterable. */

import { Call, type Exchange } from "./call.js";

/** Gives the page at a cursor; undefined is the first. */
export type Fetch<Page> = (cursor: string | undefined) => Call<Page>;

/**
 * A promise of the first page that can also be walked to the end.
 *
 * @example
 * for await (const order of listOrders(client, { status: "open" })) console.log(order.order_id);
 * const firstPage = await listOrders(client, { limit: 10 });
 */
export class PagedCall<Page, Item> extends Call<Page> {
  readonly #first: Promise<Exchange<Page>>;
  readonly #fetch: Fetch<Page>;
  readonly #items: (page: Page) => readonly Item[];
  readonly #next: (page: Page) => string | null | undefined;

  constructor(
    fetch: Fetch<Page>,
    start: string | undefined,
    items: (page: Page) => readonly Item[],
    next: (page: Page) => string | null | undefined,
  ) {
    const first = fetch(start).withResponse();
    super(first);
    this.#first = first;
    this.#fetch = fetch;
    this.#items = items;
    this.#next = next;
  }

  /** All pages, each fetched when it is asked for. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    this.catch(() => undefined); // whoever iterates hears of a failure here
    let page = (await this.#first).data;
    for (;;) {
      yield page;
      const cursor = this.#next(page);
      if (cursor == null || cursor === "") return;
      page = await this.#fetch(cursor);
    }
  }

  /** All items of all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* this.#items(page);
  }
}
