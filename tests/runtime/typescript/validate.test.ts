import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { fake, json } from "./fake.js";
import { checker, ResultError } from "../runtime/check.js";
import { clientOf } from "../runtime/client.js";
import { SdkError } from "../runtime/errors.js";
import { readJson } from "../runtime/read.js";
import { send } from "../runtime/send.js";
import { isValid, issuesOf, valid, ShapeError, type Shape } from "../runtime/validate.js";

const A: Shape = { required: { type: "string", x: "integer" }, optional: {}, rest: "unknown" };
const tree: Shape = { required: { name: "string" }, optional: { children: { list: () => tree } }, rest: "unknown" };

test("what is not strict looks at kinds, required members and formats only", () => {
  const shape: Shape = {
    required: { id: "string", price: "decimal" },
    optional: {
      state: { oneOf: ["open", "done"] },
      name: { scalar: "string", maxLength: 1, pattern: "^x$" },
      tags: { list: "string", max: 1 },
    },
    rest: "never",
  };
  const later = { id: "1", price: "1.50", state: "paused", name: "long", tags: ["a", "b"], new: 1 };
  assert.deepEqual(issuesOf({ shape }, later, false), []);
  assert.equal(issuesOf({ shape }, later).length, 5);
  const wrong = { price: "1e5", state: 1, name: null, tags: [1] };
  assert.deepEqual(
    issuesOf({ shape }, wrong, false).map(({ pointer }) => pointer),
    ["", "/price", "/state", "/name", "/tags/0"],
  );
});

test("results are checked as they arrive, and a wrong one is not asked for again", async () => {
  const shapes = { getOrder: { required: { price: "decimal" }, optional: {}, rest: "unknown" } } as const;
  await using server = await fake(json(200, { price: 1.5 }));
  const client = clientOf({ baseUrl: server.url, check: checker(shapes) });
  const plan = { method: "GET", path: "/", read: readJson };
  const error = await send(client, { ...plan, id: "getOrder" }).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ResultError && error instanceof SdkError);
  assert.equal(error.name, "ResultError");
  assert.equal(error.message, "getOrder: /price: must be decimal");
  assert.deepEqual(error.result, { price: 1.5 });
  assert.equal(error.outcome, "executed");
  assert.equal(server.seen.length, 1);
  assert.deepEqual(await send(client, { ...plan, id: "another" }), { price: 1.5 });
  checker(shapes)("getOrder", undefined);
});

const cases: [string, Shape, unknown[], unknown[]][] = [
  ["string", "string", ["", "a"], [1, null, undefined, {}]],
  ["boolean", "boolean", [true], ["true", 0]],
  ["integer", "integer", [0, -1], [1.5, 2 ** 53, "1", 1n]],
  ["int64", "int64", [1, 2n ** 60n], [1.5, 2 ** 53, "1"]],
  ["number", "number", [1.5], [Number.NaN, Infinity, "1"]],
  ["decimal", "decimal", ["0.10", "-1"], ["1e5", ".5", 1]],
  ["decimal-number", "decimal-number", [1.5, "0.1234567890123456789"], ["x", Number.NaN]],
  ["instant", "instant", ["2026-11-22T09:30:00.000000Z", "2026-11-22T09:30:00+01:00"], ["2026-11-22", 0]],
  ["date", "date", ["2026-11-22"], ["22.11.2026"]],
  ["uuid", "uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123"]],
  ["binary", "binary", [new Blob([])], ["", {}]],
  ["null", "null", [null], [undefined, 0]],
  ["unknown", "unknown", [undefined, null, {}], []],
  ["never", "never", [], [undefined, null, 1]],
  ["literals", { oneOf: ["a", 1, null] }, ["a", 1, null], ["b", 2, undefined, "1"]],
  ["list", { list: "string", min: 1, max: 2 }, [["a"], ["a", "b"]], [[], ["a", "b", "c"], [1], "a", { length: 1 }]],
  ["map", { map: "integer" }, [{}, { a: 1 }], [{ a: "1" }, [], null]],
  ["nullable", { nullable: "string" }, [null, "a"], [1, undefined]],
  ["any of", { anyOf: ["string", "integer"] }, ["a", 1], [true, null]],
  ["bounds of text", { scalar: "string", minLength: 1, maxLength: 2, pattern: "^\\p{L}+$" }, ["a", "éß", "𝒳y"], ["", "abc", "1"]],
  ["bounds of numbers", { scalar: "int64", minimum: 0, maximum: 10 }, [0, 10n], [-1, 11n]],
  ["a pattern of another language", { scalar: "string", pattern: "(?<=a)(?P<x>b)" }, ["anything"], []],
  ["object", { required: { a: "string" }, optional: { b: "integer" }, rest: "never" }, [{ a: "" }, { a: "", b: 1 }], [{}, { a: 1 }, { a: "", b: null }, { a: "", c: 1 }, null, []]],
  ["object that forgets nothing of its prototype", { required: { toString: "string" as const }, optional: {}, rest: "unknown" }, [{ toString: "s" }], [{}]],
  ["tagged", { tag: "type", arms: { a: A } }, [{ type: "a", x: 1 }, { type: "of tomorrow" }, { type: "constructor" }], [{ type: "a" }, {}, { type: 1 }, null]],
  ["tagged, and the rest", { tag: "type", arms: { a: A }, others: { required: { z: "string" }, optional: {}, rest: "unknown" } }, [{ type: "a", x: 1 }, { type: "b", z: "" }, { z: "" }, { type: null, z: "" }], [{ type: "a", z: "" }, { type: "b" }, {}]],
  ["recursion", tree, [{ name: "a", children: [{ name: "b", children: [] }] }], [{ name: "a", children: [{}] }]],
];

for (const [name, shape, good, bad] of cases) {
  test(name, () => {
    for (const value of good) assert.deepEqual(issuesOf({ shape }, value), [], inspect(value));
    for (const value of bad) assert.equal(isValid({ shape }, value), false, inspect(value));
  });
}

test("says everything that is wrong, and where", () => {
  const shape: Shape = { required: { "a/b": { list: "integer" }, c: "string" }, optional: {}, rest: "never" };
  assert.deepEqual(issuesOf({ shape }, { "a/b": [1, "2", 3.5], d: 1 }), [
    { pointer: "", message: "needs c" },
    { pointer: "/a~1b/1", message: "must be integer" },
    { pointer: "/a~1b/2", message: "must be integer" },
    { pointer: "/d", message: "must be never" },
  ]);
});

test("a tag that may be absent is missed only by who is strict", () => {
  const shape: Shape = { tag: "type", arms: { a: A }, optional: true };
  for (const value of [{}, { type: null }]) {
    assert.deepEqual(issuesOf({ shape }, value, false), []);
    assert.deepEqual(issuesOf({ shape }, value), [{ pointer: "", message: "needs its tag type" }]);
    assert.equal(issuesOf({ shape: { tag: "type", arms: { a: A } } }, value, false).length, 1);
  }
  assert.equal(issuesOf({ shape }, { type: 1 }, false).length, 1);
});

test("valid gives the value or throws all issues", () => {
  const value = { name: "a" };
  assert.equal(valid({ shape: tree }, value), value);
  assert.throws(
    () => valid({ shape: tree }, { name: 1 }),
    (error) => error instanceof ShapeError && error.message === "/name: must be string" && error.issues.length === 1,
  );
});
