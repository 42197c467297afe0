import assert from "node:assert/strict";
import { test } from "node:test";
import { Call } from "../runtime/call.js";
import { ConnectionError, DecodeError } from "../runtime/errors.js";
import { readEvents, readJsonLines, type ServerEvent } from "../runtime/events.js";
import { PagedCall } from "../runtime/pages.js";

/** A response whose body arrives in these pieces. */
function pieces(...chunks: string[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
  return new Response(body);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const events = async (...chunks: string[]): Promise<ServerEvent<unknown>[]> =>
  all(await readEvents(pieces(...chunks)));

test("events: fields, comments, defaults, JSON and text", async () => {
  const found = await events(
    ': hello\n\nevent: trade\nid: 7\nretry: 1500\ndata: {"a":1}\n\ndata: one\ndata:two\n\ndata\n\nid: x\n\n',
  );
  assert.deepEqual(found, [
    { event: "trade", data: { a: 1 }, id: "7", retry: 1500 },
    { event: "message", data: "one\ntwo", id: "7", retry: 1500 },
    { event: "message", data: "", id: "7", retry: 1500 },
  ]);
});

test("events: every split of every line ending gives the same", async () => {
  const source = "data: a\r\ndata: ü\r\n\r\nevent: e\rdata: b\r\rdata: c\n\n";
  const whole = await events(source);
  assert.deepEqual(whole.map((each) => [each.event, each.data]), [["message", "a\nü"], ["e", "b"], ["message", "c"]]);
  for (let cut = 1; cut < source.length; cut++) {
    assert.deepEqual(await events(source.slice(0, cut), source.slice(cut)), whole, `cut at ${cut}`);
  }
  assert.deepEqual(await events(...source), whole);
});

test("events: an unfinished event is dropped, as the standard says", async () => {
  assert.deepEqual(await events("data: a\n\ndata: half"), [{ event: "message", data: "a", id: "", retry: undefined }]);
});

test("events: a stream that breaks off is an error, and leaving early cancels it", async () => {
  const broken = new Response(new ReadableStream({ start: (controller) => controller.error(new Error("cut")) }));
  await assert.rejects(all(await readEvents(broken)), ConnectionError);
  let cancelled = false;
  const endless = new Response(
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
      cancel: () => void (cancelled = true),
    }),
  );
  for await (const event of await readEvents(endless)) {
    assert.equal(event.data, 1);
    break;
  }
  assert.ok(cancelled);
});

test("JSON lines", async () => {
  assert.deepEqual(await all(await readJsonLines(pieces('{"a":', "1}\n\n[2]\r\n3"))), [{ a: 1 }, [2], 3]);
  await assert.rejects(all(await readJsonLines(pieces("{"))), DecodeError);
  assert.deepEqual(await all(await readJsonLines(new Response(null))), []);
});

interface Page {
  readonly data: readonly number[];
  readonly next?: string | null;
}

function paged(pages: Record<string, Page>, start?: string): { call: PagedCall<Page, number>; asked: unknown[] } {
  const asked: unknown[] = [];
  const call = new PagedCall<Page, number>(
    (cursor) => {
      asked.push(cursor);
      const page = pages[cursor ?? "first"];
      const response = new Response();
      return new Call(page ? Promise.resolve({ data: page, response }) : Promise.reject(new Error(`no ${cursor}`)));
    },
    start,
    (page) => page.data,
    (page) => page.next,
  );
  return { call, asked };
}

test("pages: one call fetches one page, iteration all of them", async () => {
  const pages = { first: { data: [1, 2], next: "b" }, b: { data: [], next: "c" }, c: { data: [3], next: null } };
  const { call, asked } = paged(pages);
  assert.deepEqual(await call, pages.first);
  assert.deepEqual(asked, [undefined]);
  assert.deepEqual(await all(call), [1, 2, 3]);
  assert.deepEqual(asked, [undefined, "b", "c"]);
  assert.deepEqual(await all(paged(pages, "b").call.pages()), [pages.b, pages.c]);
  assert.equal((await call.withResponse()).response.status, 200);
});

test("pages: a failure on the way reaches whoever iterates, and nobody else", async () => {
  await assert.rejects(all(paged({ first: { data: [1], next: "gone" } }).call), /no gone/);
  await assert.rejects(all(paged({}).call), /no undefined/);
});

test("pages: an empty cursor or none ends the list", async () => {
  assert.deepEqual(await all(paged({ first: { data: [1], next: "" } }).call), [1]);
  assert.deepEqual(await all(paged({ first: { data: [1] } }).call), [1]);
});
