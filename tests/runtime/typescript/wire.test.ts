import assert from "node:assert/strict";
import { test } from "node:test";
import { json, upload } from "../runtime/content.js";
import { multipart, urlEncoded } from "../runtime/forms.js";
import { queryString, segment } from "../runtime/query.js";
import { readAny, readJson, readJsonOrNothing, readNothing, readText } from "../runtime/read.js";
import {
  deepObject,
  delimited,
  form,
  headerStyle,
  jsonParameter,
  pathStyle,
  reserved,
  wholeQuery,
} from "../runtime/style.js";

// The table of OpenAPI 3.1.1, "Style Examples".
const EMPTY = "";
const ARRAY = ["blue", "black", "brown"];
const OBJECT = { R: 100, G: 200, B: 150 };

test("query styles", () => {
  const cases: [string, Parameters<typeof queryString>[0][string]][] = [
    ["color=", EMPTY],
    ["color=blue", "blue"],
    ["color=blue&color=black&color=brown", ARRAY],
    ["color=blue,black,brown", delimited(ARRAY, ",")],
    ["R=100&G=200&B=150", form(OBJECT, true)],
    ["color=R,100,G,200,B,150", form(OBJECT, false)],
    ["color=blue%20black%20brown", delimited(ARRAY, "%20")],
    ["color=R%20100%20G%20200%20B%20150", delimited(OBJECT, "%20")],
    ["color=blue%7Cblack%7Cbrown", delimited(ARRAY, "%7C")],
    ["color[R]=100&color[G]=200&color[B]=150".replace(/[[\]]/g, encodeURIComponent), deepObject(OBJECT)],
    ["color[a][b]=1&color[l][]=1&color[l][]=2".replace(/[[\]]/g, encodeURIComponent), deepObject({ a: { b: 1 }, l: [1, null, 2], n: null })],
    ["color[l][0][a]=1&color[l][1][a]=2".replace(/[[\]]/g, encodeURIComponent), deepObject({ l: [{ a: 1 }, { a: 2 }] })],
    ["color=%7B%22R%22%3A100%7D", jsonParameter({ R: 100 })],
    ["color=a/b?c:d", reserved("a/b?c:d")],
    ["color=%26%23%2B", reserved("&#+")],
    ["color=%26%3D%20%C3%BC", "&= ü"],
    ["color=true", true],
    ["color=9007199254740993", 9007199254740993n],
    ["a=1&b=2", wholeQuery({ a: 1, b: 2 })],
    ["", undefined],
    ["", null],
    ["", []],
    ["", form(null, true)],
    ["", delimited(undefined, ",")],
    ["", jsonParameter(undefined)],
  ];
  for (const [expected, value] of cases) {
    assert.equal(queryString({ color: value }), expected === "" ? "" : `?${expected}`);
  }
  assert.equal(queryString({ a: 1 }, true), "&a=1");
});

test("path styles", () => {
  const cases: [string, ...Parameters<typeof pathStyle>][] = [
    ["blue", "simple", "color", "blue", false],
    ["blue,black,brown", "simple", "color", ARRAY, false],
    ["R,100,G,200,B,150", "simple", "color", OBJECT, false],
    ["R=100,G=200,B=150", "simple", "color", OBJECT, true],
    [".blue", "label", "color", "blue", false],
    [".blue,black,brown", "label", "color", ARRAY, false],
    [".blue.black.brown", "label", "color", ARRAY, true],
    [".R=100.G=200.B=150", "label", "color", OBJECT, true],
    [";color=blue", "matrix", "color", "blue", false],
    [";color=blue,black,brown", "matrix", "color", ARRAY, false],
    [";color=blue;color=black;color=brown", "matrix", "color", ARRAY, true],
    [";color=R,100,G,200,B,150", "matrix", "color", OBJECT, false],
    [";R=100;G=200;B=150", "matrix", "color", OBJECT, true],
    ["a%2Fb", "simple", "color", ["a/b"], false],
  ];
  for (const [expected, ...given] of cases) assert.equal(pathStyle(...given), expected);
});

test("nothing climbs out of its path segment", () => {
  assert.equal(segment("a/../b?c#d%"), "a%2F..%2Fb%3Fc%23d%25");
  assert.equal(segment("..."), "...");
  for (const bad of ["", ".", ".."]) {
    assert.throws(() => segment(bad), TypeError);
    assert.throws(() => pathStyle("simple", "p", [bad], false), TypeError);
  }
});

test("header style", () => {
  assert.equal(headerStyle(ARRAY, false), "blue,black,brown");
  assert.equal(headerStyle(OBJECT, false), "R,100,G,200,B,150");
  assert.equal(headerStyle(OBJECT, true), "R=100,G=200,B=150");
  assert.equal(headerStyle(undefined, true), undefined);
});

test("JSON and plain bodies", () => {
  assert.deepEqual(json({ a: undefined, b: null }), { type: "application/json", data: '{"b":null}' });
  assert.equal(json(null)?.data, "null");
  assert.equal(json(undefined), undefined);
  assert.equal(json(1, "application/merge-patch+json")?.type, "application/merge-patch+json");
  assert.deepEqual(upload("x", "text/csv"), { type: "text/csv", data: "x" });
  assert.equal(upload(undefined, "text/csv"), undefined);
});

test("URL-encoded forms", () => {
  const body = (value: object, encodings?: Parameters<typeof urlEncoded>[1]): unknown =>
    urlEncoded(value, encodings)?.data;
  assert.equal(body({ a: "1 2", b: [1, 2], c: null, d: undefined, e: "&" }), "a=1%202&b=1&b=2&e=%26");
  assert.equal(body({ a: { b: { c: 1 } } }, { a: { style: "deepObject" } }), "a%5Bb%5D%5Bc%5D=1");
  assert.equal(body({ a: { b: 1 }, c: [{ d: 2 }] }), "a=%7B%22b%22%3A1%7D&c=%7B%22d%22%3A2%7D");
  assert.equal(body({ a: { b: 1 } }, { a: { contentType: "application/json" } }), "a=%7B%22b%22%3A1%7D");
  assert.equal(body({ a: [1, 2] }, { a: { explode: false } }), "a=1,2");
  assert.equal(body({ a: [1, 2] }, { a: { style: "pipeDelimited" } }), "a=1%7C2");
  assert.equal(body({ a: [1, 2] }, { a: { style: "spaceDelimited" } }), "a=1%202");
  assert.equal(urlEncoded(undefined), undefined);
});

test("multipart forms", async () => {
  const content = multipart(
    {
      text: "t",
      number: 1,
      many: ["a", "b"],
      object: { a: 1 },
      file: new File(["f"], "f.txt", { type: "text/plain" }),
      bytes: new Uint8Array([1, 2]),
      typed: "<x/>",
      none: undefined,
    },
    { typed: { contentType: "application/xml" }, bytes: { contentType: "image/png" } },
  );
  assert.equal(content?.type, "", "fetch chooses the boundary");
  const data = content?.data as FormData;
  assert.equal(data.get("text"), "t");
  assert.equal(data.get("number"), "1");
  assert.deepEqual(data.getAll("many"), ["a", "b"]);
  const part = (name: string): File => data.get(name) as File;
  assert.equal(part("object").type, "application/json");
  assert.equal(await part("object").text(), '{"a":1}');
  assert.equal(part("file").name, "f.txt");
  assert.equal(part("file").type, "text/plain");
  assert.equal(part("bytes").type, "image/png");
  assert.equal(part("typed").type, "application/xml");
  assert.equal(data.has("none"), false);
  assert.equal(multipart(undefined), undefined);
});

test("readers", async () => {
  const typed = (body: string, type: string): Response => new Response(body, { headers: { "content-type": type } });
  assert.deepEqual(await readJson(new Response("[1]")), [1]);
  assert.equal(await readJsonOrNothing(new Response(null, { status: 204 })), undefined);
  assert.equal(await readNothing(new Response("ignored")), undefined);
  assert.equal(await readText(new Response("t")), "t");
  assert.equal(await readAny(typed("1", "text/plain")), "1");
  assert.equal(await readAny(typed("1", "application/problem+json")), 1);
  assert.equal(await readAny(typed("", "application/json")), undefined);
});
