// Times calls for bench_typescript_sdk.py, which runs it beside an installed SDK. Prints JSON.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const ORDER = JSON.stringify({
  order_id: "ord_1", client_order_id: "c-1", instrument_id: "BTC-USD", side: "buy", type: "limit",
  time_in_force: "gtc", expire_time: null, quantity: "0.25", limit_price: "60000.10",
  stop_price: null, post_only: false, reduce_only: false, stp_mode: "cancel_newest",
  status: "open", filled_quantity: "0", remaining_quantity: "0.25", average_price: null,
  cancel_reason: null, reject_code: null, version: 1, replayed: false, dry_run: false,
  created_time: "2026-11-22T09:30:00.000000Z", updated_time: "2026-11-22T09:30:00.000000Z",
});
const JSON_FIELDS = { "content-type": "application/json" };

if (process.argv[2] === "serve") {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(201, JSON_FIELDS).end(ORDER));
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
} else {
  await measure(Number(process.argv[2]), Number(process.argv[3]));
}

async function measure(rounds, calls) {
  const { createClient, decimal } = await import("northgate");
  const { signature } = await import("northgate/auth");
  const { createOrder } = await import("northgate/orders");
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve"]);
  const [line] = await once(server.stdout, "data");
  const baseUrl = `http://127.0.0.1:${String(line).trim()}`;
  const order = {
    client_order_id: "c-1", instrument_id: "BTC-USD", side: "buy", type: "limit",
    quantity: decimal("0.25"), limit_price: decimal("60000.10"),
  };
  const { privateKey } = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  const { d } = await crypto.subtle.exportKey("jwk", privateKey);
  const credentials = {
    unsigned: { scheme: "signature", apply: () => {} },
    HMAC: signature({ keyId: "k", key: { secret: "s" } }),
    Ed25519: signature({ keyId: "k", key: d }),
  };
  const memory = async () => new Response(ORDER, { status: 201, headers: JSON_FIELDS });
  const result = {};
  for (const [wire, fetch] of [["loopback", globalThis.fetch], ["in memory", memory]]) {
    const bare = async () => {
      const init = { method: "POST", headers: JSON_FIELDS, body: JSON.stringify(order) };
      return (await fetch(`${baseUrl}/v1/orders`, init)).json();
    };
    const cases = { "fetch, response.json()": bare };
    for (const [name, auth] of Object.entries(credentials)) {
      const client = createClient({ baseUrl, fetch, auth });
      cases[`SDK, function, ${name}`] = () => createOrder(client, order);
    }
    const took = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, call] of Object.entries(cases)) {
        const cpu = process.cpuUsage();
        const start = process.hrtime.bigint();
        for (let index = 0; index < calls; index += 1) await call();
        const wall = Number(process.hrtime.bigint() - start) / 1000 / calls;
        const used = process.cpuUsage(cpu);
        // The first round warms up.
        if (round > 0) took[name].push([wall, (used.user + used.system) / calls]);
      }
    }
    result[wire] = took;
  }
  server.kill();
  console.log(JSON.stringify(result));
}
