import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal } from "../runtime/decimal.js";
import {
  exactJson,
  parseExact,
  readExactAny,
  readExactJson,
  readExactJsonOrNothing,
  stringifyExact,
} from "../runtime/exact.js";
import { DecodeError } from "../runtime/errors.js";
import { readDecimalAny, readDecimalJson, readDecimalJsonOrNothing } from "../runtime/fractions.js";

const LONG = "0.1234567890123456789";

test("what a double can repeat stays a number, the rest keeps its digits", () => {
  const cases: [string, unknown][] = [
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -9223372036854775808n],
    ["18446744073709551615", 18446744073709551615n],
    ["1.5", 1.5],
    [LONG, LONG],
    ["100000000000000000000.5", "100000000000000000000.5"],
    ["1e400", "1e400"],
    ["1e-400", "1e-400"],
    ["0e400", 0],
    ["1.25e3", 1250],
    ["0.10000000000000000000", 0.1],
    ['"9007199254740993"', "9007199254740993"],
    ['"a\\"9007199254740993"', 'a"9007199254740993'],
    ['{"9007199254740993":[9007199254740993,{"a":-9007199254740993}]}', {
      "9007199254740993": [9007199254740993n, { a: -9007199254740993n }],
    }],
    ["[1,2.25,null,true]", [1, 2.25, null, true]],
  ];
  for (const [source, expected] of cases) assert.deepEqual(parseExact(source, true), expected, source);
});

test("fractions are binary floating point where the contract has no decimal numbers", () => {
  const text = '{"id":9007199254740993,"ratio":0.10000000000000001,"place":0.30000000000000004}';
  const expected = { id: 9007199254740993n, ratio: 0.1, place: 0.30000000000000004 };
  assert.deepEqual(parseExact(text), expected);
  assert.deepEqual(parseExact(text, true), { ...expected, ratio: "0.10000000000000001" });
});

test("readers of decimal numbers keep every digit", async () => {
  const long = "0.1234567890123456789";
  const answer = (type: string): Response =>
    new Response(`{"price":${long}}`, { headers: { "content-type": type } });
  assert.deepEqual(await readDecimalJson(answer("application/json")), { price: long });
  assert.deepEqual(await readDecimalAny(answer("application/problem+json")), { price: long });
  assert.equal(await readDecimalAny(answer("text/plain")), `{"price":${long}}`);
  assert.equal(await readDecimalAny(new Response("")), undefined);
  assert.deepEqual(await readDecimalJsonOrNothing(answer("application/json")), { price: long });
  assert.equal(await readDecimalJsonOrNothing(new Response("")), undefined);
});

test("text that looks like a mark is left alone", () => {
  const text = JSON.stringify({ a: "1-2-3-4:1", b: "9007199254740993" });
  assert.deepEqual(parseExact(text), { a: "1-2-3-4:1", b: "9007199254740993" });
  const mixed = `{"a":"1-2-3-4:1","b":9007199254740993}`;
  assert.deepEqual(parseExact(mixed), { a: "1-2-3-4:1", b: 9007199254740993n });
  const sent = stringifyExact({ a: "1-2-3-4:1", b: 2n ** 60n });
  assert.equal(sent, `{"a":"1-2-3-4:1","b":1152921504606846976}`);
});

test("what is no JSON is refused, never half read", () => {
  for (const text of ["", "{", "01", "9007199254740993x", "{9007199254740993}", "--9007199254740993", "NaN"]) {
    assert.throws(() => parseExact(text), SyntaxError, text);
  }
});

test("bigints are written as numbers and come back", () => {
  const value = { id: 2n ** 62n, list: [-(2n ** 60n), 1], text: "2n" };
  const text = stringifyExact(value);
  assert.equal(text, '{"id":4611686018427387904,"list":[-1152921504606846976,1],"text":"2n"}');
  assert.deepEqual(parseExact(text), value);
  assert.equal(exactJson({ a: 1n })?.data, '{"a":1}');
  assert.equal(exactJson(undefined), undefined);
});

test("readers", async () => {
  const typed = (body: string, type: string): Response => new Response(body, { headers: { "content-type": type } });
  assert.deepEqual(await readExactJson(new Response('{"id":9007199254740993}')), { id: 9007199254740993n });
  assert.equal(await readExactJsonOrNothing(new Response("")), undefined);
  await assert.rejects(readExactJson(new Response("")), DecodeError);
  assert.equal(await readExactAny(typed("9007199254740993", "text/plain")), "9007199254740993");
  assert.equal(await readExactAny(typed("9007199254740993", "application/x+json")), 9007199254740993n);
});

test("decimals are plain strings, checked", () => {
  for (const good of ["0", "-1.50", "60000.10", "0.00000010", 12n]) assert.equal(decimal(good), String(good));
  assert.equal(decimal({ toFixed: () => "0.00000010" }), "0.00000010");
  for (const bad of ["", "1e-7", "+1", ".5", "5.", "1,5", " 1", "1\n", "NaN", "Infinity", "0x10", "١"]) {
    assert.throws(() => decimal(bad), TypeError, bad);
  }
  // @ts-expect-error a number has a toFixed, too
  assert.throws(() => decimal(0.1), /floating point/);
  assert.throws(() => decimal({ toFixed: () => "1e+30" }), TypeError);
});
