// A round trip for every operation of Northgate: what a call sends, and what it makes of the answer.
//
// Requests end in this process, unless NORTHGATE_TEST_BASE_URL names a server: then they go
// there, and that it takes them and answers readably is all that is asked.
// @ts-check

import { env } from "node:process";
import { test } from "node:test";
import { answering, call, checkRequest, checkResult, connect, data, drain } from "./support.js";

const server = env["NORTHGATE_TEST_BASE_URL"];

for (const one of data.cases) {
  if (server) {
    test(one.name, { skip: one.offline }, async () => drain(await call(one, connect(server))));
    continue;
  }
  test(one.name, async () => {
    const { client, seen } = answering(one.answer);
    const result = await call(one, client);
    await checkRequest(one.sent, seen);
    await checkResult(one, result);
  });
}

for (const { name, reason } of data.skipped) test(name, { skip: reason }, () => undefined);
