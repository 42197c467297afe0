"""Calls what is generated for the constructs of real specs, and looks at what is on the wire."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wireproof.diagnostics import Severity

from tests.emit.typescript.conftest import Emitted
from tests.emit.typescript.probe import COMPONENTS, PATHS
from tests.node_tools import link, node, run, tools, tsc

PROGRAM = """
import assert from "node:assert/strict";
import {
  addThing, deleteThing, download, getUntyped, listThings, patchAnything, putFile, putThing,
  sendForm, styles, uploadFile, watch, watchStream,
} from "./operations.js";
import { createClient, decimal, Probe } from "./index.js";
import type {
  Empty, Event, Forest, Loop, Nothing, Thing, ThingInput, Typed,
} from "./types.js";

let answer: Response;
let seen: { url: string; method: string; headers: Headers; body: unknown };
const client = createClient({
  fetch: async (url, init) => {
    const headers = new Headers(init.headers);
    seen = { url, method: String(init.method), headers, body: init.body };
    return answer;
  },
});
const path = (): string => seen.url.replace("https://probe.test", "");
const thing = '{"id":9007199254740993,"name":"n","color":"green","price":"1.50","new":1}';

answer = Response.json([1]);
assert.deepEqual(
  await styles(client, {
    simple: ["a/b", "c"], label: ["d", "e"], matrix: { x: 1, y: 2 },
    list: ["1", "2"], commas: ["1", "2"], pipes: ["1", "2"], deep: { x: 1 }, form: { x: 3, y: 4 },
    open: "a/b:c", json: { x: 5 }, "X-List": ["h", "i"], sid: "s 1", client_name: "me",
  }),
  [1],
);
assert.equal(
  path(),
  "/styles/a%2Fb,c/.d,e/;x=1;y=2?list=1&list=2&commas=1,2&pipes=1%7C2&deep%5Bx%5D=1&x=3&y=4" +
    "&open=a/b:c&json=%7B%22x%22%3A5%7D&client=me",
);
assert.equal(seen!.headers.get("x-list"), "h,i");
assert.equal(seen!.headers.get("cookie"), "sid=s%201");

answer = new Response(thing);
const sent: ThingInput = { name: "n", secret: "s", note: null, size: 2, labels: { a: "b" } };
const got: Thing = await putThing(client, { id: 2n ** 60n, options: "o", ...sent });
assert.equal(path(), "/things/1152921504606846976?options=o");
assert.deepEqual(JSON.parse(String(seen!.body)), sent);
assert.equal(got.id, 9007199254740993n);
assert.equal(got.color, "green");
assert.equal(decimal(got.price ?? "0"), "1.50");
// @ts-expect-error what is only sent is not received
void got.secret;
// @ts-expect-error what is only received is not sent
void ((): ThingInput => ({ name: "n", secret: "s", id: 1 }));
// @ts-expect-error absent is not null
void ((): ThingInput => ({ name: null, secret: "s" }));
// @ts-expect-error an optional member is absent rather than undefined
void ((): ThingInput => ({ name: "n", secret: "s", note: undefined }));

answer = new Response(null, { status: 204 });
assert.equal(await deleteThing(client, { id: "a" }), undefined);
assert.throws(() => deleteThing(client, { id: ".." }), TypeError);

answer = new Response(`{"data":[${thing}],"next":null}`);
const items: Thing[] = [];
for await (const each of listThings(client, { n: 1, after: "c1" })) items.push(each);
assert.equal(items[0]?.id, 9007199254740993n);
assert.equal(path(), "/things?after=c1&n=1");

answer = new Response(null, { status: 202 });
const added: Thing | undefined = await addThing(client, sent);
assert.equal(added, undefined);
const key = seen!.headers.get("idempotency-key") ?? "";
assert.match(key, /^[0-9a-f-]{36}$/);
assert.deepEqual(JSON.parse(String(seen!.body)), sent);
await addThing(client, { ...sent, "Idempotency-Key": "mine" });
assert.equal(seen!.headers.get("idempotency-key"), "mine");

function told(event: Event): string {
  switch (event.type) {
    case "Cancel": return event.id;
    case "expire": return event.at;
    default: return `unknown ${String(event.type)}`;
  }
}
answer = Response.json([{ type: "Cancel", id: "1" }, { type: "expire", at: "t" }, { type: "new" }]);
assert.deepEqual((await watch(client)).map(told), ["1", "t", "unknown new"]);
answer = new Response('data: {"type":"Cancel","id":"7"}\\n\\n');
for await (const { data } of await watchStream(client)) assert.equal(told(data), "7");
assert.equal(seen!.headers.get("accept"), "text/event-stream");

answer = new Response("id-1", { status: 201, headers: { "content-type": "text/plain" } });
const id: string = await uploadFile(client, { file: new Blob(["f"]), meta: { x: 1 } });
assert.equal(id, "id-1");
assert.equal(await ((seen!.body as FormData).get("meta") as Blob).text(), '{"x":1}');
assert.equal(seen!.headers.get("content-type"), null);
answer = new Response("%PDF");
assert.equal(await (await download(client)).text(), "%PDF");
assert.equal(seen!.headers.get("accept"), "application/pdf");
answer = new Response(null, { status: 204 });
await putFile(client, { body: new Uint8Array([1]) });
assert.equal(seen!.headers.get("content-type"), "image/png");

answer = Response.json({});
await sendForm(client, { a: "1 2", tags: ["x", "y"] });
assert.equal(seen!.body, "a=1%202&tags=x,y");

answer = Response.json({ any: 1 });
const anything: unknown = await getUntyped(client);
assert.deepEqual(anything, { any: 1 });
answer = Response.json({ any: 1 });
await patchAnything(client, { body: { a: null } });
assert.equal(seen!.headers.get("content-type"), "application/merge-patch+json");
assert.equal(seen!.headers.get("accept"), "application/vnd.x+json");

answer = new Response(null, { status: 204 });
await new Probe({ ...client.options }).deleteThing({ id: "x" });
assert.equal(path(), "/things/x");

const forest: Forest = [[], [[]]];
const loop: Loop = "text";
const empty: Empty = { any: "thing" };
const nothing: Nothing = {};
const typed: Typed = { a: 1, more: "text" };
// @ts-expect-error a closed object takes no members
void ((): Nothing => ({ a: 1 }));
void [forest, loop, empty, nothing, typed];
"""


@pytest.fixture
def probe(emit_paths: Callable[..., Emitted]) -> Emitted:
    return emit_paths(PATHS, COMPONENTS)


def test_calls(probe: Emitted, tmp_path: Path) -> None:
    assert probe.diagnostics == ()
    folder = probe.write(tmp_path / "sdk")
    (folder / "src" / "program.ts").write_text(PROGRAM)
    config = folder / "tsconfig.json"
    config.write_text(config.read_text().replace('"types": []', '"types": ["node"]'))
    assert tsc(link(folder)) == ""
    done = node(folder, "dist/program.js")
    assert (done.returncode, done.stderr) == (0, "")


def test_deprecated_members_are_marked(probe: Emitted) -> None:
    assert "/** @deprecated */\n  old?: string;" in probe.text("src/types.ts")


def test_exact_json_only_where_it_is_needed(probe: Emitted, northgate: Emitted) -> None:
    for emitted in (probe, northgate):
        for path, text in emitted.files.items():
            if isinstance(text, str) and "readExact" in text and "/runtime/" not in path:
                assert "exact.js" in text
    assert "readExact" not in northgate.text("src/api-keys.ts")


def test_a_body_that_fetch_does_not_send_is_told_when_it_is_generated(
    emit_paths: Callable[..., Emitted],
) -> None:
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    operation = {"requestBody": body, "responses": {"204": {"description": "d"}}}
    emitted = emit_paths({"/search": {"get": operation, "post": operation}})
    (found,) = emitted.diagnostics
    assert (found.rule, found.severity) == ("typescript-body-of-get", Severity.WARNING)
    assert found.pointer == "/paths/~1search/get"
    assert "GET /search" in found.message
    text = emitted.text("src/operations.ts")
    assert text.count("`fetch` sends no body with GET: this needs a transport") == 1
    assert text.count("body: ") == 2


def test_an_operation_that_cannot_be_generated_is_named(
    emit_paths: Callable[..., Emitted], check: Callable[[Emitted], str]
) -> None:
    operation = {"responses": {"204": {"description": "ok"}}}
    emitted = emit_paths({"/a/{missing}": {"get": operation}, "/b": {"get": operation}})
    known = [*emitted.diagnostics, *emitted.contract.diagnostics]
    assert any("missing" in diagnostic.message for diagnostic in known)
    assert "getB" in emitted.text("src/operations.ts")
    assert check(emitted) == ""


VALIDATION = """
import assert from "node:assert/strict";
import {
  Event, Forest, isValid, issuesOf, Nothing, Thing, ThingInput, Typed, valid,
} from "./validators.js";
import type * as types from "./types.js";

const parent = { id: 1, name: "p" };
const good = { id: 9007199254740993n, name: "n", parent, size: 2, color: "?" };
const thing: types.Thing = valid(Thing, good);
assert.equal(thing.name, "n");
assert.deepEqual(
  issuesOf(Thing, { id: 1.5, note: 1, price: "1e5", size: 4, parent: {}, labels: { a: 1 } }).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  ),
  [
    ": needs name",
    "/id: must be int64",
    "/note: must be string",
    "/price: must be decimal",
    "/size: must be one of 1,2,3",
    "/parent: needs id",
    "/parent: needs name",
    "/labels/a: must be string",
  ],
);
assert.ok(isValid(ThingInput, { name: "n", secret: "s" }));
assert.ok(!isValid(ThingInput, { name: "n" }));
assert.ok(isValid(Event, { type: "expire", at: "2026-11-22T09:30:00Z" }));
assert.ok(isValid(Event, { type: "of tomorrow" }));
assert.ok(!isValid(Event, { type: "Cancel" }));
assert.ok(isValid(Forest, [[], [[]]]) && !isValid(Forest, [1]));
assert.ok(isValid(Nothing, {}) && !isValid(Nothing, { a: 1 }));
assert.ok(isValid(Typed, { a: 1, b: "x" }) && !isValid(Typed, { a: 1, b: 2 }));
"""


def test_validators(probe: Emitted, tmp_path: Path) -> None:
    folder = probe.write(tmp_path / "sdk")
    (folder / "src" / "program.ts").write_text(VALIDATION)
    config = folder / "tsconfig.json"
    config.write_text(config.read_text().replace('"types": []', '"types": ["node"]'))
    assert tsc(link(folder)) == ""
    done = node(folder, "dist/program.js")
    assert (done.returncode, done.stderr) == (0, "")


def test_validators_bundle_only_what_is_used(probe: Emitted, tmp_path: Path) -> None:
    folder = probe.write(tmp_path / "sdk")
    program = (
        'import { isValid, Nothing } from "./validators.js";\nconsole.log(isValid(Nothing, {}));'
    )
    (folder / "src" / "main.ts").write_text(program)
    esbuild = str(tools() / ".bin" / "esbuild")
    done = run([esbuild, "src/main.ts", "--bundle", "--format=esm"], folder)
    assert done.returncode == 0, done.stderr
    assert "Nothing = {" in done.stdout
    assert "Thing = {" not in done.stdout.replace("Nothing = {", "")
