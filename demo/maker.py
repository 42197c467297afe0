"""Alice, who uses the Python SDK. Run with `offer`, `settle`, or (without Node.js) `take`."""

from __future__ import annotations

import sys

from northgate import Northgate


def offer(client: Northgate) -> None:
    """Rest a limit order in the book."""
    order = client.orders.create(
        client_order_id="alice-1",
        instrument_id="BTC-USD",
        side="sell",
        type="limit",
        time_in_force="gtc",
        quantity="0.5",
        limit_price="60000.10",
    )
    print(f"sells: order {order.order_id} is {order.status}")
    again = client.orders.create(
        client_order_id="alice-1",
        instrument_id="BTC-USD",
        side="sell",
        type="limit",
        time_in_force="gtc",
        quantity="0.5",
        limit_price="60000.10",
    )
    print(f"sends it again, as after a time-out: the same order, replayed: {again.replayed}")


def take(client: Northgate) -> None:
    """Buy what is offered."""
    best = client.market_data.get_order_book(instrument_id="BTC-USD").asks[0]
    print(f"sees {best.quantity} BTC offered at {best.price} USD")
    order = client.orders.create(
        client_order_id="bob-1",
        instrument_id="BTC-USD",
        side="buy",
        type="limit",
        time_in_force="ioc",
        quantity="0.25",
        limit_price=best.price,
    )
    print(f"buys: order {order.order_id} is {order.status}")
    _balances(client)


def settle(client: Northgate) -> None:
    """Look at the executions and balances; fail unless they show the trade."""
    executions = list(client.account.list_executions(instrument_id="BTC-USD"))
    for execution in executions:
        print(
            f"execution {execution.execution_id}: {execution.quantity} at {execution.price}, "
            f"fee {execution.fee} {execution.fee_asset} as {execution.liquidity}"
        )
    held = _balances(client)
    if not executions or held.get("BTC") != "1.75":
        raise SystemExit("the trade is not to be seen")


def _balances(client: Northgate) -> dict[str, str]:
    held = {b.asset: f"{b.total.normalize():f}" for b in client.account.list_balances().data}
    for asset, total in held.items():
        print(f"holds {total} {asset}")
    return held


if __name__ == "__main__":
    with Northgate() as northgate:
        {"offer": offer, "take": take, "settle": settle}[sys.argv[1]](northgate)
