// Bob, who uses the TypeScript SDK: buys what is offered and says what came of it.
import { createClient } from "northgate";
import { listBalances, listExecutions } from "northgate/account";
import { fromEnvironment } from "northgate/auth";
import { getOrderBook } from "northgate/market-data";
import { createOrder } from "northgate/orders";

const client = createClient({
  baseUrl: process.env.NORTHGATE_BASE_URL,
  auth: fromEnvironment(),
});

const book = await getOrderBook(client, { instrument_id: "BTC-USD" });
const best = book.asks[0];
console.log(`sees ${best.quantity} BTC offered at ${best.price} USD`);

const order = await createOrder(client, {
  client_order_id: "bob-1",
  instrument_id: "BTC-USD",
  side: "buy",
  type: "limit",
  time_in_force: "ioc",
  quantity: "0.25",
  limit_price: best.price,
});
console.log(`buys: order ${order.order_id} is ${order.status}`);

for await (const execution of listExecutions(client, { order_id: order.order_id })) {
  console.log(
    `execution ${execution.execution_id}: ${execution.quantity} at ${execution.price}, ` +
      `fee ${execution.fee} ${execution.fee_asset} as ${execution.liquidity}`,
  );
}
for (const balance of (await listBalances(client)).data) {
  console.log(`holds ${balance.total} ${balance.asset}`);
}
