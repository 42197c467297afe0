// Answers with something that this version of Northgate does not know, arguments that are null or
// left out, digits that must not be lost: one of every kind wherever the contract has a place for it.
// @ts-check

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkResults, ResultError } from "northgate/checks";
import { answering, call, checkRequest, checkResult, data } from "./support.js";

for (const { name, refused, case: index, answer } of data.answers) {
  const one = data.cases[index];
  test(name, async () => {
    const { client } = answering(answer);
    const result = await call(one, client);
    await checkResult(one, result, answer);
    const checking = { options: { ...answering(answer).client.options, check: checkResults } };
    if (refused) await assert.rejects(async () => call(one, checking), ResultError);
    else await call(one, checking);
  });
}

for (const { name, case: index, given, sent } of data.arguments) {
  test(name, async () => {
    const one = data.cases[index];
    const { client, seen } = answering(one.answer);
    await call(one, client, given);
    await checkRequest(sent, seen);
  });
}
